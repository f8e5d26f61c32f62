"""Made-up material for the tests of reports: a flood, an outbreak and a strike, in texts written for these tests."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from flows.scores import record
from nlp.figures.ranges import ranges
from nlp.situate.evidence import evidence
from nlp.situate.summary import summarise
from reports.material import Material, Previous
from store.cards import Card, Confidence, Finding, GoAnswer, GoNoGo, GoQuestion, NearMiss, OtherTeam
from store.forecasts import Kind, Scored
from store.opt_in import Decision, Verdict
from store.records import (
    TLP,
    Advice,
    Channel,
    Condition,
    Credibility,
    FigureKind,
    FigureRange,
    FigureReading,
    Forecast,
    Member,
    MixWeek,
    Objective,
    Obstacle,
    Partner,
    Place,
    Precision,
    Reading,
    Reliability,
    Report,
    ReportGrade,
    Resolution,
    Sentence,
    Situation,
    SourceClass,
    SourceGrade,
    SourceKind,
    Suggestion,
    Toponym,
    Trend,
)

NOW = datetime(2031, 5, 20, 18, tzinfo=UTC)
VOICES = (
    ("Ostmark Water Watch", SourceKind.NGO),
    ("Radio Delgany", SourceKind.NEWS),
    ("Ministry of Health", SourceKind.GOVERNMENT),
    ("partner-7f3a9c21", SourceKind.PARTNER),
    ("River Authority", SourceKind.UN),
)
PLACES = (
    Place(id="gn:1", name="Kestrel Bridge", country="KE", lat=-1.2, lon=36.8),
    Place(id="gn:2", name="Marlow Ferry", country="KE", lat=-0.4, lon=37.9, precision=Precision.DISTRICT),
    Place(id="gn:3", name="مدينة الضفة", country="SD", lat=4.8, lon=31.6, precision=Precision.REGION),
    Place(id="gn:4", name="Oslofjell", country="NO", lat=59.9, lon=10.7),
)
NAMESAKE = Place(id="gn:5", name="Oslofjell", country="SE", lat=59.1, lon=12.2)
SUBJECTS = ("The dam gate at {place}", "The clinic in {place}", "The road through {place}", "A pump crew from {place}", "The pickets outside {place}")
ACTS = (
    "was closed after {n} families left on {day} May.",
    "treated {n} patients with cholera, the duty nurse said.",
    "has been under water for {n} days.",
    "asked for {n} tonnes of chlorine before the weekend!",
    "did not open, although Dr. Amina Weld had promised 3.5 km of dry track.",
    "سجل {n} حالة جديدة اليوم.",
)


def likelihood(probability: float) -> str:
    """Word a probability as ICD 203 does."""
    terms = ((0.05, "almost no chance"), (0.2, "very unlikely"), (0.45, "unlikely"), (0.55, "roughly even chance"), (0.8, "likely"), (0.95, "very likely"))
    return next((word for limit, word in terms if probability <= limit), "almost certain")


def report(key: str, at: datetime, text: str, voice: int = 0, **changes: object) -> Report:
    """Make one report."""
    name, kind = VOICES[voice]
    values: dict[str, object] = {
        "id": key,
        "channel": Channel.PARTNER,
        "source": name,
        "source_kind": kind,
        "key": key,
        "at": at,
        "received_at": at,
        "text": text,
        "sensitivity": TLP.GREEN,
        "language": "en",
    }
    return Report(**(values | changes))  # type: ignore[arg-type]


def reading(of: Report, places: Sequence[Place]) -> Reading:
    """Read the places of a report by their names."""
    found = [place for place in places if place.name in of.words]
    spans = [(of.words.index(place.name), place) for place in found]
    toponyms = tuple(toponym(place, at) for at, place in spans)
    return Reading(report_id=of.id, language="en", mentions=(), toponyms=toponyms, obstacles=(), models=())


def toponym(place: Place, at: int = 0) -> Toponym:
    """Resolve a name; Oslofjell may be one of two, and is more likely neither."""
    sure = place.name != NAMESAKE.name
    runner_up = None if sure else NAMESAKE
    return Toponym(start=at, end=at + len(place.name), text=place.name, place=place, probability=0.9 if sure else 0.4, runner_up=runner_up)


def counted(kind: FigureKind, low: float, high: float | None, said_by: SourceClass = SourceClass.PARTNER, unit: str = "people") -> FigureReading:
    """Read one figure."""
    return FigureReading(start=0, end=1, text="?", kind=kind, low=low, high=high, unit=unit, said_by=said_by)


def told_ranges(
    reports: Sequence[Report], readings: Mapping[str, Reading], origin_of: Mapping[str, str], revisions: Mapping[str, str]
) -> tuple[FigureRange, ...]:
    """Span the figures in the reports that may be quoted."""
    return ranges([one for one in reports if one.sensitivity is not TLP.RED], readings, origin_of, revisions)


def _figures(dice: random.Random) -> tuple[FigureReading, ...]:
    kinds = (FigureKind.KILLED, FigureKind.DISPLACED, FigureKind.IN_NEED, FigureKind.INJURED, FigureKind.MONEY)
    drawn = [(dice.choice(kinds), dice.randint(1, 900), dice.random(), dice.choice(list(SourceClass))) for _ in range(dice.randint(0, 3))]
    units = {FigureKind.MONEY: "USD", FigureKind.DISPLACED: "families"}
    return tuple(
        counted(kind, low, None if shape < 0.1 else low + dice.randint(0, 40) if shape < 0.5 else low, said_by, units.get(kind, "people"))
        for kind, low, shape, said_by in drawn
    )


def forecast(key: str, situation: str, issued: datetime, days: int, mean: int = 4, **changes: object) -> Forecast:
    """Make one forecast."""
    values: dict[str, object] = {
        "id": key,
        "situation_id": situation,
        "metric": "reports",
        "issued_at": issued,
        "deadline": issued + timedelta(days=days),
        "mean": float(mean),
        "low90": max(0, mean - 3),
        "low50": max(0, mean - 1),
        "high50": mean + 2,
        "high90": mean + 6,
        "threshold": mean,
        "probability": 0.62,
        "statement": "as worded elsewhere",
    }
    return Forecast(**(values | changes))  # type: ignore[arg-type]


def sample(seed: int = 7, situations: int = 4, size: int = 12) -> Material:
    """Make a full material from a seed: every part of a brief has something to tell."""
    dice = random.Random(seed)
    reports = [one for number in range(situations) for one in _reports(dice, number, dice.randint(2, size))]
    groups = {f"s{number}": [one for one in reports if one.id.startswith(f"r{number}-")] for number in range(situations)}
    told = tuple(_situation(key, members, dice) for key, members in groups.items())
    origin_of = {one.id: min(group[0].id, one.id) for group in groups.values() for one in group if dice.random() < 0.3}
    forecasts, resolutions = _forecasts(dice, [each.id for each in told])
    more = random.Random(seed + 1)
    settled = _settled(random.Random(seed + 2))
    readings = {one.id: replace(reading(one, PLACES), figures=_figures(more)) for one in reports}
    revisions = {rid: root for rid, root in origin_of.items() if rid != root and more.random() < 0.3}
    return Material(
        as_of=NOW,
        likelihood=likelihood,
        previous=Previous(id="b-earlier", as_of=NOW - timedelta(days=7), situation_ids=("s0", "s1"), trends={"s0": Trend.STEADY, "s1": Trend.FADING}),
        situations=told,
        reports=tuple(reports),
        readings=readings,
        origin_of=origin_of,
        revisions=revisions,
        ranges={key: told_ranges(group, readings, origin_of, revisions) for key, group in groups.items()},
        source_grades=tuple(_grade(more, name, days) for name, _ in VOICES[:4] for days in (40, 3, -2)),
        report_grades={
            one.id: ReportGrade(report_id=one.id, number=more.choice(list(Credibility)), reason="r-red says so too") for one in reports if more.random() < 0.7
        },
        forecasts=forecasts,
        resolutions=resolutions,
        settled=settled,
        record=record(settled, 7, 1),
        suggestions=(suggestion([one.id for one in reports[:5]], [reports[-1].id]),),
        cards={"g1": card("g1", [one.id for one in reports[:3]])},
        decided=decided([one.id for one in reports[:5]]),
        objectives=(objective(),),
        partners=partners(),
        mix=_mix(dice),
        degraded=("The encoder multilingual-e5-small is missing: situations are grouped by words alone.",),
        totals={"quarantined": 3, "ungrouped": 11},
    )


def _settled(dice: random.Random) -> tuple[Scored, ...]:
    held = [dice.random() for _ in range(60)]
    kinds = (Kind.REPORTS, Kind.PLACE, Kind.CONDITION)
    return tuple(Scored(probability=held_, came_true=dice.random() < held_, kind=dice.choice(kinds), subject="s0", days=7) for held_ in held)


def _grade(dice: random.Random, source: str, days: int) -> SourceGrade:
    letter, confirmed, contradicted = dice.choice(list(Reliability)), dice.randint(0, 9), dice.randint(0, 3)
    return SourceGrade(source=source, at=NOW - timedelta(days=days), letter=letter, confirmed=confirmed, contradicted=contradicted, reason="r-red says so too")


def _reports(dice: random.Random, number: int, size: int) -> list[Report]:
    made = []
    for index in range(size):
        place, other = dice.sample(PLACES, 2)
        lines = [
            dice.choice(SUBJECTS).format(place=place.name) + " " + dice.choice(ACTS).format(n=dice.randint(2, 900), day=dice.randint(1, 20)) for _ in range(3)
        ]
        at = NOW - timedelta(hours=dice.randint(1, 24 * 40))
        mark = TLP.RED if dice.random() < 0.1 and index else dice.choice((TLP.CLEAR, TLP.GREEN, TLP.AMBER))
        text = dice.choice((" ", "\n", "  \n ")).join(lines)
        made.append(report(f"r{number}-{index:02}", at, text, dice.randrange(len(VOICES)), title=f"News from {other.name}", sensitivity=mark))
    return sorted(made, key=lambda one: (one.at, one.id))


def _situation(key: str, members: list[Report], dice: random.Random) -> Situation:
    return Situation(
        id=key,
        title=dice.choice(("Flood at Kestrel Bridge", "Cholera, Marlow Ferry", "the pickets and the pumps", "Dam gate")),
        report_ids=tuple(one.id for one in members),
        place_ids=tuple(place.id for place in PLACES),
        first_at=members[0].at,
        last_at=members[-1].at,
        origins=len(members),
        trend=dice.choice(list(Trend)),
        reason="three voices in a week",
        keywords=("dam",),
        summary=quoted(members),
    )


def quoted(members: Sequence[Report]) -> tuple[Sentence, ...]:
    """Choose the summary of a situation of these reports."""
    return summarise(evidence([one for one in members if one.sensitivity is not TLP.RED], {}, {}))


def _forecasts(dice: random.Random, keys: Sequence[str]) -> tuple[tuple[Forecast, ...], tuple[Resolution, ...]]:
    fresh = [
        forecast(f"f-{key}-{metric}-{days}", key, NOW, days, dice.randint(1, 9), metric=metric, probability=round(dice.random(), 2))
        for key in keys
        for metric in ("reports", "origins")
        for days in (7, 14)
    ]
    past = [forecast(f"p-{key}-{days}", key, NOW - timedelta(days=days), days - 1, 3, probability=0.7) for key in keys for days in (8, 15)]
    closed = [
        Resolution(forecast_id=each.id, resolved_at=each.deadline, observed=dice.randint(0, 9), came_true=dice.random() < 0.6, brier=round(dice.random(), 4))
        for each in past
    ]
    return (*fresh, *past), tuple(closed)


def suggestion(evidence: Sequence[str], against: Sequence[str], **changes: object) -> Suggestion:
    """Make one suggestion."""
    values: dict[str, object] = {
        "id": "g1",
        "objective_id": "o1",
        "kind": Advice.NEW_COALITION,
        "issued_at": NOW,
        "obstacle_before": (Obstacle.LOGISTICS,),
        "obstacle_after": (Obstacle.LEGAL, Obstacle.POLITICAL_WILL),
        "since": datetime(2031, 5, 2, tzinfo=UTC),
        "probability": 0.71,
        "evidence": tuple(evidence),
        "origins": 5,
        "source_kinds": 3,
        "against": tuple(against),
        "against_why": "The River Authority still calls the delay a matter of pumps.",
        "would_change": "A signed order that opens the dam gate.",
        "required_strengths": ("water_law", "mediation", "press"),
        "missing_strengths": ("water_law", "mediation"),
        "uncovered_strengths": ("mediation",),
        "members": (Member(partner_id="P7", name="Brackwater Jurists", covers=("water_law",), reason="nobody else brings water law"),),
        "reason": "Independent voices now name the law.",
    }
    return Suggestion(**(values | changes))  # type: ignore[arg-type]


def card(suggestion_id: str, flips: Sequence[str], **changes: object) -> Card:
    """Make the card of a suggestion."""
    answers = (
        (GoQuestion.INFLUENCE, GoAnswer.YES, "What weighs most is there; no open condition names who decides."),
        (GoQuestion.CONSISTENT, GoAnswer.UNKNOWN, "Too few speak of it to tell."),
        (GoQuestion.CRITICAL_MASS, GoAnswer.NO, "Not covered: mediation."),
        (GoQuestion.VALUE, GoAnswer.YES, "Those proposed add water law."),
        (GoQuestion.SPREAD, GoAnswer.NO, "Most of those who would act carry little now."),
    )
    values: dict[str, object] = {
        "suggestion_id": suggestion_id,
        "confidence": Confidence.MODERATE,
        "confidence_why": "others say the contrary",
        "expires_at": NOW + timedelta(days=28),
        "finding": Finding.SHIFT,
        "questions": tuple(GoNoGo(question=question, answer=answer, reason=reason) for question, answer, reason in answers),
        "alternatives": (OtherTeam(members=(member("P7"), member("P9")), shared=("P7",)), OtherTeam(members=(member("P9"),), shared=())),
        "left_out": (NearMiss(partner_id="P9", name="Harbour Medics", why="not needed", strengths=("medical",), reason="Not needed, others bring it."),),
        "flips": tuple(flips),
    }
    return Card(**(values | changes))  # type: ignore[arg-type]


def member(partner_id: str) -> Member:
    """Make a member of one of the partners."""
    found = next(one for one in partners() if one.id == partner_id)
    return Member(partner_id=found.id, name=found.name, covers=found.strengths, reason="brings it")


def decided(evidence: Sequence[str]) -> tuple[tuple[Suggestion, Decision], ...]:
    """Make two decisions on earlier suggestions, the latest first."""
    earlier = suggestion(evidence, (), id="g0", kind=Advice.EXPAND, issued_at=NOW - timedelta(days=20))
    first = suggestion(evidence, (), id="g-1", kind=Advice.WATCH, issued_at=NOW - timedelta(days=21))
    put_off = Decision(id="v2", at=NOW - timedelta(days=3), by="Desk", suggestion_id="g-1", verdict=Verdict.DEFER, until=NOW + timedelta(days=14))
    return (first, put_off), (earlier, Decision(id="v1", at=NOW - timedelta(days=9), by="Desk", suggestion_id="g0", verdict=Verdict.ACCEPT, reason="Seen."))


def objective() -> Objective:
    """Make the objective of the samples."""
    condition = Condition(id="c1", statement="The gate is opened", strengths=("water_law",))
    return Objective(id="o1", statement="Clean water reaches every family below the dam.", conditions=(condition,), members=("P1",), strengths=("press",))


def partners() -> tuple[Partner, ...]:
    """Make the partners of the samples."""
    return (
        Partner(id="P1", name="Delgany Press Circle", strengths=("press",), countries=("KE",)),
        Partner(id="P7", name="Brackwater Jurists", strengths=("water_law",)),
        Partner(id="P9", name="Harbour Medics", strengths=("medical",)),
    )


def _mix(dice: random.Random) -> tuple[MixWeek, ...]:
    kinds = (Obstacle.LOGISTICS, Obstacle.LEGAL, Obstacle.POLITICAL_WILL, Obstacle.FUNDING)
    weeks = [NOW - timedelta(days=7 * back, hours=18) for back in range(8, 0, -1)]
    return tuple(
        MixWeek(objective_id="o1", week=week, weights=tuple((kind, round(dice.random() * 3, 2)) for kind in kinds), origins=dice.randint(1, 7))
        for week in weeks
    )
