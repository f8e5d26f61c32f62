"""What reports say: readings and vectors."""
# ruff: noqa: S608 - the only thing put into SQL here is the constant _AMONG

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from store.plain import plain, record
from store.records import Embedding, Place, Reading, Report, Toponym
from store.shelves.shelf import Shelf, numbered


class ReadingShelf(Shelf):
    """Readings are kept as rows of their parts, the way an analyst asks for them, and put together again on the way out."""

    def add_readings(self, readings: Sequence[Reading], embeddings: Sequence[Embedding]) -> None:
        """Keep readings and vectors in one transaction; a report that was read before keeps its first reading.

        The names of mentions are kept by `put_name_links` alone.
        """
        with self.transaction():
            fresh = self._not_read(readings)
            self._put("readings", [plain(reading) for reading in fresh])
            self._replace("places", _places([toponym for reading in fresh for toponym in reading.toponyms]))
            for table, part in _PARTS.items():
                self._put(table, [row for reading in fresh for row in _part_rows(reading.report_id, getattr(reading, part))])
            self._put("embeddings", [plain(embedding) for embedding in embeddings])

    def half_read(self) -> tuple[str, ...]:
        """Name the reports that were read while a model was missing; one that no reader survives is not among them (its reason names it)."""
        sql = "SELECT report_id FROM readings WHERE len(degraded) > 0 AND NOT contains(array_to_string(degraded, ' '), report_id) ORDER BY report_id"
        return tuple(row["report_id"] for row in self._rows(sql))

    def forget_readings(self, report_ids: Sequence[str]) -> None:
        """Take back what these reports say, so that they wait to be read again; their origins, situations and grades stay."""
        with self.transaction():
            for table in ("readings", *_PARTS, "name_links", "embeddings"):
                self._do(f"DELETE FROM {table} WHERE {_AMONG}", list(report_ids))

    def readings(self, report_ids: Sequence[str]) -> tuple[Reading, ...]:
        """List the readings of these reports by report id, their mentions under the names they are joined to; those not read yet are left out.

        The same readings are asked for many times in one run: they are kept until something is written to a table of theirs.
        """
        with self._lock:
            unknown = [id_ for id_ in dict.fromkeys(report_ids) if id_ not in self._kept]
            if len(self._kept) + len(unknown) > _MOST_KEPT:
                self._kept, unknown = {}, list(dict.fromkeys(report_ids))
            if unknown:
                self._kept |= dict.fromkeys(unknown) | {reading.report_id: reading for reading in self._put_together(unknown)}
            return tuple(reading for id_ in sorted(set(report_ids)) if (reading := self._kept[id_]) is not None)

    def _put_together(self, report_ids: Sequence[str]) -> tuple[Reading, ...]:
        parts = {part: self._by_report(_SELECTS[part], report_ids) for part in _PARTS.values()}
        rows = self._rows(f"SELECT * FROM readings WHERE {_AMONG} ORDER BY report_id", list(report_ids))
        return tuple(record(Reading, row | {part: found.get(row["report_id"], []) for part, found in parts.items()}) for row in rows)

    def embeddings(self, report_ids: Sequence[str], model: str) -> tuple[Embedding, ...]:
        """List the vectors that `model` made of these reports, by report id."""
        return self._records(Embedding, f"SELECT * FROM embeddings WHERE {_AMONG} AND model = ? ORDER BY report_id", list(report_ids), model)

    def put_toponyms(self, toponyms: Mapping[str, Sequence[Toponym]]) -> None:
        """Replace what the place names of these reports mean, in one transaction.

        A figure said of a place follows the name it stood by; it loses its place where no name of the report means that any more.
        """
        rows = [row for report_id, some in toponyms.items() for row in _part_rows(report_id, some)]
        with self.transaction():
            self._replace("places", _places([toponym for some in toponyms.values() for toponym in some]))
            self._put("report_places", rows, _MOVE_FIGURES)
            self._do(f"DELETE FROM report_places WHERE {_AMONG}", list(toponyms))
            self._put("report_places", rows)
            self._do(_FREE_FIGURES, list(toponyms))

    def reports_naming(self, place_id: str) -> tuple[str, ...]:
        """List the ids of the reports where some name was taken for this place, by (at, id) of the report."""
        sql = "SELECT id FROM reports SEMI JOIN report_places ON report_id = id AND place_id = ? ORDER BY said_at, id"
        return tuple(row["id"] for row in self._rows(sql, place_id))

    def reports_measured_from(self, place_id: str) -> tuple[str, ...]:
        """List the ids of the reports that name a point by its distance from this place ("20 km north of"), by (at, id) of the report."""
        sql = "SELECT id FROM reports SEMI JOIN report_places ON report_id = id AND runner_up_id = ? AND place_id LIKE 'at:%' ORDER BY said_at, id"
        return tuple(row["id"] for row in self._rows(sql, place_id))

    def places_by_voice(self, before: Sequence[Report]) -> tuple[tuple[str, Place, int], ...]:
        """Count for the voice of each of these reports in how many reports earlier than its first one here, by (at, id), it named each place.

        By voice, most named first. A voice is `Report.voice`; a report's own place counts as named.
        """
        firsts = {report.voice: report for report in sorted(before, key=lambda report: (report.at, report.id), reverse=True)}
        asked = (list(firsts), [report.at for report in firsts.values()], [report.id for report in firsts.values()])
        return tuple((row["voice"], record(Place, row["place"]), row["reports"]) for row in self._rows(_PLACES_BY_VOICE, *asked))

    def places_said(self, since: datetime, until: datetime) -> tuple[tuple[datetime, datetime, str, Place], ...]:
        """List for each report with since < at <= until that opens its origin when it was said, when it came in, its voice, and a place it surely names.

        In order of time; a report comes once for each of its places. TLP:RED reports are left out.
        """
        rows = self._rows(_PLACES_SAID, since, until)
        return tuple((row["said_at"], row["received_at"], row["voice"], record(Place, row["place"])) for row in rows)

    def _not_read(self, readings: Sequence[Reading]) -> list[Reading]:
        ids = list({reading.report_id for reading in readings})
        known = {row["report_id"] for row in self._rows(f"SELECT report_id FROM readings WHERE {_AMONG}", ids)}
        fresh: dict[str, Reading] = {}
        for reading in readings:
            if reading.report_id not in known:
                fresh.setdefault(reading.report_id, reading)
        return list(fresh.values())

    def _by_report(self, select: str, report_ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self._rows(f"{select} WHERE {_AMONG} ORDER BY report_id, number", list(report_ids)):
            found.setdefault(row["report_id"], []).append(row)
        return found


_MOST_KEPT = 5_000
_PARTS = {"entities": "mentions", "report_places": "toponyms", "obstacles": "obstacles", "figures": "figures", "dates": "dates"}
_AMONG = "report_id IN (SELECT unnest(?::VARCHAR[]))"
_SPAN = 'start_char AS "start", end_char AS "end"'
_DAYS = 'first_day AS "first", last_day AS "last"'
_SELECTS = {
    "mentions": f"SELECT *, {_SPAN} FROM entities LEFT JOIN name_links USING (report_id, number)",
    "toponyms": f"""
        SELECT report_places.*, {_SPAN}, places AS place, CASE WHEN next.id IS NOT NULL THEN next END AS runner_up
        FROM report_places JOIN places ON places.id = place_id LEFT JOIN places next ON next.id = runner_up_id
    """,
    "obstacles": "SELECT * FROM obstacles",
    "figures": f'SELECT *, {_SPAN}, {_DAYS}, of_what AS "of" FROM figures',
    "dates": f"SELECT *, {_SPAN}, {_DAYS} FROM dates",
}
_MOVE_FIGURES = """
    UPDATE figures SET place_id = moved.place_id FROM (
        SELECT was.report_id, was.place_id AS old_id, arg_min(incoming.place_id, was.number) AS place_id
        FROM {table} was JOIN incoming USING (report_id, start_char, end_char) GROUP BY ALL
    ) moved
    WHERE moved.report_id = figures.report_id AND moved.old_id = figures.place_id
"""
_FREE_FIGURES = f"""
    UPDATE figures SET place_id = ''
    WHERE {_AMONG} AND NOT EXISTS (SELECT 1 FROM report_places named WHERE named.report_id = figures.report_id AND named.place_id = figures.place_id)
"""
_PLACES_SAID = """
    SELECT DISTINCT said_at, reports.id, received_at, coalesce(nullif(publisher, ''), source) AS voice, places AS place
    FROM reports JOIN report_places ON report_places.report_id = reports.id JOIN places ON places.id = place_id
    LEFT JOIN origins ON origins.report_id = reports.id
    WHERE said_at > ? AND said_at <= ? AND probability >= 0.5 AND sensitivity <> 'red' AND coalesce(origin_id, reports.id) = reports.id
    ORDER BY said_at, reports.id, places.id
"""
_PLACES_BY_VOICE = """
    SELECT asked.voice AS voice, any_value(places) AS place, count(DISTINCT report_id) AS reports
    FROM (SELECT unnest(?::VARCHAR[]) AS voice, unnest(?::TIMESTAMPTZ[]) AS first_at, unnest(?::VARCHAR[]) AS first_id) asked
    JOIN reports ON coalesce(nullif(publisher, ''), source) = asked.voice AND (said_at, reports.id) < (first_at, first_id)
    JOIN report_places ON report_id = reports.id JOIN places ON places.id = place_id
    WHERE probability >= 0.5 GROUP BY asked.voice, places.id ORDER BY voice, reports DESC, places.id
"""


def _places(toponyms: Sequence[Toponym]) -> list[dict[str, Any]]:
    runners_up = [toponym.runner_up for toponym in toponyms if toponym.runner_up is not None]
    return list({place.id: plain(place) for place in (*runners_up, *(toponym.place for toponym in toponyms))}.values())


def _part_rows(report_id: str, parts: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows for every table of parts: what is no column of one is left out there."""
    rows = numbered(parts, report_id=report_id)
    for row in rows:
        row["start_char"], row["end_char"] = row.get("start"), row.get("end")
        row["first_day"], row["last_day"], row["of_what"] = row.get("first"), row.get("last"), row.get("of")
        if "place" in row:
            row["place_id"], row["runner_up_id"] = row["place"]["id"], (row["runner_up"] or {"id": ""})["id"]
    return rows
