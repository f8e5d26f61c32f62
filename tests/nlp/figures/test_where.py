from datetime import date

from nlp.figures.where import date_near, place_near
from store.records import DateReading, Place, Toponym

TEXT = "weston said 40 died in easton on monday and tuesday"


def toponym(name: str, start: int | None = None) -> Toponym:
    begin = TEXT.index(name) if start is None else start
    return Toponym(start=begin, end=begin + len(name), text=name, place=Place(id=name, name=name, country="AA", lat=0, lon=0), probability=1)


def day(name: str, number: int) -> DateReading:
    start = TEXT.index(name)
    return DateReading(start=start, end=start + len(name), text=name, first=date(2022, 6, number), last=date(2022, 6, number))


def test_the_place_after_in_comes_before_a_nearer_one() -> None:
    here = place_near(TEXT, (0, len(TEXT)), (12, 19), [toponym("weston"), toponym("easton")])
    assert here is not None
    assert here.place.id == "easton"


def test_a_place_of_another_sentence_or_of_the_reports_own_field_is_not_the_figures() -> None:
    assert place_near(TEXT, (0, 10), (0, 6), [toponym("easton")]) is None
    assert place_near(TEXT, (0, len(TEXT)), (12, 19), [Toponym(start=0, end=0, text="", place=toponym("easton").place, probability=1)]) is None


def test_the_nearest_date_is_the_figures() -> None:
    near = date_near((0, len(TEXT)), (12, 19), [day("monday", 13), day("tuesday", 14)])
    assert near is not None
    assert near.text == "monday"
    assert date_near((0, 10), (0, 6), [day("monday", 13)]) is None
