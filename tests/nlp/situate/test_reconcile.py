from datetime import UTC, datetime

from nlp.situate.assign import rebuild, settle
from nlp.situate.lineage import Changes
from nlp.situate.live import Live
from nlp.situate.reconcile import reconcile
from tests.nlp.situate.streams import clue

CRASH = "the express train derailed near the station with many passengers hurt while rescue crews opened railway carriages after the crash"


def two_groups() -> Live:
    past = [(clue(f"a{i}", CRASH, i / 10), "sa") for i in range(5)]
    return rebuild([*past, *((clue(f"b{i}", CRASH, 1 + i / 10), "sb") for i in range(4))])


def test_two_situations_that_say_the_same_become_one_and_the_larger_keeps_its_id() -> None:
    live = two_groups()
    moves, history = settle(live)
    assert {one.report_id: one.situation_id for one in moves} == {f"b{i}": "sa" for i in range(4)}
    assert [(h.situation_id, h.kind, h.other) for h in history] == [("sa", "joined", "sb"), ("sb", "merged", "sa")]
    assert len(live.groups["sa"].traces) == 9
    assert "sb" not in live.groups


def test_nothing_new_changes_nothing() -> None:
    changes = Changes()
    reconcile(Live(), datetime(2031, 3, 1, tzinfo=UTC), changes)
    assert changes.result() == ((), ())
