"""Settled statements -> Brier skill, calibration, words and voids, from streams counted day by day and from replays.

python -m benchmarks.forecast_statements [streams] [FILE ...] [--half 1]
`streams`: statements on an earthquake's reports, by category and place, and on tweets of crises, stated every third day from what was known then and settled
by what came; chances are recalibrated by those settled before. FILE is what `hivecast replay --forecasts FILE` wrote. Reads HIVECAST_SHARED, else ../shared
beside the checkout. Half 0 of the units of the streams was tuned on, half 1 is what is told.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.forecast_sets import data, earthquake, laid, tweets
from forecast.counts import Series, expected
from forecast.escalate import escalate
from forecast.judge import Verdict, broken_down, curve, judge, put_right
from forecast.ladder import Floats
from forecast.statements import reaches, target_of, threshold_near
from store.forecasts import MODEL, Kind, Scored

HORIZONS: Final = (7, 14)
EVERY: Final = 3
_FIRST: Final = datetime(2010, 1, 1, 23, 59, 59, tzinfo=UTC)
_LIVE: Final = 45
_DAYS: Final = 24 * 3600


def stated(counts: Floats, name: str) -> Iterator[tuple[int, int, Scored]]:
    """State and settle over a panel (units, days), NaN before a unit begins: when each was stated, when it fell due, and what it came to."""
    for today in range(EVERY, counts.shape[1] - max(HORIZONS), EVERY):
        live = [unit for unit in range(len(counts)) if np.nansum(counts[unit, max(0, today - _LIVE) : today + 1]) > 0]
        moment = _FIRST + timedelta(days=today)
        series = [_series(counts[unit, : today + 1], f"{name} {unit}", today) for unit in live]
        for days in HORIZONS:
            came = counts[live, today + 1 : today + 1 + days].sum(axis=1) if live else ()
            for one, level, true in zip(series, expected(series, "reports", moment, days), came, strict=True):
                least = threshold_near(*level, target_of(one.situation_id, str(days), str(today)))
                about = {"came_true": bool(true >= least), "kind": Kind.REPORTS, "subject": one.situation_id, "days": days}
                yield today, today + days, Scored(probability=reaches(*level, least), **about)  # type: ignore[arg-type]
            for one, (least, chance), true in zip(series, escalate(series, moment) if days == HORIZONS[0] else (), came, strict=False):
                yield today, today + days, Scored(probability=chance, came_true=bool(true >= least), kind=Kind.ESCALATION, subject=one.situation_id, days=days)


def _series(counts: Floats, name: str, today: int) -> Series:
    seen = counts[~np.isnan(counts)].astype(int)
    start = (_FIRST + timedelta(days=today - len(seen) + 1)).date()
    return Series(situation_id=name, start=start, reports=tuple(seen.tolist()), origins=tuple(seen.tolist()))


def mended(found: Sequence[tuple[int, int, Scored]]) -> list[Scored]:
    """Recalibrate each by those that had fallen due when it was stated."""
    made = []
    for today in sorted({at for at, _, _ in found}):
        earlier = [one for _, due, one in found if due <= today]
        curves = {kind: curve(kind, earlier) for kind in (Kind.REPORTS, Kind.ESCALATION)}
        for _, _, one in (row for row in found if row[0] == today):
            chance = put_right(curves[one.kind], one.probability)
            made.append(Scored(probability=chance, came_true=one.came_true, kind=one.kind, subject=one.subject, days=one.days))
    return made


def replayed(path: Path) -> tuple[list[Scored], int, int]:
    """Read what a replay wrote: settled statements with the chance first held, how many are void, and how many were settled in all."""
    found, void = [], 0
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        outcome = row["outcome"]
        if outcome is None:
            continue
        if outcome["came_true"] is None:
            void += 1
            continue
        first = next(odds["probability"] for odds in row["odds"] if odds["by"] == MODEL)
        days = (datetime.fromisoformat(row["deadline"]) - datetime.fromisoformat(row["issued_at"])).days
        subject = f"{path.stem} {row['subject']}"
        found.append(Scored(probability=first, came_true=outcome["came_true"], kind=Kind(row["kind"]), subject=subject, days=days))
    return found, void, len(found) + void


def told(name: str, scored: Sequence[Scored]) -> None:
    """Print how a set of statements did: in all, by kind, by horizon, by the words of ICD 203."""
    whole = judge(scored)
    if whole is None:
        print(f"{name}: nothing settled")
        return
    print(f"{name}: {_line(whole)}")
    for part, verdict in {**broken_down(scored, lambda one: one.kind.value), **broken_down(scored, lambda one: f"{one.days} days")}.items():
        print(f"   {part}: {_line(verdict)}")
    for word in whole.words:
        held = "" if word.fits else ", outside its band"
        print(f"   {word.word} ({word.low:.0%}-{word.high:.0%}): {word.count} said, {word.happened:.1%} came true{held}")


def _line(one: Verdict) -> str:
    skill = "none" if one.skill is None else f"{one.skill:+.3f} ({one.skill_low or 0:+.2f} to {one.skill_high or 0:+.2f})"
    return f"{one.count}, Brier {one.brier:.3f}, skill {skill}, log score {one.log_score:.3f}, calibration error {one.calibration_error:.3f}"


def _streams(half: int) -> list[Scored]:
    folder = data()
    if folder is None:
        sys.exit("no shared data: set HIVECAST_SHARED to the folder that holds data/haiti and data/crisislex_t26")
    quake = mended(list(stated(laid(earthquake(folder), half, 160), "earthquake")))
    told(f"earthquake, half {half}", quake)
    crises = mended(list(stated(laid(tweets(folder, _DAYS), half, 70), "tweets")))
    told(f"tweets, half {half}", crises)
    return quake + crises


def main(arguments: Sequence[str]) -> None:
    """Print figures of the streams, of each file, and of all together."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", default=["streams"])
    parser.add_argument("--half", type=int, choices=[0, 1], default=1)
    asked = parser.parse_args(arguments)
    scored = _streams(asked.half) if "streams" in asked.sets else []
    void = settled = 0
    for path in (Path(name) for name in asked.sets if name != "streams"):
        found, gone, many = replayed(path)
        told(path.stem, found)
        scored, void, settled = scored + found, void + gone, settled + many
    told("all together", scored)
    if settled:
        print(f"void: {void} of {settled} in replays ({void / settled:.1%})")


if __name__ == "__main__":
    main(sys.argv[1:])
