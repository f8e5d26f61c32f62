"""A real history through `hivecast ingest` and `hivecast run`, against the bare models on the same texts, in the same minutes.

python -m benchmarks.whole_run TABLE --as-of 2010-02-15 [--format ushahidi] [--json]
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from flows.settings import Settings
from flows.wiring import open_snapshot

BARE = """
import json, sys, time
from pathlib import Path
from nlp.models import ModelChoice, load
start = time.perf_counter()
texts = json.loads(Path(sys.argv[1]).read_text())
models = load(ModelChoice(folder=Path(sys.argv[2])))
ready = time.perf_counter()
for at in range(0, len(texts), 500):
    models.recognisers["en"].recognise(texts[at : at + 500])
    models.encoder.encode(texts[at : at + 500])
print(json.dumps({"load": ready - start, "work": time.perf_counter() - ready}))
"""


def main() -> None:
    """Measure and print."""
    given = _arguments()
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home), models=given.models)
        environment = {**os.environ, "HIVECAST_HOME": home, "HIVECAST_MODELS": str(settings.models_path)}
        took_in, ingest_s = _timed(["ingest", str(given.table), "--format", given.format, "--json"], environment)
        _, run_s = _timed(["run", "--as-of", given.as_of, "--json"], environment)
        peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        figures = {"ingest_s": ingest_s, "run_s": run_s, "peak_mb": peak_mb, "took_in": took_in, **_counted(settings)}
        bare = _bare(settings, Path(home) / "texts.json")
    figures |= {f"bare_{name}_s": seconds for name, seconds in bare.items()}
    figures |= {"ratio_with_loading": run_s / sum(bare.values()), "ratio_run_to_bare_work": run_s / bare["work"]}
    print(json.dumps(figures, default=str) if given.json else "\n".join(f"{name:>24} {_told(figure)}" for name, figure in figures.items()))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=Path)
    parser.add_argument("--as-of", default="2010-02-15")
    parser.add_argument("--format", default="ushahidi")
    parser.add_argument("--models", type=Path, default=Path(".cache/models"))
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _timed(arguments: list[str], environment: dict[str, str]) -> tuple[Any, float]:
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "cli.main", *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"hivecast {' '.join(arguments)} ended with {done.returncode}: {done.stderr[-2000:]}")
    return json.loads(done.stdout), time.perf_counter() - start


def _counted(settings: Settings) -> dict[str, Any]:
    snapshot = open_snapshot(settings)
    (one,) = snapshot.query("SELECT count(*), count(*) FILTER (understood) FROM reports")[1]
    (two,) = snapshot.query("SELECT count(*), coalesce(max(reports), 0), count(*) FILTER (reports >= 3) FROM situations")[1]
    snapshot.close()
    return {"reports": one[0], "understood": one[1], "situations": two[0], "largest_situation": two[1], "situations_of_3_or_more": two[2]}


def _bare(settings: Settings, file: Path) -> dict[str, float]:
    snapshot = open_snapshot(settings)
    _, rows = snapshot.query("SELECT concat_ws(chr(10), title, text) FROM reports WHERE understood ORDER BY said_at, id")
    snapshot.close()
    file.write_text(json.dumps([row[0] for row in rows]), encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", BARE, str(file), str(settings.models_path)], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _told(figure: Any) -> str:
    return f"{figure:,.2f}" if isinstance(figure, float) else str(figure)


if __name__ == "__main__":
    main()
