"""Scenes: countries, roles, and organisations around a person."""

from nlp.names.scene import Setting
from tests.nlp.names.conftest import staged


def roles(text: str, *names: str) -> frozenset[str]:
    seen = staged(text, *names)
    people = [number for number, mention in enumerate(seen.mentions) if mention.label == "PERSON"]
    return seen.setting(people[:1], {}).roles


def test_a_report_lies_in_its_three_most_named_countries_and_the_first_one_s_region() -> None:
    seen = staged("Goma", places="KE/Kisumu CD/Kivu CD/Kivu UG/Gulu TZ/Mbeya")
    assert seen.countries == ("CD", "KE", "UG")
    assert (seen.country, seen.region) == ("CD", "Kivu")
    assert seen.regions == {"Kivu (Congo - Kinshasa)", "Kisumu (Kenya)", "Gulu (Uganda)"}
    assert (staged("Goma").country, staged("Goma").region) == ("", "")


def test_roles_stand_before_a_name_or_in_apposition_behind_it() -> None:
    assert roles("Health minister Ann Obure spoke.", "Ann Obure|PERSON") == {"minister"}
    assert roles("Ann Obure, a nurse, spoke.", "Ann Obure|PERSON") == {"nurse"}
    assert roles("Ann Obure was a farmer.", "Ann Obure|PERSON") == {"farmer"}
    assert roles("Ann Obure spoke as mayor.", "Ann Obure|PERSON") == {"mayor"}
    assert roles("President Ann Obure spoke.", "President Ann Obure|PERSON") == {"president*"}


def test_the_roles_of_others_and_of_other_sentences_are_left_alone() -> None:
    assert roles("Ann Obure met the president.", "Ann Obure|PERSON") == frozenset()
    assert roles("The mayor left. Ann Obure stayed.", "Ann Obure|PERSON") == frozenset()
    assert roles("Ann Obure, Judge Bo Lind and others.", "Ann Obure|PERSON", "Bo Lind|PERSON") == {"judge"}
    assert staged("Mayor Bo Lind and Ann Obure.", "Bo Lind|PERSON", "Ann Obure|PERSON").setting([1], {}).roles == frozenset()


def test_an_organisation_close_by_in_the_sentence_is_part_of_the_setting() -> None:
    seen = staged("Ann Obure of Tide spoke. Later Wave spoke.", "Ann Obure|PERSON", "Tide|ORG", "Wave|ORG")
    assert seen.setting([0], {1: "org:tide", 2: "org:wave"}) == Setting(frozenset(), frozenset(), frozenset(), frozenset({"org:tide"}), "voice 0", "r0")


def test_an_organisation_far_away_in_the_sentence_is_not() -> None:
    seen = staged("Tide " + "and again " * 12 + "Ann Obure", "Tide|ORG", "Ann Obure|PERSON")
    assert seen.setting([1], {0: "org:tide"}).organisations == frozenset()
