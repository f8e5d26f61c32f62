"""Report* -> Trend: where a situation is in its life, by distinct voices, so that one source's flood moves nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from nlp.situate.voices import calm, first_carriers
from store.records import Report, Trend

WEEK = timedelta(days=7)
DORMANT = timedelta(days=14)
CLOSED = timedelta(days=60)
LOOKS = 120


def life(reports: Sequence[Report], origin_of: Mapping[str, str], as_of: datetime) -> tuple[Trend, str]:
    """Compare the last seven days with the seven before, and silence with what silences mean; return the trend and its reason with the numbers.

    What is counted is distinct voices with something of their own to say (copies count for nobody, nor
    does a voice on a day on which it floods). Where one voice alone speaks, as in a table of
    messages from the public, its origins are counted instead, and the reason says so. Silence is that of the same voices, so a flood ends none.
    """
    roots = first_carriers(reports, origin_of)
    single = len({r.voice for r in roots}) == 1
    heard = roots if single else calm(roots, reports)
    now, before = (_count(heard, since, single) for since in ((as_of - WEEK, as_of), (as_of - 2 * WEEK, as_of - WEEK)))
    last = (heard or roots)[-1].at
    silent = as_of - last
    if silent >= DORMANT:
        return Trend.CLOSED if silent >= CLOSED else Trend.DORMANT, f"nothing new for {silent.days} days, since {last.day} {last:%B %Y}"
    kind, why = _kind(now, before, young=roots[0].at > as_of - WEEK)
    return kind, why + _reason(now, before, single)


def stages(reports: Sequence[Report], origin_of: Mapping[str, str], until: datetime) -> tuple[tuple[datetime, Trend], ...]:
    """Tell the trends that a situation went through, each with the time from which it held, by the reports known by the end of each day.

    A life of more than 120 days is looked at 120 times.
    """
    told = sorted(reports, key=lambda r: r.at)
    step = max(timedelta(days=1), (until - told[0].at) / LOOKS)
    found: list[tuple[datetime, Trend]] = []
    for back in reversed(range(int((until - told[0].at) / step) + 1)):
        moment = until - back * step
        trend, _ = life([r for r in told if r.at <= moment], origin_of, moment)
        if not found or found[-1][1] is not trend:
            found.append((max(moment - step, told[0].at), trend))
    return tuple(found)


def _count(roots: Sequence[Report], window: tuple[datetime, datetime], single: bool) -> int:
    inside = [r for r in roots if window[0] < r.at <= window[1]]
    return len(inside) if single else len({r.voice for r in inside})


def _kind(now: int, before: int, young: bool) -> tuple[Trend, str]:
    # The difference of two Poisson counts over its standard error.
    rise = (now - before) / max(1, now + before) ** 0.5
    if young:
        return Trend.EMERGING, "first heard of within the last 7 days: "
    if rise >= 1 and now > 1:
        return Trend.GROWING, ""
    return (Trend.FADING if rise <= -1 else Trend.STEADY), ""


def _reason(now: int, before: int, single: bool) -> str:
    if single:
        return f"{_said(now, 'independent report')} in the last 7 days, {before} in the 7 days before, all from one source"
    return f"{_said(now, 'source')} spoke in the last 7 days, {before} in the 7 days before"


def _said(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
