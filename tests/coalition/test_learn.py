"""Looking back on a suggestion: what was known then, and what came of it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.learn import WINDOW, Case, learn
from store.opt_in import AfterAction, Decision, Hindsight, Stage, Verdict
from store.records import Advice, Channel, Forecast, MixWeek, Obstacle, Report, Resolution, SourceKind, Suggestion
from tests.coalition.offers import MEMBERS, suggestion
from tests.coalition.scenes import day

THEN = day(0)


def report(id_: str, said: float, received: float) -> Report:
    return Report(id=id_, channel=Channel.TABLE, source="s", source_kind=SourceKind.NEWS, key=id_, at=day(said), received_at=day(received), text="So it is.")


def weeks(*kinds: Obstacle, origins: int = 2, objective: str = "strike") -> tuple[MixWeek, ...]:
    return tuple(
        MixWeek(objective_id=objective, week=day(7 * n), weights=((kind, 1.0),) if kind is not Obstacle.NONE else (), origins=origins)
        for n, kind in enumerate(kinds)
    )


def forecast(id_: str, issued: float, deadline: float) -> Forecast:
    numbers = {"mean": 2.0, "low90": 0, "low50": 1, "high50": 3, "high90": 5, "threshold": 2, "probability": 0.6}
    return Forecast(id=id_, situation_id="s1", metric="reports", issued_at=day(issued), deadline=day(deadline), statement="At least 2.", **numbers)  # type: ignore[arg-type]


def case(card: Suggestion | None = None, mix: tuple[MixWeek, ...] = weeks(*[Obstacle.LEGAL] * 4), **also: object) -> Case:
    made = Case(suggestion=card or suggestion(MEMBERS), objective="The strike ends.", reports=(report("r1", -5, -4),), mix=mix)
    return replace(made, **also)  # type: ignore[arg-type]


def looked(found: Case, at: datetime = THEN + WINDOW) -> AfterAction:
    page = learn(found, at)
    assert page is not None
    return page


def test_it_is_too_early_before_four_weeks_are_over() -> None:
    assert learn(case(), THEN + WINDOW - timedelta(seconds=1)) is None


def test_what_it_named_led_and_it_is_scored_by_brier() -> None:
    page = looked(case())
    assert (page.led_after, page.came_true, page.origins_after) == (Obstacle.LEGAL, True, 8)
    assert page.brier == pytest.approx(0.04)
    assert looked(case(mix=weeks(*[Obstacle.FUNDING] * 4))).brier == pytest.approx(0.64)


def test_weeks_that_began_before_or_end_after_the_four_and_other_objectives_do_not_count() -> None:
    early = tuple(replace(week, week=week.week - timedelta(days=8)) for week in weeks(Obstacle.FUNDING, origins=50))
    late = tuple(replace(week, week=day(22)) for week in weeks(Obstacle.FUNDING, origins=50))
    assert looked(case(mix=(*early, *weeks(Obstacle.LEGAL, Obstacle.LEGAL), *late, *weeks(Obstacle.FUNDING, objective="other")))).came_true is True


def test_a_wind_down_is_true_where_what_fell_did_not_lead_again_and_a_hold_where_it_still_does() -> None:
    down = suggestion(MEMBERS, kind=Advice.WIND_DOWN)
    assert looked(case(down)).came_true is True
    assert looked(case(down, weeks(*[Obstacle.FUNDING] * 4))).came_true is False
    hold = suggestion(MEMBERS, kind=Advice.HOLD)
    assert (looked(case(hold)).came_true, looked(case(hold, weeks(*[Obstacle.FUNDING] * 4))).came_true) == (False, True)
    assert looked(case(replace(hold, obstacle_before=()))).came_true is None


def test_with_fewer_than_three_origins_nobody_can_tell() -> None:
    page = looked(case(mix=weeks(Obstacle.LEGAL, origins=2)))
    assert (page.came_true, page.brier) == (None, None)
    assert looked(case(mix=())).led_after is Obstacle.NONE


def test_what_came_in_later_is_counted_and_not_told_as_known() -> None:
    page = looked(case(reports=(report("r1", -5, -4), report("r2", -5, 3), report("r3", 2, 2))))
    assert ([one.id for one in page.known], page.late, page.retrospective) == (["r1"], 2, False)


def test_one_given_in_retrospect_goes_by_what_had_been_said() -> None:
    page = looked(case(reports=(report("r1", -5, 400), report("r2", -9, 400), report("r3", 2, 400))))
    assert ([one.id for one in page.known], page.late, page.retrospective) == (["r2", "r1"], 1, True)


def test_only_forecasts_open_then_are_told_with_what_is_resolved_by_now() -> None:
    found = case(
        forecasts=(forecast("f1", -3, 10), forecast("f2", 1, 10), forecast("f3", -9, -2)),
        resolutions=(
            Resolution(forecast_id="f1", resolved_at=day(11), observed=3, came_true=True, brier=0.16),
            Resolution(forecast_id="f3", resolved_at=day(1), observed=3, came_true=True, brier=0.16),
        ),
    )
    page = looked(found)
    assert ([one.id for one in page.forecasts], [one.forecast_id for one in page.resolutions]) == (["f1"], ["f1"])


def test_decisions_and_stages_are_those_of_this_suggestion_up_to_now() -> None:
    mine = Decision(id="v1", at=day(1), by="Desk", suggestion_id="s1", verdict=Verdict.ACCEPT)
    others = (replace(mine, id="v2", suggestion_id="s2"), replace(mine, id="v3", at=day(99)))
    page = looked(case(decisions=(mine, *others), stages=((Stage.FORMED, day(2)), (Stage.DISSOLVED, day(99)))))
    assert (page.decisions, page.stages) == ((mine,), ((Stage.FORMED, day(2)),))


def test_a_page_with_anything_later_among_what_was_known_cannot_be_made() -> None:
    page = looked(case(forecasts=(forecast("f1", -3, 10),)))
    for wrong in ({"known": (report("r9", -5, 1),)}, {"known": (report("r9", 1, -5),)}, {"forecasts": (forecast("f9", 1, 10),)}):
        with pytest.raises(Hindsight):
            replace(page, **wrong)
    with pytest.raises(Hindsight):
        replace(page, retrospective=True, known=(report("r9", 1, 1),))


@given(
    st.lists(st.tuples(st.integers(-30, 30), st.integers(-30, 30)), max_size=15), st.lists(st.tuples(st.integers(-30, 30), st.integers(-30, 40)), max_size=8)
)
def test_no_later_row_is_ever_visible(reports: list[tuple[int, int]], forecasts: list[tuple[int, int]]) -> None:
    told = tuple(report(f"r{n}", said, max(said, got)) for n, (said, got) in enumerate(reports))
    made = tuple(forecast(f"f{n}", issued, issued + abs(due)) for n, (issued, due) in enumerate(forecasts))
    page = looked(case(reports=told, forecasts=made))
    assert all(one.at <= THEN and (page.retrospective or one.received_at <= THEN) for one in page.known)
    assert all(one.issued_at <= THEN for one in page.forecasts)
    assert len(page.known) + page.late == len(told)
