"""Team -> Job*: who of it is best at each piece of work that every coalition has to share out, and why."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from coalition.strengths import words
from store.opt_in import Exposure, Job, Terms
from store.records import Partner

_DAY_BEGINS, _DAY_ENDS = 8, 20  # local hours in which somebody may be called
_WORTH = 4  # hours that one more spokesperson has to add


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One row of jobs.json: `strengths` are tried in order; `each` is "zone" where it is done once in every span of working hours.

    `quietly` is its title in a coalition that is not named in public: whoever does it then does it in its own name.
    """

    id: str
    title: str
    strengths: tuple[str, ...]
    quietly: str = ""
    each: str = ""


def assign(team: Sequence[Partner], terms: Terms, at: datetime) -> tuple[Job, ...]:
    """Give each job to the member best at it: by declared strength, then languages in common with those of the terms, then fewest jobs so far.

    Spokespeople are chosen by time zone: each adds at least four working hours (08:00 to 20:00 where it is) that no other covers. A job that nobody
    declares a strength for comes with an empty partner id.
    """
    busy: Counter[str] = Counter()
    found: list[Job] = []
    for task in tasks():
        able = sorted((p for p in team if _matches(task, p)), key=lambda p: (*_fit(task, p, terms.languages), busy[p.id], p.id))
        chosen = _by_zone(able, at) if task.each == "zone" else able[:1]
        busy.update(p.id for p in chosen)
        found += [_job(task, p, terms, at) for p in chosen] or [_nobody(task, terms)]
    return tuple(found)


@lru_cache(maxsize=1)
def tasks() -> tuple[Task, ...]:
    """Read coalition/jobs.json; an unknown field in a job raises TypeError."""
    rows = json.loads(files("coalition").joinpath("jobs.json").read_text(encoding="utf-8"))["jobs"]
    return tuple(Task(**{**row, "strengths": tuple(row["strengths"])}) for row in rows)


def working_hours(time_zone: str, at: datetime) -> frozenset[int]:
    """Return the hours of the day in UTC that are working hours in a time zone on that day; none where the zone is unknown."""
    try:
        offset = at.astimezone(ZoneInfo(time_zone)).utcoffset()
    except (KeyError, ValueError, OSError):
        return frozenset()
    hours = offset.total_seconds() / 3600 if offset else 0.0
    return frozenset(hour for hour in range(24) if _DAY_BEGINS <= (hour + hours) % 24 < _DAY_ENDS)


def meeting_hour(team: Sequence[Partner], at: datetime) -> tuple[int, int]:
    """Return the hour (UTC) that lies in the working hours of most members, the earliest of such, and of how many."""
    present = Counter(hour for p in team for hour in working_hours(p.time_zone, at))
    hour, count = max(present.items(), key=lambda pair: (pair[1], -pair[0]), default=(12, 0))
    return hour, count


def _matches(task: Task, partner: Partner) -> dict[int, str]:
    """Map the place of each wanted strength that a partner declares to its own words for it."""
    return {n: own for n, wanted in reversed(list(enumerate(task.strengths))) for own in partner.strengths if set(words(wanted)) <= set(words(own))}


def _fit(task: Task, partner: Partner, languages: Sequence[str]) -> tuple[int, int]:
    return min(_matches(task, partner)), -len(set(languages) & set(partner.languages))


def _by_zone(able: Sequence[Partner], at: datetime) -> list[Partner]:
    """Choose greedily who adds most hours; the best one in any case."""
    chosen: list[Partner] = []
    covered: set[int] = set()
    rest = list(able)
    while rest:
        added = {p.id: len(working_hours(p.time_zone, at) - covered) for p in rest}
        best = max(rest, key=lambda p: added[p.id])  # the first of equals is the best at it
        if chosen and added[best.id] < _WORTH:
            break
        chosen.append(best)
        covered |= working_hours(best.time_zone, at)
        rest.remove(best)
    return chosen


def _job(task: Task, partner: Partner, terms: Terms, at: datetime) -> Job:
    own = next(iter(sorted(_matches(task, partner).items())))[1].replace("_", " ")
    shared = [one for one in terms.languages if one in partner.languages]
    parts = [f"declares {own}", f"works in {', '.join(shared)}" if shared else "", _day(partner, at) if task.each == "zone" else ""]
    return Job(id=task.id, title=_title(task, terms), partner_id=partner.id, reason="; ".join(part for part in parts if part))


def _day(partner: Partner, at: datetime) -> str:
    hours = working_hours(partner.time_zone, at)
    first = next((hour for hour in sorted(hours) if hour - 1 not in hours and (hour or 23 not in hours)), 0)
    return f"can be reached from {first:02d}:00 to {(first + len(hours)) % 24:02d}:00 UTC ({partner.time_zone})" if hours else ""


def _title(task: Task, terms: Terms) -> str:
    return (task.quietly or task.title) if terms.exposure is Exposure.QUIET else task.title


def _nobody(task: Task, terms: Terms) -> Job:
    return Job(id=task.id, title=_title(task, terms), partner_id="", reason="nobody in the team declares a strength for it")


def jobs_of(jobs: Sequence[Job]) -> Mapping[str, tuple[Job, ...]]:
    """Map each member to its jobs."""
    return {one.partner_id: tuple(job for job in jobs if job.partner_id == one.partner_id) for one in jobs if one.partner_id}
