from hypothesis import given
from hypothesis import strategies as st

from nlp.situate.clue import MOST_WORDS, features
from tests.nlp.situate.streams import clue


def test_words_are_folded_cut_and_kept_once() -> None:
    assert features(clue("a", "Évacués, evacues! RT @someone The FLOODING flood http://t.co/x a")) == ("evacue", "the", "floodi", "flood")


def test_names_and_places_follow_the_words() -> None:
    one = clue("a", "Goma", names=frozenset({"Goma", "Élise"}), place_ids=frozenset({"gn:2", "gn:1"}))
    assert features(one) == ("goma", "n:elise", "n:goma", "p:gn:1", "p:gn:2")


def test_scripts_without_spaces_give_pairs_of_characters() -> None:
    assert features(clue("a", "東京地震 水")) == ("東京", "京地", "地震", "水")


def test_arabic_and_cyrillic_words_are_words() -> None:
    assert features(clue("a", "فيضان Харьков")) == ("فيضان", "харько")


def test_long_reports_are_cut() -> None:
    assert len(features(clue("a", " ".join(f"w{i}" for i in range(500))))) == MOST_WORDS


@given(st.text(max_size=200))
def test_any_text_gives_distinct_words(text: str) -> None:
    found = features(clue("a", text))
    assert len(set(found)) == len(found)
    assert all(found)
