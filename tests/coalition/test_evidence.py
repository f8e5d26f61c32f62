"""How reports are linked to an objective."""

from datetime import UTC, datetime

import numpy as np
import pytest
from numpy.typing import NDArray

from coalition import evidence
from coalition.evidence import relevance
from store.records import Channel, Obstacle, Place, Reading, Report, SourceKind, Toponym
from tests.coalition.scenes import STRIKE, said

AT = datetime(2031, 5, 1, tzinfo=UTC)


def unit(rows: object) -> NDArray[np.float32]:
    array = np.asarray(rows, np.float32)
    return np.asarray(array / np.linalg.norm(array, axis=1, keepdims=True), np.float32)


def report(id_: str, hour: int = 0) -> Report:
    return Report(
        id=id_,
        channel=Channel.FEED,
        source="Wire",
        source_kind=SourceKind.NEWS,
        key=id_,
        at=AT.replace(hour=hour),
        received_at=AT,
        text="x",
        publisher="The Gazette",
    )


def reading(id_: str, *countries: str) -> Reading:
    places = [Place(id=f"p{c}", name=c, country=c, lat=0, lon=0) for c in countries]
    toponyms = tuple(Toponym(start=0, end=0, text=p.name, place=p, probability=1) for p in places)
    return Reading(report_id=id_, language="en", mentions=(), toponyms=toponyms, obstacles=(said(Obstacle.LEGAL),), models=())


def test_relevance_is_relative_to_the_stream_and_keeps_the_order_of_likeness() -> None:
    rng = np.random.default_rng(5)
    level = np.ones(32) * 1.5
    aim = rng.normal(size=32)
    near = [level + aim + 0.2 * rng.normal(size=32) for _ in range(30)]
    far = [level + rng.normal(size=32) for _ in range(70)]
    found = relevance(unit([level + aim]), unit(near + far), np.zeros(100))
    assert found[:30].min() > 0.5
    assert np.median(found[30:]) < 0.2
    assert ((found >= 0) & (found <= 1)).all()


def test_a_shared_place_makes_a_report_more_relevant() -> None:
    rows = unit(np.random.default_rng(1).normal(size=(20, 8)) + 1)
    alone, shared = relevance(rows[:1], rows, np.zeros(20)), relevance(rows[:1], rows, np.ones(20))
    assert (shared >= alone).all()
    assert shared.sum() > alone.sum()


def test_a_stream_of_one_report_is_relevant_and_an_empty_one_is_empty() -> None:
    assert relevance(unit([[1, 1]]), unit([[1, 0.9]]), np.zeros(1))[0] > 0.5
    assert relevance(unit([[1, 1]]), np.empty((0, 2), np.float32), np.empty(0)).shape == (0,)


def test_testimonies_come_in_order_of_time_with_voice_origin_and_countries() -> None:
    readings = {r: reading(r, "QA", "QA", "") for r in ("a", "b", "c")}
    found = evidence.testimonies(
        STRIKE, [report("b", 2), report("a", 1), report("c", 3), report("d", 4)], readings, {"b": "a"}, {"a": 0.9, "b": 0.8, "c": 0.1, "d": 1.0}
    )
    assert [(t.report_id, t.origin_id, t.voice, t.countries) for t in found] == [("a", "a", "The Gazette", ("QA",)), ("b", "a", "The Gazette", ("QA",))]
    assert found[1].relevance == pytest.approx(0.8)
