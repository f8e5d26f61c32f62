"""What reports say: readings, vectors, origins."""
# ruff: noqa: S608 - the only thing put into SQL here is the constant _AMONG

from collections.abc import Sequence
from typing import Any

from store.plain import plain, record
from store.records import Embedding, Origin, Reading
from store.shelves.shelf import Shelf, numbered


class ReadingShelf(Shelf):
    """Readings are kept as rows of their parts, the way an analyst asks for them, and put together again on the way out."""

    def add_readings(self, readings: Sequence[Reading], embeddings: Sequence[Embedding]) -> None:
        """Keep readings and vectors in one transaction; a report that was read before keeps its first reading."""
        with self.transaction():
            fresh = self._not_read(readings)
            self._put("readings", [plain(reading) for reading in fresh])
            self._put("entities", [row for reading in fresh for row in _spans(reading.report_id, reading.mentions)])
            self._replace("places", list({t.place.id: plain(t.place) for reading in fresh for t in reading.toponyms}.values()))
            self._put("report_places", [row for reading in fresh for row in _spans(reading.report_id, reading.toponyms)])
            self._put("obstacles", [row for reading in fresh for row in numbered(reading.obstacles, report_id=reading.report_id)])
            self._put("embeddings", [plain(embedding) for embedding in embeddings])

    def half_read(self) -> tuple[str, ...]:
        """Name the reports that were read while a model was missing; one that no reader survives is not among them (its reason names it)."""
        sql = "SELECT report_id FROM readings WHERE len(degraded) > 0 AND NOT contains(array_to_string(degraded, ' '), report_id) ORDER BY report_id"
        return tuple(row["report_id"] for row in self._rows(sql))

    def forget_readings(self, report_ids: Sequence[str]) -> None:
        """Take back what these reports say, so that they wait to be read again; their origins and situations stay."""
        with self.transaction():
            for table in ("readings", "entities", "report_places", "obstacles", "embeddings"):
                self._do(f"DELETE FROM {table} WHERE {_AMONG}", list(report_ids))

    def readings(self, report_ids: Sequence[str]) -> tuple[Reading, ...]:
        """List the readings of these reports by report id; those not read yet are left out."""
        mentions, toponyms, obstacles = (self._parts(sql, report_ids) for sql in (_ENTITIES, _TOPONYMS, _OBSTACLES))
        found: list[Reading] = []
        for row in self._rows(f"SELECT * FROM readings WHERE {_AMONG} ORDER BY report_id", list(report_ids)):
            one = row["report_id"]
            parts = {"mentions": mentions.get(one, []), "toponyms": toponyms.get(one, []), "obstacles": obstacles.get(one, [])}
            found.append(record(Reading, row | parts))
        return tuple(found)

    def embeddings(self, report_ids: Sequence[str], model: str) -> tuple[Embedding, ...]:
        """List the vectors that `model` made of these reports, by report id."""
        return self._records(Embedding, f"SELECT * FROM embeddings WHERE {_AMONG} AND model = ? ORDER BY report_id", list(report_ids), model)

    def put_origins(self, origins: Sequence[Origin]) -> None:
        """Set the origin of each report that is named, in place of the one before."""
        rows = {report_id: row for origin in origins for report_id, row in _origin_rows(origin)}
        self._replace("origins", list(rows.values()))

    def origin_of(self, report_ids: Sequence[str]) -> dict[str, str]:
        """Map each of these reports to its origin's id; one without a known origin is its own."""
        rows = self._rows(f"SELECT report_id, origin_id FROM origins WHERE {_AMONG}", list(report_ids))
        known = {row["report_id"]: row["origin_id"] for row in rows}
        return {report_id: known.get(report_id, report_id) for report_id in report_ids}

    def _not_read(self, readings: Sequence[Reading]) -> list[Reading]:
        ids = list({reading.report_id for reading in readings})
        known = {row["report_id"] for row in self._rows(f"SELECT report_id FROM readings WHERE {_AMONG}", ids)}
        fresh: dict[str, Reading] = {}
        for reading in readings:
            if reading.report_id not in known:
                fresh.setdefault(reading.report_id, reading)
        return list(fresh.values())

    def _parts(self, sql: str, report_ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
        parts: dict[str, list[dict[str, Any]]] = {}
        for row in self._rows(sql, list(report_ids)):
            parts.setdefault(row["report_id"], []).append(row)
        return parts


_AMONG = "report_id IN (SELECT unnest(?::VARCHAR[]))"
_ENTITIES = f'SELECT *, start_char AS "start", end_char AS "end" FROM entities WHERE {_AMONG} ORDER BY report_id, number'
_TOPONYMS = f"""
    SELECT report_places.*, start_char AS "start", end_char AS "end", places AS place
    FROM report_places JOIN places ON places.id = place_id WHERE {_AMONG} ORDER BY report_id, number
"""
_OBSTACLES = f"SELECT * FROM obstacles WHERE {_AMONG} ORDER BY report_id, number"


def _spans(report_id: str, parts: Sequence[Any]) -> list[dict[str, Any]]:
    rows = numbered(parts, report_id=report_id)
    for row in rows:
        row["start_char"], row["end_char"], row["place_id"] = row["start"], row["end"], row.get("place", {}).get("id")
    return rows


def _origin_rows(origin: Origin) -> list[tuple[str, dict[str, Any]]]:
    also = {"origin_id": origin.id, "reason": origin.reason}
    return [(report_id, {"report_id": report_id, "number": number, **also}) for number, report_id in enumerate(origin.report_ids)]
