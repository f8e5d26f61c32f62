"""Shared data -> streams of reports in order of time, with the true situation of each (`gold`); and what reading them gave, kept in .cache/.

A report's row: {id, at, text, title, gold, corpus, ...}; `only` of a stream names the field and value of the rows that are scored ("" = all).
"""

import json
import os
import pickle
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.situation_fires import fires
from flows.report_file import Entry, report_file
from flows.settings import load_settings, prepare_environment
from flows.situate_file import BATCH, situating_reader
from flows.understand import clue
from nlp.origins import origins
from nlp.read import Memory, read
from nlp.situate.clue import Clue
from store.records import Reading

Row = Mapping[str, Any]
Known = Mapping[str, tuple[Reading, NDArray[np.float32] | None]]
ROOT: Final = Path(__file__).resolve().parents[1]
CACHE: Final = ROOT / ".cache" / "situations"
CORPORA: Final = ("crisislex", "idrisi", "ecb", "lgl", "swapped", "fires")
STREAMS: Final = (
    *("crisislex", *(f"crisislex-{seed}" for seed in range(5))),
    *("idrisi", *(f"idrisi-{seed}" for seed in range(5))),
    *("ecb", "swapped", "swapped-0", "one-off", "fires"),
)
INFORMATIVE: Final = "informativeness=Related and informative"
_NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
_ECB_FIRST: Final = datetime(2013, 1, 1, tzinfo=UTC)
_ECB_APART: Final = timedelta(minutes=20)
_SWAPPED: Final = 150
_STORMS: Final = re.compile("florence|irma|matthew|idai", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """Reports in order of time as grouping sees them, the row of each, and which rows are scored."""

    name: str
    rows: tuple[Row, ...]
    clues: tuple[Clue, ...]
    only: str = ""


def shared() -> Path:
    """Return the folder of the shared development data."""
    return Path(os.environ.get("HIVECAST_SHARED", ROOT.parent / "shared"))


def stream(name: str) -> Stream:
    """Make a stream: a corpus, a corpus with a seed ("crisislex-0": squeezed, all crises begin within 20 days), "one-off" or "fires".

    Readings and vectors are those of the corpus in its own order of time; copies are found anew.
    """
    rows = _rows(name)
    entries = _entries(rows, name)
    origin_of = {one: group.id for group in origins([entry.report for entry in entries]) for one in group.report_ids}
    known: dict[str, tuple[Reading, NDArray[np.float32] | None]] = {}
    for corpus in sorted({row["corpus"] for row in rows}):
        known |= readings(corpus)[0]
    chosen = sorted(entries, key=lambda entry: (entry.report.at, entry.report.id))
    clues = tuple(clue(entry.report, *known[entry.id], origin_of[entry.report.id]) for entry in chosen)
    by_id = {row["id"]: row for row in rows}
    only = INFORMATIVE if name.startswith("crisislex") else ""
    return Stream(name=name, rows=tuple(by_id[entry.id] for entry in chosen), clues=clues, only=only)


@cache
def readings(corpus: str) -> tuple[Known, float]:
    """Read a corpus with all models, or take what was read before; return (reading, vector) for each of its ids, and reports read a second."""
    kept = CACHE / f"{corpus}.pkl"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        begun = time.perf_counter()
        found = _read_all(corpus)
        kept.write_bytes(pickle.dumps((found, len(found) / (time.perf_counter() - begun))))
    known: tuple[Known, float] = pickle.loads(kept.read_bytes())  # written by this program alone
    return known


def _read_all(corpus: str) -> Known:
    settings = load_settings()
    prepare_environment(settings)
    reader, memory = situating_reader(settings), Memory()
    entries = sorted(_entries(_corpus(corpus), corpus), key=lambda entry: (entry.report.at, entry.report.id))
    origin_of = {one: group.id for group in origins([entry.report for entry in entries]) for one in group.report_ids}
    found: dict[str, tuple[Reading, NDArray[np.float32] | None]] = {}
    for first in range(0, len(entries), BATCH):
        some = entries[first : first + BATCH]
        told, embeddings, _ = read([entry.report for entry in some], reader, memory, origin_of)
        vectors = {each.report_id: np.frombuffer(each.vector, dtype="<f4") for each in embeddings}
        found |= {entry.id: (reading, vectors.get(reading.report_id)) for entry, reading in zip(some, told, strict=True)}
        print(f"reading {corpus}: {len(found)} of {len(entries)}", file=sys.stderr)
    return found


def _entries(rows: Sequence[Row], name: str) -> tuple[Entry, ...]:
    """Take the rows in through the same door as `hivecast situate`."""
    path = write(CACHE / f"{name}.jsonl", rows)
    entries, refused = report_file(path, _NOW)
    if refused:
        sys.exit(f"{path}: line {refused[0].number}: {refused[0].reason}")
    return entries


def write(path: Path, rows: Iterable[Row]) -> Path:
    """Write one JSON object a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def _rows(name: str) -> list[Row]:
    corpus, _, seed = name.rpartition("-")
    if name == "one-off":
        return _one_off()
    return _squeezed(corpus, int(seed)) if seed.isdecimal() else _corpus(name)


def _corpus(name: str) -> list[Row]:
    makers: Mapping[str, Callable[[], Sequence[Row]]] = {
        "crisislex": _crisislex,
        "idrisi": _idrisi,
        "ecb": _ecb,
        "lgl": _lgl,
        "swapped": _swapped,
        "fires": fires,
    }
    return sorted(({**row, "id": str(row["id"]), "corpus": name} for row in makers[name]()), key=lambda row: (datetime.fromisoformat(row["at"]), row["id"]))


def _lines(path: str) -> list[Row]:
    whole = shared() / "data" / path
    if not whole.exists():
        sys.exit(f"{path} is not there: set HIVECAST_SHARED to the folder of the shared data")
    return [json.loads(line) for line in whole.read_text(encoding="utf-8").split("\n") if line.strip()]


def _crisislex() -> list[Row]:
    return [{**row, "at": row["created_at"], "gold": row["event"]} for row in _lines("crisislex_t26/stream.jsonl")]


def _idrisi() -> list[Row]:
    wanted = ("id", "text", "event", "label")
    return [{**{key: row[key] for key in wanted}, "at": row["created_at"], "gold": row["event"]} for row in _lines("idrisi/idrisi_r_en.jsonl")]


def _ecb() -> list[Row]:
    """ECB+ has no dates: shuffled, 20 minutes apart."""
    rows = _lines("ecbplus/docs.jsonl")
    random.Random(0).shuffle(rows)
    made = [{"id": row["doc_id"], "text": " ".join(row["sentences"]), "gold": row["subtopic"], "topic": row["topic"]} for row in rows]
    return [{**row, "at": (_ECB_FIRST + number * _ECB_APART).isoformat()} for number, row in enumerate(made)]


def _lgl() -> list[Row]:
    rows = _lines("geoparsing/lgl.jsonl")
    return [{"id": r["doc_id"], "title": r["title"], "text": r["text"], "at": _whole_zone(r["date"]), "gold": f"lgl-{r['doc_id']}"} for r in rows]


def _swapped() -> list[Row]:
    """Crises of IDRISI, and each once more in the places and the weeks of another: two crises of different kinds in one country at one time.

    The place that a crisis names most often is told as the place that the other one names most often, the second as the second, and so on.
    """
    draw, placed = random.Random(0), _placed()
    some = {event: draw.sample(rows, min(_SWAPPED, len(rows))) for event, rows in placed.items()}
    made = [row for rows in some.values() for row in rows]
    for event, other in zip(some, [*list(some)[3:], *list(some)[:3]], strict=True):
        theirs = _by_use(placed[other])
        there = {place: theirs[min(rank, len(theirs) - 1)][1] for rank, (place, _) in enumerate(_by_use(placed[event]))}
        times = sorted(row["at"] for row in draw.choices(some[other], k=len(some[event])))
        moved = zip(sorted(some[event], key=lambda row: row["at"]), times, strict=True)
        made += [{**row, "id": f"{row['id']}@{other}", "text": _replaced(row, there), "at": at, "gold": f"{event}@{other}"} for row, at in moved]
    return made


def _placed() -> Mapping[str, list[Row]]:
    """Return the reports of IDRISI that name a place and no storm, by crisis."""
    found: dict[str, list[Row]] = {}
    for row in _corpus("idrisi"):
        if readings("idrisi")[0][row["id"]][0].toponyms and not _STORMS.search(row["text"]):
            found.setdefault(row["gold"], []).append(row)
    return found


def _by_use(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """List the places that reports name, the most frequent first: their ids, and how they are written most often."""
    written: dict[str, Counter[str]] = {}
    for row in rows:
        for toponym in readings("idrisi")[0][row["id"]][0].toponyms:
            written.setdefault(toponym.place.id, Counter())[toponym.text] += 1
    ranked = sorted(written, key=lambda place: (-written[place].total(), place))
    return [(place, max(sorted(written[place]), key=lambda text: written[place][text])) for place in ranked]


def _replaced(row: Row, places: Mapping[str, str]) -> str:
    """Tell a report with other places, given by the ids of its own."""
    text = row["text"]
    for toponym in sorted(readings("idrisi")[0][row["id"]][0].toponyms, key=lambda each: -each.start):
        text = text[: toponym.start] + places[toponym.place.id] + text[toponym.end :]
    return str(text)


def _whole_zone(date: str) -> str:
    """2009-03-20 12:24:52-05 -> the same with -05:00."""
    return datetime.fromisoformat(date + ":00" if date[-3] in "+-" else date).isoformat()


def _squeezed(corpus: str, seed: int) -> list[Row]:
    """Move every crisis so that all begin within the same 20 days, by the shared program."""
    source, out = write(CACHE / f"{corpus}.natural.jsonl", _corpus(corpus)), CACHE / f"{corpus}-{seed}.squeezed.jsonl"
    program = [sys.executable, str(shared() / "score" / "squeeze.py"), str(source), str(out), "--seed", str(seed), "--key", "gold"]
    subprocess.run(program, check=True)
    return [json.loads(line) for line in out.read_text(encoding="utf-8").split("\n") if line.strip()]


def _one_off() -> list[Row]:
    """News that is nearly all one-off: local news of four weeks, one text of each happening of ECB+, and the first informative report of each crisis.

    Each is its own situation but for near-copies, which share one; what is not local news is put at even times among it, in a fixed random order.
    """
    news = _corpus("lgl")
    crises = [row for corpus in ("crisislex", "idrisi") for row in _first_of_each(_corpus(corpus))]
    others = [*_first_of_each(_corpus("ecb")), *crises]
    random.Random(0).shuffle(others)
    begin, end = (datetime.fromisoformat(news[n]["at"]) for n in (0, -1))
    moved = [{**row, "at": (begin + (end - begin) * (n + 0.5) / len(others)).isoformat()} for n, row in enumerate(others)]
    rows = [{**row, "gold": row["id"]} for row in (*news, *moved)]
    entries = _entries(rows, "one-off.all")
    names = {entry.report.id: entry.id for entry in entries}
    roots = {names[one]: names[group.id] for group in origins([entry.report for entry in entries]) for one in group.report_ids}
    return [{**row, "gold": roots[row["id"]]} for row in rows]


def _first_of_each(rows: Sequence[Row]) -> list[Row]:
    """Return one row of each true situation: the first that says something ("Not related" and the like do not)."""
    first: dict[str, Row] = {}
    for row in rows:
        if row.get("informativeness", "Related and informative") == "Related and informative" and len(row["text"].split()) > 5:
            first.setdefault(row["gold"], row)
    return list(first.values())
