"""Report* -> Reading*, Origin*, Situation*, grades: understand what is new, in order of time."""

import logging
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from flows.corrections import drain_corrections
from flows.decide import drain_decisions
from flows.emerge import emerge
from flows.grade import grade_new
from flows.kit import Kit
from flows.lessons import lessons
from flows.rulings import drain_rulings
from nlp.names.join import Heard, Roster
from nlp.noise import is_noise
from nlp.origins import origins
from nlp.places.habits import Habits
from nlp.read import Memory, read
from nlp.situate.assign import assign, rebuild, settle
from nlp.situate.changes import changes
from nlp.situate.clue import Clue
from nlp.situate.describe import Known, describe
from nlp.situate.discover import discover
from nlp.situate.hand import Hand
from nlp.situate.live import Live, Rule
from store.records import Channel, Embedding, NameLink, Origin, Reading, Report, Situation

log = logging.getLogger(__name__)
BEGINNING = datetime(1, 1, 2, tzinfo=UTC)
ORIGIN_DAYS = 10
RULE = Rule()
DESCRIBED_DAYS = 75
# a name that nobody has mentioned for so long is met anew
NAMES_DAYS = 180
NAMES_AT_ONCE = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What one pass did."""

    read: int = 0
    grouped: int = 0
    situations: int = 0


def understand(kit: Kit, as_of: datetime) -> Understood:
    """Read, compare, group and grade every report up to `as_of` that has not been yet; stopping anywhere loses nothing but the running batch."""
    drain_corrections(kit)
    drain_rulings(kit)
    drain_decisions(kit)
    done = read_new(kit, as_of)
    grouped = group_new(kit, as_of)
    described = describe_live(kit, as_of)
    kit.step("grade", lambda: grade_new(kit, as_of))
    return Understood(read=done, grouped=grouped, situations=described)


def read_new(kit: Kit, as_of: datetime) -> int:
    """Read what has no reading, a batch at a time, and join near-copies to their origins."""
    done, roster = 0, None
    read_again(kit)
    while reports := kit.warehouse.unread(as_of, kit.settings.batch):
        roster = roster or past_names(kit, reports[0], as_of)
        kit.step("read a batch", lambda reports=reports, roster=roster: read_batch(kit, reports, roster, as_of))  # type: ignore[misc]
        done += len(reports)
        kit.progress("read", done, 0)
    return done


def read_again(kit: Kit) -> None:
    """Let what was read while a model was missing be read anew once all models are there."""
    waiting = kit.warehouse.half_read()
    if waiting and not kit.models.missing:
        kit.warehouse.forget_readings(waiting)


def read_batch(kit: Kit, reports: Sequence[Report], roster: Roster, as_of: datetime) -> int:
    """Read one batch and keep what it says; origins and names come first, so that a batch cut off in between is simply done again."""
    join_origins(kit, reports, as_of)
    readings, embeddings, links = read_all(kit, reports, roster)
    kit.warehouse.put_name_links(links)
    kit.warehouse.add_readings(readings, embeddings)
    return len(readings)


def past_names(kit: Kit, first: Report, as_of: datetime) -> Roster:
    """Rebuild what is known of names from what was read before; each report is recalled once a later one is read, whichever came in first."""
    return Roster(heard_since(kit, first.at - timedelta(days=NAMES_DAYS), as_of), kit.warehouse.corrections())


def heard_since(kit: Kit, since: datetime, until: datetime) -> Iterator[Heard]:
    """Yield what reports with since < at <= until taught about names, by (at, id), a month at a time; what is unread when its month comes is left out."""
    while since < until:
        end = min(since + NAMES_AT_ONCE, until)
        reports = kit.warehouse.reports(since, end)
        ids = [report.id for report in reports]
        readings = {reading.report_id: reading for reading in kit.warehouse.readings(ids)}
        roots, links = kit.warehouse.origin_of(ids), by_report(kit.warehouse.name_links(since, end))
        yield from (heard(report, readings[report.id], roots[report.id], links.get(report.id, ())) for report in reports if report.id in readings)
        since = end


def heard(report: Report, reading: Reading, origin_id: str, links: Sequence[NameLink]) -> Heard:
    """Put together what a report taught about names."""
    return Heard(report=report, mentions=reading.mentions, toponyms=reading.toponyms, origin_id=origin_id, links=tuple(links))


def by_report(links: Sequence[NameLink]) -> dict[str, list[NameLink]]:
    """Map report ids to their links."""
    found: dict[str, list[NameLink]] = {}
    for link in links:
        found.setdefault(link.report_id, []).append(link)
    return found


def remember(kit: Kit, reports: Sequence[Report], roster: Roster) -> Memory:
    """Gather what earlier reports of the same voices and people's corrections taught."""
    habits = Habits(kit.warehouse.places_by_voice(reports))
    corrections = kit.warehouse.corrections()
    return Memory(habits=habits, roster=roster, corrections=corrections, lessons=lessons(kit, corrections))


Found = tuple[tuple[Reading, ...], tuple[Embedding, ...], tuple[NameLink, ...]]


def read_all(kit: Kit, reports: Sequence[Report], roster: Roster) -> Found:
    """Read a batch, or where that fails each report by itself: one that no reader survives gets an empty reading that names it as the reason.

    Where none can be read the fault may not be theirs: the reason names none of them, and the next run tries again.
    """
    roots = kit.warehouse.origin_of([report.id for report in reports])
    try:
        return read(reports, kit.reader, remember(kit, reports, roster), roots)
    except Exception:  # one report must not keep all others from being read; the trace goes to the log
        log.exception("a batch of %d reports could not be read at once", len(reports))
    memory = remember(kit, reports, roster)
    found = [(report.id, read_one(kit, report, memory, roots)) for report in reports]
    some = any(result for _, result in found)
    results = [result or ((unreadable(report_id, f"report {report_id}" if some else "what came last"),), (), ()) for report_id, result in found]
    readings, vectors, links = zip(*results, strict=True)
    return tuple(chain.from_iterable(readings)), tuple(chain.from_iterable(vectors)), tuple(chain.from_iterable(links))


def read_one(kit: Kit, report: Report, memory: Memory, roots: Mapping[str, str]) -> Found | None:
    """Read one report of a batch that failed; None where that fails too."""
    try:
        return read([report], kit.reader, memory, roots)
    except Exception:
        log.exception("the report %s could not be read", report.id)
        return None


def unreadable(report_id: str, what: str) -> Reading:
    """Make the reading of a report that could not be read."""
    why = f"Not read: {what}; the log says why."
    return Reading(report_id=report_id, language="und", mentions=(), toponyms=(), obstacles=(), models=(), degraded=(why,))


def join_origins(kit: Kit, fresh: Sequence[Report], as_of: datetime) -> None:
    """Compare new reports with those of the days around them up to `as_of`; a group once joined is never split by a later batch."""
    window = timedelta(days=ORIGIN_DAYS)
    first, last = min(r.at for r in fresh) - window, min(max(r.at for r in fresh) + window, as_of)
    around = kit.warehouse.reports(first - timedelta(microseconds=1), last)
    known = kit.warehouse.origin_of([r.id for r in around])
    order = {report.id: number for number, report in enumerate(around)}
    kit.warehouse.put_origins(rooted(origins(around, ORIGIN_DAYS), known, order))


def rooted(groups: Sequence[Origin], known: Mapping[str, str], order: Mapping[str, int]) -> tuple[Origin, ...]:
    """Give each group the earliest root any of its reports already has, so that origins keep their names.

    `order` ranks the reports compared. Where a late report takes over a root, whoever had that root follows. A report whose root is not among them keeps
    it and is left out: that root is too long ago for whatever is new.
    """
    parts = [part for group in groups if (part := without(group, {one for one in group.report_ids if known.get(one, one) not in order})).report_ids]
    heirs: dict[str, str] = {}
    for group in parts:
        roots = {final(known.get(report_id, report_id), heirs) for report_id in group.report_ids}
        eldest = min(roots, key=order.__getitem__)
        heirs.update(dict.fromkeys(roots - {eldest}, eldest))
    return tuple(replace(group, id=final(known.get(group.report_ids[0], group.report_ids[0]), heirs)) for group in parts)


def without(group: Origin, settled: Set[str]) -> Origin:
    """Leave these reports out of a group."""
    ids = tuple(one for one in group.report_ids if one not in settled)
    return replace(group, report_ids=ids, revisions=tuple(pair for pair in group.revisions if pair[0] not in settled))


def final(root: str, heirs: Mapping[str, str]) -> str:
    """Follow a root to the one that took it over, if any did."""
    while root in heirs:
        root = heirs[root]
    return root


def group_new(kit: Kit, as_of: datetime) -> int:
    """Let each new report join a situation, then look for emerging ones among what stayed alone."""
    fresh = kit.warehouse.ungrouped(as_of, kit.settings.batch)
    hand = Hand.of(kit.warehouse.rulings())
    live, done = rebuild(past_clues(kit, fresh[0].at if fresh else as_of, as_of), hand=hand), 0
    while fresh:
        kit.step("group a batch", lambda fresh=fresh: group_batch(kit, fresh, live))  # type: ignore[misc]
        done += len(fresh)
        kit.progress("group", done, 0)
        fresh = kit.warehouse.ungrouped(as_of, kit.settings.batch)
    kit.step("settle", lambda: kit.warehouse.put_situations(*settle(live)))
    kit.step("discover", lambda: kit.warehouse.put_situations(*discover(live)))
    return done


def group_batch(kit: Kit, reports: Sequence[Report], live: Live) -> None:
    """Group one batch and keep who went where."""
    kit.warehouse.put_situations(*assign(clues(kit, reports), live))


def past_clues(kit: Kit, first: datetime, as_of: datetime) -> list[tuple[Clue, str]]:
    """Load what the live window already holds: clues with the situation each report is in ("" = none), and the last few of situations silent since."""
    since = first - timedelta(days=RULE.window_days)
    seen = kit.warehouse.memberships(since, as_of) | embers(kit.warehouse.memberships(first - timedelta(days=RULE.ember_days), since))
    found = clues(kit, kit.warehouse.reports_by_id(list(seen)))
    return [(clue, seen[clue.report_id]) for clue in found]


def embers(homes: Mapping[str, str]) -> dict[str, str]:
    """Keep the last reports of each situation, as the live window does."""
    return {report_id: home for home, members in by_situation(homes).items() for report_id in members[-RULE.embers :]}


def clues(kit: Kit, reports: Sequence[Report]) -> list[Clue]:
    """Gather what grouping needs to know of each report, in the order given."""
    ids = [report.id for report in reports]
    readings = {reading.report_id: reading for reading in kit.warehouse.readings(ids)}
    vectors = {e.report_id: np.frombuffer(e.vector, dtype="<f4") for e in kit.warehouse.embeddings(ids, kit.encoder_name)}
    roots = kit.warehouse.origin_of(ids)
    return [clue(report, readings[report.id], vectors.get(report.id), roots.get(report.id, report.id)) for report in reports]


def clue(report: Report, reading: Reading, vector: NDArray[np.float32] | None, origin_id: str) -> Clue:
    """Make one report's clue."""
    return Clue(
        report_id=report.id,
        at=report.at,
        voice=report.voice,
        origin_id=origin_id,
        words=report.words,
        vector=vector,
        places=tuple(t.place for t in sorted(reading.toponyms, key=lambda t: t.start)),
        names=frozenset(m.text.casefold() for m in reading.mentions),
        # what a partner takes the trouble to report is never noise
        noise=vector is not None and report.channel is not Channel.PARTNER and is_noise(vector),
    )


def describe_live(kit: Kit, as_of: datetime) -> int:
    """Write down every situation but those long closed to which nothing happened: title, summary, places, life; and what of that changed.

    Where a day is told again that lies before the last description, nothing has changed, and nothing is told twice when time goes on from there.
    """
    members = by_situation(kit.warehouse.memberships(BEGINNING, as_of))
    before = {situation.id: situation for situation in kit.warehouse.situations(as_of)}
    awake = sorted(members.keys() - kit.warehouse.at_rest(as_of - timedelta(days=DESCRIBED_DAYS)))
    hand, earlier = Hand.of(kit.warehouse.rulings()), kit.warehouse.described_until(as_of)
    described = [describe_one(kit, id_, members[id_], as_of, known(before.get(id_), members[id_], hand)) for id_ in awake]
    described = list(emerge(kit, described, as_of))
    lines = [line for one in described if one.id in earlier for line in changes(before[one.id], one, as_of)]
    kit.warehouse.save_situations(described, as_of, lines)
    return len(described)


def describe_one(kit: Kit, situation_id: str, report_ids: Sequence[str], as_of: datetime, known: Known) -> Situation:
    """Describe one situation by its reports."""
    reports = kit.warehouse.reports_by_id(report_ids)
    readings = {reading.report_id: reading for reading in kit.warehouse.readings(report_ids)}
    return describe(situation_id, reports, readings, kit.warehouse.origin_of(report_ids), as_of, known)


def known(before: Situation | None, report_ids: Sequence[str], hand: Hand) -> Known:
    """Gather what was said of a situation before, and what people ruled."""
    return Known(before=before, hand_title=hand.title(report_ids), locked=hand.is_locked(report_ids), dismissed=hand.dismissed(report_ids))


def by_situation(memberships: Mapping[str, str]) -> dict[str, list[str]]:
    """Map situation id to its report ids; those in none are left out."""
    members: dict[str, list[str]] = {}
    for report_id, situation_id in memberships.items():
        if situation_id:
            members.setdefault(situation_id, []).append(report_id)
    return members
