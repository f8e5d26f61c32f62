"""JSON files of objectives and partners -> documents in the journal, and back to records."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from coalition.chain import circle
from store.errors import ConfigError
from store.journal import Journal
from store.opt_in import Capacity
from store.records import Condition, Objective, Obstacle, Partner, Sign

OBJECTIVE, PARTNER = "objective", "partner"
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$")]
Words = Annotated[str, Field(min_length=1, max_length=5000)]


def _some(kind: Obstacle) -> Obstacle:
    """Refuse `none`: nothing breaks a condition by not being there."""
    if kind is Obstacle.NONE:
        raise ValueError("`none` is no obstacle; leave `obstacles` out, and they are derived from the condition")
    return kind


Kind = Annotated[Obstacle, AfterValidator(_some)]
Strengths = tuple[Annotated[str, Field(min_length=1, max_length=200)], ...]


class _Shape(BaseModel):
    """A part of an imported file; fields it does not know are left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class SignIn(_Shape):
    """What would be seen if a condition held, and until when it is expected."""

    sign: Words
    by: date | None = None


class ConditionIn(_Shape):
    """One link of a theory of change."""

    id: Id
    condition: Words
    strengths: Strengths = ()
    needs: tuple[Id, ...] = ()
    needs_any: bool = False
    decider: Annotated[str, Field(max_length=300)] = ""
    signs: tuple[SignIn, ...] = ()
    signs_against: tuple[Words, ...] = ()
    obstacles: tuple[Kind, ...] = ()


class CoalitionIn(_Shape):
    """Who is in the coalition today, by partner id, and what it is good at."""

    members: tuple[Id, ...] = ()
    strengths: Strengths = ()
    description: Annotated[str, Field(max_length=5000)] = ""


class ObjectiveIn(_Shape):
    """What a coalition wants."""

    id: Id
    statement: Words
    theory_of_change: Annotated[tuple[ConditionIn, ...], Field(min_length=1)]
    coalition: CoalitionIn = CoalitionIn()

    @model_validator(mode="after")
    def _hangs_together(self) -> "ObjectiveIn":
        """Refuse conditions that share an id, need what is not there, or need one another in a circle."""
        ids = [one.id for one in self.theory_of_change]
        twice = next((id_ for id_ in ids if ids.count(id_) > 1), None)
        if twice is not None:
            raise ValueError(f"two conditions have the id `{twice}`; give each its own")
        lost = next(((one.id, need) for one in self.theory_of_change for need in one.needs if need not in ids), None)
        if lost is not None:
            raise ValueError(f"the condition `{lost[0]}` needs `{lost[1]}`, which is no condition of this objective; the ids are {', '.join(ids)}")
        found = circle({one.id: one.needs for one in self.theory_of_change})
        if found:
            raise ValueError(f"conditions need one another in a circle ({' needs '.join(found)}); take one of these needs out")
        return self


class PartnerIn(_Shape):
    """An organisation that could act."""

    id: Id
    name: Annotated[str, Field(min_length=1, max_length=300)]
    strengths: Annotated[Strengths, Field(min_length=1)]
    countries: tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}$")], ...] = ()
    languages: tuple[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")], ...] = ()
    time_zone: str = ""
    tier: Annotated[str, Field(min_length=1, max_length=50)] = "network"
    capacity: Annotated[int, Field(ge=0, le=1000)] | None = None
    away_until: date | None = None
    conflicts: tuple[Id, ...] = ()
    reach: Strengths = ()
    rest_days: Annotated[int, Field(ge=0, le=365)] = Capacity().rest_days


T = TypeVar("T", bound=_Shape)


def import_objectives(path: Path, journal: Journal) -> tuple[str, ...]:
    """Check a JSON file of one or several objectives and put them into the journal; returns their ids.

    Nothing is stored unless the whole file is right. Raises ConfigError that names the file, the field and the remedy.
    """
    return _keep(_read(path, "objectives", ObjectiveIn), OBJECTIVE, journal, lambda o: o.id)


def import_partners(path: Path, journal: Journal) -> tuple[str, ...]:
    """Check a JSON file of partners and put them into the journal; returns their ids. Errors as for objectives."""
    return _keep(_read(path, "partners", PartnerIn), PARTNER, journal, lambda p: p.id)


def objective_of(body: str) -> Objective:
    """Turn a stored document back into the record."""
    shape = ObjectiveIn.model_validate_json(body)
    return Objective(
        id=shape.id,
        statement=shape.statement,
        conditions=tuple(_condition(entry) for entry in shape.theory_of_change),
        members=shape.coalition.members,
        strengths=shape.coalition.strengths,
        description=shape.coalition.description,
    )


def _condition(entry: ConditionIn) -> Condition:
    return Condition(
        id=entry.id,
        statement=entry.condition,
        strengths=entry.strengths,
        needs=entry.needs,
        needs_any=entry.needs_any,
        decider=entry.decider,
        signs=tuple(Sign(statement=one.sign, by=one.by) for one in entry.signs),
        signs_against=entry.signs_against,
        obstacles=entry.obstacles,
    )


def partner_of(body: str) -> Partner:
    """Turn a stored document back into the record."""
    shape = PartnerIn.model_validate_json(body)
    return Partner(
        id=shape.id,
        name=shape.name,
        strengths=shape.strengths,
        countries=shape.countries,
        languages=shape.languages,
        time_zone=shape.time_zone,
        tier=shape.tier,
        capacity=shape.capacity,
        away_until=shape.away_until,
        conflicts=shape.conflicts,
        reach=shape.reach,
    )


def capacity_of(body: str) -> Capacity:
    """Read out of a stored partner how much it lets itself be asked."""
    shape = PartnerIn.model_validate_json(body)
    return Capacity(asks=Capacity().asks if shape.capacity is None else shape.capacity, rest_days=shape.rest_days)


def _keep(shapes: list[T], kind: str, journal: Journal, id_of: Callable[[T], str]) -> tuple[str, ...]:
    for shape in shapes:
        journal.put_document(kind, id_of(shape), shape.model_dump_json())
    return tuple(id_of(shape) for shape in shapes)


def _read(path: Path, name: str, shape: type[T]) -> list[T]:
    found = _entries(path, name)
    checked = [_checked(path, entry, n, shape) for n, entry in enumerate(found, start=1)]
    ids = [str(getattr(entry, "id", "")) for entry in checked]
    twice = next((id_ for id_ in ids if ids.count(id_) > 1), None)
    if twice is not None:
        raise ConfigError(f"{path}: the id `{twice}` is used twice in `{name}`. Give each its own id.")
    return checked


def _entries(path: Path, name: str) -> list[Any]:
    """Accept one object, a list of them, or {name: [...]}."""
    try:
        value = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as problem:
        raise ConfigError(f"{path} cannot be read: {problem.strerror}. Give the path of a JSON file.") from None
    except (ValueError, RecursionError) as problem:
        raise ConfigError(f"{path} is not JSON in UTF-8: {problem}. Mend the file at that place.") from None
    if isinstance(value, dict):
        value = value.get(name, [value])
    if not isinstance(value, list) or not value:
        raise ConfigError(f"{path}: there are no {name} in it. It holds one object, a list of objects, or {{{json.dumps(name)}: [...]}}.")
    return value


def _checked(path: Path, entry: Any, number: int, shape: type[T]) -> T:
    try:
        return shape.model_validate(entry)
    except ValidationError as problem:
        first = problem.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        label = f" (id {entry['id']!r})" if isinstance(entry, dict) and isinstance(entry.get("id"), str) else ""
        raise ConfigError(f"{path}: entry {number}{label}: {_reason(where, first)}. docs/operators.md shows the format.") from None


def _reason(where: str, fault: Mapping[str, Any]) -> str:
    """Word what is wrong, and where; our own words stand as they are, with the ids they name."""
    if fault["type"] == "value_error":
        return f"`{where}`: {fault['ctx']['error']}" if where else str(fault["ctx"]["error"])
    return f"`{where}` {'is missing' if fault['type'] == 'missing' else fault['msg'].lower()}"
