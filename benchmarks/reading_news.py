"""Processor seconds of reading news without vectors, against the bare spaCy pipeline on the same texts: python -m benchmarks.reading_news JSONL.

JSONL: one `{doc_id, text, url, date}` a line. Also says how long the gazetteer takes to open once it is built, and how much memory it adds.
"""

import argparse
import json
import time
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from flows.settings import load_settings
from nlp.models import ModelChoice, load
from nlp.obstacles import load_obstacles
from nlp.places.gazetteer import Gazetteer, open_gazetteer
from nlp.read import Memory, Reader, read
from store.records import Channel, Report, SourceKind

_PAGE = 4096


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("news", type=Path)
    reports = _reports(arguments.parse_args().news)
    folder = load_settings().models_path
    open_gazetteer(folder, None)
    gazetteer, ready, grown = _opened(folder)
    reader = Reader(models=load(ModelChoice(folder=folder, encoder="")), gazetteer=gazetteer, obstacles=load_obstacles(None))
    texts = [report.words for report in reports]
    reader.models.recognisers["en"].recognise(texts[:16])
    read(reports[:16], reader, Memory())
    start = time.process_time()
    reader.models.recognisers["en"].recognise(texts)
    bare = time.process_time() - start
    start = time.process_time()
    readings, *_ = read(reports, reader, Memory())
    whole = time.process_time() - start
    found = sum(len(reading.toponyms) for reading in readings)
    print(f"{len(texts)} texts of {sum(map(len, map(str.split, texts))) // len(texts)} words, {found} places")
    print(f"bare spaCy {bare:.1f} s ({len(texts) / bare:.1f} a second), whole reading {whole:.1f} s, ratio {whole / bare:.2f}")
    print(f"gazetteer ready in {ready:.3f} s, {grown / 2**20:.0f} MB more")


def _opened(folder: Path) -> tuple[Gazetteer, float, int]:
    before, start = _resident(), time.perf_counter()
    gazetteer = open_gazetteer(folder, None)
    gazetteer.find("Goma"), gazetteer.demonym("Congolese"), gazetteer.nearest(-1.7, 29.2), gazetteer.by_id("gn:216281")
    return gazetteer, time.perf_counter() - start, _resident() - before


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE


def _reports(path: Path) -> list[Report]:
    rows = sorted((json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line), key=lambda row: (row["date"] or "", row["doc_id"]))
    return [_report(row) for row in rows]


def _report(row: dict[str, str]) -> Report:
    at, site = datetime.fromisoformat(f"{row['date'][:19]}+00:00"), urlsplit(row["url"]).netloc
    key = str(row["doc_id"])
    return Report(id=key, channel=Channel.FEED, source=site, source_kind=SourceKind.NEWS, key=key, at=at, received_at=at, text=row["text"])


if __name__ == "__main__":
    main()
