"""Objectives and partners as files: one, several, or wrapped; any fault keeps the whole file out."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from flows.documents import OBJECTIVE, PARTNER, import_objectives, import_partners, objective_of, partner_of
from flows.settings import Settings
from flows.wiring import open_journal, open_vault
from store.errors import ConfigError
from store.journal import Journal
from store.records import Obstacle, Sign
from tests.flows.strike import OBJECTIVE as WARDS
from tests.flows.strike import PARTNERS


@pytest.fixture
def journal(settings: Settings) -> Iterator[Journal]:
    with open_vault(settings) as vault, open_journal(settings, vault) as found:
        yield found


@pytest.mark.parametrize("shape", [WARDS, [WARDS], {"objectives": [WARDS]}])
def test_an_objective_may_stand_alone_in_a_list_or_under_its_name(journal: Journal, tmp_path: Path, shape: object) -> None:
    path = tmp_path / "o.json"
    path.write_text(json.dumps(shape), encoding="utf-8-sig")
    assert import_objectives(path, journal) == ("wards",)
    ((_, body),) = journal.documents(OBJECTIVE)
    objective = objective_of(body)
    assert (objective.id, objective.members, objective.strengths) == ("wards", ("P1",), ("medical",))
    assert objective.conditions[0].statement.startswith("Volunteers")


def test_a_partner_imported_again_is_replaced(journal: Journal, tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text(json.dumps(PARTNERS), encoding="utf-8")
    import_partners(path, journal)
    path.write_text(json.dumps({**PARTNERS[0], "name": "Ward Friends of Bangui", "fictional": True}), encoding="utf-8")
    import_partners(path, journal)
    names = {id_: partner_of(body).name for id_, body in journal.documents(PARTNER)}
    assert names == {"P1": "Ward Friends of Bangui", "P2": "Open Bench", "P3": "Morning Post"}


def test_what_a_partner_can_take_and_whom_it_reaches_is_kept(journal: Journal, tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    more = {"capacity": 2, "away_until": "2031-05-01", "conflicts": ["P2"], "reach": ["harbour master"]}
    path.write_text(json.dumps([{**PARTNERS[0], **more}, PARTNERS[1]]), encoding="utf-8")
    import_partners(path, journal)
    full, plain = (partner_of(body) for _, body in journal.documents(PARTNER))
    assert (full.capacity, full.away_until, full.conflicts, full.reach) == (2, date(2031, 5, 1), ("P2",), ("harbour master",))
    assert (plain.capacity, plain.away_until, plain.conflicts, plain.reach) == (None, None, (), ())


@pytest.mark.parametrize("more", [{"capacity": -1}, {"capacity": "some"}, {"away_until": "soon"}, {"conflicts": ["a b"]}])
def test_a_wrong_capacity_day_or_id_is_named(journal: Journal, tmp_path: Path, more: dict[str, object]) -> None:
    path = tmp_path / "p.json"
    path.write_text(json.dumps([{**PARTNERS[0], **more}]), encoding="utf-8")
    with pytest.raises(ConfigError, match=f"entry 1.*{next(iter(more))}"):
        import_partners(path, journal)


@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"[" * 100_000, b"{}", b"null", b'{"partners": {}}', b'[{"id": "../x", "name": "N", "strengths": ["a"]}]'])
def test_a_wrong_file_is_named_and_changes_nothing(journal: Journal, tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "p.json"
    path.write_bytes(body)
    with pytest.raises(ConfigError, match=r"p\.json"):
        import_partners(path, journal)
    assert journal.documents(PARTNER) == ()


CONDITIONS: list[dict[str, object]] = [
    {"id": "pier", "condition": "The pier is mended", "decider": "Harbour Board", "signs": [{"sign": "Planks are laid", "by": "2031-04-01"}]},
    {"id": "licence", "condition": "The licence is renewed", "obstacles": ["legal"], "signs_against": ["The licence lapses"]},
    {"id": "sails", "condition": "The ferry sails", "needs": ["pier", "licence"], "needs_any": True, "strengths": ["seamanship"]},
]
WHOLE = {"id": "ferry", "statement": "The ferry runs.", "theory_of_change": CONDITIONS}


def changed(number: int, **changes: object) -> dict[str, object]:
    conditions = [{**one, **(changes if place == number else {})} for place, one in enumerate(CONDITIONS)]
    return {**WHOLE, "theory_of_change": conditions}


def test_a_theory_of_change_keeps_needs_deciders_signs_and_obstacles(journal: Journal, tmp_path: Path) -> None:
    path = tmp_path / "o.json"
    path.write_text(json.dumps(WHOLE), encoding="utf-8")
    import_objectives(path, journal)
    ((_, body),) = journal.documents(OBJECTIVE)
    pier, licence, sails = objective_of(body).conditions
    assert (pier.decider, pier.signs) == ("Harbour Board", (Sign(statement="Planks are laid", by=date(2031, 4, 1)),))
    assert (licence.obstacles, licence.signs_against) == ((Obstacle.LEGAL,), ("The licence lapses",))
    assert (sails.needs, sails.needs_any, sails.strengths) == (("pier", "licence"), True, ("seamanship",))


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (changed(0, needs=["sails"]), "in a circle (pier needs sails needs pier)"),
        (changed(2, needs=["Pier"]), "the condition `sails` needs `Pier`, which is no condition of this objective; the ids are pier, licence, sails"),
        (changed(1, id="pier"), "two conditions have the id `pier`; give each its own"),
        (changed(1, obstacles=["law"]), "`theory_of_change.1.obstacles.0` input should be 'security_access', 'government_denial', 'legal'"),
        (changed(1, obstacles=["none"]), "`theory_of_change.1.obstacles.0`: `none` is no obstacle; leave `obstacles` out"),
        (changed(0, signs=["Planks"]), "`theory_of_change.0.signs.0`"),
        (changed(0, signs=[{"sign": "Planks", "by": "soon"}]), "`theory_of_change.0.signs.0.by`"),
    ],
)
def test_a_theory_that_does_not_hang_together_says_where_and_how_to_mend_it(journal: Journal, tmp_path: Path, document: object, told: str) -> None:
    path = tmp_path / "o.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        import_objectives(path, journal)
    assert told in str(refused.value)
    assert "entry 1 (id 'ferry')" in str(refused.value)
    assert journal.documents(OBJECTIVE) == ()
