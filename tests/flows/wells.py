"""A readers' copy to look at: a well that ran dry, told by eight voices over three months, with two other situations, one of them gone, and some noise."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from store.records import (
    TLP,
    Channel,
    Credibility,
    FigureKind,
    FigureReading,
    Forecast,
    Move,
    Origin,
    Place,
    Reading,
    Reliability,
    Report,
    ReportGrade,
    Ruling,
    RulingKind,
    Sentence,
    Situation,
    SituationEvent,
    SourceClass,
    SourceGrade,
    SourceKind,
    Toponym,
    Trend,
)
from store.snapshot import Snapshot, publish
from store.warehouse import Warehouse
from tests.reports.builder import PLACES as NAMED
from tests.reports.builder import VOICES as FIVE

START = datetime(2031, 2, 1, 8, tzinfo=UTC)
NOW = START + timedelta(days=90)
VOICES = (*FIVE, ("Delgany Courier", SourceKind.NEWS), ("Nurses of the North", SourceKind.PARTNER), ("Kestrel blog", SourceKind.BLOG))
PLACES = (*NAMED[:2], Place(id="gn:3", name="Delgany", country="KE", lat=0.5, lon=35.3))
HELD = {SourceKind.GOVERNMENT: SourceClass.GOVERNMENT, SourceKind.NEWS: SourceClass.MEDIA, SourceKind.UN: SourceClass.UN}


def rid(number: int) -> str:
    return f"r{'abcdefghijklmnop'[number % 16]}{'abcdefghijklmnop'[number // 16]}" + "a" * 13


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def report(number: int, at: float, about: str = "pump", mark: TLP = TLP.GREEN) -> Report:
    name, kind = VOICES[number % len(VOICES)]
    place = PLACES[number % len(PLACES)]
    title = f"The {about} at {place.name}"
    text = f"The {about} at {place.name} stopped again. {20 + number} people left for the river on the next morning. Nobody has said when a crew will come."
    return Report(
        id=rid(number),
        channel=Channel.PARTNER,
        source=name,
        source_kind=kind,
        key=f"k{number}",
        at=day(at),
        received_at=day(at),
        text=text,
        title=title,
        language="en",
        sensitivity=mark,
        url="https://example.org/1" if number % 2 else "",
    )


def reading(of: Report, number: int) -> Reading:
    place = PLACES[number % len(PLACES)]
    start = of.words.index(place.name)
    toponym = Toponym(start=start, end=start + len(place.name), text=place.name, place=place, probability=0.9)
    said_by = HELD.get(of.source_kind, SourceClass.PARTNER)
    figure = FigureReading(
        start=0, end=1, text="?", kind=FigureKind.DISPLACED, low=20.0 + number, high=None if number == 5 else 25.0 + number, unit="people", said_by=said_by,
        place_id=place.id, first=date(2031, 2, 1),
    )  # fmt: skip
    return Reading(report_id=of.id, language="en", mentions=(), toponyms=(toponym,), obstacles=(), models=(), figures=(figure,))


def situation(id_: str, title: str, reports: Sequence[Report], trend: Trend) -> Situation:
    ids = tuple(one.id for one in reports)
    first, last = reports[0].at, reports[-1].at
    return Situation(id=id_, title=title, report_ids=ids, place_ids=("gn:1",), first_at=first, last_at=last, origins=len(ids), trend=trend)


def line(id_: str, at: float, kind: str, detail: str = "", other: str = "", ids: tuple[str, ...] = ()) -> SituationEvent:
    return SituationEvent(situation_id=id_, at=day(at), kind=kind, detail=detail, other=other, report_ids=ids)


def wells(path: Path, updates: int = 6) -> Snapshot:
    """Publish reports 0 to 29 in s-wells (20 to 24 came from s-ferry), 7, 8 and 30 to 33 in s-strike, 34 alone, 35 in dismissed s-noise.

    `updates` lines of what entered and left the summary; report 29 is red, 28 repeats 27, and 2 is a later edition of 1.
    """
    with Warehouse(None) as house:
        fill(house, updates)
        publish(house, path)
    return Snapshot(path)


def fill(house: Warehouse, updates: int) -> None:
    """Put it all on the shelves."""
    main = [report(n, 3.1 * n, mark=TLP.RED if n == 29 else TLP.AMBER if n == 4 else TLP.GREEN) for n in range(30)]
    strike = [report(n, 60 + n - 30, "school") for n in range(30, 34)]
    others = [report(34, 70, "market"), report(35, 71, "lottery")]
    house.add_reports([*main, *strike, *others], cursor=40)
    house.add_readings([reading(one, n) for n, one in enumerate([*main, *strike, *others])], [])
    origins = (Origin(id=rid(27), report_ids=(rid(27), rid(28))), Origin(id=rid(1), report_ids=(rid(1), rid(2)), revisions=((rid(2), rid(1)),)))
    house.put_origins(origins)
    house.put_situations(_moves(main, strike, others), _history(updates))
    house.save_situations(_situations(main, strike, others), NOW)
    house.put_rulings([Ruling(id="g1", at=day(81), by="amina", kind=RulingKind.LOCK, situation_id="s-wells", report_ids=(rid(1),), reason="one cause")])
    house.append_forecasts([_forecast()])
    house.put_source_grades([SourceGrade(source=VOICES[0][0], at=day(1), letter=Reliability.B, confirmed=8, contradicted=1, reason="8 of 9")])
    house.put_report_grades([ReportGrade(report_id=rid(8), number=Credibility.CONFIRMED, reason="three origins agree")])


def _moves(main: list[Report], strike: list[Report], others: list[Report]) -> list[Move]:
    first = {one.id: "s-ferry" if 20 <= n < 25 else "s-wells" for n, one in enumerate(main)}
    moved = [Move(report_id=one.id, at=one.at, situation_id=first[one.id]) for one in main]
    moved += [Move(report_id=rid(n), at=day(78), situation_id="s-wells") for n in range(20, 25)]
    moved += [Move(report_id=one, at=day(60), situation_id="s-strike") for one in (rid(7), rid(8))]
    moved += [Move(report_id=one.id, at=one.at, situation_id="s-strike") for one in strike]
    lone = Move(report_id=others[0].id, at=others[0].at, situation_id="")
    return [*moved, lone, Move(report_id=others[1].id, at=others[1].at, situation_id="s-noise")]


def _history(updates: int) -> list[SituationEvent]:
    told = [line("s-wells", 5 + n, ("told", "untold")[n % 2], f"{20 + n // 2} people left.", ids=(rid(n // 2),)) for n in range(updates)]
    return [
        line("s-wells", 0, "opened", "2 reports"),
        *told,
        line("s-wells", 60, "split", "", "s-strike", (rid(7), rid(8))),
        line("s-strike", 60, "parted", "", "s-wells", (rid(7), rid(8))),
        line("s-ferry", 62, "discovered", "3 reports"),
        line("s-wells", 70, "closed"),
        line("s-wells", 76, "revived"),
        line("s-wells", 78, "joined", "", "s-ferry"),
        line("s-ferry", 78, "merged", "", "s-wells"),
        line("s-wells", 80, "retitled", "Pumps → The pump at Kestrel Bridge", ids=(rid(0),)),
        replace(line("s-wells", 81, "ruled", "locked"), by="amina"),
    ]


def _situations(main: list[Report], strike: list[Report], others: list[Report]) -> list[Situation]:
    said = [(f"{20 + n} people left for the river on the next morning.", (rid(n), rid(n + 1))) for n in (12, 17, 26)]
    summary = tuple(Sentence(text=text, report_ids=ids, quote=True) for text, ids in said)
    wells = situation("s-wells", "The pump at Kestrel Bridge", main, Trend.GROWING)
    return [
        replace(wells, reason="3 independent origins in the last week, after 2 in the week before", title_id=rid(0), summary=summary, locked=True),
        replace(situation("s-strike", "The school at Delgany", strike, Trend.FADING), reason="nobody spoke in the last week, 2 in the week before"),
        replace(situation("s-noise", "Lottery", others[1:], Trend.EMERGING), dismissed=True),
    ]


def _forecast() -> Forecast:
    return Forecast(
        id="f1", situation_id="s-wells", metric="reports", issued_at=NOW, deadline=NOW + timedelta(days=7), mean=3.0, low90=0, low50=2, high50=4, high90=7,
        threshold=3, probability=0.55, statement="at least 3 reports", evidence=(rid(27),),
    )  # fmt: skip
