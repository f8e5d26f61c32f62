import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.situate.weigh import Rarity

WORDS = st.lists(st.sets(st.sampled_from(["river", "bridge", "the", "of", "korval"])), max_size=30)


def test_what_few_say_tells_more_than_what_all_say() -> None:
    known = Rarity()
    for number in range(300):
        known.add({"bridge", "korval"} if number < 30 else {"bridge"})
    assert known.of("korval") > known.of("bridge") >= 0.0


def test_short_words_tell_less_before_anything_was_read() -> None:
    known = Rarity()
    assert known.of("of") < known.of("the") < known.of("with") < known.of("river") < known.of("korval")


def test_words_that_hardly_anyone_uses_weigh_alike() -> None:
    known = Rarity()
    for number in range(1000):
        known.add({"bridge"} if number < 3 else {"other"})
    assert known.of("bridge") == known.of("korval")


@given(WORDS, WORDS)
def test_what_left_is_as_if_it_had_never_come(stay: list[set[str]], go: list[set[str]]) -> None:
    known, plain = Rarity(), Rarity()
    for words in [*stay, *go]:
        known.add(words)
    for words in go:
        known.drop(words)
    for words in stay:
        plain.add(words)
    assert known.reports == plain.reports
    assert [known.of(word) for word in ("river", "the", "korval")] == [plain.of(word) for word in ("river", "the", "korval")]


@given(st.sets(st.text(min_size=1, max_size=6), min_size=1, max_size=20))
def test_the_parts_of_a_vector_make_a_unit(words: set[str]) -> None:
    parts = Rarity().vector(words)
    assert math.fsum(part * part for part in parts.values()) == pytest.approx(1.0)
    assert set(parts) <= words


def test_no_words_make_no_vector() -> None:
    assert Rarity().vector(()) == {}
