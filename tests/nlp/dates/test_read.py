from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.dates.read import dates

WEDNESDAY = datetime(2022, 6, 15, 9, tzinfo=UTC)
Found = list[tuple[str, str | None, str | None]]


def found(text: str, language: str = "en", at: datetime = WEDNESDAY) -> Found:
    return [(d.text, d.first.isoformat() if d.first else None, d.last.isoformat() if d.last else None) for d in dates(text, at, language)]


def days(text: str, language: str = "en") -> list[tuple[str | None, str | None]]:
    return [(first, last) for _, first, last in found(text, language)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("They came today.", "2022-06-15", "2022-06-15"),
        ("They came yesterday.", "2022-06-14", "2022-06-14"),
        ("They came the day before yesterday.", "2022-06-13", "2022-06-13"),
        ("They come tomorrow.", "2022-06-16", "2022-06-16"),
        ("It rained last night.", "2022-06-14", "2022-06-14"),
        ("It fell on Wednesday.", "2022-06-15", "2022-06-15"),
        ("It fell on Thursday.", "2022-06-09", "2022-06-09"),
        ("It fell last Wednesday.", "2022-06-08", "2022-06-08"),
        ("It opens next Wednesday.", "2022-06-22", "2022-06-22"),
        ("The market will open on Thursday.", "2022-06-16", "2022-06-16"),
        ("On Thursday the market will open.", "2022-06-16", "2022-06-16"),
        ("The market will close, its head said on Monday.", "2022-06-13", "2022-06-13"),
        ("On 3 June it broke.", "2022-06-03", "2022-06-03"),
        ("On the 3rd of June 2021 it broke.", "2021-06-03", "2021-06-03"),
        ("Friday, June 3, it broke.", "2022-06-03", "2022-06-03"),
        ("June 3rd, 2019 was dry.", "2019-06-03", "2019-06-03"),
        ("Seen on 2022-05-04 here.", "2022-05-04", "2022-05-04"),
        ("Seen on 04/05/2022 here.", "2022-05-04", "2022-05-04"),
        ("Seen on 05/24/2022 here.", "2022-05-24", "2022-05-24"),
        ("Seen on 24/05/98 here.", "1998-05-24", "1998-05-24"),
        ("Rain from 3 to 5 May.", "2022-05-03", "2022-05-05"),
        ("Rain between 30 May and 2 June.", "2022-05-30", "2022-06-02"),
        ("Rain between 30 December and 2 January.", "2021-12-30", "2022-01-02"),
        ("Rain on May 3-5, 2020.", "2020-05-03", "2020-05-05"),
        ("Dry from November to February.", "2021-11-01", "2022-02-28"),
        ("Rain from Friday to Sunday.", "2022-06-10", "2022-06-12"),
        ("Built in 2012 by hand.", "2012-01-01", "2012-12-31"),
        ("Built in early 2012 by hand.", "2012-01-01", "2012-04-30"),
        ("Built in late 2012 by hand.", "2012-09-01", "2012-12-31"),
        ("Built in mid-May by hand.", "2022-05-11", "2022-05-20"),
        ("Built at the end of February 2020.", "2020-02-21", "2020-02-29"),
        ("Built in March 2020 by hand.", "2020-03-01", "2020-03-31"),
        ("Dry since March.", "2022-03-01", None),
        ("Dry since July.", "2021-07-01", None),
        ("Dry since Friday.", "2022-06-10", None),
        ("Dry since last week.", "2022-06-06", None),
        ("Closed until Friday.", None, "2022-06-17"),
        ("Closed until the end of July.", None, "2022-07-31"),
        ("Needed by 20 June.", None, "2022-06-20"),
        ("It fell three days ago.", "2022-06-12", "2022-06-12"),
        ("It fell a week ago.", "2022-06-08", "2022-06-08"),
        ("It fell two months ago.", "2022-04-01", "2022-04-30"),
        ("It fell 2 years ago.", "2020-01-01", "2020-12-31"),
        ("In the past two weeks it fell.", "2022-06-01", "2022-06-15"),
        ("Over the last 3 months it fell.", "2022-03-15", "2022-06-15"),
        ("Over the past month it fell.", "2022-05-15", "2022-06-15"),
        ("It fell last week.", "2022-06-06", "2022-06-12"),
        ("It fell last month.", "2022-05-01", "2022-05-31"),
        ("It fell last year.", "2021-01-01", "2021-12-31"),
        ("It falls next month.", "2022-07-01", "2022-07-31"),
        ("Few came this week.", "2022-06-13", "2022-06-19"),
        ("The fair is on 10 July.", "2022-07-10", "2022-07-10"),
        ("The fair was on 10 November.", "2021-11-10", "2021-11-10"),
        ("The fair will be held on 10 November.", "2022-11-10", "2022-11-10"),
    ],
)
def test_english_times_are_resolved_against_the_day_of_the_report(text: str, first: str | None, last: str | None) -> None:
    assert days(text) == [(first, last)]


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [
        ("fr", "Arrivés hier au camp.", "2022-06-14", "2022-06-14"),
        ("fr", "Vu jeudi dernier.", "2022-06-09", "2022-06-09"),
        ("fr", "Réunion lundi prochain.", "2022-06-20", "2022-06-20"),
        ("fr", "Depuis le 3 juin, rien.", "2022-06-03", None),
        ("fr", "Fermé jusqu'à vendredi.", None, "2022-06-17"),
        ("fr", "Pluie du 3 au 5 mai 2021.", "2021-05-03", "2021-05-05"),
        ("fr", "Le 1er avril 2020, rien.", "2020-04-01", "2020-04-01"),
        ("fr", "Il y a trois jours, rien.", "2022-06-12", "2022-06-12"),
        ("fr", "Sans eau depuis cinq jours.", "2022-06-10", None),
        ("fr", "Au cours des deux dernières semaines, rien.", "2022-06-01", "2022-06-15"),
        ("fr", "Ces trois derniers mois, rien.", "2022-03-15", "2022-06-15"),
        ("fr", "La semaine dernière, rien.", "2022-06-06", "2022-06-12"),
        ("fr", "Début 2013, rien.", "2013-01-01", "2013-04-30"),
        ("fr", "Vers la fin mars 2021, rien.", "2021-03-21", "2021-03-31"),
        ("es", "Llegaron anoche al refugio.", "2022-06-14", "2022-06-14"),
        ("es", "Llegan mañana al refugio.", "2022-06-16", "2022-06-16"),
        ("es", "El viernes pasado llovió.", "2022-06-10", "2022-06-10"),
        ("es", "Desde el lunes llueve.", "2022-06-13", None),
        ("es", "Cerrado hasta el viernes.", None, "2022-06-17"),
        ("es", "Hace tres días llovió.", "2022-06-12", "2022-06-12"),
        ("es", "Llueve desde hace tres días.", "2022-06-12", None),
        ("es", "El 12 de marzo de 2014 llovió.", "2014-03-12", "2014-03-12"),
        ("es", "En las últimas dos semanas llovió.", "2022-06-01", "2022-06-15"),
        ("es", "A finales de mayo llovió.", "2022-05-21", "2022-05-31"),
        ("es", "La semana pasada llovió.", "2022-06-06", "2022-06-12"),
        ("ar", "وصلوا أمس.", "2022-06-14", "2022-06-14"),
        ("ar", "وصلوا يوم الثلاثاء.", "2022-06-14", "2022-06-14"),
        ("ar", "وصلوا الجمعة الماضية.", "2022-06-10", "2022-06-10"),
        ("ar", "وصلوا في ٣ أيار ٢٠٢٢.", "2022-05-03", "2022-05-03"),
        ("ar", "وصلوا في 3 مايو 2022.", "2022-05-03", "2022-05-03"),
        ("ar", "وصلوا في كانون الثاني 2021.", "2021-01-01", "2021-01-31"),
        ("ar", "منذ آذار لم يصلوا.", "2022-03-01", None),
        ("ar", "وصلوا قبل ثلاثة أيام.", "2022-06-12", "2022-06-12"),
        ("ar", "وصلوا قبل يومين.", "2022-06-13", "2022-06-13"),
        ("ar", "خلال الأسبوعين الماضيين وصلوا.", "2022-06-01", "2022-06-15"),
        ("ar", "وصلوا الأسبوع الماضي.", "2022-06-06", "2022-06-12"),
        ("ar", "في عام 2012 وصلوا.", "2012-01-01", "2012-12-31"),
    ],
)
def test_french_spanish_and_arabic_times_mean_the_same_days(language: str, text: str, first: str | None, last: str | None) -> None:
    assert days(text, language) == [(first, last)]


@pytest.mark.parametrize(
    "text",
    [
        "It may rain 3 times.",
        "The march of 12 may turn.",
        "Sales rose 12 march by 30.",
        "Open at 14:30 in room 12.",
        "Call 2012-555-0101 now.",
        "May is a kind woman.",
        "The 2010 floods were worse.",
        "A few days ago nobody knew.",
        "On 31 June it broke.",
        "Part 5.3.12 of the manual.",
        "In Ramadan shops open late.",
        "",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert found(text) == []


def test_a_day_after_the_last_of_a_report_is_cut_at_the_sentence() -> None:
    assert found("It fell on Monday. Two died on 3 June 2022; nothing since.") == [
        ("on Monday", "2022-06-13", "2022-06-13"),
        ("on 3 June 2022", "2022-06-03", "2022-06-03"),
    ]


def test_a_shortened_month_before_a_year_does_not_end_the_sentence() -> None:
    assert found("Two fell on 3 Nov. 2021 near the well.") == [("on 3 Nov. 2021", "2021-11-03", "2021-11-03")]


def test_a_language_without_words_of_its_own_has_no_dates() -> None:
    assert found("Am Freitag, 3. Juni 2022", "de") == []


def test_an_undetermined_text_is_read_by_its_script() -> None:
    assert days("وصلوا أمس", "und") == [("2022-06-14", "2022-06-14")]
    assert days("They came yesterday", "und") == [("2022-06-14", "2022-06-14")]


def test_the_29th_of_february_is_the_last_there_was() -> None:
    assert days("Born on 29 February.") == [("2020-02-29", "2020-02-29")]


def test_a_report_from_the_beginning_of_time_has_no_week_before() -> None:
    assert found("It fell 90 years ago.", at=datetime(1, 1, 2, tzinfo=UTC)) == []


PIECES = st.sampled_from([
    "last", "since", "until", "between", "and", "12", "31", "May", "March", "Friday", "2014", "week", "three", "days", "ago", "the past",
    "early", "de", "du", "mars", "lundi", "dernier", "desde", "hace", "días", "el", "منذ", "قبل", "أيام", "يوم", "الخميس", "الماضي",
    "2022-05-04", "4/5/2022", ",", ".",
])  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=12).map(" ".join))


@settings(max_examples=200, deadline=None)
@given(text=TEXTS, language=st.sampled_from(["en", "fr", "es", "ar", "und", "de"]), at=st.datetimes(timezones=st.just(UTC)))
def test_dates_lie_in_the_text_in_order_and_never_end_before_they_begin(text: str, language: str, at: datetime) -> None:
    last = 0
    for one in dates(text, at, language):
        assert last <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
        assert one.first or one.last
        assert (one.first or date.min) <= (one.last or date.max)
        last = one.end
