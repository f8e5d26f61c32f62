"""consult, questions, load, learn: whom to ask what, how much partners are asked, and what is to be learnt from a suggestion."""

from pathlib import Path
from typing import Annotated

import typer

from cli.desk import SELF, By, office, plainly, stamp
from cli.exits import Exit
from cli.options import Json
from cli.tell import as_json, as_table, data, fail, say

questions = typer.Typer(help="Questions to partners, and the reports that answered them.", no_args_is_help=True, rich_markup_mode=None)
Objective = Annotated[str, typer.Argument(help="The objective; see `objectives list`.")]
ConditionId = Annotated[str, typer.Option("--condition", metavar="ID", help="Whether this condition holds; which obstacle leads when left out.")]
Holds = Annotated[float | None, typer.Option("--holds", min=0, max=1, help="How likely the condition is held to be; as it was weighed last when left out.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (consult, load, learn):
        app.command()(command)


def consult(objective: Objective, condition: ConditionId = "", holds: Holds = None, json: Json = False) -> None:
    """Say which partners' answers would tell most about what is open, less what asking costs them. Nobody is asked by this.

    Which obstacle leads is open, or with --condition whether that condition holds; the conditions are listed, the most uncertain first. Nobody is proposed
    beyond what it lets itself be asked.
    Example: hivecast consult o1
    """
    from flows.consult import Wanted, uncertain
    from flows.consult import consult as propose
    from flows.wiring import now

    with office() as here:
        question, proposals = propose(here, Wanted(objective_id=objective.strip(), condition_id=condition.strip(), holds=holds), now())
        conditions = uncertain(here, objective.strip())
    if json:
        as_json({"question": plainly(question), "proposals": plainly(proposals), "conditions": plainly(conditions)})
        return
    data(question.text)
    as_table(("outcome", "probability"), [(outcome, f"{chance:.2f}") for outcome, chance in zip(question.outcomes, question.prior, strict=True)])
    as_table(("partner", "gain", "burden", "reason"), [(p.partner_id, f"{p.gain:.3f}", f"{p.burden:.3f}", p.reason) for p in proposals])
    if not condition:
        as_table(("condition", "holds", "statement"), [(one.condition_id, f"{one.holds:.2f}", one.statement) for one in conditions])
    say(f"Ask with: hivecast questions ask {objective} PARTNER" if proposals else "No answer would be worth the ask now.")


@questions.command("ask")
def ask(
    objective: Objective,
    partners: Annotated[list[str], typer.Argument(metavar="PARTNER...", help="Whom to ask; see `consult`.")],
    condition: ConditionId = "",
    text: Annotated[str, typer.Option(help="Your own words for the question; made from the objective when left out.")] = "",
    by: By = SELF,
    json: Json = False,
) -> None:
    """Ask partners what is open, all or none, and print a signed link for each: pass it to that partner alone.

    Answers come in as reports of the partner, by the link or by its own key. Nobody is asked beyond what it lets itself be asked.
    Example: hivecast questions ask o1 P05 P09
    """
    from flows.consult import Wanted, pose
    from flows.links import address

    wanted = Wanted(objective_id=objective.strip(), condition_id=condition.strip())
    with office() as here:
        posed = pose(here, wanted, tuple(partners), stamp(by), text)
        told = [{"ask_id": one.ask.id, "partner_id": one.ask.partner_id, "link": f"{address(here.settings)}{one.path}"} for one in posed]
    if json:
        as_json(told)
        return
    as_table(("id", "partner", "link"), [tuple(one.values()) for one in told])


@questions.command("list")
def list_(json: Json = False) -> None:
    """List every question asked, of whom, and the reports that answered it; who sent which is not told.

    Example: hivecast questions list
    """
    from flows.consult import questions as asked

    with office() as here:
        found = asked(here)
    rows = [(one.at, one.objective_id, one.question, [ask.partner_id for ask in one.asks], one.report_ids) for one in found]
    columns = ("at", "objective", "question", "partners", "reports")
    if json:
        as_json([dict(zip(columns, row, strict=True)) for row in rows])
        return
    as_table(columns, [(*row[:3], ", ".join(row[3]), ", ".join(row[4])) for row in rows])


def load(json: Json = False) -> None:
    """Show how much each partner was asked, accepted and left unanswered, whether it rests, and how evenly asks are spread.

    Example: hivecast load
    """
    from coalition.load import gini
    from flows.office import burdens
    from flows.wiring import now

    with office() as here:
        found = list(burdens(here, now()).values())
    spread = gini(one.asks for one in found)
    if json:
        as_json({"partners": plainly(tuple(found)), "gini": spread})
        return
    columns = ("partner", "asks", "accepted", "silent", "in 30 days", "at most", "rests until")
    as_table(columns, [(o.partner_id, o.asks, o.accepted, o.silent, o.lately, o.capacity.asks, o.rests_until) for o in found])
    say(f"Gini coefficient of asks: {spread:.2f} (0: all are asked alike).")


def learn(
    suggestion: Annotated[str, typer.Argument(help="The suggestion; the log of all that are closed when left out.")] = "",
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="The HTML file; after-action-SUGGESTION.html when left out.")] = None,
    json: Json = False,
) -> None:
    """Write the after-action page of a suggestion: what was known then, what was forecast, what happened since, and the score.

    Without a suggestion: list those that are closed (accepted, rejected, expired), and how each came out.
    Four weeks have to pass first. Nothing that came in later is told as known.
    Example: hivecast learn o1-20140505T0000-new_coalition-legal
    """
    from flows.learn import learn as look_back
    from flows.learn import put_page
    from flows.wiring import now
    from reports.render.after_action import render

    if not suggestion.strip():
        _log(json)
        return
    at, path = now(), out or Path(f"after-action-{suggestion.strip()}.html")
    with office() as here:
        found = look_back(here, suggestion.strip(), at)
    if json:
        as_json(plainly(found))
        return
    try:
        data(str(put_page(path, render(found))))
    except OSError as problem:
        fail(f"{path} cannot be written: {problem.strerror}. Give --out a path that you may write to.", Exit.CONFIG)


def _log(json: bool) -> None:
    from flows.learn import log
    from flows.wiring import now

    with office() as here:
        found = log(here, now())
    if json:
        as_json([plainly(one) for one in found])
        return
    columns = ("suggestion", "kind", "probability", "closed", "how", "came true", "brier")
    as_table(columns, [(o.suggestion_id, o.kind.value, o.probability, o.closed_at, o.how.value, o.came_true, o.brier) for o in found])
    scores = [one.brier for one in found if one.brier is not None]
    say(f"Mean Brier score of {len(scores)}: {sum(scores) / len(scores):.3f} (0 is perfect)." if scores else "None can be scored yet.")
