"""What is most uncertain is asked about first: how conditions were weighed enters the question."""

from collections.abc import Iterator

import numpy as np
import pytest

from coalition.consult import channel, gain
from flows.consult import UNKNOWN, Wanted, consult, uncertain
from flows.documents import objective_of
from flows.office import Missing, Office, partners
from flows.settings import Settings
from flows.wiring import open_warehouse
from store.records import Standing, Weighed
from store.snapshot import publish
from tests.flows.offer import AT, OBJECTIVE, office, show


def weighed(condition: str, probability: float, stands: Standing) -> Weighed:
    return Weighed(
        objective_id="wells",
        condition_id=condition,
        as_of=AT,
        standing=stands,
        log_odds=0.0,
        low=-1.0,
        high=1.0,
        probability=probability,
        origins_for=1,
        origins_against=1,
    )


@pytest.fixture
def here(settings: Settings) -> Iterator[Office]:
    show(settings)
    with office(settings) as open_office:
        yield open_office


def publish_weighed(here: Office, *some: Weighed) -> None:
    with open_warehouse(here.settings) as warehouse:
        warehouse.put_objectives([objective_of(body) for _, body in here.journal.documents("objective")])
        warehouse.put_standings(some, open_=True)
        publish(warehouse, here.settings.snapshot_path)


def prior(here: Office, wanted: Wanted) -> float:
    return consult(here, wanted, AT)[0].prior[0]


def test_a_condition_is_held_to_be_as_likely_as_it_was_weighed_unless_said_otherwise(here: Office) -> None:
    assert prior(here, Wanted(objective_id="wells", condition_id="c1")) == UNKNOWN
    publish_weighed(here, weighed("c1", 0.92, Standing.HOLDING), weighed("c2", 0.31, Standing.UNKNOWN))
    assert prior(here, Wanted(objective_id="wells", condition_id="c1")) == 0.92
    assert prior(here, Wanted(objective_id="wells", condition_id="c2")) == UNKNOWN
    assert prior(here, Wanted(objective_id="wells", condition_id="c1", holds=0.2)) == 0.2


def test_the_most_uncertain_condition_stands_first_and_gains_most_by_an_answer(here: Office) -> None:
    publish_weighed(here, weighed("c1", 0.95, Standing.HOLDING), weighed("c2", 0.4, Standing.DOUBTFUL))
    found = uncertain(here, "wells")
    assert [(one.condition_id, one.holds) for one in found] == [("c2", 0.4), ("c1", 0.95)]
    asked = [consult(here, Wanted(objective_id="wells", condition_id=one.condition_id), AT)[0] for one in found]
    gains = [gain(np.array([question.prior]), channel(question, partners(here)[0], 0.5)) for question in asked]
    assert gains[0] > gains[1] > 0


def test_without_anything_weighed_conditions_stand_in_their_own_order(here: Office) -> None:
    assert [one.condition_id for one in uncertain(here, "wells")] == [one["id"] for one in OBJECTIVE["theory_of_change"]]
    with pytest.raises(Missing):
        uncertain(here, "nowhere")
