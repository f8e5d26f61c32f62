"""Report* of one group -> Situation: title, places, keywords, trend."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from nlp.situate.title import title
from nlp.situate.trend import trend
from store.records import TLP, Reading, Report, Situation

MOST_KEYWORDS = 8
_NAMING = frozenset({"PERSON", "PER", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "PRODUCT", "MISC"})


def describe(situation_id: str, reports: Sequence[Report], readings: Mapping[str, Reading], origin_of: Mapping[str, str], as_of: datetime) -> Situation:
    """Describe a situation as it stood at `as_of` (later reports are passed over; none at all raises ValueError).

    Places and keywords are ranked by how many independent origins name them. Title, places and keywords never come from a TLP:RED report.
    """
    known = sorted((r for r in reports if r.at <= as_of), key=lambda r: (r.at, r.id))
    if not known:
        raise ValueError(f"situation {situation_id} has no report up to {as_of.isoformat()}")
    shown = [r for r in known if r.sensitivity is not TLP.RED]
    where = _ranked(shown, origin_of, lambda r: _places(readings.get(r.id)))
    kind, reason = trend(known, origin_of, as_of)
    return Situation(
        id=situation_id,
        title=title(known, origin_of),
        report_ids=tuple(r.id for r in known),
        place_ids=tuple(where),
        first_at=known[0].at,
        last_at=known[-1].at,
        origins=len({origin_of.get(r.id, r.id) for r in known}),
        trend=kind,
        reason=reason,
        keywords=tuple(_ranked(shown, origin_of, lambda r: _names(readings.get(r.id)))[:MOST_KEYWORDS]),
    )


def _ranked(reports: Sequence[Report], origin_of: Mapping[str, str], named: Callable[[Report], Iterable[str]]) -> list[str]:
    said = dict.fromkeys((name, origin_of.get(r.id, r.id)) for r in reports for name in named(r))
    return [name for name, _ in Counter(name for name, _ in said).most_common()]


def _places(reading: Reading | None) -> tuple[str, ...]:
    return tuple(t.place.id for t in reading.toponyms) if reading else ()


def _names(reading: Reading | None) -> tuple[str, ...]:
    return tuple(" ".join(m.text.split()) for m in reading.mentions if m.label in _NAMING) if reading else ()
