"""Kill -9 the API under load, again and again, and count what was acknowledged and lost, or stored twice."""

import argparse
import asyncio
import json
import random
import sqlite3
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from benchmarks.serving import Target, prepare, start
from flows.wiring import open_journal, open_vault

SENDERS = 32


@dataclass
class History:
    """What the senders saw: key -> report id of every acknowledged report, every key ever sent, and those still without an answer."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)
    unanswered: list[str] = field(default_factory=list)
    wrong: int = 0


async def send_until_dead(client: httpx.AsyncClient, history: History, sender: str) -> None:
    """Send one report after the other, those without an answer first again, until the server is gone."""
    number = 0
    while True:
        number += 1
        key = history.unanswered.pop() if history.unanswered else f"{sender}-{number}"
        history.sent.add(key)
        try:
            answer = await client.post("/v1/reports", json={"key": key, "text": f"Report {key}: the bridge is closed."})
        except httpx.HTTPError:
            history.unanswered.append(key)
            return
        if answer.status_code in (200, 201):
            history.acknowledged[key] = answer.json()["id"]
        else:
            history.wrong += 1


async def round_of(target: Target, history: History, number: int, after: float) -> None:
    """Start the API, load it, kill it some seconds after its first acknowledgement, and see every sender end."""
    process = await asyncio.to_thread(start, target)
    known = len(history.acknowledged)
    async with httpx.AsyncClient(base_url=target.address, headers={"Authorization": f"Bearer {target.key}"}, timeout=10.0) as client:
        senders = [asyncio.create_task(send_until_dead(client, history, f"r{number}s{n}")) for n in range(SENDERS)]
        while len(history.acknowledged) == known and not all(sender.done() for sender in senders):
            await asyncio.sleep(0.01)
        await asyncio.sleep(after)
        process.kill()
        await asyncio.to_thread(process.wait)
        await asyncio.gather(*senders)


def stored_keys(target: Target) -> list[str]:
    """Read the keys of everything in the journal, after SQLite has recovered it."""
    keys, seq = [], 0
    with open_vault(target.settings) as vault, open_journal(target.settings, vault) as journal:
        while rows := journal.after(seq, 1000):
            keys += [row.submission.key for row in rows]
            seq = rows[-1].seq
    return keys


def sound(target: Target) -> bool:
    """Ask SQLite whether the journal's file is whole."""
    with sqlite3.connect(target.settings.journal_path) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))


def judge(target: Target, history: History, rounds: int, seed: int) -> dict[str, int | bool]:
    """Compare what was acknowledged with what is stored. Stored without an answer is allowed: the answer was cut off."""
    stored = stored_keys(target)
    return {
        "rounds": rounds,
        "seed": seed,
        "sent": len(history.sent),
        "acknowledged": len(history.acknowledged),
        "stored": len(stored),
        "lost": len(set(history.acknowledged) - set(stored)),
        "doubled": len(stored) - len(set(stored)),
        "never_sent": len(set(stored) - history.sent),
        "other_answers": history.wrong,
        "sound": sound(target),
    }


async def play(target: Target, rounds: int, seed: int) -> dict[str, int | bool]:
    """Run all rounds over one data folder; reports without an answer are sent again in the next round with the same key."""
    dice, history = random.Random(seed), History()
    for number in range(rounds):
        await round_of(target, history, number, dice.uniform(0.05, 1.5))
    return judge(target, history, rounds, seed)


def main() -> None:
    """Measure and print; exit code 1 when anything was lost or doubled, or when the load was too light to tell."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=30)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="hivecast-kill-") as folder:
        found = asyncio.run(play(prepare(Path(folder)), given.rounds, given.seed))
    print(json.dumps(found) if given.json else "\n".join(f"{name:<15}{value:>10}" for name, value in found.items()))
    wrong = found["lost"] or found["doubled"] or found["never_sent"] or not found["sound"]
    raise SystemExit(bool(wrong or found["acknowledged"] < given.rounds))


if __name__ == "__main__":
    main()
