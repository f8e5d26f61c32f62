import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.situate.group import Trace
from nlp.situate.link import VIEWS, Weights, caution, compare, scorer
from nlp.situate.near import DIMENSION, NEAREST
from store.records import Place
from tests.nlp.situate.streams import clue

PLAIN = Weights(views=(1.0,) + (0.0,) * (len(VIEWS) - 1), intercept=0.0)


def trace(name: str, text: str, hours: float = 0.0, names: str = "", **more: object) -> Trace:
    one = clue(name, text, hours, **more)
    told = text.split()
    return Trace(clue=one, at=one.at.timestamp(), words={word: len(told) ** -0.5 for word in told}, names=dict.fromkeys(names.split(), 1.0))


def towns(names: str) -> tuple[Place, ...]:
    """Make one town for each letter, each a few thousand kilometres from the next."""
    return tuple(Place(id=name, name=name, country=f"X{name}", lat=0.0, lon=30.0 * (ord(name) - ord("m"))) for name in names)


def seen(one: Trace, other: Trace, cosine: float = 0.5) -> dict[str, float]:
    ((found, views),) = compare(one, [(other, cosine)])
    assert found is other
    return dict(zip(VIEWS, views, strict=True))


def test_views_say_what_two_reports_share() -> None:
    one, other = trace("a", "river flood bridge boat", names="korvala"), trace("b", "river flood school bus", 24, "korvala")
    found = seen(one, other)
    assert (found["cosine"], found["lead"], found["names"]) == (0.5, 0.0, 1.0)
    assert found["words"] == pytest.approx(0.5)
    assert found["days"] == pytest.approx(0.6931, abs=1e-4)
    assert found["cosine by length"] == pytest.approx(found["cosine"] * found["length"])
    assert found["words by length"] == pytest.approx(found["words"] * found["length"])


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [("", "", (0.0, 0.0)), ("p", "", (0.0, 0.0)), ("p", "q", (0.0, 1.0)), ("p", "pq", (1.0, 0.0)), ("pr", "pq", (0.5, 0.0))],
)
def test_places_speak_for_and_against_only_where_both_name_some(here: str, there: str, expected: tuple[float, float]) -> None:
    found = seen(trace("a", "x", places=towns(here)), trace("b", "x", places=towns(there)))
    assert (found["places"], found["other places"]) == expected
    assert (found["kilometres"] > 3) == (found["other places"] == 1)


def test_views_are_the_same_from_either_side() -> None:
    one, other = trace("a", "river flood bridge boat", names="korvala"), trace("b", "river school", 30, places=towns("p"))
    assert seen(one, other, 0.3) == seen(other, one, 0.3)


def test_what_has_no_words_is_compared_with_nothing_and_a_lead_is_over_the_mean() -> None:
    one, other, dumb = trace("a", "river flood"), trace("b", "river bridge"), trace("c", "")
    ((found, views),) = compare(one, [(other, 0.6), (dumb, 0.2)])
    assert found is other
    assert dict(zip(VIEWS, views, strict=True))["lead"] == pytest.approx(0.2)
    assert compare(dumb, [(other, 0.6)]) == []


def test_where_the_nearest_are_of_other_places_it_is_said_of_all_but_those_of_the_same() -> None:
    one = trace("a", "fire in mill", places=towns("p"))
    near = [trace("b", "fire in mill", places=towns("p")), *(trace(name, "fire in mill", places=towns(name)) for name in "qrs"), trace("z", "fire in mill")]
    found = [dict(zip(VIEWS, views, strict=True))["elsewhere"] for _, views in compare(one, [(each, 0.9) for each in near])]
    assert found == [0.0, *[pytest.approx(2 / NEAREST)] * 4]


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
    place = towns("p")
    one = trace("a", "heavy river flood took bridge houses boats korvala valley rescue night monday", names="korvala", places=place)
    same = trace("b", "heavy river flood took bridge houses boats korvala valley rescue tuesday noon", 2, "korvala", places=place)
    other = trace("c", "dockers union harbour strike cranes wages talks failed picket port ships again", 2, "ostrava", places=towns("q"))
    for weights in (scorer().read, scorer().unread):
        assert weights.probability(tuple(seen(one, same, 0.8).values())) > 0.5 > weights.probability(tuple(seen(one, other, 0.0).values()))


def test_where_little_was_read_the_same_views_tell_less_and_in_the_end_nothing_is_taken_off() -> None:
    taken = [caution(read) for read in (0, 10, 300, 10**6)]
    assert taken == sorted(taken, reverse=True)
    assert taken[0] >= 1
    assert taken[-1] < 0.01
    views = (0.5,) + (0.0,) * (len(VIEWS) - 1)
    assert PLAIN.probability(views, taken[0]) < PLAIN.probability(views, taken[1]) < PLAIN.probability(views)
