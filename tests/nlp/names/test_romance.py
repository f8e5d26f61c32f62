"""French and Spanish: where people and organisations are named."""

import pytest

from nlp.names.romance import romance_bodies, romance_people


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Le ministre de la Santé Luc Bardin a parlé", "Luc Bardin"),
        ("la présidente du Togo Awa Dossa", "Awa Dossa"),
        ("Mme Awa Dossa est partie", "Awa Dossa"),
        ("El gobernador de Loreto Iván Tuesto pidió", "Iván Tuesto"),
        ("La ministra de Relaciones Exteriores, Carla Pumayo, confirmó", "Carla Pumayo"),
        ("Pedro Arce de la Torre, dirigente del gremio", "Pedro Arce de la Torre"),
        ("Jean-Pierre Mukal, porte-parole de la police", "Jean-Pierre Mukal"),
        ("selon Odile Marchal", "Odile Marchal"),
        ("dijo Marta Quispel", "Marta Quispel"),
    ],
)
def test_people_stand_beside_titles_and_verbs_of_saying(text: str, name: str) -> None:
    assert name in [text[start:end] for start, end in romance_people(text)]


@pytest.mark.parametrize("text", ["selon Le Journal", "El presidente habló ayer", "según la Cruz Roja", "le ministre est venu à Lomba"])
def test_other_capitals_are_nobody(text: str) -> None:
    assert list(romance_people(text)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Le Syndicat national des infirmiers reste en grève", "Syndicat national des infirmiers"),
        ("la Asociación de Pescadores de Chimbo murió", "Asociación de Pescadores de Chimbo"),
        ("le ministère de la Santé a annoncé", "ministère de la Santé"),
        ("la Croix-Rouge congolaise distribue", "Croix-Rouge congolaise"),
        ("la Cruz Roja de Tarma llegó", "Cruz Roja de Tarma"),
    ],
)
def test_organisations_begin_with_a_word_of_their_kind(text: str, name: str) -> None:
    assert [text[start:end] for start, end in romance_bodies(text)] == [name]


def test_a_kind_alone_is_no_organisation() -> None:
    assert list(romance_bodies("L'Union a dit. El Comité votó.")) == []
