from datetime import UTC, datetime, timedelta

import pytest

from nlp.situate.describe import describe
from nlp.situate.title import UNTITLED, title
from nlp.situate.trend import trend
from store.records import TLP, Channel, Mention, Place, Reading, Report, SourceKind, Toponym, Trend

NOW = datetime(2031, 5, 20, tzinfo=UTC)


def report(name: str, days_ago: float, text: str = "Water rises in Korvala.", heading: str = "", voice: str = "", mark: TLP = TLP.GREEN) -> Report:
    at = NOW - timedelta(days=days_ago)
    return Report(
        id=name,
        channel=Channel.PARTNER,
        source=voice or f"voice {name}",
        source_kind=SourceKind.NGO,
        key=name,
        at=at,
        received_at=at,
        text=text,
        title=heading,
        sensitivity=mark,
    )


def reading(name: str, *places: str) -> Reading:
    toponyms = tuple(Toponym(start=0, end=0, text=p, place=Place(id=f"gn:{p}", name=p, country="XX", lat=0, lon=0), probability=0.9) for p in places)
    mentions = tuple(Mention(start=0, end=1, text=t, label="CARDINAL" if t == "12" else "GPE") for t in (*places, "12"))
    return Reading(report_id=name, language="en", mentions=mentions, toponyms=toponyms, obstacles=(), models=())


def test_a_situation_is_described_as_it_stood_then() -> None:
    reports = [report("a", 9), report("b", 5), report("c", -1)]
    situation = describe("s1", reports, {}, {}, NOW)
    assert situation.report_ids == ("a", "b")
    assert (situation.first_at, situation.last_at, situation.origins) == (reports[0].at, reports[1].at, 2)


def test_places_and_keywords_are_ranked_by_origins_and_not_by_copies() -> None:
    reports = [report("a", 5), *(report(f"c{i}", 4) for i in range(5)), report("b", 3), report("d", 2)]
    readings = {"a": reading("a", "Echo"), "b": reading("b", "Korvala"), "d": reading("d", "Korvala")} | {f"c{i}": reading(f"c{i}", "Echo") for i in range(5)}
    situation = describe("s1", reports, readings, {f"c{i}": "a" for i in range(5)}, NOW)
    assert situation.place_ids == ("gn:Korvala", "gn:Echo")
    assert situation.keywords == ("Korvala", "Echo")
    assert situation.origins == 3


def test_nothing_of_a_restricted_report_is_told() -> None:
    secret = report("a", 2, heading="Safe house in Hidden Street", mark=TLP.RED)
    situation = describe("s1", [secret, report("b", 1, heading="Aid convoy turned back")], {"a": reading("a", "Hidden")}, {}, NOW)
    assert situation.title == "Aid convoy turned back"
    assert situation.place_ids == ()
    assert situation.keywords == ()
    assert title([secret], {}) == UNTITLED


def test_a_situation_without_reports_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no report up to"):
        describe("s1", [report("a", -1)], {}, {}, NOW)


def test_the_title_is_central_and_does_not_shout() -> None:
    reports = [
        report("a", 4, "Bridge closed after the flood.", "FLOOD BRIDGE KORVALA WATER HELP"),
        report("b", 3, "The Korvala bridge is closed.", "Korvala bridge closed by flood"),
        report("c", 2, "Flood closes bridge", "Weather and sport tonight"),
    ]
    assert title(reports, {}) == "Korvala bridge closed by flood"


def test_without_titles_the_first_sentence_is_cleaned_and_cut() -> None:
    assert title([report("a", 1, "* URGENT * RT @who: Bridge closed http://t.co/x. More follows.")], {}) == "Bridge closed"
    long = title([report("a", 1, "bridge " * 40)], {})
    assert long.endswith("bridge…")
    assert len(long) <= 90


def test_a_title_of_nothing_is_never_empty() -> None:
    assert title([report("a", 1, "http://t.co/x")], {}) == UNTITLED
    assert title([report("a", 1, "12345 67890 12345")], {}) == "12345 67890 12345"


@pytest.mark.parametrize(
    ("days_ago", "expected"),
    [
        ([1, 2, 3], Trend.EMERGING),
        ([1, 2, 3, 4, 5, 9, 20], Trend.GROWING),
        ([1, 2, 8, 9, 20], Trend.STEADY),
        ([1, 8, 9, 10, 11, 12], Trend.FADING),
        ([15, 16, 17], Trend.DORMANT),
    ],
)
def test_the_trend_follows_the_voices(days_ago: list[float], expected: Trend) -> None:
    found, reason = trend([report(f"r{i}", d) for i, d in enumerate(days_ago)], {}, NOW)
    assert found is expected
    assert str(sum(d < 7 for d in days_ago)) in reason


def test_one_sources_flood_moves_nothing() -> None:
    base = [report(f"r{i}", d) for i, d in enumerate([1, 2, 8, 9, 20])]
    flood = [report(f"f{i}", 1 + i / 1000, voice="voice r0") for i in range(1000)]
    assert trend([*base, *flood], {}, NOW) == trend(base, {}, NOW)


def test_copies_count_for_nobody() -> None:
    base = [report(f"r{i}", d) for i, d in enumerate([1, 2, 8, 9, 20])]
    echoes = [report(f"e{i}", 0.5) for i in range(50)]
    assert trend([*base, *echoes], {f"e{i}": "r2" for i in range(50)}, NOW) == trend(base, {}, NOW)


def test_a_single_sources_origins_are_counted_and_the_reason_says_so() -> None:
    kind, reason = trend([report(f"r{i}", d, voice="table") for i, d in enumerate([1, 2, 3, 4, 9, 20])], {}, NOW)
    assert kind is Trend.GROWING
    assert reason == "4 independent reports in the last 7 days, 1 in the 7 days before, all from one source"
