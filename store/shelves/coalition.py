"""What the coalition wants, who could act, what stood in the way, what was advised and what was decided on it."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from store.cards import Card
from store.opt_in import Decision
from store.plain import plain
from store.records import MixWeek, Objective, Obstacle, Partner, Suggestion
from store.shelves.shelf import Shelf


class CoalitionShelf(Shelf):
    """Objectives and partners are set anew; suggestions are only ever added."""

    def put_objectives(self, objectives: Sequence[Objective]) -> None:
        """Set objectives, each in place of the one with its id."""
        self._replace("objectives", list({one.id: plain(one) for one in objectives}.values()))

    def objectives(self) -> tuple[Objective, ...]:
        """List the objectives by id."""
        return self._records(Objective, "SELECT * FROM objectives ORDER BY id")

    def put_partners(self, partners: Sequence[Partner]) -> None:
        """Set partners, each in place of the one with its id."""
        self._replace("partners", list({one.id: plain(one) for one in partners}.values()))

    def partners(self) -> tuple[Partner, ...]:
        """List the partners by id."""
        return self._records(Partner, "SELECT * FROM partners ORDER BY id")

    def put_mix(self, weeks: Sequence[MixWeek]) -> None:
        """Set the obstacle mix of objectives, each week in place of the one before."""
        with self.transaction():
            for week in weeks:
                self._do("DELETE FROM obstacle_mix WHERE objective_id = ? AND week = ?", week.objective_id, week.week)
            rows = {(week.objective_id, week.week, row["obstacle"]): row for week in weeks for row in _mix_rows(week)}
            self._replace("obstacle_mix", list(rows.values()))

    def mix(self, as_of: datetime) -> tuple[MixWeek, ...]:
        """List the obstacle mix of the weeks begun by `as_of`, by (objective, week); weights in the order of the obstacles' names."""
        sql = "SELECT objective_id, week, obstacle, weight, origins FROM obstacle_mix WHERE week <= ? ORDER BY objective_id, week, obstacle"
        rows = self._rows(sql, as_of)
        return tuple(_mix_week(list(some)) for _, some in groupby(rows, key=lambda row: (row["objective_id"], row["week"])))

    def append_suggestions(self, suggestions: Sequence[Suggestion], cards: Sequence[Card] = ()) -> None:
        """Add suggestions and their cards, together; one whose id is there already changes nothing."""
        with self.transaction():
            self._put("suggestions", [plain(suggestion) for suggestion in suggestions])
            self._put("suggestion_cards", [plain(card) for card in cards])

    def cards(self, suggestion_ids: Sequence[str]) -> tuple[Card, ...]:
        """List the cards of these suggestions, by id; one given before there were cards has none."""
        sql = "SELECT * FROM suggestion_cards WHERE suggestion_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY suggestion_id"
        return self._records(Card, sql, list(suggestion_ids))

    def suggestions(self, as_of: datetime) -> tuple[Suggestion, ...]:
        """List the suggestions with issued_at <= as_of by (issued_at, id)."""
        return self._records(Suggestion, "SELECT * FROM suggestions WHERE issued_at <= ? ORDER BY issued_at, id", as_of)

    def put_decisions(self, decisions: Sequence[Decision]) -> None:
        """Set the decisions on suggestions, in the order in which they were said, each in place of the one with its id."""
        rows = [{**plain(one), "number": number, "decided_at": one.at, "decided_by": one.by} for number, one in enumerate(decisions, 1)]
        self._replace("decisions", rows)

    def decisions(self) -> tuple[Decision, ...]:
        """List all decisions in the order in which they were said, those undone too."""
        return self._records(Decision, 'SELECT * RENAME (decided_at AS "at", decided_by AS "by") FROM decisions ORDER BY number')


def _mix_rows(week: MixWeek) -> list[dict[str, Any]]:
    also = {"objective_id": week.objective_id, "week": week.week, "origins": week.origins}
    return [{"obstacle": obstacle.value, "weight": weight, **also} for obstacle, weight in week.weights]


def _mix_week(rows: list[dict[str, Any]]) -> MixWeek:
    first = rows[0]
    weights = tuple((Obstacle(row["obstacle"]), float(row["weight"])) for row in rows)
    return MixWeek(objective_id=first["objective_id"], week=first["week"], weights=weights, origins=first["origins"])
