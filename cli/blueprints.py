"""blueprints draft, list, show, ask, invite, revoke, met, dissolve: from an accepted suggestion to a coalition. For the coordinator alone."""

from datetime import timedelta
from typing import Annotated, Any

import typer

from cli.desk import SELF, By, office, plainly, stamp
from cli.options import Json, Why
from cli.tell import as_json, as_table, data, say
from store.opt_in import Exposure, Terms

app = typer.Typer(help="Blueprints: what is offered to partners, and who is in.", no_args_is_help=True, rich_markup_mode=None)
Id = Annotated[str, typer.Argument(metavar="ID", help="The blueprint; see `blueprints list`.")]
AskId = Annotated[str, typer.Argument(metavar="ASK", help="The ask; see `blueprints show`.")]


@app.command()
def draft(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    suggestion: Annotated[str, typer.Argument(help="An accepted suggestion; see `suggestions list`.")],
    days: Annotated[int, typer.Option("--answer-days", min=1, max=90, help="Days that partners have to answer.")] = 7,
    lasts: Annotated[int, typer.Option("--lasts-days", min=1, max=366, help="Days after which the coalition parts at the latest.")] = 90,
    exposure: Annotated[Exposure, typer.Option(help="Whether the coalition is named in public.")] = Exposure.QUIET,
    exit_: Annotated[str, typer.Option("--exit", help="What makes it part sooner, in words.")] = "",
    language: Annotated[list[str] | None, typer.Option("--language", help="A language that it works in (ISO 639-1); may be given several times.")] = None,
    by: By = SELF,
    json: Json = False,
) -> None:
    """Draft the blueprint of an accepted suggestion: roles, jobs, who else could bring what. Nothing is sent to anybody.

    Strengths are matched by their words and by their meaning.
    Example: hivecast blueprints draft o1-20140505T0000-new_coalition-legal --language en --exposure public
    """
    from flows.blueprints import draft as make
    from flows.words_alike import by_meaning

    at = stamp(by)
    terms = Terms(
        answer_by=at.at + timedelta(days=days),
        ends_at=at.at + timedelta(days=lasts),
        exposure=exposure,
        exit=exit_.strip(),
        languages=tuple(language or ()),
    )
    with office() as here:
        made = make(here, suggestion.strip(), terms, at, by_meaning(here.settings))
    if json:
        as_json(plainly(made))
        return
    data(made.id)
    _roles("Roles", made.roles)
    _jobs(made.jobs)
    say(f"Nobody is asked yet. Next: hivecast blueprints ask {made.id}")


@app.command("list")
def list_(json: Json = False) -> None:
    """List blueprints with where each stands: drafted, asked, formed, expired or dissolved.

    Example: hivecast blueprints list
    """
    from flows.blueprints import view
    from flows.wiring import now

    at = now()
    with office() as here:
        found = [view(here, one.id, at) for one in here.journal.blueprints()]
    rows = [(v.blueprint.id, v.standing.stage.value, v.standing.since, v.blueprint.suggestion_id, ", ".join(v.standing.lacking)) for v in found]
    if json:
        as_json([{"id": v.blueprint.id, "suggestion_id": v.blueprint.suggestion_id, **plainly(v.standing)} for v in found])
        return
    as_table(("id", "stage", "since", "suggestion", "lacking"), rows)


@app.command()
def show(id_: Id, json: Json = False) -> None:
    """Tell how a blueprint stands: who is in, out, observing or silent, what is covered, whom to ask next, and once formed the first agenda.

    It tells who declined, so it is for the coordinator alone.
    Example: hivecast blueprints show b0f3a91b22d4e567
    """
    from flows.blueprints import view
    from flows.wiring import now

    with office() as here:
        found = view(here, id_.strip(), now())
    if json:
        as_json(plainly(found))
        return
    stands, answers = found.standing, found.answers
    data(f"{found.blueprint.objective} ({found.blueprint.id}): {stands.stage.value} since {stands.since:%Y-%m-%d %H:%M} UTC")
    data(f"Covered: {', '.join(stands.covered) or 'nothing yet'}. Lacking: {', '.join(stands.lacking) or 'nothing'}.")
    if answers:
        as_table(("id", "partner", "asked", "answer", "on condition", "closed"), [_answer(*pair) for pair in answers])
    _roles("To be asked next", stands.proposed)
    _roles("To be asked if the others stay silent", stands.spare)
    _jobs(found.jobs)
    if found.agenda:
        data(f"\n{found.agenda}")


@app.command()
def ask(
    id_: Id,
    partners: Annotated[list[str] | None, typer.Argument(metavar="[PARTNER]...", help="Whom to ask; whoever is to be asked now when left out.")] = None,
    by: By = SELF,
    json: Json = False,
) -> None:
    """Make an invitation with a signed link for each partner, all or none. They are printed, and sent by you.

    Whoever has a link answers for its partner. Nobody is asked beyond what it lets itself be asked.
    Example: hivecast blueprints ask b0f3a91b22d4e567
    """
    from flows.blueprints import ask as send
    from flows.links import address

    at = stamp(by)
    with office() as here:
        sent = send(here, id_.strip(), tuple(partners or ()), at)
        told = [_sent(one, address(here.settings)) for one in sent]
    if json:
        as_json(told)
        return
    for one in told:
        data(f"--- {one['partner_id']} ({one['ask_id']})\n{one['text']}")
    say(f"{len(told)} asked. Send each its own text; see the answers with: hivecast blueprints show {id_}")


@app.command()
def invite(ask_id: AskId, json: Json = False) -> None:
    """Print the invitation of an ask once more, with the same link.

    Example: hivecast blueprints invite q0f3a91b22d4e567
    """
    from flows.blueprints import find, find_ask
    from flows.blueprints import invite as write
    from flows.links import address

    with office() as here:
        found = find_ask(here, ask_id.strip())
        told = _sent(write(here, find(here, found.blueprint_id), found), address(here.settings))
    if json:
        as_json(told)
        return
    data(told["text"])


@app.command()
def revoke(ask_id: AskId) -> None:
    """Take an ask back: its link is closed at once, and what was answered to it counts no more.

    Example: hivecast blueprints revoke q0f3a91b22d4e567
    """
    from flows.blueprints import revoke as take_back
    from flows.wiring import now

    with office() as here:
        take_back(here, ask_id.strip(), now())
    say(f"The ask {ask_id} is closed.")


@app.command()
def met(ask_id: AskId, by: By = SELF) -> None:
    """Hold the condition that a partner put in its own words for met, as long as that answer stands.

    Example: hivecast blueprints met q0f3a91b22d4e567
    """
    from flows.blueprints import confirm

    with office() as here:
        confirm(here, ask_id.strip(), stamp(by))
    say("Held for met.")


@app.command()
def dissolve(id_: Id, reason: Why = "", by: By = SELF) -> None:
    """End a blueprint for good: no answer is taken any more.

    Example: hivecast blueprints dissolve b0f3a91b22d4e567 --reason "The outcome is reached."
    """
    from flows.blueprints import dissolve as end

    with office() as here:
        end(here, id_.strip(), reason.strip(), stamp(by))
    say(f"The blueprint {id_} is dissolved.")


def _sent(sent: Any, address: str) -> dict[str, str]:
    return {"ask_id": sent.ask.id, "partner_id": sent.ask.partner_id, "link": f"{address}{sent.path}", "text": sent.text}


def _answer(one: Any, answer: Any) -> tuple[object, ...]:
    if answer is None:
        return one.id, one.partner_id, one.at, "", "", one.revoked_at
    needs = f"others bring {', '.join(answer.needs)}" if answer.needs else ""
    number = f"at least {answer.at_least} others" if answer.at_least else ""
    return one.id, one.partner_id, one.at, answer.reply.value, "; ".join(filter(None, (needs, number, answer.words))), one.revoked_at


def _roles(title: str, roles: Any) -> None:
    if roles:
        data(f"\n{title}")
        as_table(("partner", "name", "brings", "reason"), [(r.partner_id, r.name, ", ".join(r.strengths), r.reason) for r in roles])


def _jobs(jobs: Any) -> None:
    data("\nJobs")
    as_table(("job", "partner", "reason"), [(job.title, job.partner_id or "open", job.reason) for job in jobs])
