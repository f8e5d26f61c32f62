"""Which branch a matter is about."""

import numpy as np
import pytest

from coalition.fit import Fit, fit
from tests.coalition.scenes import alike

LAWS = ["tax_law", "maritime_law", "labour_law", "water_law", "refugee_law", "legal_expertise"]


@pytest.mark.parametrize(
    ("text", "branch"),
    [
        ("The dockers' strike is forbidden by a court; the picket must go.", "labour_law"),
        ("The vessel lies in the harbour and no ship may pass.", "maritime_law"),
        ("Lead leaches from the pipe into the drinking water.", "water_law"),
        ("Asylum seekers are turned back at the border.", "refugee_law"),
    ],
)
def test_words_of_its_field_tell_which_branch_a_matter_is_about(text: str, branch: str) -> None:
    assert branch in fit(LAWS, alike, (text,)).branches
    assert "tax_law" not in fit(LAWS, alike, (text,)).branches


def test_nothing_is_refused_where_nothing_is_known() -> None:
    assert Fit().suits("tax_law", ("tax_law",))
    assert fit([], alike, ("text",)) == Fit()
    assert fit(LAWS, alike, ()).about(["media", "tax_law"]) == {"media", "tax_law"}


def test_a_profession_counts_unless_all_its_owners_branches_are_others() -> None:
    found = fit(LAWS, alike, ("The port strike goes on.",))
    assert found.suits("legal_expertise", ("legal_expertise", "tax_law", "labour_law"))
    assert found.suits("legal_expertise", ("legal_expertise",))
    assert not found.suits("legal_expertise", ("legal_expertise", "tax_law"))
    assert found.suits("media", ("media", "tax_law"))


def test_of_several_trades_those_near_the_matter_are_chosen() -> None:
    found = fit(["nursing", "bridge_engineers"], alike, ("The hospital has no nurse for its patient; the epidemic spreads.",))
    assert found.about(["nursing", "bridge_engineers"]) == {"nursing"}


def test_without_an_encoder_words_alone_decide() -> None:
    blind = fit(LAWS, lambda left, right: np.zeros((len(left), len(right))), ("The strike was forbidden.",))
    assert blind.branches == {"labour_law"}
