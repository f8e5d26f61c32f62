"""Seconds of reading against the bare models on the same texts: python -m benchmarks.reading CSV [--limit N] [--json]."""

import argparse
import csv
import json
import resource
import time
from datetime import UTC, datetime
from pathlib import Path

from nlp.models import ModelChoice, load
from nlp.obstacles import load_obstacles
from nlp.origins import origins
from nlp.places.gazetteer import open_gazetteer
from nlp.read import Memory, Reader, read
from store.records import Channel, Report, SourceKind

BATCH = 500


def main() -> None:
    """Measure and print."""
    given = _arguments()
    reports = _reports(given.table, given.limit)
    start = time.perf_counter()
    models = load(ModelChoice(folder=given.models))
    gazetteer = open_gazetteer(given.models, None)
    reader = Reader(models=models, gazetteer=gazetteer, obstacles=load_obstacles(models.encoder))
    figures = {"reports": len(reports), "ready_s": time.perf_counter() - start}
    texts = [report.words for report in reports]
    assert models.encoder is not None, models.missing
    models.encoder.encode(texts[:32])
    models.recognisers["en"].recognise(texts[:32])
    bare, whole = given.order == "bare", given.order != "bare"
    for which in (whole, bare):
        figures |= _reading(reports, reader) if which else _bare(texts, reader)
    start = time.perf_counter()
    found = origins(reports)
    figures |= {"origins": len(found), "origins_per_s": len(reports) / (time.perf_counter() - start)}
    figures |= {"ratio": figures["read_s"] / figures["bare_s"], "cpu_ratio": figures["read_cpu_s"] / figures["bare_cpu_s"]}
    figures |= {"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
    figures = {name: round(figure, 2) for name, figure in figures.items()}
    print(json.dumps(figures) if given.json else "\n".join(f"{name:>16} {figure:,}" for name, figure in figures.items()))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("table", type=Path, help="CSV with INCIDENT TITLE, DESCRIPTION, LOCATION, LATITUDE, LONGITUDE")
    parser.add_argument("--models", type=Path, default=Path(".cache/models"))
    parser.add_argument("--limit", type=int, default=None)
    parser.add_argument("--order", choices=("bare", "read"), default="bare", help="which of the two goes first")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _reports(table: Path, limit: int | None) -> list[Report]:
    at = datetime(2010, 1, 12, tzinfo=UTC)
    with table.open(encoding="utf-8", errors="replace", newline="") as lines:
        rows = list(csv.DictReader(lines))[:limit]
    return [
        Report(
            id=f"r{number:05}",
            channel=Channel.TABLE,
            source="table",
            source_kind=SourceKind.PUBLIC,
            key=str(number),
            at=at,
            received_at=at,
            title=row["INCIDENT TITLE"] or "",
            text=row["DESCRIPTION"] or "",
            place=row["LOCATION"] or "",
            lat=_degrees(row["LATITUDE"]),
            lon=_degrees(row["LONGITUDE"]),
        )
        for number, row in enumerate(rows)
    ]


def _degrees(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None


def _bare(texts: list[str], reader: Reader) -> dict[str, float]:
    assert reader.models.encoder is not None
    start, spent = time.perf_counter(), time.process_time()
    for at in range(0, len(texts), BATCH):
        reader.models.recognisers["en"].recognise(texts[at : at + BATCH])
    named = time.perf_counter()
    for at in range(0, len(texts), BATCH):
        reader.models.encoder.encode(texts[at : at + BATCH])
    end = time.perf_counter()
    return {
        "names_per_s": len(texts) / (named - start),
        "vectors_per_s": len(texts) / (end - named),
        "bare_s": end - start,
        "bare_cpu_s": time.process_time() - spent,
    }


def _reading(reports: list[Report], reader: Reader) -> dict[str, float]:
    start, spent = time.perf_counter(), time.process_time()
    toponyms, memory = 0, Memory()
    for at in range(0, len(reports), BATCH):
        readings, *_ = read(reports[at : at + BATCH], reader, memory)
        toponyms += sum(len(reading.toponyms) for reading in readings)
    return {"read_s": time.perf_counter() - start, "read_cpu_s": time.process_time() - spent, "toponyms": toponyms}


if __name__ == "__main__":
    main()
