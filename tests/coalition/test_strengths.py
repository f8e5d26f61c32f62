"""The table of needs, and what counts as declaring one."""

import pytest

from coalition.strengths import Need, branch, declared, need, table, words
from coalition.wording import name
from store.records import Obstacle


def test_every_obstacle_but_none_asks_for_something_and_has_a_name() -> None:
    assert not table().needs[Obstacle.NONE]
    assert all(len(table().needs[o]) >= 3 for o in Obstacle if o is not Obstacle.NONE)
    assert len({name(o) for o in Obstacle}) == len(Obstacle)


@pytest.mark.parametrize(
    ("wanted", "strength", "answer"),
    [
        ("media", "media", True),
        ("media", "press_placement", True),
        ("judicial standing", "judicial_prestige", True),
        ("insiders of the deciding body", "former_port_insiders", True),
        ("transport", "air-transports", True),
        ("legal expertise", "paralegal", False),
        ("access negotiation", "access_negotiation", True),
        ("media", "mediation", False),
        ("anything else", "anything_else", True),
    ],
)
def test_a_strength_is_declared_when_the_words_of_a_name_for_it_stand_in_it(wanted: str, strength: str, answer: bool) -> None:
    assert declared(need(wanted), strength) is answer


def test_branches_are_told_from_the_profession() -> None:
    assert branch("tax_law")
    assert not branch("law")
    assert not branch("legal_expertise")
    assert words("Air_transports of the glass") == ("air", "transport", "glass")
    assert need("unheard of") == Need(strength="unheard of")
