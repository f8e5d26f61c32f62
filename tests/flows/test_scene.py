"""What composition is told of the world: conditions that are open, languages, load, reliability, and what partners showed under their own names."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.documents import import_objectives, import_partners
from flows.intake import drain
from flows.kit import Kit
from flows.scene import open_conditions, scene, standing
from flows.take import take
from store.opt_in import Ask
from store.records import TLP, Channel, Objective, Reliability, SourceGrade, SourceKind, Standing, Submission, Weighed

EVENING = datetime(2031, 4, 24, 20, tzinfo=UTC)
DAY = timedelta(days=1)
CONDITIONS = [{"id": "c1", "condition": "Volunteers may work"}, {"id": "c2", "condition": "Beds are there", "decider": "Ministry in Boda"}]
PARTNERS = [{"id": "P1", "name": "Ward Friends", "strengths": ["medical"]}, {"id": "P2", "name": "Quiet House", "strengths": ["medical"]}]


@pytest.fixture
def wards(kit: Kit, tmp_path: Path) -> Objective:
    for name, body, take_in in (
        ("o", {"id": "wards", "statement": "The wards of Bangui stay open.", "theory_of_change": CONDITIONS}, import_objectives),
        ("p", PARTNERS, import_partners),
    ):
        file = tmp_path / f"{name}.json"
        file.write_text(json.dumps(body), encoding="utf-8")
        take_in(file, kit.journal)
    drain(kit)
    return kit.warehouse.objectives()[0]


def weighed(condition: str, stands: Standing, at: datetime = EVENING) -> Weighed:
    return Weighed(
        objective_id="wards",
        condition_id=condition,
        as_of=at,
        standing=stands,
        log_odds=-1.0,
        low=-2.0,
        high=0.0,
        probability=0.27,
        origins_for=0,
        origins_against=2,
    )


def say(kit: Kit, source: str, key: str, text: str, **also: Any) -> None:
    said = Submission(channel=Channel.PARTNER, source=source, source_kind=SourceKind.NGO, key=key, text=text, occurred_at=EVENING - DAY, **also)
    take([said], kit.journal, EVENING)


def ask(id_: str, partner: str, at: datetime) -> Ask:
    return Ask(id=id_, at=at, by="Desk", partner_id=partner, objective_id="wards", expires_at=at + 7 * DAY, nonce=id_)


def test_open_conditions_are_those_that_stood_doubtful_or_failing_when_last_weighed(kit: Kit, wards: Objective) -> None:
    kit.warehouse.put_standings([weighed("c1", Standing.HOLDING), weighed("c2", Standing.FAILING)], open_=False)
    assert [one.id for one in open_conditions(kit, wards, EVENING)] == ["c2"]
    assert open_conditions(kit, wards, EVENING - DAY) == ()
    kit.warehouse.put_standings([weighed("c1", Standing.DOUBTFUL, EVENING + DAY), weighed("c2", Standing.UNKNOWN, EVENING + DAY)], open_=False)
    assert [one.id for one in open_conditions(kit, wards, EVENING + DAY)] == ["c1"]


def test_languages_are_those_of_the_places_that_the_objective_names(kit: Kit, wards: Objective) -> None:
    kit.warehouse.put_standings([weighed("c2", Standing.FAILING)], open_=False)
    found = scene(kit, wards, EVENING)
    assert {"fr", "sg"} <= found.languages
    assert found.spoken == frozenset()  # officials there may be spoken to in either


def test_asks_of_thirty_days_count_and_answers_do_not(kit: Kit, wards: Objective) -> None:
    kit.journal.put_asks([ask("q1", "P1", EVENING - DAY), ask("q2", "P1", EVENING - 31 * DAY), ask("q3", "P1", EVENING + DAY), ask("q4", "P2", EVENING)])
    assert standing(kit, kit.warehouse.partners(), EVENING).asks == {"P1": 1, "P2": 1}


def test_letters_of_sources_weigh_for_the_partners_behind_them(kit: Kit, wards: Objective) -> None:
    key = kit.vault.create_key("Quiet House", SourceKind.NGO, ("report",), EVENING, "partner-7f3a9c21")
    kit.vault.bind_key(key.prefix, "P2")
    grades = [("partner-7f3a9c21", Reliability.A), ("Ward Friends", Reliability.D), ("Radio Boda", Reliability.B)]
    kit.warehouse.put_source_grades(
        [SourceGrade(source=source, at=EVENING, letter=letter, confirmed=8, contradicted=1, reason="") for source, letter in grades]
    )
    assert standing(kit, kit.warehouse.partners(), EVENING).reliability == {"P1": 0.4, "P2": 0.95}


def test_a_partner_is_observed_under_its_own_name_and_never_under_a_pseudonym_or_in_secret(kit: Kit, wards: Objective) -> None:
    key = kit.vault.create_key("Quiet House", SourceKind.NGO, ("report",), EVENING, "partner-7f3a9c21")
    kit.vault.bind_key(key.prefix, "P2")
    say(kit, "Ward Friends", "a", "Our lawyers went to the court in Boda.")
    say(kit, "partner-7f3a9c21", "b", "Our lawyers went to the court in Bangui.")
    say(kit, "Ward Friends", "c", "Our mediators spoke to the elders.", sensitivity=TLP.RED)
    drain(kit)
    shown = standing(kit, kit.warehouse.partners(), EVENING).observed
    assert {one.partner_id for one in shown} == {"P1"}
    assert {one.strength for one in shown} == {"legal expertise"}
