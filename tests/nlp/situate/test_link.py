import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.situate.group import Trace
from nlp.situate.link import VIEWS, Weights, scorer, views
from nlp.situate.near import DIMENSION
from tests.nlp.situate.streams import clue

PLAIN = Weights(views=(1.0,) + (0.0,) * (len(VIEWS) - 1), intercept=0.0)


def trace(name: str, text: str, hours: float = 0.0, names: str = "", **more: object) -> Trace:
    one = clue(name, text, hours, **more)
    told = text.split()
    return Trace(clue=one, at=one.at.timestamp(), words={word: len(told) ** -0.5 for word in told}, names=dict.fromkeys(names.split(), 1.0))


def seen(one: Trace, other: Trace, cosine: float = 0.5, lead: float = 0.1) -> dict[str, float]:
    return dict(zip(VIEWS, views(one, other, cosine, lead), strict=True))


def test_views_say_what_two_reports_share() -> None:
    one, other = trace("a", "river flood bridge boat", names="korvala"), trace("b", "river flood school bus", 24, "korvala")
    found = seen(one, other)
    assert (found["cosine"], found["lead"], found["names"]) == (0.5, 0.1, 1.0)
    assert found["words"] == pytest.approx(0.5)
    assert found["days"] == pytest.approx(0.6931, abs=1e-4)
    assert found["cosine by length"] == pytest.approx(found["cosine"] * found["length"])
    assert found["words by length"] == pytest.approx(found["words"] * found["length"])


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [("", "", (0.0, 0.0)), ("p", "", (0.0, 0.0)), ("p", "q", (0.0, 1.0)), ("p", "pq", (1.0, 0.0)), ("pr", "pq", (0.5, 0.0))],
)
def test_places_speak_for_and_against_only_where_both_name_some(here: str, there: str, expected: tuple[float, float]) -> None:
    found = seen(trace("a", "x", place_ids=frozenset(here)), trace("b", "x", place_ids=frozenset(there)))
    assert (found["places"], found["other places"]) == expected


def test_views_are_the_same_from_either_side() -> None:
    one, other = trace("a", "river flood bridge boat", names="korvala"), trace("b", "river school", 30, place_ids=frozenset("p"))
    assert views(one, other, 0.3, 0.0) == views(other, one, 0.3, 0.0)


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_a_probability_rises_with_what_speaks_for_it(one: float, other: float) -> None:
    low, high = (PLAIN.probability((view,) + (0.0,) * (len(VIEWS) - 1)) for view in sorted((one, other)))
    assert 0.0 < low <= high < 1.0


def test_the_committed_weights_fit_the_views() -> None:
    known = scorer()
    assert len(known.read.views) == len(known.unread.views) == len(VIEWS)
    assert known.centre.shape == (DIMENSION,)
    assert scorer() is known


def test_reports_alike_in_vector_words_place_and_name_are_likelier_one_thing() -> None:
    place = frozenset("p")
    one = trace("a", "heavy river flood took bridge houses boats korvala valley rescue night monday", names="korvala", place_ids=place)
    same = trace("b", "heavy river flood took bridge houses boats korvala valley rescue tuesday noon", 2, "korvala", place_ids=place)
    other = trace("c", "dockers union harbour strike cranes wages talks failed picket port ships again", 2, "ostrava", place_ids=frozenset("q"))
    for weights in (scorer().read, scorer().unread):
        assert weights.probability(views(one, same, 0.8, 0.3)) > 0.5 > weights.probability(views(one, other, 0.0, -0.1))
