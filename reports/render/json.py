"""Brief <-> JSON: everything the brief holds, with the version of its shape, and back again without loss (but for the keys of mails)."""

import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from enum import IntEnum, StrEnum
from types import NoneType, UnionType
from typing import get_args, get_origin, get_type_hints

from store.records import Channel, Report
from store.told import Brief

SCHEMA = "hivecast-brief/5"


def render(brief: Brief) -> str:
    """Render the brief as JSON; only ASCII is written, so that direction marks in a report can't reorder what an editor shows.

    The key of a mail is left empty: it is the Message-ID, which names the machine or the domain of who sent it.
    """
    return json.dumps({"schema": SCHEMA, "brief": _plain(brief)}, indent=1, allow_nan=False)


def parse(text: str) -> Brief:
    """Read a rendered brief back; ValueError for another schema, KeyError for a missing field."""
    data = json.loads(text)
    if data.get("schema") != SCHEMA:
        raise ValueError(f"schema must be {SCHEMA}, got {data.get('schema')!r}")
    brief = _typed(Brief, data["brief"])
    assert isinstance(brief, Brief)  # noqa: S101 - tells the type checker what _typed returns for a class
    return brief


def _plain(value: object) -> object:
    if isinstance(value, Report) and value.channel is Channel.MAIL and value.key:
        return _plain(replace(value, key=""))
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _typed(kind: object, value: object) -> object:
    if get_origin(kind) is UnionType:
        (inner,) = (each for each in get_args(kind) if each is not NoneType)
        return None if value is None else _typed(inner, value)
    if get_origin(kind) is tuple and isinstance(value, list):
        return _tuple(get_args(kind), value)
    if isinstance(kind, type) and is_dataclass(kind) and isinstance(value, dict):
        return kind(**{name: _typed(hint, value[name]) for name, hint in get_type_hints(kind).items()})
    if kind is datetime or kind is date:
        return kind.fromisoformat(str(value))
    if isinstance(kind, type) and issubclass(kind, IntEnum):
        return kind(int(str(value)))
    return kind(str(value)) if isinstance(kind, type) and issubclass(kind, StrEnum) else value


def _tuple(kinds: Sequence[object], values: Sequence[object]) -> tuple[object, ...]:
    if kinds[-1] is Ellipsis:
        return tuple(_typed(kinds[0], value) for value in values)
    return tuple(_typed(kind, value) for kind, value in zip(kinds, values, strict=True))
