"""Judged* -> ReportGrade*: the Admiralty number of each report, from who independently confirms and contradicts it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from nlp.grade.claims import Stance
from nlp.grade.judge import Judged, Standing
from store.records import Credibility, ReportGrade

ENOUGH_ORIGINS: Final = 2
ENOUGH_KINDS: Final = 2
_VERBS: Final = {Stance.CONFIRMS: "confirmed by", Stance.CONTRADICTS: "contradicted by", Stance.FITS: "fits with"}
_EVER: Final = datetime.max.replace(tzinfo=UTC)


def grade_reports(judged: Iterable[Judged], as_of: datetime = _EVER) -> tuple[ReportGrade, ...]:
    """Grade each report by what was heard up to `as_of`, in the order given.

    1 the counts it states are confirmed by two or more other origins of two kinds of source (its own among them) and contradicted by none; 2 confirmed on
    balance (that the same stands in the way is too easily said alike to be more), or claiming no more than that something was the matter, as two others
    do; 3 fits with what others say of the place; 4 contradicted by as many as confirm it, or one more; 5 by two or more beyond those; 6 nobody to judge
    it by.
    """
    return tuple(_grade(one, as_of) for one in judged)


def _grade(judged: Judged, as_of: datetime) -> ReportGrade:
    standing = judged.standing(as_of)
    kinds = {judged.source_kind} | {w.source_kind for w in judged.witnesses if w.at <= as_of and w.stance is judged.backing}
    return ReportGrade(report_id=judged.report_id, number=_number(standing, len(kinds) if judged.counted else 1), reason=_reason(judged, as_of, len(kinds)))


def _number(standing: Standing, kinds: int) -> Credibility:
    balance = standing.confirms - standing.contradicts
    if standing.contradicts and balance <= 0:
        return Credibility.DOUBTFUL if balance > -2 else Credibility.IMPROBABLE
    if standing.confirms >= ENOUGH_ORIGINS and kinds >= ENOUGH_KINDS and not standing.contradicts:
        return Credibility.CONFIRMED
    if standing.confirms:
        return Credibility.PROBABLE
    return Credibility.POSSIBLE if standing.fits else Credibility.UNJUDGED


def _reason(judged: Judged, as_of: datetime, kinds: int) -> str:
    heard = [w for w in judged.witnesses if w.at <= as_of]
    told = [_clause(verb, [w.origin_id for w in heard if w.stance is stance]) for stance, verb in _VERBS.items() if any(w.stance is stance for w in heard)]
    return "; ".join([*told, f"{kinds} kind{'s' * (kinds != 1)} of source"]) if told else "no other origin speaks of the same place or count"


def _clause(verb: str, origins: list[str]) -> str:
    """Name three of them at most."""
    named = ", ".join(origins[:3]) + ", ..." * (len(origins) > 3)
    return f"{verb} {len(origins)} independent origin{'s' * (len(origins) != 1)} ({named})"
