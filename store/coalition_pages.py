"""What the journal keeps of a coalition: decisions on suggestions, blueprints, asks, and what partners answered."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from json import loads
from typing import Any, TypeVar

from store.committer import Page
from store.opt_in import Answer, Ask, Blueprint, Confirmation, Decision, Ending
from store.plain import canonical, plain, record
from store.sqlite import micros, moment

R = TypeVar("R")


class CoalitionPages(ABC):
    """The pages of the journal that hold what partners answered; `Journal` is the only one. Every list is in the order in which it was said."""

    @abstractmethod
    def _read(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]: ...

    @abstractmethod
    def _write(self, work: Callable[[Page], Any]) -> Any: ...

    def put_decision(self, decision: Decision) -> None:
        """Keep a decision; one whose id is there already changes nothing."""
        undone_at = None if decision.undone_at is None else micros(decision.undone_at)
        row = (decision.id, _body(replace(decision, undone_at=None, undone_by="")), undone_at, decision.undone_by)
        self._write(lambda page: page.connection.execute(_DECISION, row).rowcount)

    def undo_decision(self, id: str, at: datetime, by: str) -> bool:  # noqa: A002 - the noun's own name
        """Take a decision back from `at` on; False if there is none with this id or it was taken back before."""
        sql, row = "UPDATE decisions SET undone_at = ?, undone_by = ? WHERE id = ? AND undone_at IS NULL", (micros(at), by, id)
        return bool(self._write(lambda page: page.connection.execute(sql, row).rowcount))

    def decisions(self) -> tuple[Decision, ...]:
        """List all decisions, those undone too."""
        return tuple(_decided(*row) for row in self._read("SELECT body, undone_at, undone_by FROM decisions ORDER BY number"))

    def put_blueprint(self, blueprint: Blueprint) -> None:
        """Keep a blueprint; one whose id is there already changes nothing."""
        self._keep("INSERT INTO blueprints (id, body) VALUES (?, ?) ON CONFLICT DO NOTHING", [(blueprint.id, _body(blueprint))])

    def blueprints(self) -> tuple[Blueprint, ...]:
        """List all blueprints."""
        return self._all(Blueprint, "SELECT body FROM blueprints ORDER BY number")

    def put_asks(self, asks: Iterable[Ask]) -> None:
        """Keep asks, all in one commit; one whose id is there already changes nothing."""
        rows = [(ask.id, ask.nonce, _body(replace(ask, revoked_at=None))) for ask in asks]
        self._keep("INSERT INTO asks (id, nonce, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", rows)

    def asks(self) -> tuple[Ask, ...]:
        """List all asks, those revoked too."""
        return tuple(_asked(*row) for row in self._read("SELECT body, revoked_at FROM asks ORDER BY number"))

    def ask_by_nonce(self, nonce: str) -> Ask | None:
        """Look up what a signed link names."""
        return next((_asked(*row) for row in self._read("SELECT body, revoked_at FROM asks WHERE nonce = ?", (nonce,))), None)

    def revoke_ask(self, id: str, at: datetime) -> bool:  # noqa: A002 - the noun's own name
        """Close an ask and its link at once; False if there is none with this id or it was closed before."""
        sql, row = "UPDATE asks SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", (micros(at), id)
        return bool(self._write(lambda page: page.connection.execute(sql, row).rowcount))

    def put_answer(self, answer: Answer) -> None:
        """Add what a partner said; it stands in place of what it said before."""
        self._keep("INSERT INTO answers (body) VALUES (?)", [(_body(answer),)])

    def answers(self) -> tuple[Answer, ...]:
        """List everything that partners ever answered."""
        return self._all(Answer, "SELECT body FROM answers ORDER BY number")

    def put_confirmation(self, confirmation: Confirmation) -> None:
        """Keep that the words of a conditional answer are met."""
        self._keep("INSERT INTO confirmations (body) VALUES (?)", [(_body(confirmation),)])

    def confirmations(self) -> tuple[Confirmation, ...]:
        """List what the coordinator held for met."""
        return self._all(Confirmation, "SELECT body FROM confirmations ORDER BY number")

    def put_ending(self, ending: Ending) -> None:
        """Keep that a blueprint was dissolved; it is dissolved once."""
        self._keep("INSERT INTO endings VALUES (?, ?) ON CONFLICT DO NOTHING", [(ending.blueprint_id, _body(ending))])

    def endings(self) -> tuple[Ending, ...]:
        """List the blueprints that were dissolved, by id."""
        return self._all(Ending, "SELECT body FROM endings ORDER BY blueprint_id")

    def _all(self, cls: type[R], sql: str) -> tuple[R, ...]:
        return tuple(record(cls, loads(body)) for (body,) in self._read(sql))

    def _keep(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        self._write(lambda page: page.connection.executemany(sql, rows).rowcount)


_DECISION = "INSERT INTO decisions (id, body, undone_at, undone_by) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"


def _body(noun: object) -> str:
    return canonical(plain(noun))


def _decided(body: str, undone_at: int | None, undone_by: str) -> Decision:
    return record(Decision, {**loads(body), "undone_at": None if undone_at is None else moment(undone_at), "undone_by": undone_by})


def _asked(body: str, revoked_at: int | None) -> Ask:
    return record(Ask, {**loads(body), "revoked_at": None if revoked_at is None else moment(revoked_at)})
