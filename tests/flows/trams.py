"""A scene for rulings: seven reports of trams, three situations, published to readers."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from flows.settings import Settings
from flows.wiring import make_home, open_warehouse
from store.records import TLP, Channel, Move, Report, Situation, SourceKind
from store.snapshot import publish

AT = datetime(2031, 4, 1, tzinfo=UTC)
HOMES = {"a1": "A", "a2": "A", "a3": "A", "b1": "B", "b2": "B", "c1": "C", "lone": ""}


def told(id_: str, number: int = 0, mark: TLP = TLP.AMBER) -> Report:
    """A report, said `number` hours after the first."""
    at = AT + timedelta(hours=number)
    return Report(id=id_, channel=Channel.TABLE, source=id_, source_kind=SourceKind.NEWS, key=id_, at=at, received_at=AT, text="Trams stand.", sensitivity=mark)


def show(settings: Settings, homes: Mapping[str, str] = HOMES, red: tuple[str, ...] = ()) -> None:
    """Let readers see which report is in which situation; what is `red` is there and not to be seen."""
    make_home(settings)
    settings.snapshot_path.write_bytes(published(tuple(homes.items()), red))


@cache
def published(homes: tuple[tuple[str, str], ...], red: tuple[str, ...]) -> bytes:
    """Make the readers' copy, each once for all tests."""
    with TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "home")
        publish_in(settings, dict(homes), red)
        return settings.snapshot_path.read_bytes()


def publish_in(settings: Settings, homes: Mapping[str, str], red: tuple[str, ...]) -> None:
    """Fill a warehouse of its own and publish it."""
    with open_warehouse(settings) as warehouse:
        warehouse.add_reports([told(one, mark=TLP.RED if one in red else TLP.AMBER) for one in homes], 1)
        warehouse.put_situations([Move(report_id=one, at=AT, situation_id=home) for one, home in homes.items()], [])
        situations = {home: tuple(one for one in homes if homes[one] == home) for home in homes.values() if home}
        described = [Situation(id=id_, title=id_, report_ids=ids, place_ids=(), first_at=AT, last_at=AT, origins=1) for id_, ids in situations.items()]
        warehouse.save_situations(described, AT)
        publish(warehouse, settings.snapshot_path)
