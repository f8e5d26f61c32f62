"""Editions: where an edited report is recognised as the same one."""

import pytest

from nlp.editions import edited_entries, page, standing
from store.records import Channel
from tests.nlp.conftest import Write


def test_an_edited_entry_leads_to_the_entry_of_the_same_source(write: Write) -> None:
    feed = {"channel": Channel.FEED}
    reports = [
        write("a", "", key="k", source="one", **feed),
        write("b", "", key="k@0123abcd", source="one", **feed),
        write("c", "", key="k@0123abcd", source="two", **feed),
        write("d", "", key="k@0123abcX", source="one", **feed),
        write("e", "", key="@0123abcd", source="one", **feed),
        write("f", "", key="k@0123abcd@89abcdef", source="one", **feed),
    ]
    assert edited_entries(reports) == {1: 0, 5: 1}


def test_only_feeds_have_editions(write: Write) -> None:
    assert edited_entries([write("a", "", key="k"), write("b", "", key="k@0123abcd")]) == {}


def test_a_report_stands_on_the_page_of_its_voice_and_under_its_entry(write: Write) -> None:
    entry = write("a", "", key="k@0123abcd", source="Links", publisher="Gazette", url="https://g.example/a", channel=Channel.FEED)
    assert standing(entry) == [("Gazette", "//g.example/a"), ("Links", "entry k")]
    assert standing(write("b", "")) == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.Paper.example/ferry/?utm_source=mail&id=7#top", "//paper.example/ferry?id=7"),
        ("http://paper.example/ferry?id=7&fbclid=x", "//paper.example/ferry?id=7"),
        ("https://paper.example/", ""),
        ("", ""),
        ("http://[broken", "http://[broken"),
    ],
)
def test_a_page_is_its_address_without_what_tracks_its_reader(url: str, expected: str) -> None:
    assert page(url) == expected
