"""Languages of a place and of its officials, from CLDR."""

from coalition.tongues import official, spoken_in


def test_languages_that_a_hundredth_speaks_or_that_are_official_are_those_of_a_place() -> None:
    assert {"sg", "fr"} <= spoken_in(["CF"])
    assert {"ha", "yo", "en"} <= spoken_in(["NG"])
    assert "en" not in spoken_in(["CF"])
    assert spoken_in(["CF", "SY"]) == spoken_in(["CF"]) | spoken_in(["SY"])


def test_officials_of_a_country_with_several_official_languages_are_not_tied_to_one() -> None:
    assert official(["SY"]) == {"ar"}
    assert official(["CH", "CF"]) == frozenset()


def test_an_unknown_country_speaks_nothing() -> None:
    assert spoken_in(["ZZ"]) == official(["ZZ"]) == frozenset()
