"""Who has what is asked for: by words, by meaning, and who only seems to."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from coalition.match import claims, named, near
from coalition.strengths import need
from coalition.team import Setting, Why
from tests.coalition.scenes import alike, partner


def senses(pairs: set[tuple[str, str]]) -> object:
    def measure(left: Sequence[str], right: Sequence[str]) -> NDArray[np.float64]:
        return np.array([[0.95 if (a, b) in pairs else 0.8 + 0.002 * (len(a + b) % 5) for b in right] for a in left])

    return measure


def test_meaning_counts_where_nobody_has_it_by_words() -> None:
    near_ = senses({("kahunas", "traditional leaders")})
    assert named(need("traditional leaders"), ["kahunas", "choir"], near_) == {"kahunas": 0.6}  # type: ignore[arg-type]
    assert named(need("traditional leaders"), ["kahunas", "village_elders"], near_) == {"village_elders": 1.0}  # type: ignore[arg-type]
    (claim,) = claims(["traditional leaders"], [partner("a", "kahunas")], near_, Setting())  # type: ignore[arg-type]
    assert claim.by_meaning


def test_half_a_name_is_not_helped_by_meaning() -> None:
    near_ = senses({("corrosion control", "control room")})
    assert named(need("coordination"), ["corrosion_control"], near_) == {}  # type: ignore[arg-type]


def test_meaning_near_to_something_else_as_well_is_not_enough() -> None:
    near_ = senses({("kahunas", "traditional leaders"), ("kahunas", "theatre")})
    assert named(need("traditional leaders"), ["kahunas"], near_) == {}  # type: ignore[arg-type]


def test_strengths_the_table_does_not_know_are_matched_too() -> None:
    near_ = senses({("pump mending", "pump repair")})
    assert named(need("pump_repair"), ["Pump_repairs"], alike) == {"Pump_repairs": 1.0}
    assert named(need("pump repair"), ["pump_mending"], near_) == {"pump_mending": 0.6}  # type: ignore[arg-type]
    assert named(need("pump_repair"), [], alike) == {}


def test_a_claim_that_is_refused_is_kept_with_its_reason() -> None:
    found = claims(["community mediation"], [partner("far", "community_mediation", countries=("PE",))], alike, Setting(countries=frozenset({"QA"})))
    assert [(c.partner_id, c.refused, c.strengths) for c in found] == [("far", Why.REGION, ("community_mediation",))]


def test_neighbours_lie_across_one_border() -> None:
    assert near({"SY"}) == {"SY", "IQ", "JO", "IL", "TR", "LB"}
    assert near({"XX"}) == {"XX"}
    assert all(country in near({other}) for country in ("FR", "KE", "BR") for other in near({country}))
