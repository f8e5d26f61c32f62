"""Judged* -> SourceGrade*: the Admiralty letter of each source from day to day, by how often independent origins bore out what it said."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from typing import Final

from nlp.grade.claims import Stance
from nlp.grade.judge import Judged
from store.records import Reliability, SourceGrade

HALF_LIFE_DAYS: Final = 365.0
PRIOR: Final = 2.0  # pseudo-reports on either side
FEWEST: Final = 4
FEWEST_VOICES: Final = 3
DECISIVE: Final = 2
_STEPS: Final = ((Reliability.A, 0.9, 20), (Reliability.B, 0.75, 8), (Reliability.C, 0.5, FEWEST), (Reliability.D, 0.3, FEWEST))


def grade_sources(judged: Iterable[Judged], as_of: datetime) -> tuple[SourceGrade, ...]:
    """Tell each voice's letter from its first report up to `as_of`: one row for each change, by (source, at).

    The letter goes by the mean of a Beta posterior over the share of judged reports that were confirmed (prior Beta(2, 2), reports forgotten by half each
    year): A from .9, B from .75, C from .5, D from .3, else E. It takes 20 judged reports for an A, 8 for a B, 4 for any; fewer are F. More than a C takes
    three different voices that confirmed it, lest two friends raise each other. Copies of one origin count once for a voice. A row is made by what was
    heard until its own moment alone, so that giving more reports adds rows and changes none before them.
    """
    said: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        if one.at <= as_of:
            said[one.voice].append(one)
    return tuple(row for voice in sorted(said) for row in _rows(voice, _once(said[voice]), as_of))


def share(judged: Iterable[Judged], as_of: datetime) -> tuple[float, float]:
    """Return the posterior mean of one voice's share of confirmed reports, and how many judged reports it rests on after ageing."""
    tally = _Tally()
    for turn in _turns(_once(judged), as_of):
        tally.take(turn)
    tally.age(as_of)
    return tally.mean, tally.weight


def verdict(confirms: int, contradicts: int) -> bool | None:
    """Say whether a report counts as confirmed or contradicted for its source; None while fewer than two origins tell, or as many as against.

    Two either way: with fewer for the one than for the other the share would be bent, and one loud source could ruin another. A report that claims nothing
    in particular has neither, since nobody could have contradicted it.
    """
    if confirms + contradicts < DECISIVE or confirms == contradicts:
        return None
    return confirms > contradicts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """What counts of one report from a moment on, in place of what counted before, and the voices that newly confirmed it."""

    at: datetime
    judged: Judged
    before: bool | None
    after: bool | None
    voices: frozenset[str]


@dataclass(slots=True)
class _Tally:
    """A source's history at a moment: aged weights, bare counts, and who confirmed it."""

    good: float = 0.0
    bad: float = 0.0
    counts: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})
    voices: set[str] = field(default_factory=set)
    at: datetime | None = None

    @property
    def weight(self) -> float:
        return self.good + self.bad

    @property
    def mean(self) -> float:
        return (PRIOR + self.good) / (2 * PRIOR + self.weight)

    @property
    def letter(self) -> Reliability:
        enough = sum(self.counts.values())
        if enough < FEWEST:
            return Reliability.F
        found = next((letter for letter, least, reports in _STEPS if self.mean >= least and enough >= reports), Reliability.E)
        return max(found, Reliability.C) if len(self.voices) < FEWEST_VOICES else found

    def age(self, at: datetime) -> None:
        """Let what is known fade until a later moment."""
        faded = _faded(self.at or at, at)
        self.good, self.bad, self.at = self.good * faded, self.bad * faded, at

    def take(self, turn: _Turn) -> None:
        """Put what a report counts now in the place of what it counted."""
        self.age(turn.at)
        for outcome, sign in ((turn.before, -1), (turn.after, 1)):
            if outcome is not None:
                self.counts[outcome] += sign
                weight = sign * _faded(turn.judged.at, turn.at)
                self.good, self.bad = max(0.0, self.good + weight * outcome), max(0.0, self.bad + weight * (not outcome))
        self.voices |= turn.voices


def _once(judged: Iterable[Judged]) -> list[Judged]:
    """Keep the first report of each origin: an echo neither raises nor lowers a letter again."""
    first: dict[str, Judged] = {}
    for one in sorted(judged, key=lambda one: (one.at, one.report_id)):
        first.setdefault(one.origin_id, one)
    return list(first.values())


def _faded(since: datetime, until: datetime) -> float:
    return float(0.5 ** ((until - since).total_seconds() / 86_400 / HALF_LIFE_DAYS))


def _turns(judged: Iterable[Judged], as_of: datetime) -> list[_Turn]:
    """List every change of a verdict up to `as_of`, in order of time."""
    return sorted((turn for one in judged for turn in _turns_of(one) if turn.at <= as_of), key=lambda turn: (turn.at, turn.judged.at, turn.judged.report_id))


def _turns_of(judged: Judged) -> Iterator[_Turn]:
    before, heard, against = None, Counter[str](), 0
    voices: set[str] = set()
    for moment, witnesses in groupby(judged.witnesses, key=lambda w: w.at):
        for witness in witnesses:
            heard[witness.side or witness.stance] += 1
            against = max(against, heard[witness.side])
            voices |= {witness.speaker} if witness.stance is Stance.CONFIRMS else set()
        after = verdict(heard[Stance.CONFIRMS], against)
        if after is not before or (after and voices):
            yield _Turn(at=moment, judged=judged, before=before, after=after, voices=frozenset(voices if after else ()))
            voices = set() if after else voices
        before = after


def _rows(voice: str, judged: Sequence[Judged], as_of: datetime) -> Iterator[SourceGrade]:
    tally, letter = _Tally(), Reliability.F
    yield _row(voice, judged[0].at, tally, "nothing it said has been judged yet")
    for moment, turns in groupby(_turns(judged, as_of), key=lambda turn: turn.at):
        told = ""
        for turn in turns:
            tally.take(turn)
            told = _told(turn)
        if tally.letter is not letter:
            letter = tally.letter
            yield _row(voice, moment, tally, told)
    tally.age(as_of)
    if tally.letter is not letter:
        yield _row(voice, as_of, tally, "what it said has grown old")


def _row(voice: str, at: datetime, tally: _Tally, told: str) -> SourceGrade:
    good, bad = tally.counts[True], tally.counts[False]
    shown = f"; {good} confirmed, {bad} contradicted, share {tally.mean:.2f} on {tally.weight:.1f} after ageing" if good + bad else ""
    reason = f"{at.date().isoformat()}: {told}{shown}"
    return SourceGrade(source=voice, at=at.astimezone(UTC), letter=tally.letter, confirmed=good, contradicted=bad, reason=reason)


def _told(turn: _Turn) -> str:
    """Say which report turned the scale, and on whose word."""
    outcome = {True: "was confirmed", False: "was contradicted", None: "is in dispute"}[turn.after]
    standing = turn.judged.standing(turn.at)
    score = f"{standing.confirms} independent origins for it, {standing.contradicts} against"
    return f"report {turn.judged.report_id} of {turn.judged.at.date().isoformat()} {outcome} ({score})"
