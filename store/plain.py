"""Record <-> plain values: the one spelling in which records go into JSON, Arrow and the databases."""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from operator import itemgetter
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from store.records import utc

R = TypeVar("R")
_PLAIN_ALREADY = frozenset({str, int, float, bool, bytes, date, datetime, type(None)})


def plain(value: Any) -> Any:
    """Turn a record into a dict, tuples into lists, enumerations into strings; times, days and bytes stay as they are."""
    if value.__class__ in _PLAIN_ALREADY:
        return value
    if is_dataclass(value):
        return {name: plain(getattr(value, name)) for name, _ in _columns(value.__class__)}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return value.value if isinstance(value, Enum) else value


def essence(value: Any) -> Any:
    """As `plain`, but leave out every field that has its default.

    A hash over this does not change when a later version of a record gains a field.
    """
    if value.__class__ in _PLAIN_ALREADY:
        return value
    if is_dataclass(value):
        pairs = ((name, getattr(value, name), default) for name, default in _columns(value.__class__))
        return {name: essence(own) for name, own, default in pairs if own != default}
    if isinstance(value, tuple):
        return [essence(one) for one in value]
    return value


def record(cls: type[R], values: Mapping[str, Any]) -> R:
    """Build a record from plain values (lists, dicts, strings; times as aware datetimes or ISO strings, days as dates or ISO strings).

    A missing or null value gets the field's default, None where there is no other and it may be None; keys that are no field are ignored.
    """
    kind: Any = cls
    own: dict[str, Any] = dict.fromkeys(_may_miss(kind))
    for name, build in _builders(kind):
        given = values.get(name)
        if given is not None:
            own[name] = build(given)
    return cls(**own)


def canonical(value: Any) -> str:
    """Write plain values as JSON, the same for the same content: UTC times, no spaces; NaN and infinity raise ValueError."""
    return _ENCODER.encode(value)


def _json_default(value: object) -> str:
    if isinstance(value, datetime):
        return utc(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_json_default)


@cache
def _columns(cls: Any) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted(((field.name, field.default) for field in fields(cls)), key=itemgetter(0)))


@cache
def _builders(cls: Any) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    hints = get_type_hints(cls)
    return tuple((field.name, _builder(hints[field.name])) for field in fields(cls))


@cache
def _may_miss(cls: Any) -> tuple[str, ...]:
    hints = get_type_hints(cls)
    return tuple(field.name for field in fields(cls) if field.default is MISSING and type(None) in get_args(hints[field.name]))


def _builder(hint: Any) -> Callable[[Any], Any]:
    if get_origin(hint) is UnionType:
        return _builder(next(kind for kind in get_args(hint) if kind is not type(None)))
    if get_origin(hint) is tuple:
        return _tuple_builder(get_args(hint))
    if is_dataclass(hint):
        kind: Any = hint
        return lambda values: record(kind, values)
    if hint is datetime:
        return _time
    if hint is date:
        return _day
    return hint if isinstance(hint, type) and issubclass(hint, (Enum, float)) else _same


def _tuple_builder(inner: tuple[Any, ...]) -> Callable[[Any], Any]:
    if inner[-1] is Ellipsis:
        build = _builder(inner[0])
        return lambda values: tuple(build(one) for one in values)
    builds = [_builder(one) for one in inner]
    return lambda values: tuple(build(one) for build, one in zip(builds, values, strict=True))


def _time(value: datetime | str) -> datetime:
    when = datetime.fromisoformat(value) if isinstance(value, str) else value
    return when.astimezone(UTC)


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _same(value: Any) -> Any:
    return value
