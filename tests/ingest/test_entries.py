import json

from ingest.entries import parse_feed

ATOM = (
    b"<feed xmlns='http://www.w3.org/2005/Atom' xmlns:georss='http://www.georss.org/georss'><title>t</title><entry><id>1</id><title>a</title>"
    b"<updated>2014-03-03T10:12:00Z</updated><georss:point>35.1 36.7</georss:point></entry>"
    b"<entry><title>b</title><georss:point>95 0</georss:point></entry></feed>"
)


def test_times_and_points_of_xml_entries_are_read() -> None:
    first, second = parse_feed(ATOM).entries
    assert (first.lat, first.lon) == (35.1, 36.7)
    assert first.at is not None
    assert (second.lat, second.lon, second.at) == (None, None, None)


def test_json_entries_are_read_one_by_one() -> None:
    given = [{"id": 1, "content_html": "<p>words</p>"}, 5, {"id": ["x"], "content_text": " plain ", "external_url": "https://x.example"}]
    parsed = parse_feed(json.dumps({"title": "t", "items": given}).encode())
    assert [entry.text for entry in parsed.entries] == ["words", "", "plain"]
    assert [entry.key for entry in parsed.entries] == ["1", "", ""]
    assert "cannot be read" in parsed.entries[1].problem
    assert parsed.entries[2].link == "https://x.example"
