import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from nlp.situate.near import DIMENSION, NEAREST, Near, hashed


def units(seed: int, count: int, dimension: int = 24) -> NDArray[np.float32]:
    drawn = np.random.default_rng(seed).standard_normal((count, dimension)) + 0.5
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), dtype=np.float32)


def filled(vectors: NDArray[np.float32], cuts: list[int]) -> tuple[Near, list[tuple[list[int], list[float]]]]:
    near, found = Near(np.zeros(vectors.shape[1])), []
    for part in np.split(vectors, sorted({min(cut, len(vectors)) for cut in cuts})):
        first = len(near)
        near.add(part)
        found += [(numbers.tolist(), cosines.tolist()) for numbers, cosines in near.nearest(first)]
    return near, found


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 60))
def test_the_nearest_are_those_of_brute_force(seed: int, count: int) -> None:
    vectors = units(seed, count)
    _, found = filled(vectors, [])
    for number, (numbers, cosines) in enumerate(found):
        all_before = np.sort(vectors[:number].astype(np.float64) @ vectors[number])[::-1][:NEAREST]
        assert cosines == pytest.approx(all_before.tolist(), abs=2e-3)
        assert cosines == pytest.approx([float(vectors[n].astype(np.float64) @ vectors[number]) for n in numbers], abs=2e-3)
        assert len(set(numbers)) == len(numbers) == min(number, NEAREST)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.lists(st.integers(1, 59), max_size=6))
def test_the_cut_of_batches_makes_no_difference(seed: int, cuts: list[int]) -> None:
    vectors = units(seed, 60, DIMENSION)
    assert filled(vectors, cuts)[1] == filled(vectors, [])[1]


def test_of_equally_near_ones_the_latest_comes_first() -> None:
    numbers, cosines = filled(np.repeat(units(1, 1), 20, axis=0), [])[1][-1]
    assert numbers == list(range(18, 18 - NEAREST, -1))
    assert cosines == pytest.approx([1.0] * NEAREST, abs=2e-3)


def test_an_epoch_forgets_the_first_and_takes_out_what_all_have_in_common() -> None:
    vectors = units(2, 1500) + np.float32(0.4)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    near, found = filled(vectors, [700])
    near.keep(range(1000, 1500))
    assert len(near) == 500
    assert np.mean(near.nearest(499)[0][1]) < np.mean(found[-1][1]) - 0.1


@settings(max_examples=20)
@given(st.integers(0, 10**6), st.lists(st.sets(st.integers(0, 59)), min_size=1, max_size=3))
def test_what_was_forgotten_leaves_no_trace(seed: int, forgotten: list[set[int]]) -> None:
    vectors = units(seed, 60, DIMENSION)
    near, left = filled(vectors, [])[0], list(range(60))
    for gone in forgotten:
        kept = [number for number in range(len(left)) if number not in gone]
        near.keep(kept)
        left = [left[number] for number in kept]
    fresh = filled(vectors[left], [])[0]
    fresh.keep(range(len(left)))
    assert [(n.tolist(), c.tolist()) for n, c in near.nearest(0)] == [(n.tolist(), c.tolist()) for n, c in fresh.nearest(0)]


def test_nothing_is_near_the_first() -> None:
    ((numbers, cosines),) = filled(units(3, 1), [])[1]
    assert (numbers, cosines) == ([], [])


def test_words_make_a_unit_vector_and_none_make_nothing() -> None:
    assert np.linalg.norm(hashed(["river", "bridge", "flood"])) == pytest.approx(1.0)
    assert not hashed([]).any()
    assert hashed(["river", "bridge"]).tolist() == hashed(["bridge", "river"]).tolist()
