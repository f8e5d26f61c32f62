"""Simulated sources of known accuracy -> how near their letters come to it, and what a ring of copyists gains.

python -m benchmarks.grades [--matters N] [--seeds N]

Each matter is a count in a town, and a road that is blocked. 24 sources (accuracy .95 down to .40) report on four matters in ten, a liar (.25) and six who
repeat him likewise; in every third matter the ring meets only the three most honest. What is wrong is three to ten times too high or too low. A copy is
recognised with the chance named, otherwise it looks like words of its own.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np
from scipy.stats import spearmanr

from nlp.grade.grade import grade_reports
from nlp.grade.judge import Judged, judge
from nlp.grade.kin import kin
from nlp.grade.letters import grade_sources, share
from store.records import (
    Channel,
    Credibility,
    FigureKind,
    FigureReading,
    Obstacle,
    ObstacleReading,
    ObstacleState,
    Place,
    Reading,
    Reliability,
    Report,
    SourceKind,
    Toponym,
)

START = datetime(2025, 1, 1, tzinfo=UTC)
DAYS = 360
END = START + timedelta(days=DAYS + 7)
HONEST = {f"source {number:02d}": 0.95 - 0.55 * number / 23 for number in range(24)}
LIAR, RING = "the liar", tuple(f"copyist {number}" for number in range(6))
LIAR_ACCURACY = 0.25
KINDS = (SourceKind.NEWS, SourceKind.NGO, SourceKind.GOVERNMENT)
LETTERS = tuple(Reliability)[:5]
HEAD = ("setting", "rank", "same", "near", "error", "bias", "ring - liar", "ring better", "1-2 right", "4-5 wrong", "judged", "letter~number")


@dataclass(frozen=True)
class Setting:
    """What is simulated: the share of copies recognised, how often a source reports, whether the day told of is past, whether independence is asked for."""

    name: str
    found: float = 0.9
    reporting: float = 0.4
    settled: bool = True
    independent: bool = True


SETTINGS = (
    Setting("every copy recognised", found=1.0),
    Setting("nine copies in ten recognised"),
    Setting("seven in ten", found=0.7),
    Setting("tolls of today, which may rise", settled=False),
    Setting("few report on a matter", reporting=0.12),
    Setting("copies taken for witnesses", independent=False),
)


@dataclass
class World:
    """What was simulated: reports by matter, what each says, which copies were recognised, who was right."""

    setting: Setting
    chance: random.Random
    matters: list[list[Report]] = field(default_factory=list)
    readings: dict[str, Reading] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    right: dict[str, bool] = field(default_factory=dict)


def world(setting: Setting, matters: int, seed: int) -> World:
    """Simulate."""
    made = World(setting, random.Random(seed))
    for number in range(matters):
        made.matters.append(list(_matter(number, START + timedelta(days=DAYS * number / matters), made)))
    return made


def _matter(number: int, begins: datetime, made: World) -> Iterator[Report]:
    chance, toll = made.chance, 10 ** made.chance.uniform(1.5, 3)
    place = Place(id=f"town {number}", name=f"Town {number}", country="XX", lat=0.0, lon=0.0)
    alone = number % 3 == 0
    honest = [name for name in HONEST if (name < "source 03" if alone else chance.random() < made.setting.reporting)]
    ring = (LIAR, *RING) if alone or chance.random() < made.setting.reporting else ()
    lie = _said(LIAR_ACCURACY, toll, chance)
    for name in (*honest, *ring):
        right, count = _said(HONEST[name], toll, chance) if name in HONEST else lie
        hours = chance.uniform(0, 96) if name in HONEST else chance.uniform(0, 12) if name == LIAR else chance.uniform(12, 20)
        report = _report(f"{number:05d} {name}", name, begins + timedelta(hours=hours))
        made.right[report.id] = right
        made.readings[report.id] = _reading(report, place, begins - timedelta(days=5 * made.setting.settled), round(count))
        copied = name in RING and chance.random() < made.setting.found and made.setting.independent
        made.origins[report.id] = f"{number:05d} {LIAR}" if copied else report.id
        yield report


def _said(accuracy: float, toll: float, chance: random.Random) -> tuple[bool, float]:
    if chance.random() < accuracy:
        return True, toll * chance.uniform(0.95, 1.05)
    return False, toll * chance.uniform(3, 10) ** chance.choice((-1, 1))


def _report(id_: str, name: str, at: datetime) -> Report:
    kind = KINDS[sum(map(ord, name)) % len(KINDS)]
    return Report(id=id_, channel=Channel.FEED, source=name, source_kind=kind, key=id_, at=at, received_at=at, text=id_)


def _reading(report: Report, place: Place, day: datetime, count: float) -> Reading:
    figure = FigureReading(
        start=0,
        end=1,
        text="",
        kind=FigureKind.AFFECTED,
        low=count,
        high=count,
        unit="people",
        said_by=report.source_kind.source_class,
        place_id=place.id,
        first=day.date(),
        last=day.date(),
    )
    road = ObstacleReading(obstacle=Obstacle.LOGISTICS, state=ObstacleState.PRESENT, weight=1.0, sentence="")
    toponym = Toponym(start=0, end=1, text=place.name, place=place, probability=1.0)
    return Reading(report_id=report.id, language="en", mentions=(), toponyms=(toponym,), obstacles=(road,), models=(), figures=(figure,))


def measure(made: World) -> list[float]:
    """Judge what was simulated and compare with the truth, in the order of HEAD."""
    friends = kin((report for matter in made.matters for report in matter), made.origins) if made.setting.independent else {}
    judged = [one for matter in made.matters for one in judge(matter, made.readings, made.origins, kin=friends)]
    said: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        said[one.voice].append(one)
    found = {voice: share(ones, END) for voice, ones in said.items()}
    letters = {row.source: row.letter for row in grade_sources(judged, END)}
    true = np.array([np.mean([made.right[one.report_id] for one in said[name]]) for name in HONEST])
    mean = np.array([found[name][0] for name in HONEST])
    steps = np.array([abs(list(Reliability).index(letters[name]) - LETTERS.index(_fitting(share_))) for name, share_ in zip(HONEST, true, strict=True)])
    ring = [np.mean([found[name][0] for name in RING]) - found[LIAR][0], np.mean([letters[name] < letters[LIAR] for name in RING])]
    rank, errors = spearmanr(mean, true)[0], mean - true
    judging = [np.mean(steps == 0), np.mean(steps <= 1), np.abs(errors).mean(), errors.mean(), *ring]
    return [float(figure) for figure in (rank, *judging, *_numbers(judged, made.right, letters))]


def _numbers(judged: list[Judged], right: dict[str, bool], letters: dict[str, Reliability]) -> list[float]:
    grades = {row.report_id: row.number for row in grade_reports(judged)}
    good = [right[id_] for id_, number in grades.items() if number in (Credibility.CONFIRMED, Credibility.PROBABLE)]
    bad = [not right[id_] for id_, number in grades.items() if number in (Credibility.DOUBTFUL, Credibility.IMPROBABLE)]
    pairs = [(list(Reliability).index(letters[one.voice]), int(grades[one.report_id])) for one in judged]
    told = (len(good) + len(bad)) / len(grades)
    return [float(np.mean(good)), float(np.mean(bad)), told, float(spearmanr(*zip(*pairs, strict=True))[0])]


def _fitting(accuracy: float) -> Reliability:
    return next((letter for letter, least in zip(LETTERS, (0.9, 0.75, 0.5, 0.3), strict=False) if accuracy >= least), Reliability.E)


def main() -> None:
    """Print one row a setting, the mean of its seeds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--matters", type=int, default=600)
    parser.add_argument("--seeds", type=int, default=5)
    given = parser.parse_args()
    print(" | ".join(HEAD))
    for setting in SETTINGS:
        rows = np.array([measure(world(setting, given.matters, seed)) for seed in range(given.seeds)])
        print(" | ".join([setting.name, *(f"{figure:.3f}" for figure in rows.mean(axis=0))]))


if __name__ == "__main__":
    main()
