import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecast.words import likelihood, mixed


@pytest.mark.parametrize(
    ("p", "term"),
    [
        (0.0, "almost no chance"),
        (0.049, "almost no chance"),
        (0.05, "very unlikely"),
        (0.2, "unlikely"),
        (0.449, "unlikely"),
        (0.45, "roughly even chance"),
        (0.5499, "roughly even chance"),
        (0.55, "likely"),
        (0.8, "very likely"),
        (0.95, "almost certain"),
        (1.0, "almost certain"),
    ],
)
def test_each_band_begins_at_its_lower_edge(p: float, term: str) -> None:
    assert likelihood(p) == term


@given(st.floats(0, 1))
def test_every_probability_has_a_word(p: float) -> None:
    assert likelihood(p)


@pytest.mark.parametrize("p", [-0.01, 1.01, float("nan")])
def test_what_is_no_probability_has_no_word(p: float) -> None:
    with pytest.raises(ValueError, match="lies in"):
        likelihood(p)


def test_likelihood_and_confidence_in_one_sentence_are_found() -> None:
    assert mixed("It is very likely (high confidence) that the road closes.")
    assert mixed("All quiet. We are confident that rain is almost certain.")


def test_likelihood_and_confidence_in_two_sentences_are_fine() -> None:
    assert not mixed("It is unlikely that the road closes. Our confidence is low.")
    assert not mixed("A roughly even chance\nModerate confidence")
    assert not mixed("")
