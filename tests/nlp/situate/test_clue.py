from hypothesis import given
from hypothesis import strategies as st

from nlp.situate.clue import MOST_WORDS, features, names
from tests.nlp.situate.streams import clue


def test_words_are_folded_cut_and_kept_once() -> None:
    assert features("Évacués, evacues! RT @someone The FLOODING flood http://t.co/x a") == ("evacue", "the", "floodi", "flood")


def test_names_are_folded_and_in_a_fixed_order() -> None:
    assert names(clue("a", "Goma", names=frozenset({"Goma", "Élise ", "elise"}))) == ("elise", "goma")
    assert names(clue("a", "Goma")) == ()


def test_scripts_without_spaces_give_pairs_of_characters() -> None:
    assert features("東京地震 水") == ("東京", "京地", "地震", "水")


def test_arabic_and_cyrillic_words_are_words() -> None:
    assert features("فيضان Харьков") == ("فيضان", "харько")


def test_long_reports_are_cut() -> None:
    assert len(features(" ".join(f"w{i}" for i in range(500)))) == MOST_WORDS


def test_the_length_of_a_report_counts_all_its_words() -> None:
    assert (clue("a", "one two two http://t.co/x").length, clue("b", "").length) == (4, 0)


@given(st.text(max_size=200))
def test_any_text_gives_distinct_words(text: str) -> None:
    found = features(text)
    assert len(set(found)) == len(found) <= MOST_WORDS
    assert all(found)
