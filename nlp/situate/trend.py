"""Report* -> Trend: where a situation is in its life, by distinct voices, so that one source's flood moves nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from store.records import Report, Trend

WEEK = timedelta(days=7)
FORGOTTEN = timedelta(days=14)


def trend(reports: Sequence[Report], origin_of: Mapping[str, str], as_of: datetime) -> tuple[Trend, str]:
    """Compare the last seven days with the seven before; return the trend and its reason in one line, with the numbers.

    What is counted is distinct voices with something of their own to say (copies count for nobody). Where one voice alone speaks, as in a table of
    messages from the public, its origins are counted instead, and the reason says so.
    """
    roots = _roots(reports, origin_of)
    single = len({r.voice for r in roots}) == 1
    now, before = (_count(roots, since, single) for since in ((as_of - WEEK, as_of), (as_of - 2 * WEEK, as_of - WEEK)))
    kind = _kind(now, before, roots, as_of)
    return kind, _reason(now, before, single)


def _roots(reports: Sequence[Report], origin_of: Mapping[str, str]) -> list[Report]:
    first: dict[str, Report] = {}
    for report in sorted(reports, key=lambda r: (r.at, r.id)):
        first.setdefault(origin_of.get(report.id, report.id), report)
    return list(first.values())


def _count(roots: Sequence[Report], window: tuple[datetime, datetime], single: bool) -> int:
    inside = [r for r in roots if window[0] < r.at <= window[1]]
    return len(inside) if single else len({r.voice for r in inside})


def _kind(now: int, before: int, roots: Sequence[Report], as_of: datetime) -> Trend:
    # The difference of two Poisson counts over its standard error.
    rise = (now - before) / max(1, now + before) ** 0.5
    if roots[-1].at <= as_of - FORGOTTEN:
        return Trend.DORMANT
    if roots[0].at > as_of - WEEK:
        return Trend.EMERGING
    if rise >= 1 and now > 1:
        return Trend.GROWING
    return Trend.FADING if rise <= -1 else Trend.STEADY


def _reason(now: int, before: int, single: bool) -> str:
    if single:
        return f"{_said(now, 'independent report')} in the last 7 days, {before} in the 7 days before, all from one source"
    return f"{_said(now, 'source')} spoke in the last 7 days, {before} in the 7 days before"


def _said(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
