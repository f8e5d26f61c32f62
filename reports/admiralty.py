"""SourceGrade, ReportGrade -> str: how the Admiralty letter of a source and the number of a report are worded."""

from reports import wording
from store.records import Credibility, Reliability, SourceGrade

UNJUDGED = "not yet judged"
LETTERS = {
    Reliability.A: "completely reliable",
    Reliability.B: "usually reliable",
    Reliability.C: "fairly reliable",
    Reliability.D: "not usually reliable",
    Reliability.E: "unreliable",
    Reliability.F: UNJUDGED,
}
NUMBERS = {
    Credibility.CONFIRMED: "confirmed by other independent origins",
    Credibility.PROBABLE: "probably true",
    Credibility.POSSIBLE: "possibly true",
    Credibility.DOUBTFUL: "doubtful",
    Credibility.IMPROBABLE: "improbable",
    Credibility.UNJUDGED: UNJUDGED,
}


def code(letter: Reliability, number: Credibility) -> str:
    """Word what is known of a source and its report by the Admiralty code: B2, F2, B6; F6 says that neither could be judged yet."""
    return UNJUDGED if (letter, number) == (Reliability.F, Credibility.UNJUDGED) else f"{letter.value}{number.value}"


def explained(graded: str) -> str:
    """Say what a code means: "B2" is a usually reliable source, and a report that is probably true."""
    if graded == UNJUDGED:
        return "neither the source nor the report could be judged yet"
    return f"source: {LETTERS[Reliability(graded[0])]}; report: {NUMBERS[Credibility(int(graded[1]))]}"


def letter(grade: SourceGrade | None) -> str:
    """Word the letter of a source; F is no blame, and what was never graded is F."""
    return grade.letter.value if grade and grade.letter is not Reliability.F else UNJUDGED


def judged(grade: SourceGrade) -> str:
    """Say from which history a source has its letter, and when it was computed: 6 confirmed, 1 contradicted, 17 May 2031; nothing of no history."""
    if not grade.confirmed and not grade.contradicted:
        return ""
    return f"{grade.confirmed:,} confirmed, {grade.contradicted:,} contradicted, {wording.day(grade.at)}"
