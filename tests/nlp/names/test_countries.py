"""Countries: codes have English names."""

from nlp.names.countries import country_name


def test_an_unknown_country_stands_for_itself() -> None:
    assert (country_name("KE"), country_name("??")) == ("Kenya", "??")
