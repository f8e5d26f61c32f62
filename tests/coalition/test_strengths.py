"""The table of needs, and what counts as declaring one."""

import pytest

from coalition.strengths import Need, branch, declared, head, need, parse, required, special, table, words
from coalition.wording import name
from store.records import Condition, Obstacle


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
        ("media", "media_training", False),
        ("training", "media_training", True),
        ("transport", "transport_law", False),
        ("transport", "boat_building_museum", False),
        ("access negotiation", "negotiators_for_access", True),
        ("local media", "vernacular_radio", True),
        ("local languages", "vernacular_radio", False),
        ("training", "formation des soignants", True),
        ("knowledge of local culture", "medical_anthropology", True),
        ("skilled staff for the task", "medical_anthropology", False),
        ("legal expertise", "عيادة قانونية", True),
        ("legal expertise", "derecho marítimo", True),
        ("community mobilisation", "automobile_club", False),
    ],
)
def test_a_strength_is_declared_when_the_words_of_a_name_for_it_stand_in_it(wanted: str, strength: str, answer: bool) -> None:
    assert declared(need(wanted), strength) is answer


@pytest.mark.parametrize(
    ("strength", "profession", "makes_it_special"),
    [
        ("tax_law", "law", ("tax",)),
        ("law_of_the_sea", "law", ("sea",)),
        ("droit fiscal", "law", ("fiscal",)),
        ("legal_expertise", "law", ()),
        ("law", "law", ()),
        ("veterinary_epidemiology", "epidemiology", ("veterinary",)),
        ("field_epidemiology", "epidemiology", ()),
        ("marine_biologists", "biology", ("marine",)),
        ("maritime_union", "union", ("maritime",)),
        ("medical_anthropology", "", ()),
        ("trade", "", ()),
        ("", "", ()),
    ],
)
def test_a_branch_is_told_from_the_profession_in_every_trade(strength: str, profession: str, makes_it_special: tuple[str, ...]) -> None:
    assert (head(strength), special(strength), branch(strength)) == (profession, makes_it_special, bool(makes_it_special))


def test_words_are_lower_case_and_singular() -> None:
    assert words("Air_transports of the glass") == ("air", "transport", "glass")


def test_free_words_take_over_what_the_table_knows_of_them() -> None:
    assert need("unheard of") == Need(strength="unheard of")
    assert need("community_mediation").local
    assert need("community_mediation").strength == "community_mediation"
    assert need("lawyers").also[0] == "legal expertise"
    assert declared(need("lawyers"), "juristes_sans_frontières")


def test_what_is_asked_comes_from_the_obstacles_and_the_open_conditions_once() -> None:
    opened = (Condition(id="c", statement="The pump is mended", strengths=("legal_expertise", "pump_repair")),)
    asked = required([Obstacle.LEGAL, Obstacle.FUNDING], opened)
    assert asked[0] == "legal expertise"
    assert asked[-1] == "pump_repair"
    assert asked.count("media") == 1
    assert "legal_expertise" not in asked


TABLE = {"obstacles": {}, "strengths": {"x": {}}, "heads": {}, "leading": [], "neutral": [], "fields": {}, "own": [], "other": []}


@pytest.mark.parametrize(
    ("wrong", "error"),
    [({"obstacles": {"weather": ["x"]}}, ValueError), ({"obstacles": {"legal": ["y"]}}, KeyError), ({"strengths": {"x": {"loud": True}}}, TypeError)],
)
def test_a_mistake_in_the_table_is_not_passed_over(wrong: dict[str, object], error: type[Exception]) -> None:
    assert parse(TABLE).strengths["x"] == Need(strength="x")
    with pytest.raises(error):
        parse({**TABLE, **wrong})
