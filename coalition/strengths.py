"""Obstacle -> Need*: the strengths that each kind of obstacle asks for, read from the editable table beside this file."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

from store.records import Condition, Obstacle

_IDLE = frozenset(re.findall(r"\w+", "of the and for on in to a an with de des du la le les el los las y et en del d l al"))
_OF = re.compile(r"[^\W_]+[\W_]+(of|on|for|in|de|du|des|del)[\W_]", re.IGNORECASE)
_STEM = 6  # letters that two forms of one word have in common at least: negotiators, negotiation
_SHARE = 0.64  # of the longer form: keeps community from communication, and internal from international


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One strength that is asked for, in general words, and how partners may declare it.

    local: counts only where the obstacle stands; region: there or across one border; field: elsewhere only where nobody nearer has it. branch: a branch
    of this profession that the matter is about is itself asked for. task: of those who declare it, the ones whose trade the matter is about.
    times: how many partners must bring it.
    """

    strength: str
    also: tuple[str, ...] = ()
    local: bool = False
    region: bool = False
    field: bool = False
    branch: str = ""
    task: bool = False
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The whole table: needs by obstacle in order of weight, every strength by name, and what tells branches of a profession apart.

    heads: profession -> its words, of which the leading ones stand first (droit fiscal). fields: field -> words that show that a branch or a matter
    belongs to it. neutral: words that make no branch. own: words by which reporters speak of what is theirs. other: strengths that no obstacle asks for.
    """

    needs: Mapping[Obstacle, tuple[Need, ...]]
    strengths: Mapping[str, Need]
    heads: Mapping[str, frozenset[str]]
    fields: Mapping[str, tuple[str, ...]]
    leading: frozenset[str]
    neutral: frozenset[str]
    own: frozenset[str]
    other: tuple[str, ...]


@lru_cache(maxsize=1)
def table() -> Table:
    """Read coalition/strengths.json.

    An obstacle that is none of ours raises ValueError, a strength that the table does not describe KeyError, a flag that a Need does not have TypeError.
    """
    return parse(json.loads(files("coalition").joinpath("strengths.json").read_text(encoding="utf-8")))


def parse(data: Mapping[str, Any]) -> Table:
    """Build the table from its JSON; errors as for `table`."""
    strengths = {name: _need(name, row) for name, row in data["strengths"].items()}
    asked = {Obstacle(kind): tuple(strengths[name] for name in names) for kind, names in data["obstacles"].items()}
    return Table(
        needs={kind: asked.get(kind, ()) for kind in Obstacle},
        strengths=strengths,
        heads={head: _singles(forms) for head, forms in data["heads"].items()},
        fields={field: tuple(forms) for field, forms in data["fields"].items()},
        leading=_singles(data["leading"]),
        neutral=_singles(data["neutral"]),
        own=frozenset(data["own"]),
        other=tuple(data["other"]),
    )


@lru_cache(maxsize=4096)
def need(strength: str) -> Need:
    """Return what is known of a strength that is asked for, under the words it is asked in.

    Free words ("community_mediation", "lawyers") take over the flags and further names of the table's entry that they name; words unknown to the
    table are a plain need.
    """
    found = next((n for n in table().strengths.values() if strength == n.strength), None) or next(
        (n for n in table().strengths.values() if set(words(strength)) in [set(words(name)) for name in (n.strength, *_own(n))]), None
    )
    return replace(found, strength=strength, also=(found.strength, *found.also)) if found and found.strength != strength else found or Need(strength=strength)


def required(obstacles: Sequence[Obstacle], open_conditions: Sequence[Condition] = ()) -> tuple[str, ...]:
    """List the strengths that some obstacles and the open conditions of a theory of change ask for together, each once, the weightiest first.

    Two names of one strength ("legal expertise", "legal_expertise") are asked once, under the first.
    """
    asked = [n.strength for kind in obstacles for n in table().needs[kind]] + [s for condition in open_conditions for s in condition.strengths]
    first = {words(strength): strength for strength in reversed(asked)}
    return tuple(dict.fromkeys(first[words(strength)] for strength in asked))


@lru_cache(maxsize=16384)
def words(strength: str) -> tuple[str, ...]:
    """Return the words of a strength in their order: lower case, no plural s, no idle words; "Air_transports" gives ("air", "transport")."""
    found = re.findall(r"[^\W_]+", strength.lower())
    return tuple(w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith("ss") else w for w in found if w not in _IDLE)


@lru_cache(maxsize=65536)
def declared(need_: Need, strength: str) -> bool:
    """Say whether a declared strength is the one needed by its words: all words of the need's name, or of one of its other names, stand in it.

    They must say what it is, and not only of what kind: media training is training, and transport law is law.
    """
    have = words(strength)
    names = [name for name in (need_.strength, *need_.also) if _within(words(name), have) and not _beside(name, need_, strength)]
    return any(head(name) == head(strength) for name in names) if head(strength) else bool(names) and not _odd(names, have)


def same(word: str, other: str) -> bool:
    """Say whether two words are forms of one: equal, or alike up to their endings (negotiators, negotiation)."""
    if word == other or word[:_STEM] != other[:_STEM]:
        return word == other
    shared = next((n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    return shared >= _STEM and shared >= _SHARE * max(len(word), len(other))


@lru_cache(maxsize=16384)
def head(strength: str) -> str:
    """Name the profession that a strength belongs to: "law" for tax_law and for legal_expertise; "" for none that has branches."""
    have = words(strength)
    told = [w for w in have if w not in table().neutral]
    first = have[:1] if have[:1] and (have[0] in table().leading or _OF.match(strength)) else ()
    ends = [*told[-1:], *first]  # tax law; droit fiscal, law of the sea
    return next((name for w in ends for name, forms in table().heads.items() if w in forms), "")


@lru_cache(maxsize=16384)
def special(strength: str) -> tuple[str, ...]:
    """Return the words that make a strength a branch of its profession: ("tax",) for tax_law, () for legal_expertise."""
    forms = table().heads.get(head(strength), frozenset())
    return tuple(w for w in words(strength) if w not in forms and w not in table().neutral) if forms else ()


def branch(strength: str) -> bool:
    """Say whether a strength is a branch of a profession ("tax law"), and not the profession as such."""
    return bool(special(strength))


def _beside(name: str, need_: Need, strength: str) -> bool:
    """Say whether a name of one word only describes what another need is the name of: press in press training."""
    have, single = words(strength), words(name)
    if len(single) > 1 or _OF.match(strength) or same(single[0], have[-1]):
        return False
    others = _singly().get(have[-1], frozenset())
    return bool(others) and need_.strength not in others and not others & set(need_.also)


@lru_cache(maxsize=1)
def _singly() -> Mapping[str, frozenset[str]]:
    """Give for each word that is a name by itself the strengths it names."""
    names = [(words(name), n.strength) for n in table().strengths.values() for name in (n.strength, *n.also)]
    return {w: frozenset(s for have, s in names if have == (w,)) for have, _ in names if len(have) == 1 for w in have}


def _odd(names: Sequence[str], have: Sequence[str]) -> bool:
    """Say whether a strength ends in something that no obstacle asks for: a museum of boat building builds no boats."""
    return have[-1] in table().other and not any(same(w, have[-1]) for name in names for w in words(name))


def _within(wanted: Sequence[str], have: Sequence[str]) -> bool:
    return bool(wanted) and all(any(same(w, h) for h in have) for w in wanted)


def _own(need_: Need) -> tuple[str, ...]:
    """List the further names of a need that no other need goes by as its own."""
    return tuple(name for name in need_.also if name not in table().strengths)


def _singles(forms: Iterable[str]) -> frozenset[str]:
    return frozenset(w for form in forms for w in words(form))


def _need(name: str, row: Mapping[str, Any]) -> Need:
    return Need(strength=name, **{**row, "also": tuple(row.get("also", ()))})
