from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from ingest.mail import MailPolicy
from store.records import Channel, SourceKind, Submission

NOW = datetime(2014, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def policy() -> MailPolicy:
    senders = {"office@relief.example": ("Relief Office", SourceKind.NGO), "un.example": ("UN desk", SourceKind.UN)}
    return MailPolicy(senders=senders, pseudonym=lambda address: f"sender-{len(address)}")


@pytest.fixture
def submission() -> Callable[..., Submission]:
    def build(**changes: object) -> Submission:
        fields: dict[str, object] = {"channel": Channel.PARTNER, "source": "s", "source_kind": SourceKind.NGO, "key": "k", "text": "Water is unsafe"}
        return Submission(**{**fields, **changes})  # type: ignore[arg-type]

    return build
