from nlp.figures.lexicon import lexicon
from nlp.figures.link import Link, links
from nlp.figures.sentences import fold
from nlp.figures.tag import tag


def linked(text: str, *, outbreak: bool = False) -> list[Link]:
    return links(tag(text, fold(text), (0, len(text)), lexicon("en")), outbreak=outbreak)


def test_a_cue_between_two_numbers_belongs_to_the_one_after_it() -> None:
    assert [link.quantity.low for link in linked("Two rebels killed 12 nurses")] == [12]


def test_cases_are_counted_only_where_an_outbreak_is_spoken_of() -> None:
    assert linked("12 new cases") == []
    assert [link.unit for link in linked("12 new cases", outbreak=True)] == ["cases"]


def test_a_cue_takes_only_units_of_its_kind() -> None:
    assert linked("They injured 12 houses") == []
    assert [link.unit for link in linked("They destroyed 12 houses")] == ["houses"]


def test_a_link_says_what_was_counted() -> None:
    text = "They killed 12 Easton nurses"
    (link,) = linked(text)
    assert text[link.noun_start : link.noun_end] == "Easton nurses"


def test_a_sentence_without_numbers_links_nothing() -> None:
    assert linked("They were killed") == []
