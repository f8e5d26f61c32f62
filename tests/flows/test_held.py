"""What people hold of a statement: private until it is settled, the latest of each, nobody named."""

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.correct import Desk
from flows.held import COORDINATOR, closed, hold, pseudonym, take_held
from flows.kit import Kit
from flows.office import Missing, NotNow
from flows.wiring import open_snapshot
from store.forecasts import TOGETHER, Kind, Outcome
from store.snapshot import publish
from tests.store.samples import hours
from tests.store.test_ledger_of_statements import statement as stated

DUE = hours(168)


@pytest.fixture
def desk(kit: Kit) -> Desk:
    kit.warehouse.append_statements([replace(stated(name), kind=Kind.PLACE) for name in ("a", "b")])
    publish(kit.warehouse, kit.settings.snapshot_path)
    return Desk(settings=kit.settings, journal=kit.journal, snapshot=open_snapshot(kit.settings))


def shown(kit: Kit) -> object:
    publish(kit.warehouse, kit.settings.snapshot_path)
    return open_snapshot(kit.settings).query("SELECT people_probability FROM statements WHERE id = 'a'")[1][0][0]


def settled(kit: Kit, name: str) -> None:
    outcomes = (Outcome(statement_id=name, resolved_at=DUE, observed=4, came_true=True),)
    kit.warehouse.append_outcomes(outcomes)
    closed(kit, outcomes, DUE)


def test_what_people_hold_is_shown_as_one_number_and_only_once_it_is_settled(kit: Kit, desk: Desk) -> None:
    for who, probability in (("Relief Org", 0.9), ("Water Org", 0.6), (COORDINATOR, 0.1)):
        hold(desk, "a", probability, who, hours(1))
    assert take_held(kit, hours(2)) == 3
    assert shown(kit) is None
    settled(kit, "a")
    assert shown(kit) == 0.6
    assert [odds.probability for odds in kit.warehouse.odds(DUE) if odds.by == TOGETHER] == [0.6]


def test_a_later_word_counts_and_the_earlier_one_stays_in_the_ledger(kit: Kit, desk: Desk) -> None:
    hold(desk, "a", 0.9, "Relief Org", hours(1))
    hold(desk, "a", 0.2, "Relief Org", hours(5))
    take_held(kit, hours(6))
    take_held(kit, hours(7))
    settled(kit, "a")
    people = [odds for odds in kit.warehouse.odds(DUE) if odds.by.startswith("p")]
    assert [odds.probability for odds in people] == [0.9, 0.2]
    assert shown(kit) == 0.2


def test_a_partner_is_known_by_a_pseudonym_that_is_the_same_every_time(kit: Kit, desk: Desk) -> None:
    names = {pseudonym(kit.journal, who) for who in ("Relief Org", "Relief Org", "Water Org")}
    assert len(names) == 2
    hold(desk, "a", 0.9, "Relief Org", hours(1))
    assert not any("Relief" in body for kind in ("odds", "odds salt") for pair in kit.journal.documents(kind) for body in pair)


def test_who_was_right_before_weighs_more(kit: Kit, desk: Desk) -> None:
    for name in ("a", "b"):
        hold(desk, name, 0.95, "Relief Org", hours(1))
        hold(desk, name, 0.05, "Water Org", hours(1))
    take_held(kit, hours(2))
    settled(kit, "a")
    settled(kit, "b")
    first, second = [odds.probability for odds in kit.warehouse.odds(DUE) if odds.by == TOGETHER]
    assert (first, second) == (0.5, 0.95)


def test_nobody_is_heard_after_the_deadline_or_on_what_is_not_there(kit: Kit, desk: Desk) -> None:
    with pytest.raises(NotNow, match="fell due"):
        hold(desk, "a", 0.9, "Relief Org", DUE)
    with pytest.raises(Missing, match="there is no forecast with this id"):
        hold(desk, "z", 0.9, "Relief Org", hours(1))
    with pytest.raises(ValueError, match="probability"):
        hold(desk, "a", 1.9, "Relief Org", hours(1))
    settled(kit, "b")
    assert not [odds for odds in kit.warehouse.odds(DUE) if odds.by == TOGETHER]
    assert take_held(kit, DUE + timedelta(days=1)) == 0
