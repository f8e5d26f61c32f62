"""Report* -> Reading*, Embedding*, NameLink*: language, names, places, figures, dates, obstacles and a vector for each report of a batch."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from nlp.dates.read import dates
from nlp.figures.read import figures
from nlp.language import UNDETERMINED, language
from nlp.models import Models
from nlp.names.join import Roster
from nlp.names.patterns import named, with_known
from nlp.obstacle_corrections import put_right
from nlp.obstacle_cues import sentences
from nlp.obstacle_lessons import Lesson
from nlp.obstacles import ObstacleReader
from nlp.parts import Parts, in_parts
from nlp.places.gazetteer import Gazetteer
from nlp.places.given import given
from nlp.places.habits import Habits
from nlp.places.recognise import recognise
from nlp.places.resolve import Known, resolve
from store.records import Correction, Embedding, Mention, NameLink, ObstacleReading, Reading, Report, Toponym

_DEFAULT: Final = "en"
_PLACE: Final = "GPE"
_NAMES: Final = frozenset({"PERSON", "ORG"})
_ENDINGS = len("the ")
_NO_ORIGINS: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What reading needs: models (or the reasons why one is missing), a gazetteer, and who reads obstacles."""

    models: Models
    gazetteer: Gazetteer
    obstacles: ObstacleReader


@dataclass(slots=True, kw_only=True)
class Memory:
    """What earlier reports and people's corrections taught; reading adds to it, in order of time."""

    habits: Habits = field(default_factory=Habits)
    roster: Roster = field(default_factory=Roster)
    corrections: tuple[Correction, ...] = ()
    lessons: tuple[Lesson, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """What models found in one report: its language, names (None = no pipeline for it) and obstacles."""

    report: Report
    language: str
    mentions: tuple[Mention, ...] | None
    obstacles: tuple[ObstacleReading, ...]


def read(
    reports: Sequence[Report], reader: Reader, memory: Memory, origin_of: Mapping[str, str] = _NO_ORIGINS
) -> tuple[tuple[Reading, ...], tuple[Embedding, ...], tuple[NameLink, ...]]:
    """Read a batch of reports, which must be in order of time; the readings are in their order, and `memory` learns from each.

    A language without a pipeline still gets places, figures, dates and a vector, and names by patterns; without an encoder there are no embeddings.
    What was missing is named in every reading's `degraded`. Equal texts cost one reading by the models. `origin_of` says which reports repeat one text.
    """
    languages = [language(report.words, report.language) for report in reports]
    mentions = _mentions(reports, languages, reader.models)
    words = [report.words for report in reports]
    parts = None if reader.models.encoder is None else in_parts(reader.models.encoder, words, [sentences(text) for text in words])
    lessons = [[lesson for lesson in memory.lessons if lesson.at <= report.received_at] for report in reports]
    obstacles = reader.obstacles.obstacles(words, languages, parts=parts, lessons=lessons)
    read_parts = (_Read(*part) for part in zip(reports, languages, mentions, obstacles, strict=True))
    found = [_read_one(part, reader, memory, origin_of.get(part.report.id, part.report.id)) for part in read_parts]
    links = tuple(link for _, some in found for link in some)
    return tuple(reading for reading, _ in found), _embeddings(reports, parts, reader.models), links


def read_spans(report: Report, spans: Sequence[tuple[int, int]], reader: Reader, memory: Memory) -> Reading:
    """Resolve given spans of a report's words (characters [start, end)) and read nothing else; `memory` learns its places."""
    known = Known(habit=memory.habits.of(report.voice), corrections=memory.corrections)
    toponyms = resolve(report, given(report.words, spans, reader.gazetteer), reader.gazetteer, known, every=True)
    memory.habits.learn(report.voice, toponyms)
    spoken = language(report.words, report.language)
    return Reading(report_id=report.id, language=spoken, mentions=(), toponyms=toponyms, obstacles=(), models=())


def _read_one(part: _Read, reader: Reader, memory: Memory, origin_id: str) -> tuple[Reading, tuple[NameLink, ...]]:
    """Read one report with what is known so far."""
    report, words = part.report, part.report.words
    labelled = named(words, part.language) if part.mentions is None else with_known(words, part.mentions)
    toponyms = _toponyms(part, labelled, reader.gazetteer, memory)
    mentions = _overruled(labelled, toponyms)
    when = dates(words, report.at, part.language)
    links = memory.roster.join(report, mentions, toponyms, origin_id)
    memory.habits.learn(report.voice, toponyms)
    names = {link.number: link.canonical for link in links}
    reading = Reading(
        report_id=report.id,
        language=part.language,
        mentions=tuple(replace(mention, canonical=names.get(number, "")) for number, mention in enumerate(mentions)),
        toponyms=toponyms,
        obstacles=put_right(report, part.obstacles, part.language, memory.corrections),
        models=_model_names(reader.models),
        degraded=reader.models.missing,
        figures=figures(report, part.language, toponyms, when),
        dates=when,
    )
    return reading, links


def _overruled(mentions: Sequence[Mention], toponyms: Sequence[Toponym]) -> tuple[Mention, ...]:
    """Call a place what the recogniser took for a person or a body: Goma is nobody's name where it is read as a town."""
    spans = [(toponym.start, toponym.end) for toponym in toponyms if toponym.end]
    return tuple(replace(one, label=_PLACE) if one.label in _NAMES and any(_same(one, *span) for span in spans) else one for one in mentions)


def _same(mention: Mention, start: int, end: int) -> bool:
    """Compare spans; an article or a possessive makes no difference."""
    inside = start <= mention.start and mention.end <= end
    return inside or (mention.start <= start and end <= mention.end and (mention.end - mention.start) - (end - start) <= _ENDINGS)


def _toponyms(part: _Read, mentions: tuple[Mention, ...], gazetteer: Gazetteer, memory: Memory) -> tuple[Toponym, ...]:
    spans = recognise(part.report.words, mentions, gazetteer, labelled=part.mentions is not None)
    known = Known(habit=memory.habits.of(part.report.voice), corrections=memory.corrections)
    return resolve(part.report, spans, gazetteer, known)


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


def _model_names(models: Models) -> tuple[str, ...]:
    encoder = (models.encoder.name,) if models.encoder else ()
    return (*encoder, *sorted(recogniser.name for recogniser in models.recognisers.values()))


def _embeddings(reports: Sequence[Report], parts: Parts | None, models: Models) -> tuple[Embedding, ...]:
    if parts is None or models.encoder is None:
        return ()
    rows, name = parts.whole.astype(np.dtype("<f4")), models.encoder.name
    return tuple(Embedding(report_id=report.id, model=name, vector=row.tobytes()) for report, row in zip(reports, rows, strict=True))
