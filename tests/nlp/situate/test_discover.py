import numpy as np
from numpy.typing import NDArray

from nlp.situate.assign import assign, rebuild
from nlp.situate.clue import Clue
from nlp.situate.discover import discover
from nlp.situate.live import Live
from tests.nlp.situate.streams import clue


def near(axis: int, number: int) -> NDArray[np.float32]:
    vector = np.eye(16)[axis] + 0.03 * np.random.default_rng(100 * axis + number).standard_normal(16)
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def strangers(axes: int, each: int) -> list[Clue]:
    """Reports that share meaning (a vector) but not one word, as those in several languages do."""
    return [clue(f"q{axis}{n}", f"word{axis}{n} term{n}{axis}", axis * 0.1 + n, vector=near(axis, n)) for axis in range(axes) for n in range(each)]


def seen(clues: list[Clue]) -> Live:
    live = Live()
    homes, _ = assign(clues, live)
    assert set(homes.values()) == {""}
    return live


def test_reports_alike_in_meaning_alone_become_situations() -> None:
    clues = strangers(3, 6)
    live = seen(clues)
    homes, history = discover(clues, live)
    assert len(set(homes.values())) == 3
    assert all(len({homes[c.report_id] for c in clues if c.report_id.startswith(f"q{axis}")}) == 1 for axis in range(3))
    assert {h.kind for h in history} == {"discovered"}
    again = rebuild([(c, homes[c.report_id]) for c in clues])
    assert {k: g.words for k, g in again.groups.items()} == {k: g.words for k, g in live.groups.items()}


def test_fewer_than_ten_reports_give_nothing() -> None:
    clues = strangers(1, 9)
    assert discover(clues, seen(clues)) == ({}, ())


def test_copies_do_not_make_a_situation() -> None:
    clues = strangers(2, 6)
    echoes = [clue(f"e{n}", "echo nothing else", 20 + n, vector=near(9, n), origin_id="e0") for n in range(8)]
    live = seen([*clues, *echoes])
    homes, _ = discover([*clues, *echoes], live)
    assert not any(name.startswith("e") for name in homes)


def test_reports_without_a_vector_or_already_grouped_are_passed_over() -> None:
    clues = strangers(2, 6)
    live = seen(clues)
    homes, _ = discover(clues, live)
    assert homes
    assert discover(clues, live) == ({}, ())
    assert discover([clue(f"n{i}", f"no vector {i}") for i in range(12)], live) == ({}, ())
