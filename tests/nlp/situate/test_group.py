"""A happening is bound to its place."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.situate.assign import assign
from nlp.situate.group import Group, Trace, one_place
from nlp.situate.live import Live
from nlp.situate.where import spots
from store.records import Place
from tests.nlp.situate.streams import clue

FIRE = "A fire in a bakery has left nine people hurt and neighbours watched as fire crews put out the flames on the roof before dawn"


def place(name: str, lon: float, id_: str = "") -> Place:
    return Place(id=id_ or name, name=name, country="XA", lat=0.0, lon=lon)


HERE, NEARBY, FAR, SAME_NAME = place("Arvo", 0.0), place("Brana", 1.0), place("Cadi", 60.0), place("Arvo", 120.0, "another Arvo")


def group(places: Sequence[Place | None]) -> Group:
    made = Group(key="s", id="s")
    for number, one in enumerate(places):
        trace = Trace(clue=clue(f"r{number}", FIRE, places=(one,) if one else ()), at=0.0, words={}, names={})
        made.traces[trace.id] = trace
        if trace.spots:
            made.located[trace.id] = trace.spots
    return made


@pytest.mark.parametrize(
    ("held", "told", "expected"),
    [
        ([HERE], HERE, True),
        ([HERE], NEARBY, True),
        ([HERE], FAR, False),
        ([HERE], SAME_NAME, True),
        ([None, None], FAR, True),
        ([HERE, FAR], HERE, True),
        ([HERE, FAR, FAR], HERE, False),
        ([HERE] * 8, FAR, True),
        ([place(f"town {n}", n * 20.0) for n in range(8)], FAR, False),
    ],
)
def test_what_is_known_of_a_few_places_or_of_all_the_world_is_joined_from_near_by_alone(held: list[Place | None], told: Place, expected: bool) -> None:
    assert group(held).may_hold(spots([told])) is expected


def test_two_groups_of_different_places_are_two_unless_both_are_bound_to_theirs() -> None:
    assert not group([HERE]).may_be(group([FAR]))
    assert group([HERE]).may_be(group([NEARBY, FAR]))
    assert group([HERE]).may_be(group([None]))
    assert group([HERE] * 8).may_be(group([FAR] * 8))


@given(st.lists(st.sampled_from([HERE, NEARBY, FAR, None]), max_size=20))
def test_a_report_that_names_no_place_is_never_kept_out(held: list[Place | None]) -> None:
    assert group(held).may_hold(())
    assert group(held).may_be(group([None]))
    assert group([None]).may_be(group(held))


def test_a_cluster_is_of_one_place_when_enough_of_its_pairs_are_near() -> None:
    assert one_place([])
    assert one_place([spots([HERE])])
    assert one_place([spots([HERE]), spots([NEARBY]), spots([FAR])])
    assert not one_place([spots([HERE]), spots([FAR])])


def test_reports_that_fill_in_one_form_with_other_towns_stay_apart() -> None:
    fires = [clue(f"r{n}", FIRE.replace("nine", f"n{n}"), n, places=(place(f"town {n}", n * 15.0),)) for n in range(12)]
    moves, history = assign(fires, Live())
    assert {move.situation_id for move in moves} == {""}
    assert history == ()
    moves, _ = assign([clue("again", FIRE, 13, places=(place("town 11", 165.0),))], Live())
    assert {move.report_id for move in moves} == {"again"}
