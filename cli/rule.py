"""situations merge, split, rename, lock, dismiss, rulings, undo: what a person decides about situations."""

from typing import Annotated, Any

import typer

from cli.exits import Exit
from cli.mend import OPERATOR
from cli.options import Json, Why
from cli.tell import as_json, as_table, data, fail, say
from store.records import Ruling, RulingKind

Other = Annotated[str, typer.Argument(help="The situation that goes into it.")]
Title = Annotated[str, typer.Argument(help="What it is called from now on.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="The situation; see `situations list`.")]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so, under a name that may be shown.")]
COLUMNS = ("id", "at", "by", "kind", "situation", "other", "reports", "title", "reason", "undone", "undone_by")


def add_to(situations: typer.Typer) -> None:
    """Add these commands."""
    for command in (merge, split, rename, lock, dismiss, rulings, undo):
        situations.command()(command)


def merge(id_: Id, other: Other, reason: Why = "", by: By = OPERATOR, json: Json = False) -> None:
    """Rule that two situations are one; it keeps the first id. The next run moves the reports, and no later run parts them.

    Example: hivecast situations merge s3f2a s91bc --reason "One strike, told from two ends of the line."
    """
    _keep(_draft(RulingKind.MERGE, id_, reason, by), json, other=other.strip())


def split(
    id_: Id,
    reports: Annotated[str, typer.Option("--reports", metavar="ID,ID,...", help="The reports that get a situation of their own.")],
    reason: Why = "",
    by: By = OPERATOR,
    json: Json = False,
) -> None:
    """Rule that some reports are about something else. The next run gives them a situation of their own, and no later run joins the two.

    Example: hivecast situations split s3f2a --reports r2yk4zq7mfw3tbnc,rk5d2hq6xw4yem7a
    """
    _keep(_draft(RulingKind.SPLIT, id_, reason, by), json, other_ids=tuple(one.strip() for one in reports.split(",") if one.strip()))


def rename(id_: Id, title: Title, reason: Why = "", by: By = OPERATOR, json: Json = False) -> None:
    """Give a situation a title that stays; a later one takes its place.

    Example: hivecast situations rename s3f2a "Cholera along the lower river"
    """
    _keep(_draft(RulingKind.RENAME, id_, reason, by), json, title=" ".join(title.split()))


def lock(id_: Id, reason: Why = "", by: By = OPERATOR, json: Json = False) -> None:
    """Rule that no run merges or splits a situation; new reports may still join it. `situations undo` unlocks it.

    Example: hivecast situations lock s3f2a
    """
    _keep(_draft(RulingKind.LOCK, id_, reason, by), json)


def dismiss(id_: Id, reason: Why = "", by: By = OPERATOR, json: Json = False) -> None:
    """Rule that a situation is not to be shown; it goes on gathering its reports. `situations undo` brings it back.

    Example: hivecast situations dismiss s3f2a --reason "A film, not a flood."
    """
    _keep(_draft(RulingKind.DISMISS, id_, reason, by), json)


def rulings(json: Json = False) -> None:
    """List what was ruled about situations, by whom, when and why, what was undone too.

    Example: hivecast situations rulings
    """
    from flows.settings import load_settings
    from flows.wiring import open_journal, open_vault

    settings = load_settings()
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        found = journal.rulings()
    if json:
        as_json([_plain(one) for one in found])
        return
    as_table(COLUMNS, [_row(one) for one in found])


def undo(id_: Annotated[str, typer.Argument(metavar="RULING", help="See `situations rulings`.")], by: By = OPERATOR) -> None:
    """Take a ruling back. The next run moves its reports back where they have not moved on.

    Example: hivecast situations undo h0f3a91b22d4e567
    """
    from flows.rule import undo as take_back
    from flows.settings import load_settings
    from flows.wiring import now, open_journal, open_vault

    settings, at = load_settings(), now()
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        undone = take_back(id_, journal, at, by)
    if undone is None:
        fail(f"There is no ruling {id_}. See: hivecast situations rulings", Exit.NOT_FOUND)
    say(f"The ruling {id_} is undone; the next run follows." if undone.undone_at == at else f"The ruling {id_} was undone before.")


def _draft(kind: RulingKind, id_: str, reason: str, by: str) -> Ruling:
    from flows.wiring import now

    if not by.strip():
        fail("--by is empty. Say who rules, or leave it out.", Exit.USAGE)
    return Ruling(id="", at=now(), by=by.strip(), kind=kind, situation_id=id_.strip(), report_ids=(), reason=reason.strip())


def _keep(draft: Ruling, json: bool, **said: Any) -> None:
    """Keep a ruling and print its id; of a split also the id of the new situation."""
    from dataclasses import replace

    from flows.correct import Desk
    from flows.rule import NoSituation, rule
    from flows.settings import load_settings
    from flows.wiring import open_journal, open_snapshot, open_vault

    settings = load_settings()
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        try:
            ruling, new = rule(replace(draft, **said), Desk(settings=settings, journal=journal, snapshot=open_snapshot(settings)))
        except NoSituation as problem:
            fail(f"hivecast: {problem}", Exit.NOT_FOUND)
    if json:
        as_json({**_plain(ruling), "new": new})
        return
    data(ruling.id)
    also = f" What is split off becomes {ruling.other}." if ruling.kind is RulingKind.SPLIT else ""
    say(f"The next run follows.{also}" if new else f"That was ruled already; nothing is changed.{also}")


def _row(one: Ruling) -> tuple[object, ...]:
    reports = len(one.other_ids) if one.kind is RulingKind.SPLIT else len(one.report_ids) + len(one.other_ids)
    return one.id, one.at, one.by, one.kind.value, one.situation_id, one.other, reports, one.title, one.reason, one.undone_at, one.undone_by


def _plain(one: Ruling) -> dict[str, Any]:
    from store.plain import plain

    found: dict[str, Any] = plain(one)
    return found
