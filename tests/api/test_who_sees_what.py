"""Who sees that a partner is out: the coordinator and that partner. Every door is tried by every role, in worlds that differ in that one answer alone."""

import logging
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from api.app import create_app
from flows.brief import brief
from flows.decide import drain_decisions
from flows.intake import drain
from flows.open_cards import still_open
from flows.settings import Settings
from flows.wiring import open_vault, open_warehouse
from store.records import SourceKind
from store.snapshot import Snapshot
from tests.flows.conftest import kit_in
from tests.flows.offer import AT, CARD, card, mix, report, show

SECRET = "canary-board-said-no"
PARTNER_OUT, OTHERS = "B", ("A", "C", "D")
ROLES = {
    "nobody": None,
    "reporter": ["report"],
    "partner A": ["report", "answer"],
    "partner B": ["report", "answer"],
    "partner C": ["report", "answer"],
    "partner D": ["report", "answer"],
    "no partner": ["report", "answer"],
    "reader": ["read"],
    "corrector": ["correct"],
    "coordinator": ["coordinate", "read"],
}
KNOWING = {"coordinator", "partner B", "link B"}
NAMES = {"situation_id": "s1", "suggestion_id": CARD, "objective_id": "wells", "report_id": "ra", "name": "latest.html", "slug": "not-now"}


@dataclass
class World:
    """One run of the same story: `worlds` differ in what B answered."""

    settings: Settings
    clock: list[Any] = field(default_factory=lambda: [AT])
    keys: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    blueprint: str = ""
    asks: dict[str, str] = field(default_factory=dict)


@contextmanager
def told(folder: Path, *answers: Mapping[str, Any]) -> Iterator[tuple[World, TestClient]]:
    """Tell the story: accepted, drafted, asked; A is in, C is in, and B answers as given; then D is asked too."""
    settings = Settings(home=folder / "home")
    show(settings)
    os.utime(settings.snapshot_path, (AT.timestamp(), AT.timestamp()))  # its age is told by /v1/health
    with open_warehouse(settings) as warehouse:
        warehouse.add_reports([report("ra"), report("rb"), report("rc")], 1)
        warehouse.append_suggestions([card()])
        warehouse.put_mix(mix(3))
        assert still_open(warehouse.suggestions(AT), "wells", AT)
    world = World(settings=settings)
    with open_vault(settings) as vault:
        for role, scopes in ROLES.items():
            if scopes is not None:
                key = vault.create_key(f"owner of {role}", SourceKind.NGO, scopes, AT, f"shown as {role}")
                world.keys[role] = key.secret
                if role.startswith("partner "):
                    vault.bind_key(key.prefix, role[-1])
    app = create_app(settings, lambda: world.clock[0])
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        play(world, client, answers)
        yield world, client


def play(world: World, client: TestClient, answers: tuple[Mapping[str, Any], ...]) -> None:
    def post(role: str, path: str, body: Mapping[str, Any]) -> Any:
        world.clock[0] += timedelta(minutes=5)
        found = client.post(path, json=body, headers=bearer(world, role))
        assert found.status_code < 300, found.text
        return found.json()

    post("coordinator", f"/v1/suggestions/{CARD}/decision", {"verdict": "accept", "reason": "Seen."})
    terms = {"answer_by": (AT + timedelta(days=7)).isoformat(), "ends_at": (AT + timedelta(days=60)).isoformat()}
    world.blueprint = post("coordinator", f"/v1/suggestions/{CARD}/blueprint", terms)["id"]
    for wanted in ([], ["D"]):
        for one in post("coordinator", f"/v1/blueprints/{world.blueprint}/asks", {"partner_ids": wanted})["invitations"]:
            world.links[one["partner_id"]] = one["link"].partition("8321")[2]
            world.asks[one["partner_id"]] = one["ask_id"]
    for partner in "AC":
        post(f"partner {partner}", f"/v1/asks/{world.asks[partner]}/answer", {"reply": "in"})
    for said in answers:
        post(f"partner {PARTNER_OUT}", f"/v1/asks/{world.asks[PARTNER_OUT]}/answer", said)
    world.clock[0] = AT + timedelta(hours=5)


def bearer(world: World, role: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {world.keys[role]}"} if role in world.keys else {}


def doors(world: World, client: TestClient) -> list[str]:
    """List every address that can be asked for, its parameters filled in with what is there."""
    names = {**NAMES, "blueprint_id": world.blueprint, "ask_id": world.asks[PARTNER_OUT], "words": "x" * 65}
    app: Any = client.app
    found = []
    for route in app.routes:
        inner = getattr(route, "original_router", None)
        for one in [*(inner.routes if inner is not None else []), route]:
            if isinstance(one, APIRoute) and "GET" in (one.methods or ()):
                found.append(one.path)
    assert "/v1/blueprints/{blueprint_id}" in found
    assert "/opt-in/{words}" in found
    paths = [re.sub(r"{(\w+)}", lambda named: names[named[1]], path) for path in sorted(set(found))]
    assert not [path for path in paths if "{" in path]
    return [*paths, "/openapi.json"]


def seen(world: World, client: TestClient) -> dict[tuple[str, str], tuple[int, str]]:
    """Ask every door in every role, and look through every link."""
    found = {}
    for role in ROLES:
        for path in doors(world, client):
            answer = client.get(path, headers=bearer(world, role))
            found[role, path] = answer.status_code, answer.text
    for partner, link in world.links.items():
        answer = client.get(link)
        found[f"link {partner}", "/opt-in/"] = answer.status_code, answer.text
    return {key: (status, plain(world, text)) for key, (status, text) in found.items()}


def plain(world: World, text: str) -> str:
    """Leave out what is random in any case: the secret words of links."""
    for partner, link in world.links.items():
        text = text.replace(link, f"/link-of-{partner}")
    return text


def published(world: World) -> dict[str, list[tuple[object, ...]]]:
    """Run what the pipeline runs, and read every table that analysts have and every file that the coordinator reads."""
    with kit_in(world.settings) as kit:
        drain(kit)
        drain_decisions(kit)
        brief(kit, AT + timedelta(hours=6))
    snapshot = Snapshot(world.settings.snapshot_path)
    tables = [row[0] for row in snapshot.query("SELECT table_name FROM duckdb_tables() WHERE database_name = 'hivecast' ORDER BY 1")[1]]
    assert "decisions" in tables
    rows = {str(table): snapshot.query(f"FROM {table} ORDER BY ALL")[1] for table in tables}
    files: dict[str, list[tuple[object, ...]]] = {path.name: [(path.read_text(encoding="utf-8"),)] for path in sorted(world.settings.briefs_path.iterdir())}
    return {**rows, **files}


SILENT: tuple[Mapping[str, Any], ...] = ()
OUT = ({"reply": "in_if", "words": SECRET}, {"reply": "out"})
OBSERVING = ({"reply": "observe"},)


def test_whether_a_partner_is_out_or_silent_makes_no_difference_at_any_door_but_the_coordinators_and_its_own(tmp_path: Path) -> None:
    with ExitStack() as stack:
        worlds = [stack.enter_context(told(tmp_path / str(n), *answers)) for n, answers in enumerate((SILENT, OUT, OBSERVING))]
        views = [seen(world, client) for world, client in worlds]
        tables = [published(world) for world, _ in worlds]
    silent = views[0]
    for view in views[1:]:
        assert view.keys() == silent.keys()
        different = {role for (role, path) in view if view[role, path] != silent[role, path]}
        assert different == KNOWING  # and it does make one there, or nothing here could fail
    assert tables[0] == tables[1] == tables[2]


def test_the_words_of_whoever_declined_are_in_no_answer_no_log_and_no_file_but_the_journal(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), told(tmp_path, *OUT) as (world, client):
        view = seen(world, client)
        published(world)
        holders = {role for (role, _), (_, text) in view.items() if SECRET in text}
        assert holders == set()  # it was replaced by the plain out, and no door tells what a partner said before
        said = {role for (role, path), (status, text) in view.items() if status == 200 and path.startswith("/v1/") and '"reply":"out"' in text.replace(" ", "")}
        assert said == {"coordinator", "partner B"}
        for secret in (SECRET, *(link.rpartition("/")[2] for link in world.links.values()), *world.keys.values()):
            assert not [one.name for one in caplog.records if secret in one.getMessage() and not one.name.startswith("httpx")]  # the client's own
    files = [path for path in world.settings.home.rglob("*") if path.is_file()]
    assert {path.name for path in files if SECRET.encode() in path.read_bytes()} <= {"journal.sqlite", "journal.sqlite-wal"}
    for link in world.links.values():
        assert not [path.name for path in files if link.rpartition("/")[2].encode() in path.read_bytes()]


def test_only_the_coordinators_scope_opens_the_coordinators_doors(tmp_path: Path) -> None:
    with told(tmp_path, *OUT) as (world, client):
        doors_ = [path for path in doors(world, client) if path.startswith(("/v1/blueprints", "/v1/invitations", "/v1/questions", "/v1/load", "/v1/decisions"))]
        doors_ += ["/v1/objectives/wells/consult", f"/v1/suggestions/{CARD}/after-action.html"]
        assert len(doors_) == 8
        for role in ROLES:
            statuses = {client.get(path, headers=bearer(world, role)).status_code for path in doors_}
            assert statuses <= ({200, 409} if role == "coordinator" else {401} if role == "nobody" else {403}), role
        writes = [("post", f"/v1/blueprints/{world.blueprint}/{verb}") for verb in ("asks", "dissolve")]
        writes += [("post", f"/v1/suggestions/{CARD}/{verb}") for verb in ("decision", "blueprint")] + [
            ("post", "/v1/questions"),
            ("delete", "/v1/decisions/v1"),
        ]
        writes += [("delete", f"/v1/invitations/{world.asks['B']}"), ("post", f"/v1/invitations/{world.asks['B']}/met")]
        for role in ROLES.keys() - {"coordinator"}:
            assert {client.request(verb, path, headers=bearer(world, role)).status_code for verb, path in writes} == {401 if role == "nobody" else 403}


def test_no_partner_answers_for_another(tmp_path: Path) -> None:
    with told(tmp_path) as (world, client):
        for role in ("partner A", "no partner"):
            answer = client.post(f"/v1/asks/{world.asks['B']}/answer", json={"reply": "out"}, headers=bearer(world, role))
            assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")
        assert client.get("/v1/asks", headers=bearer(world, "no partner")).json() == {"asks": []}
        assert client.post(f"/v1/asks/{world.asks['B']}/answer", json={"reply": "out"}, headers=bearer(world, "reporter")).status_code == 403
        view = client.get(f"/v1/blueprints/{world.blueprint}", headers=bearer(world, "coordinator")).json()
        assert view["standing"]["out"] == []
