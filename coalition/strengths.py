"""Obstacle -> Need*: the strengths that each kind of obstacle asks for, read from the editable table beside this file."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from store.records import Obstacle

_IDLE = frozenset({"of", "the", "and", "for", "on", "in", "to", "a", "with"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One strength that is asked for, in general words, and how partners may declare it.

    local: counts only where the obstacle stands. specialism: a partner with declared branches must have one the matter is about.
    branch: the branch that the matter is about is itself what is asked for.
    """

    strength: str
    also: tuple[str, ...] = ()
    local: bool = False
    specialism: bool = False
    branch: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The whole table: needs by obstacle, in order of weight, and the heads of specialisms."""

    needs: Mapping[Obstacle, tuple[Need, ...]]
    heads: frozenset[str]


@lru_cache(maxsize=1)
def table() -> Table:
    """Read coalition/strengths.json; an unknown obstacle in it raises ValueError, an unknown field TypeError."""
    data = json.loads(files("coalition").joinpath("strengths.json").read_text(encoding="utf-8"))
    needs = {kind: tuple(_need(row) for row in data.get(kind.value, ())) for kind in Obstacle}
    return Table(needs, frozenset(data["heads"]))


def need(strength: str) -> Need:
    """Return the table's entry for a strength by its name, or a plain need when the table has none."""
    known = (n for needs in table().needs.values() for n in needs if n.strength == strength)
    return next(known, Need(strength=strength))


def words(strength: str) -> tuple[str, ...]:
    """Return the words of a strength in their order: lower case, no plural s, no idle words; "Air_transports" gives ("air", "transport")."""
    found = re.findall(r"[^\W_]+", strength.lower())
    return tuple(w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith("ss") else w for w in found if w not in _IDLE)


def declared(need_: Need, strength: str) -> bool:
    """Say whether a declared strength is the one needed: all words of the need's name, or of one of its other names, stand in it."""
    have = set(words(strength))
    return any(set(words(name)) <= have for name in (need_.strength, *need_.also))


def branch(strength: str) -> bool:
    """Say whether a strength is a branch of a profession ("tax law"), and not the profession as such."""
    parts = words(strength)
    return len(parts) > 1 and parts[-1] in table().heads


def _need(row: Mapping[str, Any]) -> Need:
    return Need(**{**row, "also": tuple(row.get("also", ()))})
