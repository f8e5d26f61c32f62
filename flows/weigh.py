"""Report*, Objective* -> Bearing*, Weighed*: hold what is new against each theory of change, and weigh its conditions."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from coalition.bear import Said, bear
from coalition.conditions import completed, table, texts
from coalition.weigh import weeks, weigh
from flows.kit import Kit
from flows.places_of import countries, toponyms
from nlp.obstacle_cues import sentences
from store.plain import canonical, plain
from store.records import Bearing, ConditionWeek, Objective, Reading, Report, Weighed

WEIGHED_DAYS = 240
VERSION = "1"  # of coalition/bear.py: another one has every report held against the conditions again
MOST_SENTENCES = 12
AT_ONCE = 200
NEARNESS = 0.0  # standard deviations above other matters from which a report as a whole is looked into, sentence by sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What one pass did: reports held against conditions, conditions weighed."""

    reports: int = 0
    conditions: int = 0


def weigh_conditions(kit: Kit, as_of: datetime) -> Held:
    """Hold what is new against the conditions of each objective, and weigh them as of one moment; without an encoder nothing is weighed."""
    if kit.models.encoder is None:
        return Held()
    done = [kit.step("weigh", lambda o=objective: weigh_one(kit, o, as_of)) for objective in kit.warehouse.objectives()]  # type: ignore[misc]
    return Held(reports=sum(one.reports for one in done), conditions=sum(one.conditions for one in done))


def weigh_one(kit: Kit, objective: Objective, as_of: datetime) -> Held:
    """Weigh one objective, over all reports and over those that may be shown."""
    whole = complete(kit, objective)
    held = hold(kit, whole, kit.warehouse.reports(as_of - timedelta(days=WEIGHED_DAYS), as_of))
    for open_ in (False, True):
        found = theory(kit, whole, as_of, open_=open_)
        kit.warehouse.put_standings(found.weighed, open_=open_)
        kit.warehouse.put_condition_weeks(objective.id, found.weeks, open_=open_)
    return Held(reports=held, conditions=len(whole.conditions))


@dataclass(frozen=True, slots=True, kw_only=True)
class Theory:
    """How the conditions of one objective stand, and what that rests on."""

    bearings: tuple[Bearing, ...]
    weighed: tuple[Weighed, ...]
    weeks: tuple[ConditionWeek, ...]


def theory(kit: Kit, objective: Objective, as_of: datetime, *, open_: bool = False) -> Theory:
    """Weigh what reports have been held to say; needs no encoder. `open_`: over those reports alone that may be shown (none marked TLP:RED)."""
    bearings = kit.warehouse.bearings(objective.id, as_of - timedelta(days=WEIGHED_DAYS), as_of, open_=open_)
    letters = {grade.source: grade.letter for grade in kit.warehouse.source_grades(as_of)}
    return Theory(bearings=bearings, weighed=weigh(objective, bearings, letters, as_of), weeks=weeks(objective, bearings, letters, as_of))


def complete(kit: Kit, objective: Objective) -> Objective:
    """Fill in what an objective leaves open."""
    return completed(objective, vectors_of(kit, texts(objective)))


def hold(kit: Kit, objective: Objective, reports: Sequence[Report]) -> int:
    """Hold those reports that have not been yet against the conditions of a completed objective, some at a time; returns how many."""
    basis, done = mark(kit, objective), 0
    by_id = {report.id: report for report in reports}
    fresh = kit.warehouse.not_heard_out(objective.id, basis, list(by_id))
    for start in range(0, len(fresh), AT_ONCE):
        some = [by_id[one] for one in fresh[start : start + AT_ONCE]]
        readings = {reading.report_id: reading for reading in kit.warehouse.readings([report.id for report in some])}
        read = [report for report in some if report.id in readings]
        found = said(kit, objective, read, readings)
        known = vectors_of(kit, texts(objective)) | fleeting(kit, [one.sentence for one in found])
        kit.warehouse.put_bearings(objective.id, basis, [report.id for report in read], bear(objective, found, known))
        done += len(read)
    return done


def mark(kit: Kit, objective: Objective) -> str:
    """Mark what bearings depend on besides the report: the conditions, the table, the encoder, and how it is done."""
    parts = [VERSION, kit.encoder_name, plain(objective)["conditions"], objective.statement, table().examples, table().background]
    return hashlib.sha256(canonical([*parts, table().well, table().badly, table().need]).encode()).hexdigest()[:16]


def said(kit: Kit, objective: Objective, reports: Sequence[Report], readings: dict[str, Reading]) -> list[Said]:
    """Cut those reports into sentences that may bear on the objective: near it in meaning as a whole, and not all about other countries."""
    where = countries(toponyms(objective, kit.reader.gazetteer))
    roots = kit.warehouse.origin_of([report.id for report in reports])
    close = nearness(kit, objective, [report.id for report in reports])
    found: list[Said] = []
    for report in reports:
        named = countries(readings[report.id].toponyms)
        if close.get(report.id, -np.inf) >= NEARNESS and not (where and named and not where & named):
            found += cut(report, readings[report.id], roots.get(report.id, report.id), near=bool(where & named))
    return found


def cut(report: Report, reading: Reading, origin_id: str, *, near: bool) -> list[Said]:
    """Cut a report into its sentences; of a long one those that name an obstacle, and the first."""
    named = {read.sentence for read in reading.obstacles}
    parts = list(dict.fromkeys(report.words[first:last] for first, last in sentences(report.words)))
    chosen = sorted(range(len(parts)), key=lambda number: (parts[number] not in named, number))[:MOST_SENTENCES]
    return [
        Said(
            report=report,
            origin_id=origin_id,
            sentence=parts[number],
            obstacles=tuple(read for read in reading.obstacles if read.sentence == parts[number]),
            near=near,
        )
        for number in sorted(chosen)
    ]


def nearness(kit: Kit, objective: Objective, report_ids: Sequence[str]) -> dict[str, float]:
    """Say how much liker each report as a whole is to the likest condition than other matters are, in standard deviations; without a vector, not at all."""
    rows = {one.report_id: np.frombuffer(one.vector, dtype="<f4") for one in kit.warehouse.embeddings(report_ids, kit.encoder_name)}
    if not rows:
        return {}
    aims = kit.encoded([condition.statement for condition in objective.conditions])
    usual = kit.encoded(table().background) @ aims.T
    likeness = ((np.stack(list(rows.values())) @ aims.T - usual.mean(axis=0)) / np.maximum(usual.std(axis=0), 1e-6)).max(axis=1)
    return dict(zip(rows, likeness.astype(float).tolist(), strict=True))


def vectors_of(kit: Kit, words: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    """Map texts that come back often to their vectors."""
    return dict(zip(words, kit.encoded(words), strict=True))


def fleeting(kit: Kit, words: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    """Map sentences of reports to their vectors, without remembering them."""
    if kit.models.encoder is None or not words:
        return {}
    once = list(dict.fromkeys(words))
    return dict(zip(once, kit.models.encoder.encode(once), strict=True))
