from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.dates.read import dates
from nlp.figures.read import figures
from store.records import Channel, FigureKind, FigureReading, Place, Report, SourceClass, SourceKind, Toponym

AT = datetime(2022, 6, 15, 9, tzinfo=UTC)
Short = tuple[str, float, float | None, str]


def report(text: str, title: str = "", kind: SourceKind = SourceKind.PARTNER) -> Report:
    return Report(id="r", channel=Channel.PARTNER, source="a", source_kind=kind, key="1", at=AT, received_at=AT, text=text, title=title)


def found(text: str, language: str = "en") -> list[Short]:
    return [(f.kind.value, f.low, f.high, f.unit) for f in figures(report(text), language)]


def toponym(text: str, name: str, country: str = "AA") -> Toponym:
    start = text.index(name)
    return Toponym(start=start, end=start + len(name), text=name, place=Place(id=f"own:{name}", name=name, country=country, lat=0, lon=0), probability=1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At least 19 people were killed.", [("killed", 19, None, "people")]),
        ("The blast killed 12 villagers and wounded 31.", [("killed", 12, 12, "people"), ("injured", 31, 31, "people")]),
        ("Two gunmen killed four nurses.", [("killed", 4, 4, "people")]),
        ("12 dead 30 injured in bus crash.", [("killed", 12, 12, "people"), ("injured", 30, 30, "people")]),
        ("Killed: 4. Injured: 9.", [("killed", 4, 4, "people"), ("injured", 9, 9, "people")]),
        ("The death toll rose from 40 to 57.", [("killed", 57, 57, "people")]),
        ("The number of missing has reached 17.", [("missing", 17, 17, "people")]),
        ("The storm claimed 14 lives.", [("killed", 14, 14, "people")]),
        ("Bodies of nine divers were found.", [("killed", 9, 9, "people")]),
        ("Ten nurses and four guards were killed.", [("killed", 10, 10, "people"), ("killed", 4, 4, "people")]),
        ("Rebels killed three nurses and 12 drivers.", [("killed", 3, 3, "people"), ("killed", 12, 12, "people")]),
        ("Some 4,512 households have been displaced.", [("displaced", 4512, 4512, "families")]),
        ("Floods left 300 families homeless.", [("displaced", 300, 300, "families")]),
        ("Hundreds of thousands fled.", [("displaced", 200_000, None, "people")]),
        ("Up to 100 people are missing.", [("missing", 0, 100, "people")]),
        ("Between 20 and 30 miners are trapped.", [("missing", 20, 30, "people")]),
        ("20-30 people injured.", [("injured", 20, 30, "people")]),
        ("Two dozen people died.", [("killed", 24, 24, "people")]),
        ("Half a million people are affected.", [("affected", 500_000, 500_000, "people")]),
        ("1.7 million people need aid.", [("in_need", 1_700_000, 1_700_000, "people")]),
        ("Fire destroyed 45 homes.", [("affected", 45, 45, "houses")]),
        ("Drought killed 200 goats.", [("killed", 200, 200, "animals")]),
        ("Cholera: 340 new cases.", [("affected", 340, 340, "cases")]),
        ("Cholera: 340 new cases, including 14 deaths.", [("affected", 340, 340, "cases"), ("killed", 14, 14, "people")]),
        ("Police arrested 17 protesters.", [("detained", 17, 17, "people")]),
        ("No deaths were reported.", [("killed", 0, 0, "people")]),
        ("No one was injured.", [("injured", 0, 0, "people")]),
        ("18 people, among them seven women, were killed.", [("killed", 18, 18, "people")]),
        ("Six people, including two children, died.", [("killed", 6, 6, "people")]),
        ("12 civilians in the market were killed.", [("killed", 12, 12, "people")]),
        ("77 wounded people came.", [("injured", 77, 77, "people")]),
        ("We need $12 million.", [("money", 12e6, 12e6, "USD")]),
        ("We need 3.4 mn EUR.", [("money", 3.4e6, 3.4e6, "EUR")]),
        ("They lost £10-12 million.", [("money", 10e6, 12e6, "GBP")]),
        ("A tin costs 250 Kenyan shillings.", [("money", 250, 250, "KES")]),
    ],
)
def test_english_counts_are_figures(text: str, expected: list[Short]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Une vingtaine de civils ont été tués.", [("killed", 20, 20, "people")]),
        ("fr", "Le séisme a fait plus de 2 000 morts.", [("killed", 2000, None, "people")]),
        ("fr", "Trois blessés dans la foule.", [("injured", 3, 3, "people")]),
        ("fr", "L'attaque a tué sept soldats et blessé 15 autres.", [("killed", 7, 7, "people"), ("injured", 15, 15, "people")]),
        ("fr", "Aucun mort n'est signalé.", [("killed", 0, 0, "people")]),
        ("fr", "Jusqu'à 50.000 déplacés.", [("displaced", 0, 50_000, "people")]),
        ("fr", "Quatre-vingt-dix maisons détruites.", [("affected", 90, 90, "houses")]),
        ("fr", "Un don de 2,5 millions d'euros.", [("money", 2.5e6, 2.5e6, "EUR")]),
        ("fr", "Le bilan est de 57 morts, dont 14 enfants.", [("killed", 57, 57, "people")]),
        ("es", "12 muertos y 40 heridos.", [("killed", 12, 12, "people"), ("injured", 40, 40, "people")]),
        ("es", "Medio millón de personas desplazadas.", [("displaced", 500_000, 500_000, "people")]),
        ("es", "El ataque mató a treinta y cinco campesinos.", [("killed", 35, 35, "people")]),
        ("es", "No hubo muertos.", [("killed", 0, 0, "people")]),
        ("es", "Unas 1.200 familias damnificadas.", [("affected", 1200, 1200, "families")]),
        ("es", "Piden 3 millones de dólares.", [("money", 3e6, 3e6, "USD")]),
        ("ar", "قتيلان وثلاثة جرحى في حادث.", [("killed", 2, 2, "people"), ("injured", 3, 3, "people")]),
        ("ar", "مقتل ١٢ شخصا وإصابة 30 آخرين.", [("killed", 12, 12, "people"), ("injured", 30, 30, "people")]),
        ("ar", "عشرات القتلى في غارات.", [("killed", 20, None, "people")]),
        ("ar", "نزوح 3000 عائلة.", [("displaced", 3000, 3000, "families")]),
        ("ar", "اعتقلت القوات أربعة صحفيين.", [("detained", 4, 4, "people")]),
        ("ar", "مقتل شخصين في حريق.", [("killed", 2, 2, "people")]),
        ("ar", "منحة بقيمة 5 ملايين دولار.", [("money", 5e6, 5e6, "USD")]),
        ("ar", "تشريد الآلاف بعد السيول.", [("displaced", 2000, None, "people")]),
    ],
)
def test_french_spanish_and_arabic_counts_are_figures(language: str, text: str, expected: list[Short]) -> None:
    assert found(text, language) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The senate killed the bill after 12 hours.",
        "A 2-1 loss left the captain injured.",
        "A 40-year-old man was killed.",
        "They detained the 24-year-old driver.",
        "The brand was killed off in 2010.",
        "In 2012 deaths fell.",
        "The missing 40 minutes of the tape.",
        "Turnout was 40 per cent; hopes died.",
        "Killed on Route 40 near the mill.",
        "He was killed 12 km from home.",
        "The firm killed 3 products.",
        "The court heard 12 cases.",
        "Missing: a Boeing B-747 manual.",
        "Nobody knows how many were killed.",
        "Call toll free 1-888-555-0101.",
        "The dead, 14 of them children, lay there.",
        "Two missing.5 and 6.8 dead",
        "We need 3 trucks.",
        "",
    ],
)
def test_a_number_that_counts_nobody_is_no_figure(text: str) -> None:
    assert [one for one in found(text) if one[:2] != ("missing", 2)] == []


def one(text: str, **more: object) -> FigureReading:
    (figure,) = figures(report(text), "en", **more)  # type: ignore[arg-type]
    return figure


def test_the_span_covers_number_and_cue_in_title_and_text() -> None:
    made = report("Then at least 40 people were killed there.", title="Market attack")
    (figure,) = figures(made, "en")
    assert figure.text == made.words[figure.start : figure.end] == "at least 40 people were killed"
    assert figure.of == "people"


def test_about_is_remembered() -> None:
    assert one("About 40 people were killed.").about
    assert not one("Exactly 40 people were killed.").about


def test_a_figure_belongs_to_the_class_of_its_source_unless_the_text_names_a_voice() -> None:
    assert figures(report("40 people were killed.", kind=SourceKind.NEWS), "en")[0].said_by is SourceClass.MEDIA
    assert figures(report("40 people were killed, OCHA said.", kind=SourceKind.NEWS), "en")[0].said_by is SourceClass.UN


def test_a_figure_lies_in_the_place_after_in_before_any_other() -> None:
    text = "Northtown sources say 40 people were killed in Easton. Later Weston fell."
    places = [toponym(text, name) for name in ("Northtown", "Easton", "Weston")]
    assert one(text, toponyms=places).place_id == "own:Easton"
    assert one("40 people were killed.", toponyms=[]).place_id == ""


def test_a_figure_has_the_days_of_its_sentence() -> None:
    text = "40 people were killed on Monday. Rain fell on Tuesday."
    figure = one(text, found_dates=dates(text, AT, "en"))
    assert (figure.first, figure.last) == (date(2022, 6, 13), date(2022, 6, 13))


@pytest.mark.parametrize(("country", "unit"), [("CM", "XAF"), ("ML", "XOF")])
def test_cfa_francs_are_those_of_the_place(country: str, unit: str) -> None:
    text = "Each got 5,000 CFA francs in Easton."
    assert one(text, toponyms=[toponym(text, "Easton", country)]).unit == unit


def test_a_language_without_words_of_its_own_has_no_figures() -> None:
    assert found("40 Menschen wurden killed", "de") == []


PIECES = st.sampled_from([
    "at least", "between", "and", "12", "20", "40,000", "two dozen", "people", "killed", "injured", "were", "death toll", "rose to", ",",
    ".", ":", "including", "in", "$", "million", "morts", "blessés", "une", "personnes", "de", "heridos", "muertos", "y", "familias",
    "قتيلان", "مقتل", "عشرات", "شخصا", "و3", "ألف", "no", "%", "2012", "-", "1-0", "cases", "cholera", "USD", "الآلاف",
])  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map(" ".join))


@settings(max_examples=200, deadline=None)
@given(text=TEXTS, language=st.sampled_from(["en", "fr", "es", "ar", "und", "de"]))
def test_figures_lie_in_the_text_and_their_ends_are_in_order(text: str, language: str) -> None:
    for figure in figures(report(text), language):
        assert 0 <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end] == figure.text
        assert 0 <= figure.low <= (figure.low if figure.high is None else figure.high)
        assert figure.unit
        assert figure.kind in FigureKind
