"""A readers' copy with one theory of change: a ferry that runs if its pier is mended and its licence renewed; one report is TLP:RED."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from coalition.weigh import weeks, weigh
from store.records import TLP, Bearing, Channel, Condition, Objective, Obstacle, Report, Sign, SourceKind
from store.snapshot import publish
from store.warehouse import Warehouse

START = datetime(2031, 3, 3, 9, tzinfo=UTC)
NOW = datetime(2031, 4, 14, tzinfo=UTC)
SECRET = "zanzaquil"
FERRY = Objective(
    id="ferry",
    statement="The ferry to Delgany runs again.",
    conditions=(
        Condition(
            id="pier",
            statement="The pier is mended",
            decider="Harbour Board",
            signs=(Sign(statement="Planks are laid", by=date(2031, 4, 1)),),
            obstacles=(Obstacle.LOGISTICS,),
        ),
        Condition(id="licence", statement="The licence is renewed", obstacles=(Obstacle.LEGAL,)),
        Condition(id="sails", statement="The ferry sails", needs=("pier", "licence")),
    ),
)
VOICES = (("Dock Watch", SourceKind.NGO), ("Morning Tide", SourceKind.NEWS), ("Aid Office", SourceKind.UN), ("Net Menders", SourceKind.PARTNER))
SAID = (
    ("pier", -0.9, "The pier lies broken and no timber has come."),
    ("pier", -0.8, "Nobody has laid a plank on the pier."),
    ("pier", -0.7, "Work on the pier has stopped for want of timber."),
    ("pier", -0.9, f"The pier was sold off by {SECRET} himself."),
    ("licence", 0.8, "The licence was renewed on Monday."),
    ("licence", 0.7, "Officials confirm the new licence."),
    ("sails", -0.8, "No ferry has sailed since March."),
    ("sails", -0.8, "Boats stay in the harbour and people row."),
    ("sails", -0.7, "Passengers wait in vain for the ferry."),
    ("pier", 0.4, "A load of timber for the pier was announced."),
)


def report(number: int) -> Report:
    source, kind = VOICES[number % 4]
    at = START + timedelta(days=20 + number)
    secret = SECRET in SAID[number][2]
    return Report(
        id=f"r{number}",
        channel=Channel.PARTNER,
        source=source,
        source_kind=kind,
        key=f"r{number}",
        at=at,
        received_at=at,
        text=SAID[number][2],
        sensitivity=TLP.RED if secret else TLP.GREEN,
    )


def bearing(number: int) -> Bearing:
    condition, lean, sentence = SAID[number]
    told = report(number)
    return Bearing(
        objective_id="ferry",
        condition_id=condition,
        report_id=told.id,
        at=told.at,
        origin_id=told.id,
        voice=told.voice,
        source_kind=told.source_kind,
        lean=lean,
        sentence=sentence,
    )


def fill(house: Warehouse) -> None:
    """Put the history and how it is weighed into a warehouse."""
    house.put_objectives([FERRY, Objective(id="idle", statement="Nothing is asked.", conditions=(Condition(id="c1", statement="Nothing happens"),))])
    house.add_reports([report(number) for number in range(len(SAID))], 1)
    ids = [f"r{number}" for number in range(len(SAID))]
    house.put_bearings("ferry", "basis", ids, [bearing(number) for number in range(len(SAID))])
    for open_ in (False, True):
        said = house.bearings("ferry", START, NOW, open_=open_)
        house.put_standings(weigh(FERRY, said, {}, NOW), open_=open_)
        house.put_condition_weeks("ferry", weeks(FERRY, said, {}, NOW), open_=open_)


def ferry(path: Path) -> None:
    """Publish the readers' copy."""
    with Warehouse(None) as house:
        fill(house)
        publish(house, path)
