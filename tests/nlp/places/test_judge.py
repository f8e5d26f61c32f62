"""Judge: evidence weighed."""

import json
import math
from pathlib import Path

import pytest

from nlp.places.judge import Judge, committed_judge, open_judge


def test_a_chance_is_the_logistic_of_the_sum() -> None:
    judge = Judge(bias=-1.0, enough=0.4, enough_bare=0.4, weights={"in": 2.0, "said": -3.0})
    assert judge.chance(["in", "nothing known"]) == pytest.approx(1 / (1 + math.exp(-1.0)))
    assert judge.chance(["in"]) > judge.chance([]) > judge.chance(["said"])


def test_overwhelming_evidence_is_still_a_probability() -> None:
    assert (
        0.0 < Judge(bias=-1e6, enough=0.4, enough_bare=0.4, weights={}).chance([]) < Judge(bias=1e6, enough=0.4, enough_bare=0.4, weights={}).chance([]) <= 1.0
    )


def test_weights_are_read_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text(json.dumps({"fitted_by": "x", "bias": 0.5, "enough": 0.3, "enough_bare": 0.2, "weights": {"in": 1.0}}), encoding="utf-8")
    assert open_judge(path) == Judge(bias=0.5, enough=0.3, enough_bare=0.2, weights={"in": 1.0})


def test_the_committed_weights_know_a_preposition_from_a_title() -> None:
    judge = committed_judge()
    assert judge.weights["before:preposition"] > 0 > judge.weights["before:title"]
    assert judge.weights["label=place.whole"] > judge.weights["label=person.whole"]
