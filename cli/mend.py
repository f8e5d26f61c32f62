"""What `places`, `names` and `obstacles` share: keep a correction, list corrections, undo one."""

from typing import Any

from cli.exits import Exit
from cli.tell import as_json, as_table, data, fail, say
from store.records import Correction, Subject

OPERATOR = "operator"
COLUMNS = ("id", "at", "by", "text", "wrong", "right", "report", "reason", "undone")


def keep(draft: Correction, json: bool) -> None:
    """Keep a correction and print its id."""
    from flows.correct import Desk, correct
    from flows.settings import load_settings
    from flows.wiring import open_journal, open_snapshot, open_vault

    settings = load_settings()
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        correction, new = correct(draft, Desk(settings=settings, journal=journal, snapshot=open_snapshot(settings)))
    if json:
        as_json({**_plain(correction), "new": new})
        return
    data(correction.id)
    say("The next run puts right what was read before." if new else "That was put right already; nothing is changed.")


def show(subject: Subject, json: bool) -> None:
    """List the corrections of one subject, those undone too."""
    from flows.settings import load_settings
    from flows.wiring import open_journal, open_vault

    settings = load_settings()
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        found = [one for one in journal.corrections() if one.subject is subject]
    if json:
        as_json([_plain(one) for one in found])
        return
    as_table(COLUMNS, [(o.id, o.at, o.by, o.text, o.wrong, o.right or "none", o.report_id, o.reason, o.undone_at) for o in found])


def undo(id_: str, subject: Subject) -> None:
    """Take a correction of this subject back."""
    from flows.settings import load_settings
    from flows.wiring import now, open_journal, open_vault

    settings = load_settings()
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        known = any(one.id == id_ and one.subject is subject for one in journal.corrections())
        undone = known and journal.undo_correction(id_, now())
    if not known:
        fail(f"There is no correction {id_} of a {subject.value}. See: hivecast {subject.value}s corrections", Exit.NOT_FOUND)
    say(f"The correction {id_} is undone; the next run reads its reports anew." if undone else f"The correction {id_} was undone before.")


def _plain(one: Correction) -> dict[str, Any]:
    from store.plain import plain

    found: dict[str, Any] = plain(one)
    return found
