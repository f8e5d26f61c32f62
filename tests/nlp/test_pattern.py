"""Pattern: a form filled in anew is told from a copy by the figures and names that stand in the same places."""

import pytest

from nlp.pattern import filled_anew, slots
from nlp.wording import Numbers, wording

FORM = (
    "Our desk counted {} families in {} and {} in {} who have no clean water, while {} wells near {} can be repaired before the rains begin in earth and clay"
)
MORE = " and the members of the committee went from door to door to ask who had been ill, who had left and who had come back to mend what was broken" * 2


def _anew(first: str, second: str) -> bool:
    numbers = Numbers()
    return filled_anew(0, 1, slots(wording([numbers.of(first), numbers.of(second)])))


@pytest.mark.parametrize("more", ["", MORE, MORE * 2])
def test_a_form_with_other_figures_and_places_is_filled_anew(more: str) -> None:
    assert _anew(FORM.format(20, "Ardo", 31, "Belem", 7, "Cusco") + more, FORM.format(44, "Dakar", 18, "Ely", 9, "Faro") + more)


def test_other_figures_alone_are_enough_and_other_places_alone_too() -> None:
    form = FORM.format(20, "Ardo", 31, "Belem", 7, "Cusco")
    assert _anew(form, FORM.format(44, "Ardo", 18, "Belem", 9, "Cusco"))
    assert _anew(form, FORM.format(20, "Dakar", 31, "Ely", 7, "Faro"))


def test_the_same_figures_and_places_are_a_copy_whatever_else_is_changed() -> None:
    form = FORM.format(20, "Ardo", 31, "Belem", 7, "Cusco")
    assert not _anew(form, form)
    assert not _anew(form, f"A friend writes: {form.replace('clean', 'safe').replace('begin', 'start')}")
    assert not _anew(form, form[: len(form) // 2])


def test_one_change_of_many_does_not_make_another_report() -> None:
    form = FORM.format(20, "Ardo", 31, "Belem", 7, "Cusco") + MORE
    assert not _anew(form, form.replace("20", "25"))


def test_a_byline_of_ones_own_is_one_place_however_many_figures_it_has() -> None:
    wire = "the ferry has not run for days, the port authority said, and its engine failed under the weight of flour that the lorries carried" + MORE
    assert not _anew(f"{wire} printed on page 5 as number 7 of year 9", f"{wire} printed on page 6 as number 8 of year 10")


def test_texts_without_figures_names_or_words_are_never_forms() -> None:
    assert not _anew("water is short and the road is out", "water is short and the road is open")
    assert not _anew("", "")


def test_figures_are_told_apart_in_a_script_without_capitals() -> None:
    form = "أفاد المكتب بأن {} أسرة في المدينة بلا ماء نظيف وأن {} بئرا قرب السوق تحتاج إلى إصلاح"
    assert _anew(form.format(20, 7), form.format(45, 9))
    assert not _anew(form.format(20, 7), form.format(20, 7))
