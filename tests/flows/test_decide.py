"""What a coordinator decides on a suggestion: kept in the journal, followed by the warehouse, seen by readers without who decided."""

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.correct import Unknown
from flows.decide import decide, drain_decisions, holding, undo
from flows.kit import Kit
from flows.office import Missing
from flows.settings import Settings
from store.opt_in import Decision, Verdict
from store.records import TLP
from store.snapshot import Snapshot, publish
from tests.flows.offer import AT, CARD, HIDDEN, card, office, report, show

RED = "raaaaaaaaaaaaaab"
DRAFT = Decision(id="", at=AT, by="Desk", suggestion_id=CARD, verdict=Verdict.ACCEPT, reason="Three say so.")


def test_a_decision_is_kept_once_superseded_by_a_later_one_and_undone(settings: Settings) -> None:
    show(settings)
    with office(settings) as here:
        first, new = decide(DRAFT, here)
        assert (new, decide(replace(DRAFT, by="Other"), here)) == (True, (first, False))
        later, new = decide(replace(DRAFT, verdict=Verdict.REJECT), here)
        assert new
        assert holding(here.journal.decisions()) == {CARD: later}
        undone = undo(later.id, here.journal, AT, "Jane")
        assert undone is not None
        assert (undone.undone_at, undone.undone_by) == (AT, "Jane")
        assert undo(later.id, here.journal, AT, "Somebody else") == undone
        assert holding(here.journal.decisions()) == {CARD: first}
        again, new = decide(replace(DRAFT, verdict=Verdict.REJECT), here)
        assert (new, again.id != later.id) == (True, True)
        assert undo("v0", here.journal, AT, "Jane") is None


@pytest.mark.parametrize("id_", ["", "nowhere", HIDDEN])
def test_a_suggestion_that_nobody_sees_cannot_be_decided_on(settings: Settings, id_: str) -> None:
    show(settings)
    with office(settings) as here, pytest.raises(Missing, match="suggestions list"):
        decide(replace(DRAFT, suggestion_id=id_), here)


def test_before_the_first_run_there_is_no_suggestion(settings: Settings) -> None:
    with office(settings) as here, pytest.raises(Missing):
        decide(DRAFT, here)


@pytest.mark.parametrize("reason", ["a" * 1001, "a\x1b[2J"])
def test_words_that_will_not_do_are_refused(settings: Settings, reason: str) -> None:
    show(settings)
    with office(settings) as here, pytest.raises(Unknown, match="reason"):
        decide(replace(DRAFT, reason=reason), here)


def test_the_warehouse_and_the_readers_follow_without_who_decided(kit: Kit) -> None:
    fill(kit)
    kit.journal.put_decision(replace(DRAFT, id="v1", reason=f"As {RED} has it."))
    kit.journal.put_decision(replace(DRAFT, id="v2", verdict=Verdict.DEFER))
    kit.journal.put_decision(replace(DRAFT, id="v3", suggestion_id=HIDDEN))
    assert (drain_decisions(kit), drain_decisions(kit)) == (3, 0)
    kit.journal.undo_decision("v2", AT, "Jane")
    assert drain_decisions(kit) == 1
    assert kit.warehouse.decisions() == kit.journal.decisions()
    publish(kit.warehouse, kit.settings.snapshot_path)
    columns, rows = Snapshot(kit.settings.snapshot_path).query("FROM decisions ORDER BY id")
    assert columns == ("id", "decided_at", "suggestion_id", "verdict", "reason", "until", "undone_at", "holds")
    assert [(row[0], row[3], row[4], row[7]) for row in rows] == [("v1", "accept", None, True), ("v2", "defer", "Three say so.", False)]


def fill(kit: Kit) -> None:
    kit.warehouse.add_reports([report("ra"), report(RED, TLP.RED)], 1)
    kit.warehouse.append_suggestions([card(evidence=("ra",)), card(HIDDEN, evidence=("rz",))])


def test_a_day_is_given_with_what_is_put_off_alone_and_lies_ahead(settings: Settings) -> None:
    show(settings)
    put_off = replace(DRAFT, verdict=Verdict.DEFER, until=AT + timedelta(days=9))
    with office(settings) as here:
        for wrong in (replace(put_off, verdict=Verdict.ACCEPT), replace(put_off, until=AT), replace(put_off, until=AT + timedelta(days=400))):
            with pytest.raises(Unknown, match="until"):
                decide(wrong, here)
        kept, new = decide(put_off, here)
        assert (kept.until, new) == (AT + timedelta(days=9), True)
        assert decide(put_off, here) == (kept, False)
        assert decide(replace(put_off, until=AT + timedelta(days=10)), here)[1]
