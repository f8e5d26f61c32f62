"""Records for the tests of the store: small, valid, and different where it matters."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from store.cards import Card, Confidence, Finding, GoAnswer, GoNoGo, GoQuestion, NearMiss, OtherTeam
from store.records import (
    TLP,
    Advice,
    Attachment,
    Channel,
    Condition,
    Correction,
    Credibility,
    DateReading,
    Embedding,
    Figure,
    FigureKind,
    FigureReading,
    Forecast,
    Member,
    Mention,
    MixWeek,
    Move,
    NameLink,
    Objective,
    Obstacle,
    ObstacleReading,
    ObstacleState,
    Origin,
    Partner,
    Place,
    Precision,
    Reading,
    Reliability,
    Report,
    ReportGrade,
    Resolution,
    Ruling,
    RulingKind,
    Sentence,
    Situation,
    SituationEvent,
    SourceClass,
    SourceGrade,
    SourceKind,
    Subject,
    Submission,
    Suggestion,
    Toponym,
    Trend,
)
from store.told import Brief, Record, Scoreboard, SituationCard

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def hours(count: float) -> datetime:
    return NOON + timedelta(hours=count)


def rid(name: str) -> str:
    """A report id that looks like a real one."""
    return "r" + name.rjust(15, "a")


def submission(key: str = "1", text: str = "The well at Asmara road is dry.", source: str = "wells", sender: str = "") -> Submission:
    return Submission(channel=Channel.PARTNER, source=source, source_kind=SourceKind.NGO, key=key, text=text, sender=sender)


def full_submission() -> Submission:
    return Submission(
        channel=Channel.MAIL,
        source="partner-7f3a9c21",
        source_kind=SourceKind.PARTNER,
        key="<m1>",
        text="نزح ٣٠٠ شخص\n300 people left.",
        title="Flood",
        occurred_at=datetime(2026, 3, 1, 15, 30, 0, 123456, tzinfo=UTC),
        place="Khartoum",
        lat=15.5,
        lon=32.56,
        language="ar",
        confidence="fairly sure",
        sensitivity=TLP.GREEN,
        figures=(Figure(kind="displaced", number=300.0, unit="people"),),
        url="https://example.org/1",
        publisher="River Watch",
        attachments=(Attachment(name="a.pdf", media_type="application/pdf", size=10, sha256="ab" * 32, text="annex"),),
        sender="amina@example.org",
    )


def report(name: str, at: float = 0, sensitivity: TLP = TLP.AMBER, text: str = "", channel: Channel = Channel.PARTNER) -> Report:
    return Report(
        id=rid(name),
        channel=channel,
        source="wells",
        source_kind=SourceKind.NGO,
        key=f"key-{name}",
        at=hours(at),
        received_at=hours(at + 1),
        text=text or f"Report {name}: the well is dry.",
        title=f"Well {name}",
        sensitivity=sensitivity,
        language="en",
        figures=(Figure(kind="wells", number=2.0),),
        attachments=(Attachment(name="photo.jpg", media_type="image/jpeg", size=5, sha256="cd" * 32),),
        content_hash="ef" * 32,
    )


def place(name: str = "Asmara") -> Place:
    return Place(id=f"gn:{name}", name=name, country="ER", lat=15.33, lon=38.93, admin1="Maekel", admin2="Berikh", precision=Precision.TOWN, population=500000)


def reading(name: str, language: str = "ti", where: str = "Asmara") -> Reading:
    return Reading(
        report_id=rid(name),
        language=language,
        mentions=(Mention(start=0, end=4, text="Well", label="FAC"), Mention(start=5, end=6, text="x", label="ORG")),
        toponyms=(Toponym(start=2, end=8, text=where, place=place(where), probability=0.75),),
        obstacles=(
            ObstacleReading(obstacle=Obstacle.LOGISTICS, state=ObstacleState.PRESENT, weight=0.5, sentence=f"Sentence of {name}."),
            ObstacleReading(obstacle=Obstacle.LEGAL, state=ObstacleState.LIFTED, weight=0.25, sentence="The ban has ended."),
        ),
        models=("encoder-1",),
        degraded=("no pipeline for ti",),
        figures=(
            figure(where),
            FigureReading(start=9, end=12, text="30+", kind=FigureKind.MONEY, low=30.0, high=None, unit="ERN", said_by=SourceClass.UN),
        ),
        dates=(DateReading(start=0, end=4, text="from Monday", first=date(2026, 2, 23), last=None),),
    )


def figure(where: str = "Asmara") -> FigureReading:
    return FigureReading(
        start=2,
        end=20,
        text="about 40 herders left",
        kind=FigureKind.DISPLACED,
        low=40.0,
        high=45.5,
        unit="people",
        said_by=SourceClass.GOVERNMENT,
        of="herders",
        about=True,
        place_id=f"gn:{where}",
        first=date(2026, 2, 27),
        last=date(2026, 2, 28),
    )


def name_link(name: str, number: int = 1, name_id: str = "n1", canonical: str = "X Relief") -> NameLink:
    return NameLink(report_id=rid(name), number=number, name_id=name_id, canonical=canonical, reason=f"initials of {canonical}")


def source_grade(source: str = "wells", at: float = 0, letter: Reliability = Reliability.B, reason: str = "8 of 9 confirmed") -> SourceGrade:
    return SourceGrade(source=source, at=hours(at), letter=letter, confirmed=8, contradicted=1, reason=reason)


def report_grade(name: str, number: Credibility = Credibility.PROBABLE, reason: str = "two origins agree") -> ReportGrade:
    return ReportGrade(report_id=rid(name), number=number, reason=reason)


def correction(id_: str = "c1", at: float = 0, text: str = "Asmara", report_id: str = "", undone_at: datetime | None = None) -> Correction:
    return Correction(
        id=id_,
        at=hours(at),
        by="wells",
        subject=Subject.PLACE,
        text=text,
        wrong="gn:Asmara",
        right="gn:Massawa",
        report_id=report_id,
        reason="the street, not the city",
        undone_at=undone_at,
    )


def embedding(name: str, model: str = "encoder-1") -> Embedding:
    return Embedding(report_id=rid(name), model=model, vector=b"\x00\x01\x02\xff" * 4)


def origin(*names: str, revisions: tuple[tuple[str, str], ...] = ()) -> Origin:
    pairs = tuple((rid(later), rid(earlier)) for later, earlier in revisions)
    return Origin(id=rid(names[0]), report_ids=tuple(rid(name) for name in names), reason="same text", revisions=pairs)


def situation(name: str, *reports: Report, places: tuple[str, ...] = ("gn:Asmara",)) -> Situation:
    return Situation(
        id=name,
        title=f"Title of {name}",
        report_ids=tuple(one.id for one in reports),
        place_ids=places,
        first_at=min(one.at for one in reports),
        last_at=max(one.at for one in reports),
        origins=len(reports),
        trend=Trend.GROWING,
        reason="twice as many as the week before",
        keywords=("well", "dry"),
    )


def happening(situation_id: str, kind: str = "opened", at: float = 0, detail: str = "", other: str = "", reports: tuple[str, ...] = ()) -> SituationEvent:
    ids = tuple(rid(name) for name in reports)
    return SituationEvent(situation_id=situation_id, at=hours(at), kind=kind, detail=detail, other=other, report_ids=ids)


def moves(memberships: Mapping[str, str], at: float = 0) -> tuple[Move, ...]:
    return tuple(Move(report_id=report_id, at=hours(at), situation_id=situation_id) for report_id, situation_id in memberships.items())


def ruling(name: str, kind: RulingKind, situation_id: str, reports: tuple[str, ...] = (), other: str = "", others: tuple[str, ...] = ()) -> Ruling:
    ids, other_ids = tuple(rid(one) for one in reports), tuple(rid(one) for one in others)
    return Ruling(id=name, at=hours(6), by="amina", kind=kind, situation_id=situation_id, report_ids=ids, other=other, other_ids=other_ids, reason="seen there")


def objective() -> Objective:
    conditions = (Condition(id="c1", statement="Trucks may pass.", strengths=("logistics", "customs")), Condition(id="c2", statement="There is money."))
    return Objective(id="o1", statement="Water for all", conditions=conditions, members=("p1",), strengths=("logistics",), description="Since 2024.")


def partner(name: str = "p1") -> Partner:
    return Partner(
        id=name,
        name=f"Partner {name}",
        strengths=("law", "logistics"),
        countries=("ER",),
        languages=("ti", "en"),
        time_zone="Africa/Asmara",
        capacity=3,
        away_until=date(2031, 5, 1),
        conflicts=("rival",),
        reach=("port authority",),
    )


def forecast(name: str, at: float = 0, situation_id: str = "s1", evidence: tuple[str, ...] = ()) -> Forecast:
    return Forecast(
        id=name,
        situation_id=situation_id,
        metric="reports",
        issued_at=hours(at),
        deadline=hours(at + 168),
        mean=4.1,
        low90=0,
        low50=2,
        high50=6,
        high90=11,
        threshold=3,
        probability=0.625,
        statement="At least 3 reports.",
        evidence=evidence,
    )


def resolution(name: str, at: float = 168) -> Resolution:
    return Resolution(forecast_id=name, resolved_at=hours(at), observed=4, came_true=True, brier=0.140625)


def suggestion(name: str, at: float = 0, evidence: tuple[str, ...] = (), against: tuple[str, ...] = ()) -> Suggestion:
    return Suggestion(
        id=name,
        objective_id="o1",
        kind=Advice.PIVOT,
        issued_at=hours(at),
        obstacle_before=(Obstacle.LOGISTICS,),
        obstacle_after=(Obstacle.LEGAL, Obstacle.FUNDING),
        since=hours(at - 24),
        probability=0.8,
        evidence=evidence,
        origins=2,
        source_kinds=2,
        against=against,
        against_why="one ministry denies it",
        would_change="a new permit",
        required_strengths=("law",),
        missing_strengths=("law",),
        members=(Member(partner_id="p2", name="Partner p2", covers=("law",), reason="alone brings law"),),
        reason="the ban",
    )


def card(suggestion_id: str, flips: tuple[str, ...] = ()) -> Card:
    other = Member(partner_id="p3", name="Partner p3", covers=("law",), reason="brings law too")
    return Card(
        suggestion_id=suggestion_id,
        confidence=Confidence.MODERATE,
        confidence_why="of one mind and plainly said",
        expires_at=hours(672),
        finding=Finding.SHIFT,
        questions=(GoNoGo(question=GoQuestion.VALUE, answer=GoAnswer.YES, reason="Those proposed add law."),),
        alternatives=(OtherTeam(members=(other,), shared=()),),
        only_team="Only one clearly different team covers as much.",
        left_out=(NearMiss(partner_id="p4", name="Partner p4", why="wrong region", strengths=("law",), reason="Works in NO."),),
        flips=flips,
    )


def mix_week(at: float = 0, logistics: float = 2.0) -> MixWeek:
    return MixWeek(objective_id="o1", week=hours(at), weights=((Obstacle.LOGISTICS, logistics), (Obstacle.LEGAL, 0.5)), origins=3)


def brief(name: str, at: float, reports: tuple[Report, ...], situations: tuple[Situation, ...] = ()) -> Brief:
    lines = tuple(Sentence(text="The well is dry.", report_ids=(one.id,)) for one in reports)
    cards = tuple(SituationCard(situation=one, lines=lines, forecasts=(), places=(), daily=()) for one in situations)
    return Brief(
        id=name,
        as_of=hours(at),
        mark=TLP.AMBER,
        title="Wells",
        previous_id="",
        previous_as_of=None,
        bottom_line=lines[:1],
        changes=(),
        situations=cards,
        suggestions=(),
        scoreboard=Scoreboard(due=0, came_true=0, brier=None),
        record=Record(),
        gaps=lines[-1:],
        sources=(),
        reports=reports,
    )
