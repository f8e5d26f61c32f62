"""Real reports -> quiet places, into which the first reports of a crisis are let in: detection, delay in reports and hours, false alarms.

python -m benchmarks.emergence_stream [tune|test] [seed] : the crises of one half of CrisisLexT26 (HIVECAST_SHARED, else ../shared beside the checkout).
"""

import json
import os
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.origins import origins
from nlp.situate.expected import expected
from nlp.situate.surveil import Matrix, risen
from store.records import Channel, Report, SourceKind

DAY = 86400.0
HISTORY, WATCHED, PLACES, SIBLINGS = 120, 60, 1500, 15
RATES = (0.02, 0.05, 0.1, 0.3, 1.0, 3.0)
PACES = (1.0, 0.1, 0.03)
BANDS = ((0, 0.035), (0.035, 0.2), (0.2, 0.6), (0.6, 9))
MOST, LONGEST = 20, 14.0
INFORMATIVE = "Related and informative"


@dataclass(frozen=True, slots=True)
class Scene:
    """Places (the last rows; all, then countries before them) by day, when each background report came, and whose crisis is let in when."""

    background: list[NDArray[np.float64]]
    parents: list[int]
    days: int


def crises(half: int) -> dict[str, list[tuple[float, bool]]]:
    """Read one half of the crises: for each origin its first time in seconds and whether it tells of the crisis (otherwise it is background)."""
    path = Path(os.environ.get("HIVECAST_SHARED", Path(__file__).parents[2] / "shared")) / "data" / "crisislex_t26" / "stream.jsonl"
    if not path.is_file():
        sys.exit("no shared data: set HIVECAST_SHARED")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    names = sorted({row["event"] for row in rows})[half::2]
    return {name: roots([row for row in rows if row["event"] == name]) for name in names}


def roots(rows: Sequence[Mapping[str, str]]) -> list[tuple[float, bool]]:
    """Keep the first report of each origin that tells of the crisis or of nothing related."""
    told = {row["id"]: row["informativeness"] for row in rows}
    made = [report(row["id"], datetime.fromisoformat(row["created_at"]).astimezone(UTC), row["text"]) for row in rows]
    at = {one.id: one.at.timestamp() for one in made}
    return sorted((at[one.id], told[one.id] == INFORMATIVE) for one in origins(made) if told[one.id] in {INFORMATIVE, "Not related"})


def report(name: str, at: datetime, text: str) -> Report:
    """Make a report; each post is a voice of its own, as the data do not say who wrote it."""
    kind = SourceKind.PUBLIC
    return Report(id=name, channel=Channel.FEED, source=name, source_kind=kind, key=name, at=at, received_at=at, text=text)


def quiet_weeks(found: Mapping[str, list[tuple[float, bool]]]) -> list[list[NDArray[np.float64]]]:
    """Cut the background of each crisis into whole weeks from Monday: seconds into the week."""
    weeks: dict[tuple[str, int], list[float]] = defaultdict(list)
    for name, reports in found.items():
        times = [at for at, telling in reports if not telling]
        for at in times:
            week = int((at - 4 * DAY) // (7 * DAY))
            if min(times) <= week * 7 * DAY + 4 * DAY and (week + 1) * 7 * DAY + 4 * DAY <= max(times) + DAY:
                weeks[name, week].append(at - 4 * DAY - week * 7 * DAY)
    return [[np.sort(times) for (name, _), times in weeks.items() if name == crisis] for crisis in dict.fromkeys(name for name, _ in weeks)]


def scene(found: Mapping[str, list[tuple[float, bool]]], draw: np.random.Generator) -> Scene:
    """Chain for each place weeks of one crisis' background, drawn at random, thinned to so many reports a day."""
    streams = quiet_weeks(found)
    days = HISTORY + WATCHED
    background = []
    for _ in range(PLACES):
        weeks = streams[draw.integers(len(streams))]
        keep = min(1.0, draw.choice(RATES) * 7 * len(weeks) / sum(len(week) for week in weeks))
        drawn = [weeks[draw.integers(len(weeks))] + number * 7 * DAY for number in range(days // 7 + 1)]
        times = np.concatenate(drawn)
        background.append(times[(draw.random(len(times)) < keep) & (times < days * DAY)])
    countries = PLACES // SIBLINGS
    parents = [-1, *[0] * countries, *(1 + place // SIBLINGS for place in range(PLACES))]
    return Scene(background, parents, days)


def table(made: Scene, more: Sequence[NDArray[np.float64]], until: NDArray[np.float64]) -> Matrix:
    """Count by day, up to a moment for each place; what is let in counts for its place alone."""
    counts = np.zeros((len(made.parents), made.days))
    first = len(made.parents) - PLACES
    for place, (times, also) in enumerate(zip(made.background, more, strict=True)):
        heard = np.concatenate([times[times <= until[place]], also])
        counts[first + place] = np.bincount((heard // DAY).astype(int), minlength=made.days)[: made.days]
    for row in range(len(made.parents) - 1, 0, -1):
        counts[made.parents[row]] += counts[row]
    return counts


def alarms(counts: Matrix, made: Scene) -> NDArray[np.bool_]:
    """Watch the places."""
    usual = expected(counts, made.parents)
    first = len(made.parents) - PLACES
    return risen(counts, usual).alarm[first:]


def let_in(found: Mapping[str, list[tuple[float, bool]]], pace: float, draw: np.random.Generator) -> list[NDArray[np.float64]]:
    """Draw for each place the first reports of a crisis, thinned, from a random moment on."""
    told = [np.array([at for at, telling in reports if telling]) for reports in found.values()]
    drawn = []
    for _ in range(PLACES):
        times = told[draw.integers(len(told))]
        times = times[draw.random(len(times)) < pace][:MOST]
        drawn.append(times - times[0] + (HISTORY + draw.random() * (WATCHED - LONGEST - 1)) * DAY)
    return [times[times - times[0] <= LONGEST * DAY] for times in drawn]


def delays(made: Scene, coming: Sequence[NDArray[np.float64]]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return at which report of the crisis each place alarmed, and how many hours after the first; infinite where it did not."""
    number, hours = np.full((2, PLACES), np.inf)
    start = np.array([times[0] for times in coming])
    for heard in range(1, MOST + 1):
        now = np.array([times[min(heard, len(times)) - 1] for times in coming])
        up = alarms(table(made, [times[:heard] for times in coming], now), made)
        days = np.arange(made.days)[None, :]
        hit = (up & (days >= (start // DAY)[:, None]) & (days <= (now // DAY)[:, None])).any(axis=1) & np.isinf(number)
        hit &= np.array([len(times) >= heard for times in coming])
        number[hit], hours[hit] = heard, (now - start)[hit] / 3600
    return number, hours


def main(words: Sequence[str]) -> None:
    """Print the figures."""
    half = 0 if words[:1] == ["tune"] else 1
    draw = np.random.default_rng(int(words[1]) if words[1:] else 0)
    found = crises(half)
    made = scene(found, draw)
    rates = np.array([len(times) / made.days for times in made.background])
    none = [np.empty(0)] * PLACES
    false = alarms(table(made, none, np.full(PLACES, np.inf)), made)[:, HISTORY:].sum(axis=1)
    share = 100 * false.mean() * 30 / WATCHED
    print(f"{len(found)} crises, {PLACES} places, {PLACES * WATCHED / 30:.0f} series-months: {share:.2f} false alarms in 100 of them")
    for low, high in BANDS:
        chosen = (rates >= low) & (rates < high)
        print(f"  {low}-{high} a day: {100 * false[chosen].mean() * 30 / WATCHED:.2f}")
    for pace in PACES:
        coming = let_in(found, pace, draw)
        number, hours = delays(made, coming)
        got = np.isfinite(number)
        gap = np.median([times[1] - times[0] for times in coming if len(times) > 1]) / 3600
        print(
            f"pace {pace}: (second report after {gap:.1f} h) detected {got.mean():.3f}; median {np.median(number):.0f} reports, {np.median(hours):.1f} hours; "
            f"by the second {np.mean(number <= 2):.2f}, within a day {np.mean(hours <= 24):.2f}"
        )
        for low, high in BANDS:
            chosen = (rates >= low) & (rates < high)
            print(
                f"  {low}-{high} a day: detected {got[chosen].mean():.2f}, median {np.median(number[chosen]):.0f} reports, {np.median(hours[chosen]):.1f} hours"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
