"""A scene for opting in: five partners, an objective, three suggestions published to readers, and an office to work in."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flows.documents import import_objectives, import_partners
from flows.office import Office, Stamp
from flows.settings import Settings
from flows.wiring import make_home, open_journal, open_snapshot, open_vault, open_warehouse
from store.cards import Card, Confidence, Finding, GoAnswer, GoNoGo, GoQuestion, NearMiss, OtherTeam
from store.opt_in import Decision, Exposure, Terms, Verdict
from store.records import TLP, Advice, Channel, Member, MixWeek, Obstacle, Report, SourceKind, Suggestion
from store.snapshot import publish

AT = datetime(2031, 5, 5, 9, tzinfo=UTC)
CARD, WATCH, HIDDEN = "wells-new", "wells-watch", "wells-hidden"
NEEDS = ("legal expertise", "judicial standing", "media")
STAMP = Stamp(by="Desk", at=AT)
TERMS = Terms(
    answer_by=AT + timedelta(days=7), ends_at=AT + timedelta(days=90), exposure=Exposure.QUIET, exit="The licence is granted.", languages=("en", "fr")
)
OBJECTIVE: dict[str, Any] = {
    "id": "wells",
    "statement": "The river towns drill wells again.",
    "theory_of_change": [{"id": "c1", "condition": "The water office grants the licence."}, {"id": "c2", "condition": "The rigs arrive."}],
    "coalition": {"members": ["M"]},
}
PARTNERS: list[dict[str, Any]] = [
    {"id": "A", "name": "Harbour Jurists", "strengths": ["legal_expertise"], "languages": ["en", "fr"], "time_zone": "Europe/London", "countries": ["KE"]},
    {"id": "B", "name": "Bench of the River", "strengths": ["former_judges"], "languages": ["en"], "time_zone": "Africa/Nairobi"},
    {"id": "C", "name": "Press Desk", "strengths": ["press_placement"], "languages": ["en", "es"], "time_zone": "America/New_York"},
    {"id": "D", "name": "Second Bench", "strengths": ["retired_judges_bench"], "languages": ["fr"], "time_zone": "Asia/Tokyo"},
    {"id": "E", "name": "Lone Advocates", "strengths": ["legal_expertise", "media"], "languages": ["en"], "time_zone": "Asia/Tokyo"},
    {"id": "M", "name": "Rig Owners", "strengths": ["logistics"], "tier": "core"},
]


def member(id_: str, *covers: str) -> Member:
    name = next(p["name"] for p in PARTNERS if p["id"] == id_)
    return Member(partner_id=id_, name=name, covers=covers, reason=f"Without {name} nobody in this team brings {', '.join(covers)}.")


def card(id_: str = CARD, kind: Advice = Advice.NEW_COALITION, **also: Any) -> Suggestion:
    fields: dict[str, Any] = {
        "obstacle_before": (Obstacle.LOGISTICS,),
        "obstacle_after": (Obstacle.LEGAL,),
        "since": AT - timedelta(days=20),
        "probability": 0.8,
        "evidence": ("ra", "rb"),
        "against": ("rc",),
        "required_strengths": NEEDS,
        "missing_strengths": NEEDS,
        "members": (member("A", NEEDS[0]), member("B", NEEDS[1]), member("C", NEEDS[2])),
        "reason": "The licence is refused.",
    }
    return Suggestion(
        id=id_,
        objective_id="wells",
        kind=kind,
        issued_at=AT - timedelta(days=1),
        origins=2,
        source_kinds=2,
        against_why="One says it lies with the rigs.",
        would_change="A licence.",
        **{**fields, **also},
    )


def beside() -> Card:
    """Make what stands on the card beside the suggestion."""
    return Card(
        suggestion_id=CARD,
        confidence=Confidence.LOW,
        confidence_why="others say the contrary",
        expires_at=AT + timedelta(days=27),
        finding=Finding.SHIFT,
        questions=(GoNoGo(question=GoQuestion.CRITICAL_MASS, answer=GoAnswer.YES, reason="3 partners cover all that is asked for."),),
        alternatives=(OtherTeam(members=(member("E", NEEDS[0], NEEDS[2]), member("D", NEEDS[1])), shared=()),),
        only_team="Only one clearly different team covers as much.",
        left_out=(NearMiss(partner_id="E", name="Lone Advocates", why="not needed", strengths=(NEEDS[0],), reason="Not needed, others bring it."),),
        flips=("ra", "rd"),
    )


def report(id_: str, mark: TLP = TLP.AMBER, days: float = -10, received: float | None = None) -> Report:
    at = AT + timedelta(days=days)
    got = at if received is None else AT + timedelta(days=received)
    return Report(
        id=id_,
        channel=Channel.TABLE,
        source=f"desk {id_}",
        source_kind=SourceKind.NEWS,
        key=id_,
        at=at,
        received_at=got,
        text=f"<b>{id_}</b> no licence.",
        sensitivity=mark,
    )


def mix(weeks: int, kind: Obstacle = Obstacle.LEGAL, origins: int = 2, first: int = 0) -> list[MixWeek]:
    monday = datetime(2031, 5, 5, tzinfo=UTC)
    return [
        MixWeek(objective_id="wells", week=monday + timedelta(weeks=first + n), weights=((kind, 2.0), (Obstacle.LOGISTICS, 0.5)), origins=origins)
        for n in range(weeks)
    ]


def show(settings: Settings) -> None:
    """Put the scene into a data folder: what readers see, and what the coordinator imported."""
    make_home(settings)
    settings.snapshot_path.write_bytes(_published())
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        for name, entries, take in (("objectives", [OBJECTIVE], import_objectives), ("partners", PARTNERS, import_partners)):
            file = settings.home / f"{name}.json"
            file.write_text(json.dumps(entries), encoding="utf-8")
            take(file, journal)
            file.unlink()


@cache
def _published() -> bytes:
    with TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "home")
        with open_warehouse(settings) as warehouse:
            warehouse.add_reports([report("ra"), report("rb"), report("rc"), report("rd", TLP.RED)], 1)
            hidden = card(HIDDEN, evidence=("rd",))
            watch = card(WATCH, Advice.WATCH, required_strengths=(), missing_strengths=(), members=())
            warehouse.append_suggestions([card(), watch, hidden], [beside(), replace(beside(), suggestion_id=HIDDEN)])
            warehouse.put_mix(mix(5))
            publish(warehouse, settings.snapshot_path)
        return settings.snapshot_path.read_bytes()


@contextmanager
def office(settings: Settings) -> Iterator[Office]:
    """Open the office of a data folder."""
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        yield Office(settings=settings, journal=journal, snapshot=open_snapshot(settings), vault=vault)


def accepted(here: Office, id_: str = CARD) -> None:
    """Accept a suggestion."""
    here.journal.put_decision(Decision(id=f"v-{id_}", at=AT, by="Desk", suggestion_id=id_, verdict=Verdict.ACCEPT))
