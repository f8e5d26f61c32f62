"""Which link of a theory of change breaks first."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.chain import Broken, chain, circle
from store.records import Condition, Objective, Standing

H, D, F, U = Standing.HOLDING, Standing.DOUBTFUL, Standing.FAILING, Standing.UNKNOWN


def theory(**needs: tuple[str, ...]) -> Objective:
    conditions = (Condition(id=key.removesuffix("_any"), statement=key, needs=need, needs_any=key.endswith("_any")) for key, need in needs.items())
    return Objective(id="o", statement="All is well", conditions=tuple(conditions))


CHAIN = theory(a=(), b=("a",), c=("b",))
FORK = theory(x=(), y=(), z=("x", "y"))
EITHER = theory(x=(), y=(), z_any=("x", "y"))


def broken(objective: Objective, *standings: Standing, odds: tuple[float, ...] = (-1.0, -1.0, -1.0)) -> list[tuple[str, tuple[str, ...]]]:
    ids = [condition.id for condition in objective.conditions]
    found = chain(objective, dict(zip(ids, standings, strict=True)), dict(zip(ids, odds, strict=True)))
    return [(link.condition_id, link.because) for link in found]


@pytest.mark.parametrize(
    ("objective", "standings", "named"),
    [
        (CHAIN, (H, D, U), []),
        (CHAIN, (F, F, F), [("a", ()), ("b", ("a",)), ("c", ("a",))]),
        (CHAIN, (F, D, F), [("a", ()), ("c", ("a",))]),
        (CHAIN, (F, U, F), [("a", ()), ("c", ("a",))]),
        (CHAIN, (F, H, F), [("a", ()), ("c", ())]),
        (FORK, (F, H, F), [("x", ()), ("z", ("x",))]),
        (FORK, (F, F, F), [("x", ()), ("y", ()), ("z", ("x", "y"))]),
        (EITHER, (F, H, F), [("x", ()), ("z", ())]),
        (EITHER, (F, F, F), [("x", ()), ("y", ()), ("z", ("x", "y"))]),
    ],
)
def test_the_root_is_named_first_and_what_fails_because_of_it_after_it(
    objective: Objective, standings: tuple[Standing, ...], named: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert broken(objective, *standings) == named


def test_among_roots_the_one_that_fails_most_surely_comes_first() -> None:
    assert broken(FORK, F, F, F, odds=(-1.0, -2.0, -3.0)) == [("y", ()), ("x", ()), ("z", ("x", "y"))]


def test_a_list_in_which_no_condition_says_what_it_needs_is_a_chain() -> None:
    assert theory(a=(), b=(), c=()).needs == {"a": (), "b": ("a",), "c": ("b",)}
    assert FORK.needs == {"x": (), "y": (), "z": ("x", "y")}
    assert broken(theory(a=(), b=(), c=()), F, F, H) == [("a", ()), ("b", ("a",))]


@pytest.mark.parametrize(
    ("needs", "found"),
    [
        ({}, ()),
        ({"a": ["b"], "b": []}, ()),
        ({"a": ["a"]}, ("a", "a")),
        ({"a": ["b"], "b": ["c"], "c": ["b"]}, ("b", "c", "b")),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}, ()),
        ({"a": ["unknown"]}, ()),
    ],
)
def test_a_circle_of_needs_is_found(needs: dict[str, list[str]], found: tuple[str, ...]) -> None:
    assert circle(needs) == found


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3)))
def test_what_is_found_is_a_circle(needs: dict[str, list[str]]) -> None:
    found = circle(needs)
    assert all(after in needs[before] for before, after in pairwise(found))
    assert not found or found[0] == found[-1]


@given(st.lists(st.sampled_from(list(Standing)), min_size=6, max_size=6), st.data())
def test_every_failing_condition_is_named_once_and_explained_by_failing_ones_named_before(standings: list[Standing], data: st.DataObject) -> None:
    ids = "abcdef"
    needs = {key: tuple(data.draw(st.lists(st.sampled_from(ids[:number]), unique=True, max_size=2)) if number else []) for number, key in enumerate(ids)}
    objective = theory(**{key + ("_any" if data.draw(st.booleans()) else ""): need for key, need in needs.items()})
    found = chain(objective, dict(zip(ids, standings, strict=True)), dict.fromkeys(ids, -1.0))
    named = [link.condition_id for link in found]
    assert sorted(named) == [key for key, standing in zip(ids, standings, strict=True) if standing is F]
    assert all(cause in named[: named.index(link.condition_id)] for link in found for cause in link.because)
    assert all(isinstance(link, Broken) for link in found)
