"""Wording: words become numbers, and what two texts share is counted exactly."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import wording as module
from nlp.wording import NAME, NUMBER, Numbers, mixed, shares, wording

TEXT = "one two three four five six seven eight nine ten"


def _shares(*texts: str, least: float = 0.0) -> list[dict[int, float]]:
    numbers = Numbers()
    return shares(wording([numbers.of(text) for text in texts]), least)


def test_capitals_make_a_name_and_not_another_word() -> None:
    plain, name, digits = (int(Numbers().of(text)[0]) & 3 for text in ("river", "River", "14"))
    assert (plain, name, digits) == (0, NAME, NUMBER)
    numbers = Numbers()
    assert (numbers.of("River RIVER river") >> 2).tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("No. 5, it's-so_on", 6),
        ("déjà-vu à 14 h", 5),
        ("see https://a.example/b?c=d or www.b.example now", 3),
        ("ｆｕｌｌ width", 2),
        ("渡轮停运", 2),
        ("", 0),
        ("«…»", 0),
    ],
)
def test_words_are_runs_of_letters_and_digits_in_any_script(text: str, words: int) -> None:
    assert len(Numbers().of(text)) == words


def test_the_share_is_of_the_shorter_text() -> None:
    near = _shares(TEXT, f"{TEXT} eleven twelve thirteen fourteen", "nothing of that kind stands in this line of words")
    assert near[0][1] == pytest.approx(1.0)
    assert near[1][0] == pytest.approx(1.0)
    assert not near[2]


def test_less_than_the_least_share_is_left_out_and_short_texts_share_nothing() -> None:
    half = "one two three four five six alpha beta gamma delta epsilon zeta"
    assert _shares(TEXT, half, least=0.9) == [{}, {}]
    assert 0.3 < _shares(TEXT, half)[0][1] < 0.6
    assert _shares("one two three", "one two three") == [{}, {}]
    assert _shares() == []


def test_a_phrase_that_every_text_uses_counts_for_less_than_a_rare_one() -> None:
    opening = "please find below the weekly note of our desk"
    texts = [f"{opening} {' '.join(f'{word}{n}' for word in ('a', 'b', 'c', 'd'))}" for n in range(30)]
    rare = "quite another opening that only two of them have in common"
    near = _shares(*texts, f"{rare} x1 x2 x3 x4", f"{rare} y1 y2 y3 y4")
    assert near[30][31] > near[0][1]


def test_of_a_run_that_very_many_use_the_same_carriers_are_compared_with_by_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_POSTED", 5)
    near = _shares(*(f"{TEXT} end{n}" for n in range(40)), least=0.5)
    carriers = set().union(*near)
    assert len(carriers) == 5
    assert all(carriers - {number} == set(found) for number, found in enumerate(near))


def test_mixing_tells_orders_apart() -> None:
    one, two = np.array([1, 2]), np.array([2, 1])
    assert len({*mixed([one, two]).tolist(), *mixed([one, one]).tolist()}) == 4


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=0, max_size=20).map(" ".join), min_size=2, max_size=6))
def test_shares_are_mutual_and_no_more_than_whole(texts: list[str]) -> None:
    near = _shares(*texts)
    for one, found in enumerate(near):
        for other, share in found.items():
            assert 0.0 < share <= 1.0 + 1e-9
            assert near[other][one] == pytest.approx(share)
