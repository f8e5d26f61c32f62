"""AfterAction -> one HTML file: no script, no outside request; what was known then apart from what happened since."""

from reports import wording
from reports.render.html import environment
from reports.wording import percent
from store.opt_in import AfterAction, Stage, Verdict
from store.records import Obstacle

VERDICTS = {Verdict.ACCEPT: "accepted", Verdict.REJECT: "rejected", Verdict.DEFER: "deferred"}
STAGES = {
    Stage.DRAFTED: "drafted, and nobody was asked yet",
    Stage.ASKED: "sent out, and not formed",
    Stage.FORMED: "formed",
    Stage.EXPIRED: "expired, not having formed in time",
    Stage.DISSOLVED: "dissolved",
}
COUNTS_AS_TRUE = "It counts as true where what it named led in the full weeks of the four that followed, each independent origin counted once."


def render(page: AfterAction) -> str:
    """Render the page; all text of others is escaped and set apart. No partner's answer is on it."""
    resolved = {one.forecast_id: one for one in page.resolutions}
    return (
        environment()
        .get_template("after_action.html.j2")
        .render(
            page=page,
            suggestion=page.suggestion,
            advice=wording.ADVICE[page.suggestion.kind],
            before=_named(page.suggestion.obstacle_before),
            after=_named(page.suggestion.obstacle_after),
            led=wording.OBSTACLES[page.led_after],
            chance=percent(page.suggestion.probability),
            percent=percent,
            verdicts=VERDICTS,
            stages=STAGES,
            resolved=resolved,
            weeks=[(week.week, _mix(week.weights), week.origins) for week in page.after],
            rule=COUNTS_AS_TRUE,
        )
    )


def _named(obstacles: tuple[Obstacle, ...]) -> str:
    return wording.listed([wording.OBSTACLES[one] for one in obstacles]) if obstacles else "nothing in particular"


def _mix(weights: tuple[tuple[Obstacle, float], ...]) -> str:
    total = sum(weight for _, weight in weights)
    ordered = sorted(weights, key=lambda pair: -pair[1])
    return ", ".join(f"{wording.OBSTACLES[kind]} {percent(weight / total)}" for kind, weight in ordered if weight) or "nothing"
