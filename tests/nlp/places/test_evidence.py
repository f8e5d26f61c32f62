"""Evidence: what is said of a name by its writing, its label, its neighbours and the rest of the page."""

from nlp.places.evidence import evidence
from nlp.places.page import read_page
from nlp.places.spans import drafts
from tests.nlp.places.atlas import atlas, labels

ATLAS = atlas()


def _of(name: str, text: str, *marked: tuple[str, str], labelled: bool = True) -> set[str]:
    page = read_page(text, labels(text, *marked), labelled)
    found = drafts(page, ATLAS)
    return next(set(line) for draft, line in zip(found, evidence(page, found), strict=True) if text[draft.start : draft.end] == name)


def test_the_gazetteer_says_how_large_and_what_kind() -> None:
    assert {"kind=country", "size=14", "many=0"} <= _of("Chad", "in Chad")
    assert {"kind=city", "many=1"} <= _of("Paris", "in Paris")
    assert {"kind=town", "many=0"} <= _of("Freeport", "in Freeport")
    assert "kind=city and region" in _of("Washington", "in Washington")
    assert {"kind=country", "many=1"} <= _of("Georgia", "in Georgia")
    assert "alias=none" in _of("Alep", "in Alep")


def test_a_label_lies_on_the_name_or_around_it_or_beside_it() -> None:
    assert "label=place.whole" in _of("Goma", "Goma", ("Goma", "GPE"))
    assert "label=body.head" in _of("Goma", "Goma Water Works", ("Goma Water Works", "ORG"))
    assert "label=body.tail" in _of("Goma", "Friends of Goma", ("Friends of Goma", "ORG"))
    assert "label=body.middle" in _of("Goma", "New Goma Works", ("New Goma Works", "ORG"))
    assert "label=place.beyond" in _of("New Zealand", "New Zealand", ("Zealand", "GPE"))
    assert "label=none" in _of("Goma", "Goma")
    assert "label=unread" in _of("Goma", "Goma", labelled=False)
    assert "label=bare" in _of("حلب", "حلب", labelled=False)


def test_writing_is_evidence() -> None:
    assert {"case=shouted", "length=4"} <= _of("GOMA", "HELP GOMA")
    assert {"case=small#", "tag"} <= _of("goma", "so wet #goma")
    assert "case=title" in _of("l'Aquila", "vers l'Aquila")
    assert "words=2" in _of("New Zealand", "New Zealand")
    assert {"common=3", "common,label=none"} <= _of("Nice", "Nice")
    assert "longer=none" in _of("Aleppo", "Aleppo governorate".title())
    assert "dateline=upper" in _of("GOMA", "GOMA (AP) — It rains and it rains.")


def test_neighbours_are_evidence() -> None:
    assert {"before=in", "before:preposition"} <= _of("Goma", "rain in Goma")
    assert {"of=town", "of:kind"} <= _of("Goma", "the town of Goma")
    assert {"before:title", "full name", "given"} <= _of("Lincoln", "meet Judge Lincoln Smith")
    assert "before:title" in _of("Lincoln", "meet Gov. Lincoln")
    assert {"after:speech", "after=said"} <= _of("Jordan", "and Jordan said")
    assert {"before=capital,none", "after=capital,none", "next=more"} <= _of("Goma", "see Old Xyz Goma Abc more")
    assert "before its whole=none" in _of("Paris", "from Paris, Texas")
    assert "after its part=none" in _of("Texas", "from Paris, Texas")
    assert {"after=,", "listed=place.whole"} <= _of("Goma", "Goma, Beira", ("Beira", "GPE"))
    assert "listed=place.whole" in _of("Beira", "Goma and Beira", ("Goma", "GPE"))
    assert {"opens", "possessive"} <= _of("Goma", "Goma's mayor")
    assert {"before=(", "after=)"} <= _of("Goma", "here (Goma) now")
    assert any(piece.startswith("dot=") for piece in _of("Goma", "in Goma."))
    assert "compass" not in _of("Goma", "in Goma")


def test_the_rest_of_the_page_is_evidence() -> None:
    assert {"elsewhere=place", "elsewhere=place,person.whole"} <= _of("Goma", "Goma wept. In Goma", ("Goma", "PERSON"), ("Goma", "GPE"))
    text = "Lincoln spoke. Abraham Lincoln spoke."
    assert "elsewhere=of a person,person" in _of("Lincoln", text, ("Lincoln", "PERSON"), ("Abraham Lincoln", "PERSON"))
    assert "elsewhere=of a body" in _of("Goma", "Goma met Friends of Goma", ("Friends of Goma", "ORG"))
    assert "elsewhere=small" in _of("Nice", "Nice is nice")
    assert "elsewhere=person" in _of("Jordan", "in Jordan. Jordan spoke", ("Jordan", "GPE"), ("Jordan", "PERSON"))
