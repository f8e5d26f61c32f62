"""Ten outlets carry one wire and a partner pastes it: one independent origin, wherever it is counted."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from starlette.testclient import TestClient

from api.app import create_app
from flows.brief import brief
from flows.foresee import foresee
from flows.intake import drain
from flows.kit import Kit
from flows.take import take
from flows.understand import understand
from flows.wiring import open_snapshot
from store.records import TLP, Channel, SourceKind, Submission

NOON = datetime(2031, 4, 24, 12, tzinfo=UTC)
HEARD = "1 independent origin, 11 carriers"
TOGETHER = "3 independent origins, 13 carriers"
WIRE = (
    "BODA (Reuters) - The river at Boda broke its banks on Wednesday night and carried away the wooden bridge that links the market to the clinic, "
    "the mayor told reporters. "
    "Nurses said they had moved the maternity ward to the primary school, where thirty women were sleeping on mats. "
    "The road commission promised a ferry within a week but said it had neither fuel nor a pilot. "
    "Traders have begun to carry sacks of maize across on rafts made of empty drums, and two of the rafts have already overturned."
)


def outlet(number: int) -> Submission:
    sentences = WIRE.split(". ")
    text = ". ".join(sentences[: 4 - number % 2])
    return Submission(
        channel=Channel.FEED,
        source=f"Outlet {number}",
        source_kind=SourceKind.NEWS,
        key=f"wire-{number}",
        title=f"{['Boda bridge lost', 'River takes bridge at Boda', 'Clinic in Boda cut off'][number % 3]} ({number})",
        text=f"{text}. Read more of our reporting on page {number}.",
        occurred_at=NOON + timedelta(minutes=7 * number),
        sensitivity=TLP.CLEAR,
    )


PASTED = Submission(
    channel=Channel.PARTNER,
    source="Ferrymen's Union",
    source_kind=SourceKind.PARTNER,
    key="pasted",
    text=f"We saw this today. {WIRE} Our members can lend two motor boats.",
    occurred_at=NOON + timedelta(hours=5),
    sensitivity=TLP.GREEN,
)


WITNESSES = [
    Submission(
        channel=Channel.PARTNER,
        source=f"Witness {number}",
        source_kind=SourceKind.NGO,
        key=f"seen-{number}",
        text=text,
        occurred_at=NOON + timedelta(hours=6, minutes=number),
        sensitivity=TLP.GREEN,
    )
    for number, text in enumerate(
        (
            "The bridge at Boda between market and clinic is gone since the flood; our nurses cannot cross the river and the maternity ward is in the school.",
            "Boda: no bridge, no ferry. Women from the clinic's maternity ward sleep in the primary school, rafts take maize across the river to market.",
        )
    )
]


def test_an_echo_is_one_origin_in_warehouse_snapshot_brief_and_api(kit: Kit) -> None:
    evening = NOON + timedelta(hours=8)
    take([*(outlet(number) for number in range(10)), PASTED, *WITNESSES], kit.journal, evening)
    drain(kit)
    understand(kit, evening)
    foresee(kit, evening)
    ids = [report.id for report in kit.warehouse.reports(NOON - timedelta(days=1), evening)]
    assert str(kit.warehouse.corroboration(ids[:11])) == HEARD
    assert str(kit.warehouse.corroboration(ids)) == TOGETHER
    told = brief(kit, evening)
    assert TOGETHER in Path(told.paths["html"]).read_text(encoding="utf-8")
    assert TOGETHER in Path(told.paths["md"]).read_text(encoding="utf-8")
    _, rows = open_snapshot(kit.settings).query("SELECT origins, carriers FROM situations")
    assert rows == [(3, 13)]
    secret = kit.vault.create_key("Coordinator", SourceKind.UNKNOWN, ["read"], NOON).secret
    with TestClient(create_app(kit.settings, lambda: evening), headers={"Authorization": f"Bearer {secret}"}) as client:
        assert TOGETHER in json.dumps(client.get("/v1/situations").json())
        assert TOGETHER in json.dumps(client.get(f"/v1/reports/{ids[0]}").json())
