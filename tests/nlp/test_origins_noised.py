"""Origins on copies of real news with known truth, among forms and independent reports that quote one statement."""

import pytest

from benchmarks.intake_corpus import shared
from benchmarks.noised_copies import base_texts, noised
from benchmarks.origins import ours, score


@pytest.mark.shared
@pytest.mark.skipif(not (shared() / "data" / "ecbplus").is_dir(), reason="no shared data: set HIVECAST_SHARED")
def test_noised_copies_find_their_origin_and_independent_reports_keep_theirs() -> None:
    copies = noised(dict(list(base_texts(shared() / "data", half=1).items())[:250]), seed=3)
    found = ours(copies.reports)
    scores = score(found, copies.truth)
    assert scores.ari >= 0.94
    assert scores.precision >= 0.99
    assert len({found[name] for name in copies.truth if name.startswith("form-")}) == 288


def test_the_score_is_one_for_the_truth_and_less_for_all_in_one() -> None:
    truth = {"a": "x", "b": "x", "c": "y", "d": "y", "e": "z"}
    assert score(truth, truth).ari == pytest.approx(1.0)
    together = score(dict.fromkeys(truth, "one"), truth)
    assert [together.ari, together.precision, together.recall] == pytest.approx([0.0, 0.2, 1.0])
