"""What the tests of nlp/ share: where real models lie, the real gazetteer, and a report built from a sentence."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from nlp.places.gazetteer import Gazetteer, open_gazetteer
from store.records import Channel, Report, SourceKind

Write = Callable[..., Report]


@pytest.fixture(scope="session")
def models_folder() -> Path:
    """Return where models are unpacked once for all runs: HIVECAST_MODELS, else .cache/models in the checkout."""
    return Path(os.environ.get("HIVECAST_MODELS") or Path(__file__).parents[2] / ".cache" / "models")


@pytest.fixture(scope="session")
def gazetteer(models_folder: Path) -> Gazetteer:
    """Open the real gazetteer (built there by the first run that asks)."""
    return open_gazetteer(models_folder, None)


@pytest.fixture
def write() -> Write:
    """Make reports with the id, text and other fields given."""

    def report(id_: str, text: str, **fields: Any) -> Report:
        at = fields.pop("at", datetime(2024, 3, 1, tzinfo=UTC))
        given = {"channel": Channel.PARTNER, "source": "field team", "source_kind": SourceKind.NGO, "key": id_, "received_at": at} | fields
        return Report(id=id_, text=text, at=at, **given)

    return report
