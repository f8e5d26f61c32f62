"""Readers' copy -> what is told of situations: the list in order of life, and all there is to say of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from reports import wording
from store.records import Corroboration, Trend
from store.snapshot import Snapshot

Row = dict[str, Any]
Rank = tuple[int, int, int, str]
LIFE = tuple(trend.value for trend in Trend)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which situations to list: in this stage of life, naming this place (id or name); `dismissed`: those that people dismissed instead of the others."""

    trend: str = ""
    place: str = ""
    dismissed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """All that is told of one situation; each part as rows of plain values, `reports` the latest ones in order of time."""

    situation: Row
    summary: Sequence[Row]
    figures: Sequence[Row]
    places: Sequence[Row]
    voices: Sequence[Row]
    lineage: Sequence[Row]
    rulings: Sequence[Row]
    reports: Sequence[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A situation that has no reports any more, and the one that it went into at last ("" = none that can be shown)."""

    id: str
    into: str
    title: str
    lineage: Sequence[Row]


def listed(snapshot: Snapshot, wanted: Wanted, after: Rank | None = None, limit: int | None = None) -> list[Row]:
    """List situations by life (emerging and growing first), then by the voices heard of late, then the last heard first; at most `limit`.

    A voice is heard in what it was first to say, and not when it floods: one organisation cannot move the list.

    `after` is the rank (see `rank`) that the last page ended with.
    """
    values = [*[wanted.dismissed, wanted.trend, wanted.trend, *[wanted.place] * 3], *(after or (-1, 0, 0, "")), limit]
    rows = _rows(snapshot, _LISTED, values)
    return [{**row, "heard": heard(row)} for row in rows]


def rank(row: Mapping[str, Any]) -> Rank:
    """Return where a listed situation stands in the order, for the next page."""
    micros = (row["heard_at"] - EPOCH) // (EPOCH.resolution)
    return LIFE.index(row["trend"]), -row["voices_of_late"], -micros, row["id"]


def counted(snapshot: Snapshot) -> Row:
    """Count what is not listed: `ungrouped` reports that were read and belong to no situation, `dismissed` situations."""
    return _rows(snapshot, _COUNTED, ())[0]


def find(snapshot: Snapshot, situation_id: str, moment: datetime | None = None, latest: int | None = None) -> Shown | Gone | None:
    """Tell one situation, with its `latest` reports (all when None); Gone where its reports went elsewhere, None where it never was.

    With `moment`: the reports that belonged to it then and its history up to then; title and summary are today's and left to the caller to date.
    """
    if moment:
        ids = _column(snapshot, _MEMBERS_THEN, (moment, situation_id))
    else:
        ids = _column(snapshot, "SELECT report_id FROM situation_reports WHERE situation_id = ?", (situation_id,))
    lineage = _lineage(snapshot, situation_id, moment)
    described = _rows(snapshot, f"SELECT {', '.join(COLUMNS)} FROM situations WHERE id = ?", (situation_id,))  # noqa: S608  our own words
    if not ids:
        return _gone(snapshot, situation_id, lineage) if lineage and not described else None
    known = described[0] if described else {"id": situation_id, "title": f"Situation {situation_id}"}
    extent = _rows(snapshot, _EXTENT, (ids,))[0]
    situation = {"id": situation_id, "title": known["title"], **extent, "as_of": moment} if moment else {**known, **extent}
    return Shown(
        situation={**situation, "heard": heard(extent)},
        summary=[] if moment else _rows(snapshot, "SELECT text, report_ids FROM situation_sentences WHERE situation_id = ? ORDER BY number", (situation_id,)),
        lineage=lineage,
        rulings=_rows(snapshot, _RULINGS, (situation_id, situation_id)),
        reports=_rows(snapshot, _REPORTS, (ids, latest))[::-1],
        **{part: [{**row, "heard": heard(row)} for row in _rows(snapshot, sql, (ids,))] for part, sql in _PARTS.items()},
    )


def heard(row: Mapping[str, Any]) -> str:
    """Say how many independent origins something has, and how many reports carry them."""
    return str(Corroboration(origins=row["origins"], carriers=row["carriers"]))


def _lineage(snapshot: Snapshot, situation_id: str, moment: datetime | None) -> list[Row]:
    rows = _rows(snapshot, _LINEAGE, (situation_id, moment, moment))
    return [{**row, "what": wording.happened(row["kind"], row["detail"] or "", row["other"] or "", row["title_of_other"] or "")} for row in rows]


def _gone(snapshot: Snapshot, situation_id: str, lineage: Sequence[Row]) -> Gone:
    """Follow a situation through every one that took it in, to the one that is there today."""
    into, passed = situation_id, {""}
    while into not in passed and not _title(snapshot, into):
        passed.add(into)
        into = next(iter(_column(snapshot, _WENT_INTO, (into,))), "")
    found = _title(snapshot, into)
    return Gone(id=situation_id, into=into if found else "", title=found, lineage=lineage)


def _title(snapshot: Snapshot, situation_id: str) -> str:
    return next(iter(_column(snapshot, "SELECT title FROM situations WHERE id = ?", (situation_id,))), "")


def _rows(snapshot: Snapshot, sql: str, values: Sequence[object]) -> list[Row]:
    columns, rows = snapshot.query(sql, values)
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _column(snapshot: Snapshot, sql: str, values: Sequence[object]) -> list[str]:
    return [str(row[0]) for row in snapshot.query(sql, values)[1]]


COLUMNS = (
    "id", "title", "trend", "reason", "first_at", "last_at", "reports", "origins", "carriers", "voices_of_late", "heard_at",
    "locked", "dismissed", "described_at",
)  # fmt: skip
_HEARD = "count(DISTINCT origin_id) AS origins, count(DISTINCT coalesce(revision_of, report_id)) AS carriers"
_MINE = "report_id IN (SELECT unnest(?::VARCHAR[]))"
_LISTED = f"""
    SELECT {", ".join(COLUMNS)} FROM situations
    WHERE dismissed = ? AND (? = '' OR trend = ?) AND (? = '' OR id IN (
        SELECT situation_id FROM situation_reports JOIN report_places USING (report_id) JOIN places ON places.id = place_id
        WHERE place_id = ? OR strip_accents(lower(name)) = strip_accents(lower(?))
    )) AND (list_position({list(LIFE)}, trend) - 1, -voices_of_late, -epoch_us(heard_at), id) > (?::INT, ?::BIGINT, ?::BIGINT, ?)
    ORDER BY list_position({list(LIFE)}, trend), voices_of_late DESC, heard_at DESC, id LIMIT ?
"""  # noqa: S608  our own words
_COUNTED = """
    SELECT (SELECT count(*) FROM reports ANTI JOIN situation_reports ON report_id = id WHERE understood) AS ungrouped,
           (SELECT count(*) FROM situations WHERE dismissed) AS dismissed
"""
_MEMBERS_THEN = """
    SELECT report_id FROM (FROM situation_moves WHERE moved_at <= ? QUALIFY row_number() OVER (PARTITION BY report_id ORDER BY number DESC) = 1)
    WHERE situation_id = ?
"""
_EXTENT = f"""
    SELECT min(said_at) AS first_at, max(said_at) AS last_at, count(*) AS reports, {_HEARD}
    FROM reports JOIN origins ON report_id = id WHERE {_MINE}
"""  # noqa: S608  our own words
_PARTS = {
    "figures": f"""
        SELECT kind, unit, said_by, min(low) AS low, CASE WHEN count(high) = count(*) THEN max(high) END AS high, {_HEARD}
        FROM figures JOIN origins USING (report_id) WHERE {_MINE} GROUP BY kind, unit, said_by ORDER BY kind, unit, said_by
    """,  # noqa: S608  our own words
    "places": f"""
        SELECT places.id, name, country, {_HEARD} FROM report_places JOIN places ON places.id = place_id JOIN origins USING (report_id)
        WHERE {_MINE} GROUP BY ALL ORDER BY origins DESC, carriers DESC, places.id LIMIT 20
    """,  # noqa: S608  our own words
    "voices": f"""
        SELECT coalesce(publisher, source) AS voice, source_kind AS kind, {_HEARD} FROM reports JOIN origins ON report_id = reports.id
        WHERE {_MINE} GROUP BY ALL ORDER BY origins DESC, carriers DESC, voice, kind
    """,  # noqa: S608  our own words
}
_LINEAGE = """
    SELECT h.number, happened_at, kind, detail, other, o.title AS title_of_other, by_person, report_ids
    FROM situation_history h LEFT JOIN situations o ON o.id = other
    WHERE situation_id = ? AND (?::TIMESTAMPTZ IS NULL OR happened_at <= ?) ORDER BY happened_at, h.number
"""
_WENT_INTO = "SELECT other FROM situation_history WHERE situation_id = ? AND kind = 'merged' AND other IS NOT NULL ORDER BY number DESC LIMIT 1"
_RULINGS = "SELECT * FROM rulings WHERE situation_id = ? OR other = ? ORDER BY ruled_at, id"
_REPORTS = """
    SELECT r.id, said_at, coalesce(publisher, r.source) AS source, coalesce(letters.letter, '') || g.number AS grade, r.title, left(text, 120) AS begins
    FROM reports r LEFT JOIN report_grades g ON g.report_id = r.id LEFT JOIN (
        SELECT source, letter FROM source_grades QUALIFY row_number() OVER (PARTITION BY source ORDER BY graded_at DESC) = 1
    ) letters ON letters.source = coalesce(publisher, r.source)
    WHERE r.id IN (SELECT unnest(?::VARCHAR[])) ORDER BY said_at DESC, r.id DESC LIMIT ?
"""
