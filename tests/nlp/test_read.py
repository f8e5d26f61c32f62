"""Read: a batch of reports becomes readings, vectors and names; what is missing is named and the rest goes on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from nlp.models import ModelChoice, Models, load
from nlp.obstacles import load_obstacles
from nlp.places.gazetteer import Gazetteer
from nlp.read import Memory, Reader, read, read_spans
from store.records import Correction, FigureKind, Mention, Precision, Report, Subject
from tests.nlp.conftest import Write
from tests.nlp.places.conftest import small, small_folder  # noqa: F401  the small gazetteer serves here, too


@dataclass
class CountingEncoder:
    """Encodes a text as its length, deterministically."""

    name: str = "counting"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (1, length) scaled to one."""
        rows = np.array([[1.0, len(text)] for text in texts], np.float32).reshape(len(texts), 2)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


@dataclass
class WordRecogniser:
    """Calls every "Goma" a person, as small pipelines do, and remembers what it was asked."""

    name: str = "words"
    asked: list[str] = field(default_factory=list)

    def recognise(self, texts: Sequence[str]) -> list[tuple[Mention, ...]]:
        """Return one mention where the word stands."""
        self.asked.extend(texts)
        return [tuple(Mention(start=at, end=at + 4, text="Goma", label="PERSON") for at in [text.find("Goma")] if at >= 0) for text in texts]


@pytest.fixture
def recogniser() -> WordRecogniser:
    """Make one."""
    return WordRecogniser()


@pytest.fixture
def reader(small: Gazetteer, recogniser: WordRecogniser) -> Reader:  # noqa: F811
    """Make a reader with fakes for the models and cue patterns for obstacles."""
    models = Models(encoder=CountingEncoder(), recognisers={"en": recogniser})
    return Reader(models=models, gazetteer=small, obstacles=load_obstacles(None))


def test_a_report_becomes_a_reading_and_a_vector(reader: Reader, write: Write) -> None:
    report = write("a", "The road to Goma is closed and the clinic asks for chlorine.", title="Road closed")
    (reading,), (embedding,), _ = read([report], reader, Memory())
    assert (reading.report_id, reading.language, reading.models, reading.degraded) == ("a", "en", ("counting", "words"), ())
    (toponym,) = reading.toponyms
    assert report.words[toponym.start : toponym.end] == toponym.text == "Goma"
    assert toponym.place.id == "gn:216281"
    assert [(mention.label, mention.canonical) for mention in reading.mentions] == [("GPE", "")]
    assert (embedding.report_id, embedding.model) == ("a", "counting")
    np.testing.assert_allclose(np.linalg.norm(np.frombuffer(embedding.vector, "<f4")), 1.0, atol=1e-6)


def test_a_language_without_a_pipeline_still_gets_places_and_a_vector(reader: Reader, recogniser: WordRecogniser, write: Write) -> None:
    (reading,), embeddings, _ = read([write("a", "لم تصل شاحنات الطحين إلى الحسكة منذ يوم السبت")], reader, Memory())
    assert recogniser.asked == []
    assert (reading.language, reading.mentions) == ("ar", ())
    assert [toponym.place.id for toponym in reading.toponyms] == ["gn:173811"]
    assert len(embeddings) == 1


def test_a_short_text_in_latin_letters_is_read_as_english(reader: Reader, recogniser: WordRecogniser, write: Write) -> None:
    readings, *_ = read([write("a", "Goma now"), write("b", "??"), write("c", "حلب الآن")], reader, Memory())
    assert recogniser.asked == ["Goma now", "??"]
    assert [reading.language for reading in readings] == ["und", "und", "und"]


def test_readings_keep_the_order_of_the_reports(reader: Reader, write: Write) -> None:
    texts = ["Goma needs water and soap for the camp", "Les écoles sont fermées depuis lundi à cause de la grève des maîtres", "Water is back in Aleppo today"]
    readings, embeddings, _ = read([write(str(n), text) for n, text in enumerate(texts)], reader, Memory())
    assert [reading.report_id for reading in readings] == [embedding.report_id for embedding in embeddings] == ["0", "1", "2"]


def test_an_empty_batch_gives_nothing(reader: Reader) -> None:
    assert read([], reader, Memory()) == ((), (), ())


def test_without_models_language_places_and_obstacles_remain_and_the_lack_is_named(small: Gazetteer, write: Write) -> None:  # noqa: F811
    lacking = Models(encoder=None, recognisers={}, missing=("No vectors: a file is missing", "No names in 'en': likewise"))
    reader = Reader(models=lacking, gazetteer=small, obstacles=load_obstacles(None))
    report = write("a", "Customs stopped the trucks in Aleppo: the permits were refused.", lat=36.2, lon=37.1)
    (reading,), embeddings, _ = read([report], reader, Memory())
    assert embeddings == ()
    assert reading.degraded == lacking.missing
    assert reading.language == "en"
    assert [toponym.place.precision for toponym in reading.toponyms] == [Precision.EXACT, reading.toponyms[1].place.precision]
    assert reading.toponyms[1].text == "Aleppo"
    assert reading.models == ()


def test_figures_and_dates_are_read_and_stand_by_their_place(reader: Reader, write: Write) -> None:
    (reading,), *_ = read([write("a", "At least 12 people were killed in Aleppo on Monday, the clinic says.")], reader, Memory())
    (figure,), (when,) = reading.figures, reading.dates
    assert (figure.kind, figure.low, figure.high, figure.place_id) == (FigureKind.KILLED, 12, None, reading.toponyms[0].place.id)
    assert when.text == "on Monday"
    assert when.first == when.last == figure.first


def test_names_are_joined_across_the_reports_of_a_batch_and_the_links_say_why(reader: Reader, write: Write) -> None:
    reports = [write("a", "UNHCR opened a clinic."), write("b", "The UN Refugee Agency opened a second clinic.")]
    readings, _, links = read(reports, reader, Memory())
    assert len({link.name_id for link in links}) == 1
    assert {link.report_id for link in links} == {"a", "b"}
    assert all(link.reason for link in links)
    assert {mention.canonical for reading in readings for mention in reading.mentions} == {links[0].canonical}


def test_reading_in_one_batch_or_in_several_comes_to_the_same(reader: Reader, write: Write) -> None:
    texts = ["Aleppo is quiet.", "UNHCR in Goma asks for water.", "12 killed in Goma on Friday.", "The UN Refugee Agency left Aleppo.", "Goma, Goma, Aleppo."]
    reports = [write(str(n), text) for n, text in enumerate(texts)]
    whole, memory = read(reports, reader, Memory()), Memory()
    parts = [read(reports[first : first + 2], reader, memory) for first in range(0, len(reports), 2)]
    assert tuple(reading for readings, _, _ in parts for reading in readings) == whole[0]
    assert tuple(link for _, _, links in parts for link in links) == whole[2]


def test_a_correction_is_remembered_by_the_reading(reader: Reader, write: Write) -> None:
    report = write("a", "The road to Goma is closed.")
    (before,), *_ = read([report], reader, Memory())
    wrong = before.toponyms[0].place.id
    correction = Correction(id="c", at=report.at, by="coordinator", subject=Subject.PLACE, text="goma", wrong=wrong, right="")
    (after,), *_ = read([report], reader, Memory(corrections=(correction,)))
    assert after.toponyms == ()


def test_given_spans_are_resolved_and_nothing_else(reader: Reader, write: Write) -> None:
    report = write("a", "In Goma and Aleppo 12 were killed.")
    reading = read_spans(report, [(12, 18), (0, 2)], reader, Memory())
    assert [(toponym.text, toponym.start) for toponym in reading.toponyms] == [("Aleppo", 12)]
    assert (reading.mentions, reading.figures, reading.obstacles) == ((), (), ())


@pytest.mark.slow
def test_real_models_read_a_mixed_batch(models_folder: Any, gazetteer: Gazetteer, write: Write) -> None:
    models = load(ModelChoice(folder=models_folder))
    reader = Reader(models=models, gazetteer=gazetteer, obstacles=load_obstacles(models.encoder))
    reports: list[Report] = [
        write("en", "Nurses in Goma say the strike has closed every ward since Monday."),
        write("fr", "Les infirmières de Goma disent que la grève a fermé tous les services depuis lundi."),
        write("ar", "الممرضات في حلب يقلن إن الإضراب أغلق كل الأقسام منذ الاثنين"),
    ]
    readings, embeddings, _ = read(reports, reader, Memory())
    assert [reading.language for reading in readings] == ["en", "fr", "ar"]
    assert [reading.toponyms[0].place.country for reading in readings] == ["CD", "CD", "SY"]
    assert len(embeddings) == 3
