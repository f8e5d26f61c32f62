"""200 labelled sentences -> precision and recall of figures and dates, and the speed of reading them.

python -m benchmarks.figures [--wrong work|held]: the sentences were written and labelled before the readers were run on them. Half of them ("work")
was looked at while the readers were made, the other half ("held") only to be scored. A figure is right when kind, both ends and unit agree
and the spans overlap; a date when both days agree and the spans overlap.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nlp.dates.read import dates
from nlp.figures.read import figures
from store.records import Channel, DateReading, FigureReading, Report, SourceKind

SENTENCES = Path(__file__).resolve().parent / "data" / "figures_sentences.jsonl"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """One labelled sentence with what was found in it."""

    row: Row
    figures: tuple[FigureReading, ...]
    dates: tuple[DateReading, ...]


def report(row: Row) -> Report:
    """Make a report of one sentence."""
    at = datetime.fromisoformat(row["at"])
    return Report(id=row["id"], channel=Channel.PARTNER, source="a", source_kind=SourceKind.PARTNER, key="1", at=at, received_at=at, text=row["text"])


def read(row: Row) -> Read:
    """Read one sentence."""
    made = report(row)
    found = dates(made.words, made.at, row["lang"])
    return Read(row, figures(made, row["lang"], (), found), found)


def overlap(one: Any, label: Row) -> bool:
    """Say whether a reading and a label share a character."""
    return bool(one.start < label["end"] and label["start"] < one.end)


def figure_right(one: FigureReading, label: Row) -> bool:
    """Compare a figure with its label."""
    return overlap(one, label) and (one.kind, one.low, one.high, one.unit) == (label["kind"], label["low"], label["high"], label["unit"])


def date_right(one: DateReading, label: Row) -> bool:
    """Compare a date with its label."""
    days = tuple(day.isoformat() if day else None for day in (one.first, one.last))
    return overlap(one, label) and days == (label["first"], label["last"])


def matched(found: Sequence[Any], labels: Sequence[Row], right: Callable[[Any, Row], bool]) -> tuple[list[Any], list[Row]]:
    """Return what was found wrongly and what was missed; a label is used once."""
    left, wrong = list(labels), []
    for one in found:
        label = next((label for label in left if right(one, label)), None)
        if label is None:
            wrong.append(one)
        else:
            left.remove(label)
    return wrong, left


def score(results: Iterable[Read], what: str) -> str:
    """Say precision and recall of "figures" or "dates" over some sentences."""
    tally: Counter[str] = Counter()
    right = figure_right if what == "figures" else date_right
    for one in results:
        found, labels = getattr(one, what), one.row[what]
        wrong, _ = matched(found, labels, right)
        tally += Counter(found=len(found), labels=len(labels), right=len(found) - len(wrong))
    precision, recall = (tally["right"] / max(1, tally[key]) for key in ("found", "labels"))
    return f"P {precision:.3f}  R {recall:.3f}  ({tally['right']} right, {tally['found']} found, {tally['labels']} labelled)"


def vouched(results: Iterable[Read]) -> str:
    """Say how often a figure that was found, and whose label names a voice, has that voice."""
    pairs = [
        (f.said_by, label["said_by"]) for one in results for f in one.figures for label in one.row["figures"] if "said_by" in label and figure_right(f, label)
    ]
    return f"{sum(a == b for a, b in pairs)} of {len(pairs)}"


def show_wrong(results: Iterable[Read]) -> None:
    """Print what was found wrongly (+) and missed (-)."""
    for one in results:
        pairs: tuple[tuple[str, Callable[[Any, Row], bool]], ...] = (("figures", figure_right), ("dates", date_right))
        for what, right in pairs:
            wrong, missed = matched(getattr(one, what), one.row[what], right)
            if wrong or missed:
                print(one.row["id"], one.row["text"])
            for found in wrong:
                print(
                    "   +",
                    (found.text, found.kind.value, found.low, found.high, found.unit) if what == "figures" else (found.text, str(found.first), str(found.last)),
                )
            for label in missed:
                print("   -", {key: label[key] for key in label if key not in {"start", "end"}}, one.row["text"][label["start"] : label["end"]])


def speed(rows: Sequence[Row]) -> str:
    """Time the reading of all sentences, again and again for about two seconds."""
    start, done = time.perf_counter(), 0
    while time.perf_counter() - start < 2:
        for row in rows:
            read(row)
        done += len(rows)
    return f"{done / (time.perf_counter() - start):,.0f} sentences/s on one core"


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    rows = [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    if arguments[:1] == ["--wrong"]:
        show_wrong(read(row) for row in rows if row["half"] in arguments[1:])
        return
    results = [read(row) for row in rows]
    for half in ("work", "held"):
        for language in ("all", "en", "fr", "es", "ar"):
            some = [one for one in results if one.row["half"] == half and language in {"all", one.row["lang"]}]
            print(f"{half}  {language:3}  figures {score(some, 'figures'):62}  dates {score(some, 'dates')}")
        print(f"{half}  the voice of right figures whose sentence names one: {vouched(one for one in results if one.row['half'] == half)}")
    print(speed(rows))


if __name__ == "__main__":
    main(sys.argv[1:])
