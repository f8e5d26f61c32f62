"""suggestions list, show, accept, reject, defer, decisions, undo: what is advised, and what a coordinator does with it."""

from typing import Annotated, Any

import typer

from cli.desk import SELF, By, office, plainly, stamp
from cli.exits import Exit
from cli.options import Json, Why
from cli.readers_copy import readers_copy
from cli.tell import as_json, as_table, data, fail, records, say
from store.cards import Card
from store.opt_in import Decision, Verdict

Id = Annotated[str, typer.Argument(metavar="ID", help="The suggestion; see `suggestions list`.")]
Until = Annotated[str, typer.Option("--until", metavar="DATE", help="When to look at it again, within a year; when its card expires, if left out.")]
app = typer.Typer(help="Suggestions, and what is decided on them.", invoke_without_command=True, rich_markup_mode=None)
COLUMNS = ("id", "issued_at", "objective_id", "kind", "probability", "confidence", "decide_by", "decision", "reason")


@app.callback()
def default(context: typer.Context, json: Json = False) -> None:
    """Suggestions, and what is decided on them; without a command, list them.

    Example: hivecast suggestions
    """
    if context.invoked_subcommand is None:
        list_(json=json)


@app.command("list")
def list_(json: Json = False) -> None:
    """List suggestions, the latest first, with what holds of each: accept, reject, defer or nothing yet.

    Example: hivecast suggestions list
    """
    _, rows = readers_copy().query(_LISTED)
    with office() as here:
        from flows.decide import holding

        held = holding(here.journal.decisions())
    told = [(*row[:7], held[row[0]].verdict.value if row[0] in held else None, row[7]) for row in rows]
    if json:
        as_json(records(COLUMNS, told))
    else:
        as_table(COLUMNS, told)


@app.command()
def show(id_: Id, json: Json = False) -> None:
    """Tell one suggestion: what changed, how likely and how sure, go or no go, who could act, other teams, and every decision on it.

    Example: hivecast suggestions show o1-20140505T0000-new_coalition-legal
    """
    with office() as here:
        from flows.office import card as card_of
        from flows.office import suggestion

        told, card = suggestion(here.snapshot, id_), card_of(here.snapshot, id_)
        decisions = [one for one in here.journal.decisions() if one.suggestion_id == id_]
    if json:
        as_json({**plainly(told), "card": None if card is None else plainly(card), "decisions": [plainly(one) for one in decisions]})
        return
    for line in (*_lines(told), *(_sure(card) if card else ())):
        data(line)
    if told.members:
        data("\nWho could act")
        as_table(("partner", "name", "covers", "reason"), [(m.partner_id, m.name, ", ".join(m.covers), m.reason) for m in told.members])
    if card:
        _choices(card)
    if decisions:
        data("\nDecisions")
        as_table(_DECIDED, [_row(one) for one in decisions])


@app.command()
def accept(id_: Id, reason: Why = "", by: By = SELF, json: Json = False) -> None:
    """Accept a suggestion; a blueprint can be drafted from it then. It takes the place of what was decided on it before.

    Readers see the verdict and the reason: name nobody in it who declined anything.
    Example: hivecast suggestions accept o1-20140505T0000-new_coalition-legal --reason "Three desks say the same."
    """
    _decide(id_, Verdict.ACCEPT, reason, by, json)


@app.command()
def reject(id_: Id, reason: Why = "", by: By = SELF, json: Json = False) -> None:
    """Reject a suggestion. Readers see the reason: name nobody in it who declined anything.

    Example: hivecast suggestions reject o1-20140505T0000-pivot-legal --reason "One loud voice."
    """
    _decide(id_, Verdict.REJECT, reason, by, json)


@app.command()
def defer(id_: Id, reason: Why = "", until: Until = "", by: By = SELF, json: Json = False) -> None:
    """Put a suggestion off: it comes back on a day, or when its card expires. Readers see the reason: name nobody in it who declined anything.

    Example: hivecast suggestions defer o1-20140505T0000-pivot-legal --until 2014-05-20 --reason "After the vote."
    """
    _decide(id_, Verdict.DEFER, reason, by, json, until)


@app.command()
def decisions(json: Json = False) -> None:
    """List every decision in the order in which it was said, by whom, when and why, what was undone too.

    Example: hivecast suggestions decisions
    """
    with office() as here:
        found = here.journal.decisions()
    if json:
        as_json([plainly(one) for one in found])
        return
    as_table(_DECIDED, [_row(one) for one in found])


@app.command()
def undo(id_: Annotated[str, typer.Argument(metavar="DECISION", help="See `suggestions decisions`.")], by: By = SELF) -> None:
    """Take a decision back, so that what was decided before it holds again.

    Example: hivecast suggestions undo v0f3a91b22d4e567
    """
    from flows.decide import undo as take_back

    at = stamp(by)
    with office() as here:
        undone = take_back(id_, here.journal, at.at, at.by)
    if undone is None:
        fail(f"There is no decision {id_}. See: hivecast suggestions decisions", Exit.NOT_FOUND)
    say(f"The decision {id_} is undone." if undone.undone_at == at.at else f"The decision {id_} was undone before.")


def _decide(id_: str, verdict: Verdict, reason: str, by: str, json: bool, until: str = "") -> None:
    from flows.decide import decide
    from flows.moments import moment

    said, back = stamp(by), moment(until) if until.strip() else None
    with office() as here:
        draft = Decision(id="", at=said.at, by=said.by, suggestion_id=id_.strip(), verdict=verdict, reason=reason.strip(), until=back)
        decision, new = decide(draft, here)
    if json:
        as_json({**plainly(decision), "new": new})
        return
    data(decision.id)
    say("Kept; readers see it after the next run." if new else "That was decided already; nothing is changed.")
    if verdict is Verdict.ACCEPT:
        say(f"Next: hivecast blueprints draft {decision.suggestion_id}")


def _lines(card: Any) -> list[str]:
    changed = f"{', '.join(card.obstacle_before) or 'nothing'} -> {', '.join(card.obstacle_after) or 'nothing'}, since {card.since:%Y-%m-%d}"
    parts = [
        f"{card.kind.value} for {card.objective_id} ({card.id}), issued {card.issued_at:%Y-%m-%d}",
        f"What changed: {changed}",
        f"Probability {card.probability:.2f}, from {card.origins} independent origins of {card.source_kinds} kinds [{', '.join(card.evidence)}]",
        f"Why: {card.reason}" if card.reason else "",
        f"Against: {card.against_why} [{', '.join(card.against)}]" if card.against_why else "",
        f"What would change this: {card.would_change}" if card.would_change else "",
        f"Nobody known brings: {', '.join(card.uncovered_strengths)}" if card.uncovered_strengths else "",
    ]
    return [part for part in parts if part]


def _sure(card: Card) -> list[str]:
    """Say how sure it is, until when to decide, and what it hangs on."""
    parts = [
        f"Confidence {card.confidence.value}: {card.confidence_why}",
        f"Found: {card.finding.value.replace('_', ' ')}" if card.finding else "",
        f"Decide by {card.expires_at:%Y-%m-%d}",
        f"Without these too little is left to act on: {', '.join(card.flips)}" if card.flips else "",
    ]
    return [part for part in parts if part]


def _choices(card: Card) -> None:
    if card.questions:
        data("\nGo or no go")
        as_table(("question", "answer", "reason"), [(one.question.value.replace("_", " "), one.answer.value, one.reason) for one in card.questions])
    if card.alternatives or card.only_team:
        data("\nOther teams")
        for team in card.alternatives:
            data(", ".join(f"{m.name} ({m.partner_id})" for m in team.members))
        data(card.only_team)
    if card.left_out:
        data("\nLeft out")
        as_table(("partner", "name", "why", "reason"), [(one.partner_id, one.name, one.why, one.reason) for one in card.left_out])


def _row(one: Decision) -> tuple[object, ...]:
    return one.id, one.at, one.by, one.suggestion_id, one.verdict.value, one.reason, one.until, one.undone_at, one.undone_by


_DECIDED = ("id", "at", "by", "suggestion", "verdict", "reason", "until", "undone", "undone_by")
_LISTED = """
    SELECT id, issued_at, objective_id, kind, probability, confidence, expires_at, reason
    FROM suggestions LEFT JOIN suggestion_cards ON suggestion_id = id ORDER BY issued_at DESC, id
"""
