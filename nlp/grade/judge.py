"""Reports of one situation -> Judged*: who confirms and who contradicts whom, and since when that is known."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final, TypeAlias

from nlp.grade.claims import Claims, Stance, claims, stance
from nlp.grade.kin import Kin
from store.records import Reading, Report, SourceKind

MOST: Final = 250
_NONE: Final[Kin] = MappingProxyType({})
_Heard: TypeAlias = tuple[datetime, Stance, Claims]


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """Another origin's report on the same matter: heard together from `at` on.

    `speaker` is its voice, folded. `side` names the first of those who contradict a report that says what this one says: those who contradict each other,
    too, do not add up.
    """

    at: datetime
    report_id: str
    origin_id: str
    speaker: str
    source_kind: SourceKind
    stance: Stance
    side: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How many independent witnesses a report had at a moment: `contradicts` those of the largest side, `fits` those who only tell of the place."""

    confirms: int
    fits: int
    contradicts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One report and its witnesses in order of time: no two of one stance share an origin or a voice, and none shares one with the report."""

    report_id: str
    origin_id: str
    voice: str
    source_kind: SourceKind
    at: datetime
    bare: bool
    witnesses: tuple[Witness, ...]
    counted: bool = True

    @property
    def confirmed_by(self) -> tuple[str, ...]:
        """Name the origins that make the same claim."""
        return tuple(w.origin_id for w in self.witnesses if w.stance is Stance.CONFIRMS)

    @property
    def contradicted_by(self) -> tuple[str, ...]:
        """Name the origins that claim what can't be true beside it."""
        return tuple(w.origin_id for w in self.witnesses if w.stance is Stance.CONTRADICTS)

    @property
    def backing(self) -> Stance:
        """What bears it out: the same claim, or where it claims nothing in particular, others from the place."""
        return Stance.FITS if self.bare else Stance.CONFIRMS

    def standing(self, as_of: datetime) -> Standing:
        """Count the witnesses heard up to `as_of`; two that merely fit bear out a bare report as much as one that says the same."""
        heard = Counter((w.stance, w.side) for w in self.witnesses if w.at <= as_of)
        sides = [count for (stance, _), count in heard.items() if stance is Stance.CONTRADICTS]
        fits, confirms = heard[Stance.FITS, ""], heard[Stance.CONFIRMS, ""]
        return Standing(confirms=fits // 2 if self.bare else confirms, fits=fits, contradicts=max(sides, default=0))


def judge(
    reports: Sequence[Report], readings: Mapping[str, Reading], origin_of: Mapping[str, str], window_days: int = 14, kin: Kin = _NONE
) -> tuple[Judged, ...]:
    """Say of each report of one situation which independent origins confirm and contradict it, by (at, id).

    Independent means another origin and another voice that is not known to repeat this one (`kin`); among the witnesses, too. Reports further apart than
    `window_days`, or with 250 others between them, do not judge each other: where so many speak, those around a report tell enough. A witness counts from
    the moment at which both were said, so that the past never changes: what holds of all reports up to a moment holds of the witnesses up to it. Order of
    the input does not matter.
    """
    made = claims(reports, readings, origin_of)
    heard: defaultdict[str, list[_Heard]] = defaultdict(list)
    alike: set[tuple[str, str]] = set()
    for earlier, later in _pairs(made, timedelta(days=window_days)):
        found = None if _one(earlier, later, kin) else stance(earlier, later)
        if found:
            heard[earlier.report_id].append((later.at, found, later))
            heard[later.report_id].append((later.at, found, earlier))
        if found is Stance.CONFIRMS:
            alike |= {(earlier.report_id, later.report_id), (later.report_id, earlier.report_id)}
    return tuple(_judged(one, _sided(_independent(heard[one.report_id], kin), alike)) for one in made)


def _pairs(made: Sequence[Claims], window: timedelta) -> Iterator[tuple[Claims, Claims]]:
    """Yield what may have to do with each other: within the window and near enough in the row, both somewhere."""
    somewhere = [one for one in made if one.where or one.counts]
    first = 0
    for number, later in enumerate(somewhere):
        while later.at - somewhere[first].at > window:
            first += 1
        yield from ((somewhere[other], later) for other in range(max(first, number - MOST), number))


def _one(earlier: Claims, later: Claims, kin: Kin) -> bool:
    """Tell whether two are one source as far as was known when the later spoke."""
    return earlier.origin_id == later.origin_id or earlier.speaker == later.speaker or _akin(later.speaker, {earlier.speaker}, later.at, kin)


def _akin(speaker: str, others: Container[str], at: datetime, kin: Kin) -> bool:
    return speaker in kin and any(other in others and since <= at for other, since in kin[speaker].items())


def _judged(claimed: Claims, witnesses: Iterable[Witness]) -> Judged:
    return Judged(
        report_id=claimed.report_id,
        origin_id=claimed.origin_id,
        voice=claimed.voice,
        source_kind=claimed.source_kind,
        at=claimed.at,
        bare=claimed.bare,
        counted=bool(claimed.counts),
        witnesses=tuple(witnesses),
    )


def _independent(heard: Iterable[_Heard], kin: Kin) -> Iterator[Witness]:
    """Keep the first of those who are one source, for each stance by itself."""
    origins: defaultdict[Stance, set[str]] = defaultdict(set)
    speakers: defaultdict[Stance, set[str]] = defaultdict(set)
    for at, found, one in sorted(heard, key=lambda each: (each[0], each[2].origin_id, each[2].speaker, each[2].report_id)):
        if one.origin_id in origins[found] or one.speaker in speakers[found] or _akin(one.speaker, speakers[found], at, kin):
            continue
        origins[found].add(one.origin_id)
        speakers[found].add(one.speaker)
        yield Witness(at=at, report_id=one.report_id, origin_id=one.origin_id, speaker=one.speaker, source_kind=one.source_kind, stance=found)


def _sided(witnesses: Iterable[Witness], alike: Container[tuple[str, str]]) -> Iterator[Witness]:
    """Let each of those who contradict a report join the first with whom it agrees."""
    leaders: list[str] = []
    for witness in witnesses:
        if witness.stance is Stance.CONTRADICTS:
            side = next((leader for leader in leaders if (leader, witness.report_id) in alike), witness.report_id)
            leaders += [side] * (side == witness.report_id)
            yield replace(witness, side=side)
        else:
            yield witness
