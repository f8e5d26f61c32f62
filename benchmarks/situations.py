"""Streams with known situations -> how well and how fast they are grouped: B-cubed, ARI, AMI, singletons left single, noise left alone, reports a second.

python -m benchmarks.situations [STREAM ...] [--rivals PYTHON]: streams are those of benchmarks/situation_sets.py, all by default. What a corpus says is read
once (some 45 reports/s; kept in .cache/situations) and grouped by what `hivecast situate` uses. Scored by score/situations.py of the shared folder, found as
benchmarks/situation_sets.py says. With --rivals the peers of benchmarks/situation_rivals.py run on the same reports and vectors, under the Python of
an environment that has benchmarks/situation_rivals.txt. Each stream's files stay in .cache/situations.
"""

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.situation_sets import CACHE, CORPORA, STREAMS, Row, Stream, readings, shared, stream, write
from flows.situate_file import BATCH, Situating

HEAD: Final = ("stream", "way", "scored", "reports", "true", "found", "B3 P", "B3 R", "B3 F1", "ARI", "AMI", "single", "noise", "apart", "assign/s", "all/s")
WIDTHS: Final = (12, 26, 6, 7, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 9, 7)
_SCORED: Final = ("b3_precision", "b3_recall", "b3_f1", "ari", "ami")
_NOISE: Final = "Not related"


def main(arguments: list[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("streams", nargs="*", default=list(STREAMS), choices=STREAMS)
    parser.add_argument("--rivals", metavar="PYTHON", type=Path)
    parser.add_argument("--only", metavar="WAY", action="append", default=[], help="one rival by its name; may be given again")
    parser.add_argument("--tune", action="store_true", help="try all settings of the rivals, and not ours")
    chosen = parser.parse_args(arguments)
    _print(HEAD)
    for name in chosen.streams:
        made = stream(name)
        write(CACHE / f"{name}.gold.jsonl", made.rows)
        for line in () if chosen.tune else ours(made):
            _print(line)
        if chosen.rivals:
            _rivals(made, [str(chosen.rivals), *(["--tune"] if chosen.tune else []), *chosen.only])
    print("\nreading with all models, reports/s:", {name: round(readings(name)[1]) for name in CORPORA if (CACHE / f"{name}.pkl").exists()})


def ours(made: Stream) -> list[tuple[Any, ...]]:
    """Group a stream as `hivecast situate` does; one line of figures for what is scored, and one for everything where that is more."""
    situating, home = Situating(), dict[str, str]()
    begun = time.perf_counter()
    for first in range(0, len(made.clues), BATCH):
        home |= {move.report_id: move.situation_id for move in situating.feed(made.clues[first : first + BATCH])[0]}
    fed = time.perf_counter() - begun
    home |= {move.report_id: move.situation_id for move in situating.finish()[0]}
    whole = time.perf_counter() - begun
    out = {row["id"]: home[clue.report_id] or None for row, clue in zip(made.rows, made.clues, strict=True)}
    return lines(made, "ours", out, (len(made.clues) / fed, len(made.clues) / whole))


def lines(made: Stream, way: str, out: Mapping[str, str | None], speed: tuple[float, float]) -> list[tuple[Any, ...]]:
    """Score one grouping, and say its figures as lines of the table; speed is (reports assigned a second, all work included)."""
    path = write(CACHE / f"{made.name}.{way.replace(' ', '-')}.jsonl", ({"id": id_, "situation": home} for id_, home in out.items()))
    told = []
    for only in dict.fromkeys((made.only, "")):
        scored = score(CACHE / f"{made.name}.gold.jsonl", path, only)
        figures = (scored["reports"], scored["true"], scored["found"], *(f"{scored[key]:.3f}" for key in _SCORED))
        shares = [_percent(part) for part in (singles(made.rows, out), noise(made.rows, out), apart(made.rows, out))]
        told.append((made.name, way, "some" if only else "all", *figures, *shares, *(f"{each:,.0f}" for each in speed)))
    return told


def score(gold: Path, out: Path, only: str) -> Mapping[str, Any]:
    """Let the shared scorer count."""
    program = [sys.executable, str(shared() / "score" / "situations.py"), str(gold), str(out), "--key", "gold", *(["--only", only] if only else [])]
    found: Mapping[str, Any] = json.loads(subprocess.run(program, check=True, capture_output=True, text=True).stdout)
    return found


def singles(rows: Iterable[Row], out: Mapping[str, str | None]) -> float | None:
    """Return the share of reports alone in their true situation that are left alone; None where there are hardly any such reports."""
    rows = list(rows)
    true, found = Counter(row["gold"] for row in rows), Counter(out.values())
    alone = [out[row["id"]] for row in rows if true[row["gold"]] == 1]
    return sum(home is None or found[home] == 1 for home in alone) / len(alone) if len(alone) > 10 else None


def noise(rows: Iterable[Row], out: Mapping[str, str | None]) -> float | None:
    """Return the share of reports about nothing relevant that are in no situation; None where none are labelled so."""
    homes = [out[row["id"]] for row in rows if row.get("informativeness") == _NOISE]
    return homes.count(None) / len(homes) if homes else None


def apart(rows: Iterable[Row], out: Mapping[str, str | None]) -> float:
    """Return the share of all other reports that are in no situation."""
    homes = [out[row["id"]] for row in rows if row.get("informativeness") != _NOISE]
    return homes.count(None) / len(homes)


def _rivals(made: Stream, asked: Sequence[str]) -> None:
    if any(clue.vector is None for clue in made.clues):
        sys.exit(f"{made.name} was read without an encoder: delete its corpus from {CACHE} and read it again")
    np.save(CACHE / f"{made.name}.npy", np.array([clue.vector for clue in made.clues], dtype=np.float32))
    write(
        CACHE / f"{made.name}.words.jsonl", ({"id": row["id"], "at": row["at"], "words": clue.words} for row, clue in zip(made.rows, made.clues, strict=True))
    )
    program = [asked[0], "-W", "ignore", str(Path(__file__).with_name("situation_rivals.py")), str(CACHE), made.name, *asked[1:]]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as running:
        for line in running.stdout or ():
            told = json.loads(line)
            for figures in lines(made, told["way"], told["situations"], (told["speed"], told["speed"])):
                _print(figures)
    if running.returncode:
        sys.exit(f"the rivals failed on {made.name}: exit code {running.returncode}")


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"


def _print(cells: Iterable[Any]) -> None:
    print("  ".join(f"{cell!s:>{width}}" if n > 2 else f"{cell!s:{width}}" for n, (cell, width) in enumerate(zip(cells, WIDTHS, strict=True))), flush=True)


if __name__ == "__main__":
    main()
