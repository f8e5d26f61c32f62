"""Roles: words for one office or trade meet in four languages."""

import pytest

from nlp.names.roles import is_office, role, walk


@pytest.mark.parametrize(
    ("word", "named"),
    [
        ("Minister", "minister"),
        ("ministre", "minister"),
        ("الوزير", "minister"),
        ("Présidente", "president*"),
        ("nurse", "nurse"),
        ("table", ""),
        ("الماء", ""),
    ],
)
def test_a_word_names_its_role(word: str, named: str) -> None:
    assert role(word) == named


def test_roles_belong_to_walks_of_life_and_few_are_offices() -> None:
    assert walk(role("general")) == walk(role("president")) != walk(role("nurse"))
    assert is_office(role("pope"))
    assert not is_office(role("doctor"))
