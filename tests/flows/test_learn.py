"""The after-action page of a suggestion, from what readers and the coordinator have."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.blueprints import ask, dissolve, draft
from flows.learn import learn, log, page, put_page
from flows.office import Missing, NotNow, Office
from flows.opt_in import answer, by_link
from flows.settings import Settings
from flows.wiring import make_home, open_warehouse
from flows.words_alike import by_word
from store.cards import Close
from store.opt_in import Answer, Decision, Reply, Stage, Verdict
from store.records import Advice, Forecast, Move, Obstacle, Resolution, Situation, SituationEvent
from store.snapshot import publish
from tests.flows.offer import AT, CARD, STAMP, TERMS, WATCH, accepted, card, mix, office, report, show

LATER = AT + timedelta(days=30)


@pytest.fixture
def here(settings: Settings) -> Iterator[Office]:
    show(settings)
    with office(settings) as opened:
        accepted(opened)
        yield opened


def test_the_page_tells_what_was_known_decided_and_heard_since_and_scores_it(here: Office) -> None:
    found = learn(here, CARD, LATER)
    assert ([one.id for one in found.known], found.led_after, found.came_true) == (["ra", "rb", "rc"], Obstacle.LEGAL, True)
    text = page(here, CARD, LATER)
    for words in ("Form a new coalition", "legal constraints led", "accepted by <bdi>Desk</bdi>", "&lt;b&gt;ra&lt;/b&gt; no licence.", "It came true", "0.040"):
        assert words in text
    assert "<script" not in text
    assert "<b>ra" not in text


def test_it_says_that_four_weeks_have_to_pass_and_where_there_is_nothing(here: Office) -> None:
    with pytest.raises(NotNow, match="four weeks"):
        learn(here, CARD, AT + timedelta(days=26))
    with pytest.raises(Missing):
        learn(here, "nowhere", LATER)


def test_the_page_tells_where_the_blueprint_stands_and_not_who_declined(here: Office) -> None:
    blueprint = draft(here, CARD, TERMS, STAMP, by_word)
    for one in ask(here, blueprint.id, (), STAMP):
        own = by_link(here, one.path.rpartition("/")[2], AT)
        assert own is not None
        answer(here, own, Answer(ask_id=own.ask.id, at=AT, reply=Reply.OUT if one.ask.partner_id == "B" else Reply.IN))
    assert learn(here, CARD, LATER).stages == ((Stage.EXPIRED, TERMS.answer_by),)
    text = page(here, CARD, LATER)
    assert "expired, not having formed in time" in text
    assert "Bench of the River" not in text
    dissolve(here, blueprint.id, "Nobody else.", replace(STAMP, at=LATER))
    assert "dissolved" in page(here, CARD, LATER)


def test_forecasts_of_the_situations_it_rests_on_are_scored_beside_it(here: Office, settings: Settings) -> None:
    with open_warehouse(settings) as warehouse:
        warehouse.add_reports([report("ra"), report("rb", received=3), report("rc", days=-40)], 1)
        warehouse.put_situations([Move(report_id="ra", at=AT, situation_id="s1")], [SituationEvent(situation_id="s1", at=AT, kind="opened")])
        warehouse.save_situations([Situation(id="s1", title="Wells", report_ids=("ra",), place_ids=(), first_at=AT, last_at=AT, origins=1)], AT)
        numbers: dict[str, Any] = {"mean": 2.0, "low90": 0, "low50": 1, "high50": 3, "high90": 5, "threshold": 2, "probability": 0.6}
        issued, due = AT - timedelta(days=3), AT + timedelta(days=4)
        warehouse.append_forecasts(
            [Forecast(id="f1", situation_id="s1", metric="reports", issued_at=issued, deadline=due, statement="At least 2 <reports>.", **numbers)]
        )
        warehouse.append_resolutions([Resolution(forecast_id="f1", resolved_at=due, observed=3, came_true=True, brier=0.16)])
        warehouse.append_suggestions([card(against=(), evidence=("ra", "rc"))])
        warehouse.put_mix(mix(1, origins=1))
        publish(warehouse, settings.snapshot_path)
    text = page(here, CARD, LATER)
    assert "At least 2 &lt;reports&gt;." in text
    assert "0.160" in text
    assert "Not scored" in text


def test_the_page_is_written_whole_in_place_of_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "page.html"
    assert put_page(path, "one") == path
    assert put_page(path, "two").read_text(encoding="utf-8") == "two"
    assert [one.name for one in path.parent.iterdir()] == ["page.html"]


def test_the_log_lists_what_is_closed_and_how_it_came_out(here: Office) -> None:
    assert [(one.suggestion_id, one.how, one.closed_at, one.came_true) for one in log(here, AT + timedelta(days=1))] == [(CARD, Close.ACCEPTED, AT, None)]
    watch, call = log(here, LATER)
    assert (watch.suggestion_id, watch.how, watch.closed_at) == (WATCH, Close.EXPIRED, AT + timedelta(days=27))
    assert (call.came_true, round(call.brier or 9, 3), call.kind) == (True, 0.04, Advice.NEW_COALITION)
    assert log(here, AT - timedelta(days=2)) == ()


def test_what_was_put_off_is_closed_a_week_after_it_came_back(here: Office) -> None:
    put_off = Decision(id="v2", at=AT, by="Desk", suggestion_id=CARD, verdict=Verdict.DEFER, until=AT + timedelta(days=30))
    here.journal.put_decision(put_off)
    assert CARD not in {one.suggestion_id for one in log(here, AT + timedelta(days=36))}
    (found,) = [one for one in log(here, AT + timedelta(days=37)) if one.suggestion_id == CARD]
    assert (found.how, found.closed_at) == (Close.EXPIRED, AT + timedelta(days=37))
    here.journal.put_decision(replace(put_off, id="v3", verdict=Verdict.REJECT, until=None))
    assert [one.how for one in log(here, AT + timedelta(days=1))] == [Close.REJECTED]


def test_the_log_is_empty_before_anything_is_published(settings: Settings) -> None:
    make_home(settings)
    with office(settings) as fresh:
        assert log(fresh, AT) == ()
