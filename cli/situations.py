"""situations list, show, page: what is emerging, growing, ending, and the living page of each."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.exits import Exit
from cli.options import AsOf, Json
from cli.readers_copy import readers_copy
from cli.tell import as_json, as_table, data, fail, say
from store.records import Trend

LATEST = 10
Id = Annotated[str, typer.Argument(metavar="ID", help="The situation; see `situations list`.")]
situations = typer.Typer(help="Situations: what reports are about, as the readers' copy has them.", invoke_without_command=True, rich_markup_mode=None)


@situations.callback()
def situations_default(context: typer.Context, json: Json = False) -> None:
    """Situations: what reports are about, as the readers' copy has them; without a command, list them.

    Example: hivecast situations
    """
    if context.invoked_subcommand is None:
        situations_list(json=json)


@situations.command("list")
def situations_list(
    trend: Annotated[Trend | None, typer.Option("--trend", help="Only those in this stage of life.")] = None,
    place: Annotated[str, typer.Option("--place", metavar="NAME", help="Only those whose reports name this place; its name or id.")] = "",
    dismissed: Annotated[bool, typer.Option("--dismissed", help="Those that people dismissed, instead of the others.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many.")] = 100,
    json: Json = False,
) -> None:
    """List situations: emerging and growing ones first, then by how many voices had something of their own to say in the last week.

    Example: hivecast situations list --trend emerging
    """
    from flows.show import Wanted, counted, listed
    from reports.wording import alone
    from reports.wording import counted as number_of

    snapshot = readers_copy()
    found = listed(snapshot, Wanted(trend=trend.value if trend else "", place=place.strip(), dismissed=dismissed), limit=limit + 1)
    if json:
        as_json(found[:limit])
        return
    shown = ("id", "title", "trend", "heard", "first_at", "last_at")
    as_table(shown, [[one[name] for name in shown] for one in found[:limit]])
    count = counted(snapshot)
    say(alone(count["ungrouped"]))
    if count["dismissed"] and not dismissed:
        say(f"{number_of(count['dismissed'], 'situation')} not listed: dismissed by a person. See: hivecast situations list --dismissed")
    if len(found) > limit:
        say(f"Only the first {limit:,} are listed. See more with --limit.")


@situations.command("show")
def situations_show(
    id_: Id,
    reports: Annotated[bool, typer.Option("--reports", help=f"All its reports, not the latest {LATEST} alone.")] = False,
    as_of: AsOf = "",
    json: Json = False,
) -> None:
    """Tell a situation: why its trend, its summary with citations, all figures that each class of sources ever stated, who spoke, what became of it.

    With --as-of: the reports that belonged to it at that moment, and its history up to then.
    Example: hivecast situations show s3f2a
    """
    from flows.moments import moment
    from flows.show import Gone, find

    found = find(readers_copy(), id_, moment(as_of) if as_of else None, None if reports else LATEST)
    if found is None:
        fail(f"There is no situation {id_}{f' at {as_of}' if as_of else ''}. See: hivecast situations list", Exit.NOT_FOUND)
    if isinstance(found, Gone):
        _tell_gone(found, json)
        return
    parts = asdict(found)
    if json:
        as_json({**parts.pop("situation"), **parts})
        return
    for text in _head(parts["situation"]):
        data(text)
    for sentence in parts["summary"]:
        data(f"- “{sentence['text']}” [{', '.join(sentence['report_ids'])}]")
    _tables(parts)
    if len(found.reports) < found.situation["reports"]:
        say(f"The latest {len(found.reports)} of {found.situation['reports']:,} reports. See all with --reports.")


@situations.command("page")
def situations_page(
    id_: Annotated[str, typer.Argument(metavar="[ID]", help="One situation; all of them when left out.")] = "",
    out: Annotated[Path, typer.Option("--out", metavar="PATH", help="With ID the HTML file, without it a folder.")] = Path("situations"),
) -> None:
    """Write the living page of a situation, or of all with a list of them: made again under the same name it replaces the one before.

    Example: hivecast situations page --out situations
    """
    from flows.situation_page import write_pages

    try:
        data(str(_write_page(id_, out) if id_ else write_pages(readers_copy(), out)[-1]))
    except OSError as problem:
        fail(f"{out} cannot be written: {problem.strerror}. Give --out a {'path' if id_ else 'folder'} that you may write to.", Exit.CONFIG)


def _write_page(id_: str, out: Path) -> Path:
    from flows.brief import put
    from flows.situation_page import page

    text = page(readers_copy(), id_)
    if text is None:
        fail(f"There is no situation {id_} today. See: hivecast situations list, or: hivecast situations show {id_}", Exit.NOT_FOUND)
    if out.is_dir() or not out.suffix:
        out = out / f"{id_}.html"
    out.parent.mkdir(parents=True, exist_ok=True)
    return put(out, text)


def _tell_gone(gone: Any, json: bool) -> None:
    if json:
        as_json({"id": gone.id, "into": gone.into or None, "title": gone.title or None, "lineage": gone.lineage})
        return
    went = f"went into “{gone.title}” ({gone.into}). See: hivecast situations show {gone.into}" if gone.into else "has no reports any more."
    data(f"The situation {gone.id} {went}")
    _table("What became of it", ("happened_at", "what"), gone.lineage)


def _head(situation: Mapping[str, Any]) -> list[str]:
    extent = f"{situation['heard']}, {situation['reports']:,} reports, {situation['first_at']:%Y-%m-%d} to {situation['last_at']:%Y-%m-%d}"
    if situation.get("as_of"):
        return [f"{situation['title']} ({situation['id']}), its title today", f"As it was on {situation['as_of']:%Y-%m-%d %H:%M} UTC", extent]
    reason = f": {situation['reason']}" if situation["reason"] else ""
    ruled = [f"A person {word} it." for word in ("locked", "dismissed") if situation[word]]
    return [f"{situation['title']} ({situation['id']})", f"{situation['trend']}{reason}", extent, *ruled]


def _tables(parts: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    _table("Figures", ("kind", "unit", "said_by", "low", "high", "heard"), parts["figures"])
    _table("Places", ("name", "country", "heard"), parts["places"])
    _table("Who spoke", ("voice", "kind", "heard"), parts["voices"])
    _table("What became of it", ("happened_at", "what", "by_person"), parts["lineage"])
    _table("Reports", ("id", "said_at", "source", "grade", "title", "begins"), parts["reports"])


def _table(title: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        data(f"\n{title}")
        as_table(columns, [[row[name] for name in columns] for row in rows])
