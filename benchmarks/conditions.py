"""Theories of change with one condition that fails -> whether it is named first, root first, and how often "failing" is right.

python -m benchmarks.conditions [--half develop|report] [--seeds N] [--wrong]

Each scenario is nine weeks of reports about one objective, through the real stages (reading with the real models, origins, weighing). One condition
holds for five weeks and then fails; alone, or with what rests on it failing after it. The others hold. Between them stand reports of mere need, echoes
(whole reports repeated by others), reports about other matters, and a flood: one organisation that says forty times in other words that another
condition fails. Every objective is weighed twice: as it stands, and bare, with nothing but each condition's statement and what it needs.
The sentences were written before anything was weighed. The constants of coalition/bear.py and weigh.py were set on the half `develop` alone.
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from flows.documents import import_objectives
from flows.intake import drain
from flows.kit import Kit, opened
from flows.settings import Settings, load_settings
from flows.take import take
from flows.understand import understand
from flows.weigh import weigh_conditions
from store.records import TLP, Channel, SourceKind, Standing, Submission, Weighed

DATA = Path(__file__).parent / "data"
START = datetime(2031, 3, 3, 12, tzinfo=UTC)
DAYS, TURN = 63, 35
BARE = "-bare"
VOICES = (
    ("Harbour Clinic", SourceKind.NGO),
    ("Sister Agnes", SourceKind.PARTNER),
    ("Field team 4", SourceKind.PARTNER),
    ("Morning Ledger", SourceKind.NEWS),
    ("Radio Delta", SourceKind.NEWS),
    ("Relief Office", SourceKind.UN),
    ("Open Accounts Forum", SourceKind.NGO),
    ("Teachers' Network", SourceKind.PARTNER),
    ("Evening Courier", SourceKind.NEWS),
    ("Health Desk", SourceKind.UN),
    ("Provincial Gazette", SourceKind.GOVERNMENT),
    ("Drivers' Circle", SourceKind.PARTNER),
)
FLOODER = ("Voice of Tomorrow", SourceKind.BLOG)
OPENINGS = ("", "", "", "From {place}: ", "{place}. ", "Update from {place}: ", "Our correspondent in {place}: ")
ASIDES = (
    "Again, quite simply: ",
    "Once more for all: ",
    "We repeat it. ",
    "Everybody should know. ",
    "As we have always said. ",
    "Mark our words. ",
    "Read this. ",
    "Listen. ",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One history: the objective, the condition that fails, what fails because of it, and what is reported."""

    objective: Mapping[str, Any]
    planted: str
    fallen: tuple[str, ...]
    flooded: str
    reports: tuple[Submission, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was said of one scenario at its end, and from which day on the planted condition was named first (None: not at the end)."""

    scenario: Scenario
    weighed: tuple[Weighed, ...]
    named_on: int | None

    @property
    def first(self) -> str:
        """Name the condition that is called failing first, or ""."""
        return next((one.condition_id for one in self.weighed if one.rank == 1), "")

    @property
    def likeliest(self) -> str:
        """Name the condition with the lowest log-odds, called failing or not."""
        return min(self.weighed, key=lambda one: one.log_odds).condition_id


def pools() -> dict[tuple[str, str, str], list[str]]:
    """Read the sentences by (objective, condition, what they say)."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for line in (DATA / "conditions_sentences.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found.setdefault((row["objective"], row["condition"], row["says"]), []).append(row["text"])
    return found


def scenarios(half: str, seeds: int) -> Iterator[Scenario]:
    """Make every scenario of one half: each condition planted, alone and with what rests on it, so many times."""
    told = pools()
    for objective in json.loads((DATA / "conditions_objectives.json").read_text(encoding="utf-8"))["objectives"]:
        if objective["half"] != half:
            continue
        for condition in objective["theory_of_change"]:
            for seed in range(seeds):
                downstream = below(objective, condition["id"])
                for fallen in ((), downstream) if downstream else ((),):
                    yield scenario(objective, condition["id"], fallen, told, seed)


def stripped(objective: Mapping[str, Any]) -> dict[str, Any]:
    """Leave of each condition its id, its statement, and what it needs."""
    kept = [{name: one[name] for name in ("id", "condition", "needs", "needs_any") if name in one} for one in objective["theory_of_change"]]
    return {**objective, "id": f"{objective['id']}{BARE}", "theory_of_change": kept}


def below(objective: Mapping[str, Any], condition_id: str) -> tuple[str, ...]:
    """Name the conditions that need this one, directly or by others (one of several alternatives is not enough)."""
    fallen = [condition_id]
    for one in objective["theory_of_change"]:
        needs = one.get("needs", ())
        if needs and (all(need in fallen for need in needs) if one.get("needs_any") else any(need in fallen for need in needs)):
            fallen.append(one["id"])
    return tuple(fallen[1:])


def scenario(objective: Mapping[str, Any], planted: str, fallen: tuple[str, ...], told: Mapping[tuple[str, str, str], list[str]], seed: int) -> Scenario:
    """Write one history."""
    dice = random.Random(f"{objective['id']}/{planted}/{len(fallen)}/{seed}")
    name, ids = objective["id"], [one["id"] for one in objective["theory_of_change"]]
    rows: list[tuple[float, str]] = []
    for one in ids:
        well, badly = dice.sample(told[name, one, "for"], 5), dice.sample(told[name, one, "against"], 6)
        if one == planted:
            rows += spread(dice, well[:3], 0, TURN) + spread(dice, badly, TURN, DAYS)
        elif one in fallen:
            rows += spread(dice, well[:4], 0, TURN + 7) + spread(dice, badly[:4], TURN + 7, DAYS)
        else:
            rows += spread(dice, well, 0, DAYS) + spread(dice, badly[:1] if dice.random() < 0.5 else [], 0, DAYS)
    rows += spread(dice, told[name, "", "none"], 0, DAYS)
    others = [(key, text) for key, texts in told.items() if key[0] != name for text in texts]
    rows += spread(dice, [text for _, text in dice.sample(others, 6)], 0, DAYS)
    reports = [report(dice, day, text, objective["place"], number) for number, (day, text) in enumerate(sorted(rows))]
    flooded = dice.choice([one for one in ids if one != planted and one not in fallen] or [""])
    flood = list(overflow(dice, told[name, flooded, "against"], objective["place"])) if flooded else []
    return Scenario(objective=objective, planted=planted, fallen=fallen, flooded=flooded, reports=(*reports, *echoes(dice, reports), *flood))


def spread(dice: random.Random, texts: Sequence[str], first: float, last: float) -> list[tuple[float, str]]:
    """Give each text a day."""
    return [(dice.uniform(first, last - 0.5), text) for text in texts]


def report(dice: random.Random, day: float, text: str, place: str, number: int) -> Submission:
    """Let a voice say it on that day."""
    source, kind = VOICES[dice.randrange(len(VOICES))]
    return sent(f"k{number:03}", day, dice.choice(OPENINGS).format(place=place) + text, (source, kind))


def sent(key: str, day: float, text: str, voice: tuple[str, SourceKind]) -> Submission:
    """Make one submission."""
    return Submission(
        channel=Channel.TABLE,
        source=voice[0],
        source_kind=voice[1],
        key=key,
        text=text,
        occurred_at=START + timedelta(days=day),
        sensitivity=TLP.GREEN,
        language="en",
    )  # fmt: skip


def echoes(dice: random.Random, reports: Sequence[Submission]) -> list[Submission]:
    """Let others repeat ten reports word for word within two days, each up to three times."""
    made = []
    for one in dice.sample(list(reports), min(10, len(reports))):
        for again in range(dice.randint(1, 3)):
            day = (one.occurred_at - START) / timedelta(days=1) + dice.uniform(0.1, 2) if one.occurred_at else 0.0
            made.append(sent(f"{one.key}-echo{again}", min(day, DAYS - 0.1), one.text, VOICES[dice.randrange(len(VOICES))]))
    return made


def overflow(dice: random.Random, texts: Sequence[str], place: str) -> Iterator[Submission]:
    """Let one organisation say forty times within a week, never in the same words, that a condition fails."""
    for number in range(40):
        text = f"{dice.choice(ASIDES)}{dice.choice(texts)} {dice.choice(ASIDES)}{place}, day {number + 1}."
        yield sent(f"flood{number:02}", TURN + dice.uniform(5, 12), text, FLOODER)


def played(one: Scenario, settings: Settings) -> tuple[Result, Result]:
    """Run one history through the real stages; what was said of the objective as it stands, and bare."""
    with tempfile.TemporaryDirectory(prefix="hivecast-conditions-") as folder:
        home = Path(folder) / "home"
        path = Path(folder) / "objective.json"
        path.write_text(json.dumps([one.objective, stripped(one.objective)]), encoding="utf-8")
        scratch = settings.model_copy(update={"home": home, "models": settings.models_path, "feeds": (), "mailboxes": ()})
        with opened(scratch) as kit:
            lend(kit)
            import_objectives(path, kit.journal)
            return weekly(one, kit)


_lent: dict[str, Any] = {}


def lend(kit: Kit) -> None:
    """Load the models once for all scenarios."""
    for name in ("models", "reader"):
        kit.__dict__[name] = _lent.setdefault(name, getattr(kit, name) if name not in _lent else None)
    kit.known_vectors = _lent.setdefault("vectors", kit.known_vectors)


def weekly(one: Scenario, kit: Kit) -> tuple[Result, Result]:
    """Feed what was said before the turn at once and then week by week, and weigh at the end of each."""
    named: dict[str, int] = {}
    weighed: dict[str, tuple[Weighed, ...]] = {}
    waiting = sorted(one.reports, key=lambda sub: (sub.occurred_at, sub.key))
    names = (one.objective["id"], one.objective["id"] + BARE)
    for day in range(TURN, DAYS + 1, 7):
        evening = START.replace(hour=0) + timedelta(days=day)
        now = [sub for sub in waiting if sub.occurred_at and sub.occurred_at <= evening]
        waiting = waiting[len(now) :]
        take(now, kit.journal, evening)
        drain(kit)
        understand(kit, evening)
        weigh_conditions(kit, evening)
        for name in names:
            weighed[name] = tuple(w for w in kit.warehouse.standings(evening) if w.objective_id == name)
            first = next((w.condition_id for w in weighed[name] if w.rank == 1), "")
            named = {**named, name: named.get(name, day)} if first == one.planted else {key: on for key, on in named.items() if key != name}
    whole, bare = (Result(scenario=one, weighed=weighed[name], named_on=named.get(name)) for name in names)
    return whole, bare


def tell(results: Sequence[Result], name: str) -> None:
    """Print one line of figures."""
    pairs = [(1.0 - w.probability, w.condition_id in (r.scenario.planted, *r.scenario.fallen), w) for r in results for w in r.weighed]
    chance, true = np.array([p for p, _, _ in pairs]), np.array([t for _, t, _ in pairs])
    called = [truth for _, truth, w in pairs if w.standing is Standing.FAILING]
    missed = [w for _, truth, w in pairs if truth and w.standing is not Standing.FAILING]
    flooded = [r for r in results if any(w.condition_id == r.scenario.flooded and w.standing is Standing.FAILING for w in r.weighed)]
    brier, base = float(np.mean((chance - true) ** 2)), float(true.mean() * (1 - true.mean()))
    delays = [r.named_on - TURN for r in results if r.named_on]
    print(
        f"{name:24} n {len(results):3}  named first {share([r.first == r.scenario.planted for r in results])}"
        f"  lowest log-odds {share([r.likeliest == r.scenario.planted for r in results])}"
        f"  failing is right {share(called)} of {len(called)}  failing missed {share([bool(m) for m in missed] + [False] * (int(true.sum()) - len(missed)))}"
        f"  flooded called {len(flooded)}  Brier {brier:.3f} (base {base:.3f})  days to be named, median {np.median(delays) if delays else float('nan'):.0f}"
    )


def share(values: Sequence[bool]) -> str:
    """Word a share in percent."""
    return f"{100 * float(np.mean(values)) if len(values) else float('nan'):5.1f} %"


def calibration(results: Sequence[Result]) -> None:
    """Print how often a condition fails where its failing is said to be so likely."""
    pairs = [(1.0 - w.probability, w.condition_id in (r.scenario.planted, *r.scenario.fallen)) for r in results for w in r.weighed]
    for low, high in ((0, 0.1), (0.1, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 0.9), (0.9, 1.01)):
        some = [(p, t) for p, t in pairs if low <= p < high]
        if some:
            print(
                f"  said {low:.2f} to {min(high, 1):.2f}: {len(some):4} times, mean {np.mean([p for p, _ in some]):.2f}, it did {share([t for _, t in some])}"
            )


def main() -> None:
    """Print the figures of one half: all, those in which others fail too, and each objective; as it stands and bare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("develop", "report"), default="report")
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--wrong", action="store_true", help="list the scenarios in which another condition was named first, or none")
    asked = parser.parse_args()
    settings = load_settings()
    pairs = []
    for one in scenarios(asked.half, asked.seeds):
        pairs.append(played(one, settings))
        print(len(pairs), one.objective["id"], one.planted, "->", *(result.first or "none" for result in pairs[-1]), file=sys.stderr, flush=True)
    for results, name in zip(zip(*pairs, strict=True), (asked.half, f"{asked.half}, bare"), strict=True):
        tell(results, name)
        tell([r for r in results if not r.scenario.fallen], "  it fails alone")
        tell([r for r in results if r.scenario.fallen], "  others fail with it")
        for one in sorted({r.scenario.objective["id"] for r in results}):
            tell([r for r in results if r.scenario.objective["id"] == one], f"  {one}")
        calibration(results)
        for r in results if asked.wrong else ():
            if r.first != r.scenario.planted:
                stood = [(w.condition_id, w.standing.value, w.log_odds, w.origins_for, w.origins_against) for w in r.weighed]
                print("   ", r.scenario.objective["id"], r.scenario.planted, r.scenario.fallen, "->", r.first or "none", stood)


if __name__ == "__main__":
    main()
