"""About which condition a sentence is, and whether it speaks for it or against it; vectors are made so that only this judgement is tried."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pytest
from numpy.typing import NDArray

from coalition.bear import Said, bear
from coalition.conditions import breaking, completed, table, texts
from store.records import Channel, Condition, Objective, Obstacle, ObstacleReading, ObstacleState, Report, Sign, SourceKind

AT = datetime(2031, 5, 1, tzinfo=UTC)
SIZE = 24
GATE, CRANE, WAY, NEED = 0, 1, 2, 3  # what the first axes of the made-up space mean: two matters, going well, mere need
PORT = Objective(
    id="port",
    statement="The port works",
    conditions=(
        Condition(
            id="gate",
            statement="The gate is opened",
            decider="Harbour Master",
            signs=(Sign(statement="The gate stands open"),),
            signs_against=("The gate is bricked up",),
            obstacles=(Obstacle.SECURITY_ACCESS,),
        ),
        Condition(id="crane", statement="The crane is repaired", obstacles=(Obstacle.CAPACITY,)),
    ),
)


def space(**sentences: dict[int, float]) -> dict[str, NDArray[np.float32]]:
    """Give every text a unit vector: a common level, what it means on the first axes, and to the table's texts some noise of their own."""
    known = table()
    noisy = {*known.background, *(text for text, _ in known.examples)}
    sides: list[tuple[tuple[str, ...], dict[int, float]]] = [
        (known.background, {}),
        (known.well, {WAY: 0.3}),
        (known.badly, {WAY: -0.3}),
        (known.need, {NEED: 0.5}),
    ]
    meant: dict[str, dict[int, float]] = {text: {} for text, _ in known.examples} | {text: axes for side, axes in sides for text in side}
    meant |= {PORT.conditions[0].statement: {GATE: 1.0}, "The gate stands open": {GATE: 1.0, WAY: 0.2}, "The gate is bricked up": {GATE: 1.0, WAY: -0.2}}
    meant |= {PORT.conditions[1].statement: {CRANE: 1.0}, **sentences}
    found = {}
    for number, (text, axes) in enumerate(meant.items()):
        row = np.random.default_rng(number).normal(scale=0.06, size=SIZE) if text in noisy else np.zeros(SIZE)
        row[4] += 2.0
        for axis, size in axes.items():
            row[axis] += size
        found[text] = (row / np.linalg.norm(row)).astype(np.float32)
    return found


def sentence(text: str, *obstacles: ObstacleReading, report: str = "r1", near: bool = False) -> Said:
    made = Report(
        id=report, channel=Channel.FEED, source="Wire", source_kind=SourceKind.NEWS, key=report, at=AT, received_at=AT, text=text, publisher="The Gazette"
    )  # fmt: skip
    return Said(report=made, origin_id="o1", sentence=text, obstacles=obstacles, near=near)


def obstacle(kind: Obstacle, state: ObstacleState = ObstacleState.PRESENT, weight: float = 0.9) -> ObstacleReading:
    return ObstacleReading(obstacle=kind, state=state, weight=weight, sentence="x")


def leans(said: Sequence[Said], **sentences: dict[int, float]) -> dict[tuple[str, str], float]:
    return {(one.report_id, one.condition_id): one.lean for one in bear(PORT, said, space(**sentences))}


def test_a_sentence_speaks_for_or_against_the_condition_it_is_about_and_for_no_other() -> None:
    found = leans([sentence("good"), sentence("bad", report="r2")], good={GATE: 0.8, WAY: 0.3}, bad={CRANE: 0.8, WAY: -0.3})
    assert found[("r1", "gate")] > 0.3
    assert found[("r2", "crane")] < -0.3
    assert set(found) == {("r1", "gate"), ("r2", "crane")}


def test_a_sentence_about_neither_says_nothing() -> None:
    assert leans([sentence("off")], off={WAY: -0.3}) == {}
    assert bear(PORT, [], space()) == ()


def test_an_obstacle_present_speaks_against_and_the_same_one_lifted_for() -> None:
    present = leans([sentence("s", obstacle(Obstacle.SECURITY_ACCESS))], s={GATE: 0.8})
    lifted = leans([sentence("s", obstacle(Obstacle.SECURITY_ACCESS, ObstacleState.LIFTED))], s={GATE: 0.8})
    assert present[("r1", "gate")] < 0 < lifted[("r1", "gate")]


def test_an_obstacle_that_would_break_a_condition_draws_a_sentence_to_it() -> None:
    undecided = {GATE: 0.5, CRANE: 0.5, WAY: -0.3}
    drawn, left = (leans([sentence("s", obstacle(kind))], s=undecided) for kind in (Obstacle.CAPACITY, Obstacle.SECURITY_ACCESS))
    assert drawn.get(("r1", "crane"), 0.0) < left.get(("r1", "crane"), 0.0) <= 0
    assert left.get(("r1", "gate"), 0.0) < drawn.get(("r1", "gate"), 0.0) <= 0


def test_naming_whose_decision_it_is_draws_a_sentence_too() -> None:
    said = "The harbour master turned the key"
    vectors = space(said={GATE: 0.15, WAY: 0.4})
    heard = [{one.condition_id: one.lean for one in bear(PORT, [sentence(text)], {**vectors, text: vectors["said"]})} for text in (said, "He turned the key")]
    assert heard[0].get("gate", 0.0) > heard[1].get("gate", 0.0)


def test_mere_need_speaks_neither_for_nor_against_unless_an_obstacle_is_named() -> None:
    need = {GATE: 0.8, NEED: 0.5, WAY: -0.3}
    assert leans([sentence("s")], s=need) == {}
    assert leans([sentence("s", obstacle(Obstacle.SECURITY_ACCESS))], s=need)[("r1", "gate")] < 0


def test_of_a_report_the_plainest_sentence_on_a_condition_counts_and_says_so() -> None:
    (found,) = bear(PORT, [sentence("faint"), sentence("plain")], space(faint={GATE: 0.8, WAY: 0.15}, plain={GATE: 0.8, WAY: 0.4}))
    assert (found.sentence, found.voice, found.origin_id, found.objective_id) == ("plain", "The Gazette", "o1", "port")
    assert found.sign == "The gate stands open"


def test_what_speaks_against_tells_of_no_expected_sign() -> None:
    (found,) = bear(PORT, [sentence("bad")], space(bad={GATE: 0.8, WAY: -0.4}))
    assert found.sign == ""


def test_every_text_asked_for_is_named_beforehand() -> None:
    assert set(texts(PORT)) <= set(space())


def test_what_would_break_a_condition_is_what_breaks_the_likest_examples() -> None:
    vectors = space()
    examples = table().examples
    for text, kinds in examples[:3] + examples[20:23]:
        near = {**vectors, "new": vectors[text]}
        assert breaking(near["new"], near)[0] in kinds


def test_an_objective_keeps_what_it_states_and_gets_what_it_leaves_open() -> None:
    bare = Objective(
        id="o", statement="s", conditions=(Condition(id="a", statement="The gate is opened"), Condition(id="b", statement="The crane is repaired"))
    )
    found = completed(bare, space())
    assert [one.needs for one in found.conditions] == [(), ("a",)]
    assert all(one.obstacles for one in found.conditions)
    assert completed(PORT, space()).conditions[0].obstacles == (Obstacle.SECURITY_ACCESS,)
    assert completed(found, space()) == found


def test_the_table_is_whole() -> None:
    known = table()
    assert {kind for _, kinds in known.examples for kind in kinds} == set(Obstacle) - {Obstacle.NONE}
    assert len(known.well) == len(known.badly) >= 80
    assert len(known.background) >= 40
    assert not set(known.well) & set(known.badly)


@pytest.mark.parametrize("near", [True, False])
def test_a_shared_place_makes_it_likelier_that_the_objective_is_meant(near: bool) -> None:
    faint = {"s": {GATE: 0.15, WAY: 0.4}}
    close, far = (leans([sentence("s", near=each)], **faint).get(("r1", "gate"), 0.0) for each in (True, False))
    assert close >= far
    assert close > 0 or not near
