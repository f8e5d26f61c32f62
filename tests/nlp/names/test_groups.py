"""Groups: who is who within one report."""

from nlp.names.groups import grouped, tidy
from tests.nlp.names.conftest import staged


def test_a_surname_and_a_given_name_belong_to_the_one_who_bears_them() -> None:
    (group,) = grouped(staged("Ann Obure spoke. Obure left. Ann sang.", "Ann Obure|PERSON", "Obure|PERSON", "Ann|PERSON"))
    assert group.full == [0]
    assert group.part == {1: "surname of Ann Obure in this report", 2: "given name of Ann Obure in this report"}


def test_where_two_bear_a_surname_it_belongs_to_none() -> None:
    groups = grouped(staged("Ann Obure and Bo Obure came. Obure left.", "Ann Obure|PERSON", "Bo Obure|PERSON", "Obure|PERSON"))
    assert [group.part for group in groups] == [{}, {}]


def test_spellings_in_one_report_are_one_and_the_longest_is_its_name() -> None:
    (group,) = grouped(staged("OLGA OBURE sang. Olga M. Obure's song.", "OLGA OBURE|PERSON", "Olga M. Obure's|PERSON"))
    assert (group.full, group.text) == ([0, 1], "Olga M. Obure")


def test_a_surname_in_another_spelling_is_still_a_surname() -> None:
    (group,) = grouped(staged("Muammar Gaddafi ruled. Kadhafi fell.", "Muammar Gaddafi|PERSON", "Kadhafi|PERSON"))
    assert list(group.part) == [1]


def test_a_surname_taken_for_an_organisation_is_put_right_but_a_known_organisation_is_not() -> None:
    seen = staged("Ann Obure and Bo Reuters. Obure. Reuters.", "Ann Obure|PERSON", "Bo Reuters|PERSON", "Obure|ORG", "Reuters|ORG")
    assert [list(group.part) for group in grouped(seen)] == [[2], []]
    assert grouped(staged("Ann Obure. Ann.", "Ann Obure|PERSON", "Ann|ORG"))[0].part == {}


def test_shouting_and_possessives_are_tidied() -> None:
    assert (tidy("ANN OBURE"), tidy("Ann  Obure’s")) == ("Ann Obure", "Ann Obure")
