"""Simulated rounds of opting in through the real doors -> how often a coalition forms when it still can, how asks are spread, and who sees a refusal.

python -m benchmarks.opt_in [--rounds N] [--seed N] [--refusals SHARE]

One data folder, one API, sixty partners; a round every three days. In each a suggestion is accepted, drafted, and asked over HTTP; partners answer by their
links as they are minded in that round: out with the chance given, observe .05, silent .10, in if .10 (two others, or another strength), else in. The
coordinator asks whoever is proposed next until the coalition forms or nobody is left. Before and after each refusal is said, every address of the API is
asked for in every other role and every answer compared, letter by letter; at the end so is the readers' copy, made with and without the answers.
"""

import argparse
import random
import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from json import dumps
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Any

from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from api.app import create_app
from coalition.compose import compose
from coalition.load import gini
from coalition.strengths import table
from flows.decide import drain_decisions
from flows.documents import import_objectives, import_partners
from flows.intake import drain
from flows.kit import opened
from flows.settings import Settings
from flows.wiring import make_home, open_journal, open_vault, open_warehouse
from flows.words_alike import by_word
from store.opt_in import Reply
from store.records import Advice, Obstacle, Partner, SourceKind, Suggestion
from store.snapshot import Snapshot, publish

START = datetime(2031, 1, 6, 9, tzinfo=UTC)
KINDS = tuple(kind for kind in Obstacle if kind is not Obstacle.NONE)
ROLES: Mapping[str, Sequence[str]] = {
    "reporter": ["report"],
    "reader": ["read"],
    "corrector": ["correct"],
    "another partner": ["report", "answer"],
    "coordinator": ["coordinate", "read"],
}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Found:
    """What the rounds came to."""

    coverable: int = 0
    formed: int = 0
    formed_against: int = 0
    first_wave: int = 0
    consensus: int = 0
    undrafted: int = 0
    refused: int = 0
    asks: list[int] = field(default_factory=list)
    compared: int = 0
    leaks: list[str] = field(default_factory=list)
    seen: int = 0


@dataclass
class Stage:
    """The scene: the API, the clock, and the keys of each role."""

    client: TestClient
    clock: list[datetime]
    keys: Mapping[str, str]
    partners: tuple[Partner, ...]

    def get(self, path: str, role: str) -> tuple[int, str]:
        """Ask for an address in a role ("" = none)."""
        answer = self.client.get(path, headers=self.bearer(role))
        return answer.status_code, answer.text

    def post(self, path: str, body: object) -> Any:
        """Send something as the coordinator."""
        answer = self.client.post(path, json=body, headers=self.bearer("coordinator"))
        assert answer.status_code in (200, 201) or path.endswith("/blueprint"), answer.text
        return answer.json() if answer.status_code < 300 else None

    def look(self, path: str) -> Any:
        """Ask for an address as the coordinator."""
        return self.client.get(path, headers=self.bearer("coordinator")).json()

    def bearer(self, role: str) -> dict[str, str]:
        """Return the header of a role's key."""
        return {"Authorization": f"Bearer {self.keys[role]}"} if role in self.keys else {}


def people(chance: random.Random) -> tuple[Partner, ...]:
    """Make sixty partners with one to three of the strengths that obstacles ask for."""
    pool = sorted({need.strength for kind in KINDS for need in table().needs[kind] if not need.branch})
    zones, tongues = ("Europe/London", "Africa/Nairobi", "Asia/Tokyo", "America/Lima"), ("en", "fr", "es", "ar")
    return tuple(
        Partner(
            id=f"P{n:02d}",
            name=f"House {n:02d}",
            strengths=tuple(chance.sample(pool, chance.randint(1, 3))),
            countries=(chance.choice(("KE", "PE", "FR")),),
            languages=tuple(chance.sample(tongues, 2)),
            time_zone=chance.choice(zones),
        )
        for n in range(60)
    )


def cards(partners: tuple[Partner, ...], rounds: int, chance: random.Random) -> Iterator[Suggestion]:
    """Make one suggestion for each round: an obstacle, what it asks for, and the exact best team."""
    for n in range(rounds):
        kind = chance.choice(KINDS)
        required = tuple(need.strength for need in table().needs[kind] if not need.branch)
        team = compose(required, partners, by_word, ())
        yield Suggestion(
            id=f"s{n:03d}",
            objective_id="o1",
            kind=Advice.NEW_COALITION,
            issued_at=START,
            obstacle_before=(),
            obstacle_after=(kind,),
            since=START,
            probability=0.8,
            evidence=(),
            origins=3,
            source_kinds=2,
            against=(),
            against_why="",
            would_change="",
            required_strengths=required,
            missing_strengths=required,
            members=team.members,
        )


def minded(required: Sequence[str], partners: Sequence[Partner], refusals: float, chance: random.Random) -> dict[str, dict[str, Any]]:
    """Draw how each partner would answer in this round; an empty answer is silence."""
    found: dict[str, dict[str, Any]] = {}
    for partner in partners:
        drawn = chance.random()
        conditions = ({"at_least": 2}, {"needs": chance.choice(required)})
        kinds: list[tuple[float, dict[str, Any]]] = [
            (refusals, {"reply": "out"}),
            (0.05, {"reply": "observe"}),
            (0.10, {}),
            (0.10, {"reply": "in_if", **chance.choice(conditions)}),
            (1.0, {"reply": "in"}),
        ]
        for share, answer in kinds:
            if drawn < share:
                found[partner.id] = answer
                break
            drawn -= share
    return found


def still_coverable(blueprint: Mapping[str, Any], minds: Mapping[str, Mapping[str, Any]], full: Set[str]) -> bool:
    """Say whether all who would join, were they asked, bring everything, but for those who may not be asked more; reckoned here anew, not by the program."""
    brings = {
        one: {seat["strength"] for seat in blueprint["bench"] if one in seat["partner_ids"]} for seat in blueprint["bench"] for one in seat["partner_ids"]
    }
    willing = {one for one in brings if minds[one].get("reply") in ("in", "in_if") and one not in full}
    changed = True
    while changed:
        changed = False
        for one in sorted(willing):
            others = [brings[other] for other in willing if other != one]
            need = minds[one].get("needs")
            if len(others) < minds[one].get("at_least", 0) or (need and not any(need in other for other in others)):
                willing.discard(one)
                changed = True
    return set(blueprint["required"]) <= {strength for one in willing for strength in brings[one]}


def play(stage: Stage, card: Suggestion, refusals: float, chance: random.Random, found: Found) -> None:
    """Play one round from the decision to the coalition or the end of the bench."""
    now = stage.clock[0]
    stage.post(f"/v1/suggestions/{card.id}/decision", {"verdict": "accept"})
    terms = {"answer_by": (now + timedelta(days=20)).isoformat(), "ends_at": (now + timedelta(days=21)).isoformat(), "languages": ["en"]}
    blueprint = stage.post(f"/v1/suggestions/{card.id}/blueprint", terms)
    if blueprint is None:
        found.undrafted += 1
        return
    minds = minded(blueprint["required"], stage.partners, refusals, chance)
    full = {one["partner_id"] for one in stage.look("/v1/load")["partners"] if one["lately"] >= one["most"]}
    asked, wave, wanted = 0, 0, list[str]()
    while True:
        sent = stage.post(f"/v1/blueprints/{blueprint['id']}/asks", {"partner_ids": wanted})
        wave += 1
        asked += len(sent["invitations"])
        links = {one["partner_id"]: one["link"].partition("8321")[2] for one in sent["invitations"]}
        answer_all(stage, links, minds, found)
        view = stage.look(f"/v1/blueprints/{blueprint['id']}")
        found.seen += sum(one["partner_id"] in links and one["reply"] == "out" for one in view["answers"])
        if wave == 1:
            found.first_wave += view["standing"]["stage"] == "formed"
            found.consensus += all(minds[one].get("reply") == "in" for one in links)
        wanted = next_asks(view, full)
        if view["standing"]["stage"] == "formed" or not wanted:
            break
    coverable, formed = still_coverable(blueprint, minds, full), view["standing"]["stage"] == "formed"
    found.coverable += coverable
    found.formed += coverable and formed
    found.formed_against += formed and not coverable
    if formed:
        found.asks.append(asked)
    stage.post(f"/v1/blueprints/{blueprint['id']}/dissolve", {})


def next_asks(view: Mapping[str, Any], full: Set[str]) -> list[str]:
    """Whom the coordinator asks next: the proposed, else the spare, else one more of the bench where somebody waits for more company."""
    stands, asked = view["standing"], {one["partner_id"] for one in view["answers"]}
    proposed = [one["partner_id"] for one in stands["proposed"] or stands["spare"]]
    company = [one for seat in view["blueprint"]["bench"] for one in seat["partner_ids"] if one not in asked and one not in full]
    return proposed or (company[:1] if stands["conditional"] else [])


def answer_all(stage: Stage, links: Mapping[str, str], minds: Mapping[str, Mapping[str, Any]], found: Found) -> None:
    """Let partners answer by their links: first those who do not refuse; then those who do, each between two looks at every other door."""
    stage.clock[0] += timedelta(minutes=1)
    for partner, link in links.items():
        if minds[partner].get("reply", "out") != "out":
            assert stage.client.post(link, data=minds[partner]).status_code == 303
    refusing = [partner for partner in links if minds[partner].get("reply") == "out"]
    if not refusing:
        return
    before = views(stage, [link for partner, link in links.items() if partner not in refusing])
    for partner in refusing:
        assert stage.client.post(links[partner], content="reply=out", headers=FORM).status_code == 303
        found.refused += 1
    after = views(stage, [link for partner, link in links.items() if partner not in refusing])
    found.compared += len(after)
    found.leaks += [f"{role} at {path}" for role, path in after if after[role, path] != before[role, path]]


def views(stage: Stage, links: Sequence[str]) -> dict[tuple[str, str], tuple[int, str]]:
    """Ask every door in every role but the coordinator's, and look through the links of everybody who did not refuse."""
    roles = ["", *(role for role in ROLES if role != "coordinator")]
    seen = {(role, path): stage.get(path, role) for role in roles for path in doors(stage)}
    return seen | {("a link", link): stage.get(link, "") for link in links}


def doors(stage: Stage) -> list[str]:
    """List every address of the API that can be asked for, filled in with the latest blueprint and ask."""
    app: Any = stage.client.app
    routes = [one for route in app.routes for one in (getattr(getattr(route, "original_router", None), "routes", ()) or (route,))]
    paths = {one.path for one in routes if isinstance(one, APIRoute) and "GET" in (one.methods or ())}
    ids = {"suggestion_id": "s000", "objective_id": "o1"}
    return [re.sub(r"{(\w+)}", lambda named: ids.get(named[1], "x"), path) for path in sorted(paths)]


def copies(settings: Settings, folder: Path) -> bool:
    """Say whether the readers' copy is the same, row by row, once every answer is taken out of the journal; and that no ask stands in its bytes."""
    found = []
    for answers in (True, False):
        home = folder / f"answers-{answers}"
        shutil.copytree(settings.home, home)
        if not answers:
            with closing(sqlite3.connect(home / "journal.sqlite")) as journal, journal:
                journal.execute("DELETE FROM answers")
        with opened(Settings(home=home)) as kit:
            drain(kit)
            drain_decisions(kit)
            publish(kit.warehouse, kit.settings.snapshot_path)
            words, asks = kit.settings.snapshot_path.read_bytes(), kit.journal.asks()
        assert not any(ask.nonce.encode() in words or ask.id.encode() in words for ask in asks)
        copy = Snapshot(home / "snapshot.duckdb")
        found.append({name: copy.query(f"FROM {name} ORDER BY ALL")[1] for (name,) in copy.query(_TABLES)[1]})
    assert found[0]["decisions"]
    return found[0] == found[1]


_TABLES = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'hivecast'"


def run(rounds: int, seed: int, refusals: float) -> None:
    """Play the rounds and print what they came to."""
    chance, found = random.Random(seed), Found()
    partners = people(chance)
    with TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "home")
        make_home(settings)
        drawn = list(cards(partners, rounds, chance))
        with open_warehouse(settings) as warehouse:
            warehouse.append_suggestions(drawn)
            publish(warehouse, settings.snapshot_path)
        clock = [START]
        keys = prepare(settings, partners)
        with TestClient(create_app(settings, lambda: clock[0]), follow_redirects=False, raise_server_exceptions=True) as client:
            stage = Stage(client=client, clock=clock, keys=keys, partners=partners)
            for card in drawn:
                play(stage, card, refusals, chance, found)
                clock[0] += timedelta(days=3)
        report(settings, found, rounds, partners)
        print(f"readers' copy the same with and without the answers: {copies(settings, Path(folder))}")


def prepare(settings: Settings, partners: tuple[Partner, ...]) -> dict[str, str]:
    """Import the scene and make a key for each role; "another partner" is one that is never asked."""
    objective = {"id": "o1", "statement": "It is done.", "theory_of_change": [{"id": "c1", "condition": "It is allowed."}]}
    keys = {}
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        for name, entries, take in (("objectives", [objective], import_objectives), ("partners", [shape(p) for p in partners], import_partners)):
            file = settings.home / f"{name}.json"
            file.write_text(dumps(entries), encoding="utf-8")
            take(file, journal)
        for role, scopes in ROLES.items():
            made = vault.create_key(role, SourceKind.NGO, scopes, START, f"shown as {role}")
            keys[role] = made.secret
        vault.bind_key(made.prefix, "")
    return keys


def shape(partner: Partner) -> dict[str, Any]:
    """Write a partner as its file has it."""
    names = ("id", "name", "strengths", "countries", "languages", "time_zone")
    return {**{name: getattr(partner, name) for name in names}, "capacity": 4, "rest_days": 5}


def report(settings: Settings, found: Found, rounds: int, partners: Sequence[Partner]) -> None:
    """Print the figures."""
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        asks, answers = journal.asks(), journal.answers()
    lately = [sum(a.partner_id == one.partner_id and one.at - timedelta(days=30) < a.at <= one.at for a in asks) for one in asks]
    counts = Counter(one.partner_id for one in asks)
    out = sum(one.reply is Reply.OUT for one in answers)
    print(f"{rounds} rounds, {len(asks)} asks, {out} refusals ({out / len(asks):.0%} of asks); {found.undrafted} rounds without anybody who may be asked")
    share = found.formed / max(1, found.coverable)
    print(f"still coverable: {found.coverable}; formed of these: {found.formed} ({share:.1%}); formed otherwise: {found.formed_against}")
    print(f"formed by the first asks alone: {found.first_wave}; everybody of the first asks in (consensus): {found.consensus}")
    print(f"asks for a coalition: {mean(found.asks):.2f}; bench as a whole: {len(partners)} partners")
    print(f"most asks of one partner in thirty days: {max(lately)} (it lets itself be asked 4 times); Gini of asks: {gini(counts[p.id] for p in partners):.3f}")
    print(f"refusals the coordinator saw: {found.seen} of {found.refused}; answers compared for all others: {found.compared}; leaks: {len(found.leaks)}")
    for leak in sorted(set(found.leaks)):
        print(f"  {leak}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--refusals", type=float, default=0.3)
    options = parser.parse_args()
    run(options.rounds, options.seed, options.refusals)
