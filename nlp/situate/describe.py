"""Report* of one group -> Situation: title, summary, places, keywords, trend."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from nlp.situate.evidence import evidence
from nlp.situate.life import life
from nlp.situate.summary import summarise
from nlp.situate.title import title
from store.records import TLP, Reading, Report, Situation

MOST_KEYWORDS = 8
_NAMING = frozenset({"PERSON", "PER", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "PRODUCT", "MISC"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a situation before it is described: its last description, and what people ruled about it (`hand_title`: "" = no title)."""

    before: Situation | None = None
    hand_title: str = ""
    locked: bool = False
    dismissed: bool = False


NOTHING = Known()


def describe(
    situation_id: str, reports: Sequence[Report], readings: Mapping[str, Reading], origin_of: Mapping[str, str], as_of: datetime, known: Known = NOTHING
) -> Situation:
    """Describe a situation as it stood at `as_of` (later reports are passed over; none at all raises ValueError).

    Places and keywords are ranked by how many independent origins name them. Title, summary, places and keywords never come from a TLP:RED report, nor
    from one that is no longer among `reports`. The last title and its sentences stay unless others are clearly better (see `title`, `summarise`); a
    person's title stays whatever is reported.
    """
    heard = sorted((r for r in reports if r.at <= as_of), key=lambda r: (r.at, r.id))
    if not heard:
        raise ValueError(f"situation {situation_id} has no report up to {as_of.isoformat()}")
    shown = [r for r in heard if r.sensitivity is not TLP.RED]
    before = known.before
    keep = {before.title_id, *(line.report_ids[0] for line in before.summary)} if before else set()
    found = evidence(shown, readings, origin_of, keep)
    name, title_id = (known.hand_title, "") if known.hand_title else title(found, before)
    kind, reason = life(heard, origin_of, as_of)
    return Situation(
        id=situation_id,
        title=name,
        report_ids=tuple(r.id for r in heard),
        place_ids=tuple(_ranked(shown, origin_of, lambda r: _places(readings.get(r.id)))),
        first_at=heard[0].at,
        last_at=heard[-1].at,
        origins=len({origin_of.get(r.id, r.id) for r in heard}),
        trend=kind,
        reason=reason,
        keywords=tuple(_ranked(shown, origin_of, lambda r: _names(readings.get(r.id)))[:MOST_KEYWORDS]),
        title_id=title_id,
        summary=summarise(found, before.summary if before else ()),
        locked=known.locked,
        dismissed=known.dismissed,
    )


def _ranked(reports: Sequence[Report], origin_of: Mapping[str, str], named: Callable[[Report], Iterable[str]]) -> list[str]:
    said = dict.fromkeys((name, origin_of.get(r.id, r.id)) for r in reports for name in named(r))
    return [name for name, _ in Counter(name for name, _ in said).most_common()]


def _places(reading: Reading | None) -> tuple[str, ...]:
    return tuple(t.place.id for t in reading.toponyms) if reading else ()


def _names(reading: Reading | None) -> tuple[str, ...]:
    return tuple(" ".join(m.text.split()) for m in reading.mentions if m.label in _NAMING) if reading else ()
