"""How a value is worded in a brief: one place, so that a date or a count looks the same everywhere."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime

from store.cards import Finding, GoQuestion
from store.opt_in import Verdict
from store.records import Advice, FigureKind, FigureRange, Forecast, Obstacle, SourceClass, Trend
from store.told import PlaceCount, Record, Scoreboard

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
ARROWS = {Trend.EMERGING: "▲", Trend.GROWING: "↗", Trend.STEADY: "→", Trend.FADING: "↘", Trend.DORMANT: "·", Trend.CLOSED: "■"}
ADVICE = {
    Advice.PIVOT: "pivot the strategy of today's coalition",
    Advice.NEW_COALITION: "form a new coalition",
    Advice.EXPAND: "expand today's coalition",
    Advice.WATCH: "watch closely, change nothing yet",
    Advice.WIND_DOWN: "wind the coalition down",
    Advice.HOLD: "hold the present course",
}
OBSTACLES = {
    Obstacle.SECURITY_ACCESS: "insecurity",
    Obstacle.GOVERNMENT_DENIAL: "government denial",
    Obstacle.LEGAL: "legal constraints",
    Obstacle.POLITICAL_WILL: "lack of political will",
    Obstacle.FUNDING: "lack of funding",
    Obstacle.LOGISTICS: "logistics",
    Obstacle.INFORMATION_GAP: "lack of information",
    Obstacle.COMMUNITY_TRUST: "lack of trust",
    Obstacle.CAPACITY: "lack of capacity",
    Obstacle.NONE: "nothing in particular",
}
FIGURES = {
    FigureKind.KILLED: "Killed",
    FigureKind.INJURED: "Injured",
    FigureKind.DISPLACED: "Displaced",
    FigureKind.MISSING: "Missing",
    FigureKind.AFFECTED: "Affected",
    FigureKind.IN_NEED: "In need",
    FigureKind.DETAINED: "Detained",
    FigureKind.MONEY: "Money",
}
CLASSES = {
    SourceClass.PARTNER: "partners",
    SourceClass.GOVERNMENT: "government",
    SourceClass.UN: "UN",
    SourceClass.MEDIA: "media",
    SourceClass.OTHER: "others",
}
URGENCY = (Advice.NEW_COALITION, Advice.PIVOT, Advice.EXPAND, Advice.WIND_DOWN, Advice.WATCH, Advice.HOLD)
DECISIONS = frozenset(URGENCY[:4])
HAPPENED = {
    "opened": "opened",
    "discovered": "found among reports that stood alone",
    "joined": "took in",
    "merged": "went into",
    "split": "lost reports to",
    "parted": "began with reports of",
    "revived": "heard of again",
    "closed": "closed",
    "retitled": "title changed",
    "told": "summary now says",
    "untold": "summary no longer says",
    "ruled": "a person ruled",
    "unruled": "a ruling was taken back",
}
FEW_SETTLED = 20
UNNAMED = {"joined": "reports that stood alone", "parted": "those that stood alone", "merged": "another situation", "split": "another situation"}
QUESTIONS = {
    GoQuestion.INFLUENCE: "Can we influence it?",
    GoQuestion.CONSISTENT: "Are partners consistent enough?",
    GoQuestion.CRITICAL_MASS: "Is there critical mass?",
    GoQuestion.VALUE: "Do we add value?",
    GoQuestion.SPREAD: "Do we spread too thin?",
}
FINDINGS = {
    Finding.SHIFT: "another obstacle leads",
    Finding.NO_PROGRESS: "no progress, the obstacle is the same",
    Finding.SEVERAL: "several obstacles at once",
    Finding.WEAK_SIGNAL: "a weak signal",
    Finding.FALLEN: "what stood in the way has fallen",
}
VERDICTS = {Verdict.ACCEPT: "accepted", Verdict.REJECT: "rejected", Verdict.DEFER: "put off"}
MARKS = {True: "\u2713", False: "\u2717", None: "?"}
QUOTED = frozenset({"retitled", "told", "untold"})
READING = (
    (
        "Independent origins are texts that do not repeat one another; several of them may still tell of one and the same statement. "
        "Carriers are the reports that tell them; a later edition of a report is not counted again."
    ),
    (
        "Figures of partners, governments, the UN and media stand side by side and are never merged: from the lowest to the highest that each stated last, "
        "whatever the place; figures for different places are not added up."
    ),
    (
        "A code such as B2 grades what is quoted: the letter its source, from A (completely reliable) to E (unreliable), the number the report, from "
        "1 (confirmed) to 5 (improbable); F and 6 could not be judged yet. Both are computed from history, that is from what independent origins "
        "confirmed and contradicted so far, and never given by reporters."
    ),
    "A sentence names up to four of the reports that it rests on; one with figures up to four for each class of sources.",
    (
        "Confidence says how much evidence there is: high from eight origins of three kinds of source, moderate from four of two kinds, else low; for a "
        "suggestion one degree less each where few voices speak often, where others say the contrary, and where it is seldom said plainly."
    ),
    "Go or no go: \u2713 speaks for going ahead, \u2717 against it, ? cannot be told from what is known. All five are computed, none is asked of anybody.",
    "How likely a suggestion is said to be has not been measured against outcomes yet. Forecasts count reports, not what happens on the ground.",
)


def day(when: datetime) -> str:
    """Word a date: 30 April 2014."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def counted(number: int, noun: str) -> str:
    """Word a count with its noun in the right number: no reports, 1 report, 3 reports."""
    return f"{number:,} {noun}" if number == 1 else f"{f'{number:,}' if number else 'no'} {noun}s"


def listed(parts: Sequence[str]) -> str:
    """Join words as English does: a, b and c."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def percent(probability: float) -> str:
    """Word a probability as a whole percentage; only exact certainty is worded as 0 or 100. The space does not break."""
    rounded = round(probability * 100)
    if rounded == 0 and probability > 0:
        return "under 1\u00a0%"
    if rounded == 100 and probability < 1:
        return "over 99\u00a0%"
    return f"{rounded}\u00a0%"


def chance(word: str, probability: float) -> str:
    """Word a probability in words and number: likely (70 %)."""
    return f"{word} ({percent(probability)})"


def plain(code: str) -> str:
    """Word an identifier of the vocabulary: government_denial -> government denial."""
    return code.replace("_", " ")


def obstacles(names: Sequence[Obstacle]) -> str:
    """Word obstacles in the order given, as nouns: legal constraints and lack of funding. Nothing for none."""
    return listed([OBSTACLES[name] for name in names]) if names else ""


def confidence(origins: int, source_kinds: int) -> str:
    """Word how much evidence there is, from independent origins and kinds of source alone."""
    if origins >= 8 and source_kinds >= 3:
        return "high"
    return "moderate" if origins >= 4 and source_kinds >= 2 else "low"


def flips(reports: int) -> str:
    """Word how few reports a suggestion hangs on."""
    return f"Without {reports:,} of the reports that bear it too little is left to act on"


def other_team(names: Sequence[str], shared: Sequence[str]) -> str:
    """Word another team that covers as much; `shared` are the names in it that are proposed as well."""
    same = f" ({listed(shared)} as proposed)" if shared else ""
    return f"{listed(names)}{same}"


def verdict(decided: Verdict, until: datetime | None) -> str:
    """Word what was decided: accepted; put off until 3 June 2014."""
    return f"{VERDICTS[decided]} until {day(until)}" if decided is Verdict.DEFER and until else VERDICTS[decided]


def counted_kind(one: FigureRange) -> str:
    """Word what is counted, and in which unit unless that is people: Killed, Displaced (families)."""
    return FIGURES[one.kind] if one.unit in {"", "people"} else f"{FIGURES[one.kind]} ({one.unit})"


def span(one: FigureRange) -> str:
    """Word the figures of a range: 12 to 15, 4, up to 9, 40 or more."""
    if one.high is None:
        return f"{figure(one.low)} or more"
    if one.low == one.high:
        return figure(one.low)
    return f"{figure(one.low)} to {figure(one.high)}" if one.low > 0 else f"up to {figure(one.high)}"


def figure(number: float) -> str:
    """Word a number with its thousands set apart, and no more decimals than it has: 1,200, 2.5."""
    return f"{number:,.2f}".rstrip("0").rstrip(".")


def figure_range(one: FigureRange) -> str:
    """Word who says which figures and how well they are borne: partners 12 to 15 (2 independent origins, 3 carriers)."""
    return f"{CLASSES[one.said_by]} {span(one)} ({one.heard})"


def place(mark: PlaceCount) -> str:
    """Word a place, with what it may be instead where that is not certain."""
    if mark.certain:
        return mark.place.name
    return f"place uncertain: {mark.place.name}" + (f" or {other(mark)}" if mark.runner_up else "")


def other(mark: PlaceCount) -> str:
    """Word the runner-up of an uncertain place, with its country where the names alone do not tell the two apart."""
    found = mark.runner_up or mark.place
    where = found.admin1 if found.country == mark.place.country else found.country
    return f"{found.name} ({where})" if found.name == mark.place.name and where else found.name


def interval90(forecast: Forecast) -> str:
    """Word the wide interval: 2 to 9 reports (90 % interval)."""
    return f"{forecast.low90:,} to {forecast.high90:,} {noun_of(forecast)}s (90\u00a0% interval)"


def interval50(forecast: Forecast) -> str:
    """Word the narrow interval: 4 to 6 (50 % interval), 0 (50 % interval)."""
    inner = f"{forecast.low50:,} to {forecast.high50:,}" if forecast.low50 < forecast.high50 else f"{forecast.low50:,}"
    return f"{inner} (50\u00a0% interval)"


def noun_of(forecast: Forecast) -> str:
    """Word what a forecast counts, in the singular."""
    return "independent origin" if forecast.metric == "origins" else forecast.metric.removesuffix("s")


def threshold(forecast: Forecast) -> str:
    """Word the statement's threshold: at least 5 reports."""
    return f"at least {counted(forecast.threshold, noun_of(forecast))}"


def horizon(forecast: Forecast) -> int:
    """Return the forecast's window in whole days."""
    return round((forecast.deadline - forecast.issued_at).total_seconds() / 86_400)


def record(board: Scoreboard) -> str:
    """Word how the forecasts that fell due did, beside what the same probability said each time would have scored."""
    share = board.came_true / board.due
    always = f"always saying {percent(share)} would have scored {share * (1 - share):.3f}"
    return f"{board.due:,} fell due, {board.came_true:,} came true; mean Brier score {board.brier} (0 is perfect; {always})."


def statements(told: Record) -> str:
    """Word how statements did, beside always saying how often each kind of them comes true."""
    waiting = f"{counted(told.open, 'statement')} {'is' if told.open == 1 else 'are'} open, {told.void:,} void by rule"
    if told.brier is None:
        return f"{waiting}; none has come true or failed to yet."
    score = f"mean Brier score {told.brier} (0 is perfect; always saying how often each kind comes true would have scored {told.usual})"
    early = " Too few have been settled to judge by." if told.settled < FEW_SETTLED else ""
    return f"Of {counted(told.settled, 'statement')} that settled, {told.came_true:,} came true; {score}. {waiting}.{early}"


def visible(text: str) -> str:
    """Return a text without control characters and direction marks, for places where no markup can isolate it."""
    return "".join(character for character in text if character in "\n\t\u200c\u200d" or unicodedata.category(character) not in {"Cc", "Cf", "Cs"})


def happened(kind: str, detail: str = "", other: str = "", title: str = "") -> str:
    """Word one line of a situation's history; `other` is the situation it names, `title` that one's title where it has one today."""
    words = HAPPENED.get(kind, plain(kind))
    if kind in {"told", "untold"}:
        return f"{words}: “{detail}”" if detail else words
    name = f"“{title}” ({other})" if title else other or UNNAMED.get(kind, "")
    words += " about" if name and kind in {"ruled", "unruled"} else ""
    said = f"{words} {name}" if name else words
    return f"{said}: {detail}" if detail and detail != other else said


def alone(reports: int) -> str:
    """Word how many reports belong to no situation: they are counted, not shown."""
    said = f"{counted(reports, 'report')} about nothing that others speak of {'stays' if reports == 1 else 'stay'} ungrouped."
    return said[:1].upper() + said[1:]
