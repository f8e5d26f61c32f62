"""Kit, moment -> Seen: all that statements are made of and settled by, as it was known at that moment."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flows.foresee import LIVE_DAYS, Heard, daily, heard, heir, series
from flows.kit import Kit
from forecast.counts import Series
from forecast.nowcast import Arrival
from forecast.turns import Near, Week
from store.forecasts import Kind, Statement
from store.records import TLP, MixWeek, Obstacle, Situation, Standing

PLACE_DAYS = 60
PLACES = 20
LEAST_ORIGINS = 3
WEEKS = 26
SILENT = timedelta(days=28)
CLOSE_SHARE = 0.5
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A situation or a place: its daily counts, and when its reports were said and of which origin each is."""

    series: Series
    at: Mapping[str, datetime]
    root: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What stood in the way in the four weeks up to the end of the one that begins at `week`: summed weight of each obstacle that was named."""

    week: datetime
    weights: Mapping[str, float]

    @property
    def leader(self) -> str:
        """Name the obstacle with most weight; "" where none was named."""
        return max(self.weights, key=lambda obstacle: (self.weights[obstacle], obstacle), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was known at a moment. `situations` and `places` by id; `heirs`: by statement the situation that now holds its reports.

    `arrival`: how late reports come in; `conditions`: by (objective, condition) week by week how near it was to failing, 0 the latest week; `words` its
    statement and evidence; `weighed` when it was last weighed and whether it failed then. `leading`: by objective and obstacle how near it was to
    leading, weeks counted from the first; `mix` the weeks themselves, `latest_week` the number of the last in which any was named.
    """

    situations: Mapping[str, Watched]
    places: Mapping[str, Watched]
    heirs: Mapping[str, str]
    arrival: Arrival
    conditions: Mapping[tuple[str, str], Sequence[Week]]
    words: Mapping[tuple[str, str], tuple[str, tuple[str, ...]]]
    weighed: Mapping[tuple[str, str], tuple[datetime, bool]]
    leading: Mapping[str, Mapping[str, Sequence[Week]]]
    latest_week: Mapping[str, int]
    mix: Mapping[str, Sequence[Window]]

    def failing_at(self, one: Statement) -> int | None:
        """Say whether a condition failed when it was last weighed (1) or not (0); None where that was before the statement, or it is gone."""
        found = self.weighed.get((one.subject, one.detail))
        return None if found is None or found[0] <= one.issued_at else int(found[1])

    def leading_at(self, one: Statement) -> int | None:
        """Say whether an obstacle led (1) in the last four weeks begun by the deadline or another one (0); None where none was named in them."""
        windows = [window for window in self.mix.get(one.subject, ()) if one.deadline - SILENT < window.week <= one.deadline]
        return int(windows[-1].leader == one.detail) if windows and windows[-1].leader else None


def look(kit: Kit, as_of: datetime, due: Sequence[Statement] = ()) -> Seen:
    """Gather it. With `due`, what these statements are settled by: their situations and places too, and states as they were at their deadlines."""
    every = {one.id: one for one in kit.warehouse.situations(as_of)}
    open_ = due or kit.warehouse.unsettled(as_of)
    heirs = {one.id: found.id for one in open_ if (found := every.get(one.subject) or heir(one.evidence, every))}
    live = {one.id: one for one in every.values() if one.last_at > as_of - timedelta(days=LIVE_DAYS)}
    wanted = (live if not due else {}) | {id_: every[id_] for id_ in heirs.values()}
    moment = max((one.deadline for one in due), default=as_of)
    mix = _mix(kit, moment)
    leading = {objective: _courses(windows) for objective, windows in mix.items()}
    told = heard(kit, list(wanted.values()))
    return Seen(
        situations=_situations(told, list(wanted.values()), as_of),
        places=_places(kit, as_of, {one.subject for one in open_ if one.kind is Kind.PLACE}, new=not due),
        heirs=heirs,
        arrival=told.arrival(as_of),
        conditions={} if due else _conditions(kit, as_of),
        words=_words(kit, as_of),
        weighed={(one.objective_id, one.condition_id): (one.as_of, one.standing is Standing.FAILING) for one in kit.warehouse.standings(moment, open_=True)},
        leading=leading,
        latest_week={objective: max((n for n, window in enumerate(windows) if window.leader), default=-1) for objective, windows in mix.items()},
        mix=mix,
    )


def subject_of(seen: Seen, one: Statement) -> str:
    """Return the id under which what a statement is about is watched now; "" where it is gone."""
    return one.subject if one.kind is Kind.PLACE else seen.heirs.get(one.id, "")


def counted(seen: Seen, one: Statement, until: datetime) -> int | None:
    """Count what a statement counts in (issued_at, until]; None where no situation holds its reports. A place that nobody names any more counts zero."""
    watched = (seen.places if one.kind is Kind.PLACE else seen.situations).get(subject_of(seen, one))
    if watched is None:
        return 0 if one.kind is Kind.PLACE else None
    window = [id_ for id_, when in watched.at.items() if one.issued_at < when <= until]
    if one.kind in (Kind.REPORTS, Kind.ESCALATION):
        return len(window)
    before = {watched.root.get(id_, id_) for id_, when in watched.at.items() if when <= one.issued_at}
    return len({watched.root.get(id_, id_) for id_ in window} - before)


def _situations(told: Heard, some: Sequence[Situation], as_of: datetime) -> dict[str, Watched]:
    return {
        one.id: Watched(series=series(one, told, as_of), at={id_: told.at[id_] for id_ in one.report_ids if id_ in told.at}, root=told.root) for one in some
    }


def _places(kit: Kit, as_of: datetime, asked: set[str], *, new: bool) -> dict[str, Watched]:
    """Watch the places that most origins named in the last month, and those asked for; TLP:RED reports are left out."""
    reports = {one.id: one for one in kit.warehouse.reports(as_of - timedelta(days=PLACE_DAYS), as_of) if one.sensitivity is not TLP.RED}
    roots = kit.warehouse.origin_of(list(reports))
    naming: dict[str, dict[str, datetime]] = defaultdict(dict)
    names: dict[str, str] = {}
    for reading in kit.warehouse.readings(list(reports)):
        for toponym in reading.toponyms:
            naming[toponym.place.id][reading.report_id] = reports[reading.report_id].at
            names[toponym.place.id] = toponym.place.name
    lately = Counter({place: len({roots.get(id_, id_) for id_, when in at.items() if when > as_of - SILENT}) for place, at in naming.items()})
    most = [place for place, origins in sorted(lately.items(), key=lambda pair: (-pair[1], pair[0]))[:PLACES] if origins >= LEAST_ORIGINS] if new else []
    return {place: _watched((place, names[place]), naming[place], roots, as_of) for place in dict.fromkeys([*most, *sorted(asked & set(naming))])}


def _watched(place: tuple[str, str], at: Mapping[str, datetime], root: Mapping[str, str], as_of: datetime) -> Watched:
    days = daily(at, root, as_of)
    counts = Series(
        situation_id=place[0],
        title=place[1],
        start=days[0][0],
        reports=tuple(n for _, n, _ in days),
        origins=tuple(n for _, _, n in days),
        evidence=tuple(sorted(at, key=lambda id_: (at[id_], id_))[-LEAST_ORIGINS:]),
    )
    return Watched(series=counts, at=at, root=root)


def _conditions(kit: Kit, as_of: datetime) -> dict[tuple[str, str], list[Week]]:
    found: dict[tuple[str, str], list[Week]] = defaultdict(list)
    for number in range(-WEEKS, 1):
        moment = as_of + number * _WEEK
        for one in kit.warehouse.standings(moment, open_=True):
            if one.as_of > moment - _WEEK and one.since is not None:
                near = Near.HOLDS if one.standing is Standing.FAILING else Near.CLOSE if one.log_odds < 0 else Near.FAR
                found[one.objective_id, one.condition_id].append(Week(number=number, near=near))
    return dict(found)


def _words(kit: Kit, as_of: datetime) -> dict[tuple[str, str], tuple[str, tuple[str, ...]]]:
    borne = {(one.objective_id, one.condition_id): (*one.opposes, *one.supports) for one in kit.warehouse.standings(as_of, open_=True)}
    parts = [(objective.id, condition) for objective in kit.warehouse.objectives() for condition in objective.conditions]
    return {(id_, condition.id): (condition.statement, borne.get((id_, condition.id), ())) for id_, condition in parts}


def _mix(kit: Kit, until: datetime) -> dict[str, list[Window]]:
    """Sum up the obstacle mix of each objective over four weeks, week by week."""
    found: dict[str, list[MixWeek]] = defaultdict(list)
    for week in kit.warehouse.mix(until):
        found[week.objective_id].append(week)
    return {objective: [_window(weeks, number) for number in range(len(weeks))] for objective, weeks in found.items()}


def _window(weeks: Sequence[MixWeek], number: int) -> Window:
    weights: Counter[str] = Counter()
    for week in weeks[: number + 1]:
        if week.week > weeks[number].week - SILENT:
            weights.update({obstacle.value: weight for obstacle, weight in week.weights if obstacle is not Obstacle.NONE and weight > 0})
    return Window(week=weeks[number].week, weights=dict(weights))


def _courses(windows: Sequence[Window]) -> dict[str, list[Week]]:
    found: dict[str, list[Week]] = defaultdict(list)
    for obstacle in sorted({obstacle for window in windows for obstacle in window.weights}):
        for number, window in enumerate(windows):
            if window.leader:
                share = window.weights.get(obstacle, 0.0) / window.weights[window.leader]
                near = Near.HOLDS if obstacle == window.leader else Near.CLOSE if share >= CLOSE_SHARE else Near.FAR
                found[obstacle].append(Week(number=number, near=near))
    return dict(found)
