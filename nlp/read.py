"""Report* -> Reading*, Embedding*: language, names, places, obstacles and a vector for each report of a batch."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp.language import UNDETERMINED, language
from nlp.models import Models
from nlp.obstacles import ObstacleReader
from nlp.places.gazetteer import Gazetteer
from nlp.places.recognise import recognise
from nlp.places.resolve import resolve
from store.records import Embedding, Mention, Reading, Report, Toponym

_DEFAULT: Final = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What reading needs: models (or the reasons why one is missing), a gazetteer, and who reads obstacles."""

    models: Models
    gazetteer: Gazetteer
    obstacles: ObstacleReader


def read(reports: Sequence[Report], reader: Reader) -> tuple[tuple[Reading, ...], tuple[Embedding, ...]]:
    """Read a batch of reports; the readings are in their order.

    A language without a pipeline still gets places and a vector; without an encoder there are no embeddings. What was missing is named
    in every reading's `degraded`. Equal texts cost one reading by the models.
    """
    languages = [language(report.words, report.language) for report in reports]
    mentions = _mentions(reports, languages, reader.models)
    vectors = None if reader.models.encoder is None else reader.models.encoder.encode([report.words for report in reports])
    obstacles = reader.obstacles.obstacles([report.words for report in reports], languages, vectors=vectors)
    names = _model_names(reader.models)
    readings = tuple(
        Reading(
            report_id=report.id,
            language=spoken,
            mentions=found or (),
            toponyms=_toponyms(report, found, reader.gazetteer),
            obstacles=stated,
            models=names,
            degraded=reader.models.missing,
        )
        for report, spoken, found, stated in zip(reports, languages, mentions, obstacles, strict=True)
    )
    return readings, _embeddings(reports, vectors, reader.models)


def _mentions(reports: Sequence[Report], languages: Sequence[str], models: Models) -> list[tuple[Mention, ...] | None]:
    """Send each text to the recogniser of its language; None where there is none."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for place, (report, spoken) in enumerate(zip(reports, languages, strict=True)):
        groups[_pipeline(report.words, spoken)].append(place)
    found: list[tuple[Mention, ...] | None] = [None] * len(reports)
    for spoken, places in groups.items():
        if spoken in models.recognisers:
            texts = [reports[place].words for place in places]
            for place, mentions in zip(places, models.recognisers[spoken].recognise(texts), strict=True):
                found[place] = mentions
    return found


def _pipeline(text: str, spoken: str) -> str:
    """Choose a pipeline; a text in Latin letters too short to tell its language is read as English: most such are tags and headlines."""
    letters = [letter for letter in text[:200] if letter.isalpha()]
    return _DEFAULT if spoken == UNDETERMINED and all(letter < "\u0250" for letter in letters) else spoken


def _toponyms(report: Report, mentions: tuple[Mention, ...] | None, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    spans = recognise(report.words, mentions or (), gazetteer, labelled=mentions is not None)
    return resolve(report, spans, gazetteer)


def _model_names(models: Models) -> tuple[str, ...]:
    encoder = (models.encoder.name,) if models.encoder else ()
    return (*encoder, *sorted(recogniser.name for recogniser in models.recognisers.values()))


def _embeddings(reports: Sequence[Report], vectors: NDArray[np.float32] | None, models: Models) -> tuple[Embedding, ...]:
    if vectors is None or models.encoder is None:
        return ()
    rows, name = vectors.astype(np.dtype("<f4")), models.encoder.name
    return tuple(Embedding(report_id=report.id, model=name, vector=row.tobytes()) for report, row in zip(reports, rows, strict=True))
