"""Acknowledged reports a second over HTTP, fsync on, and the ratio to the same app without storage. Needs `wrk`."""

import argparse
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.serving import Target, prepare, served
from flows.wiring import open_journal, open_vault

LUA = """
local number, thread = 0, 0
function setup(t) t:set("id", thread); thread = thread + 1 end
function init(args) prefix = args[1] .. "-" .. id .. "-" end
function request()
  number = number + 1
  local body = '{"key": "' .. prefix .. number .. '", "text": "The water plant in the east district stopped this morning; two clinics boil what they have.", '
    .. '"place": "east district", "occurred_at": "2026-11-20T07:30:00+03:00"}'
  return wrk.format("POST", "/v1/reports", {["Content-Type"] = "application/json", ["Authorization"] = "Bearer KEY"}, body)
end
"""


def load(target: Target, name: str, seconds: int, connections: int) -> tuple[float, int, int]:
    """Send for some seconds; returns answers a second, answers, and answers that were not 2xx."""
    script = target.settings.home / "load.lua"
    script.write_text(LUA.replace("KEY", target.key))
    command = ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "-s", str(script), target.address, "--", name]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rate = float(re.findall(r"Requests/sec:\s+([\d.]+)", said)[0])
    count = int(re.findall(r"(\d+) requests in", said)[0])
    refused = re.findall(r"Non-2xx or 3xx responses: (\d+)", said)
    return rate, count, int(refused[0]) if refused else 0


def measure(home: Path, module: str, rounds: int, seconds: int, connections: int) -> dict[str, float]:
    """Measure one server over some rounds; `stored` is read from the journal afterwards."""
    target = prepare(home)
    with served(target, module):
        load(target, "warm", 2, connections)
        runs = [load(target, f"round{n}", seconds, connections) for n in range(rounds)]
    with open_vault(target.settings) as vault, open_journal(target.settings, vault) as journal:
        stored = journal.count()
    return {
        "per_second": round(median(rate for rate, _, _ in runs)),
        "answers": sum(count for _, count, _ in runs),
        "refused": sum(refused for _, _, refused in runs),
        "stored": stored,
    }


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=int, default=5)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--connections", type=int, default=64)
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    if not shutil.which("wrk"):
        raise SystemExit("wrk is not installed: apt-get install wrk")
    with tempfile.TemporaryDirectory(prefix="hivecast-speed-") as folder:
        stored = measure(Path(folder) / "stored", "api", given.rounds, given.seconds, given.connections)
        ceiling = measure(Path(folder) / "unstored", "benchmarks.intake_unstored", given.rounds, given.seconds, given.connections)
    found = {"connections": given.connections, "with_storage": stored, "without_storage": ceiling}
    ratio = stored["per_second"] / ceiling["per_second"]
    if given.json:
        print(json.dumps({**found, "ratio": round(ratio, 3)}))
        return
    print(f"{'':<18}{'reports/s':>10}{'answers':>10}{'refused':>9}{'stored':>9}")
    for name, row in (("with storage", stored), ("without storage", ceiling)):
        print(f"{name:<18}{row['per_second']:>10.0f}{row['answers']:>10.0f}{row['refused']:>9.0f}{row['stored']:>9.0f}")
    print(f"ratio {ratio:.2f}, {given.connections} connections, median of {given.rounds} rounds of {given.seconds} s, one process, fsync on")


if __name__ == "__main__":
    main()
