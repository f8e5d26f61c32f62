"""What the tests of names share: reports with their mentions and places, written in one line, joined in order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from nlp.names.join import Heard, Roster
from nlp.names.scene import Scene, scene
from store.records import Channel, Mention, NameLink, Place, Report, SourceKind, Toponym

START = datetime(2024, 3, 1, tzinfo=UTC)
Known = tuple[Report, tuple[Mention, ...], tuple[Toponym, ...]]
Tell = Callable[..., Known]


def told(number: int, text: str, *names: str, places: str = "", voice: str = "") -> Known:
    """Write a report: names as "text|LABEL" in order of place, places as "KE/Kisumu KE" (country, region)."""
    at = START + timedelta(hours=number)
    report = Report(
        id=f"r{number}",
        channel=Channel.PARTNER,
        source=voice or f"voice {number}",
        source_kind=SourceKind.NGO,
        key=str(number),
        at=at,
        received_at=at,
        text=text,
    )
    mentions, end = [], 0
    for name in names:
        words, label = name.split("|")
        start = text.index(words, end)
        end = start + len(words)
        mentions.append(Mention(start=start, end=end, text=words, label=label))
    return report, tuple(mentions), tuple(toponym(place) for place in places.split())


def toponym(place: str) -> Toponym:
    country, _, region = place.partition("/")
    return Toponym(start=0, end=0, text=place, place=Place(id=place, name=place, country=country, lat=0, lon=0, admin1=region), probability=1.0)


@dataclass
class Told:
    """A roster and what it was told."""

    roster: Roster = field(default_factory=Roster)
    heard: list[Heard] = field(default_factory=list)

    def __call__(self, text: str, *names: str, places: str = "", voice: str = "", origin: str = "") -> tuple[NameLink, ...]:
        report, mentions, toponyms = told(len(self.heard), text, *names, places=places, voice=voice)
        links = self.roster.join(report, mentions, toponyms, origin or report.id)
        self.heard.append(Heard(report=report, mentions=mentions, toponyms=toponyms, origin_id=origin or report.id, links=links))
        return links


@pytest.fixture
def tell() -> Told:
    """Tell a fresh roster one report after the other."""
    return Told()


def staged(text: str, *names: str, places: str = "", voice: str = "", number: int = 0) -> Scene:
    report, mentions, toponyms = told(number, text, *names, places=places, voice=voice)
    return scene(report, mentions, toponyms, report.id)
