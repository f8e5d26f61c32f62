"""Briefs are found by their own names."""

from datetime import UTC, datetime

from flows.briefs import briefs_until, published
from flows.settings import Settings


def test_only_files_named_as_briefs_are_listed_in_order_of_time(settings: Settings) -> None:
    assert published(settings) == ()
    assert briefs_until(settings) == {}
    settings.briefs_path.mkdir(parents=True)
    for name in ("brief-2031-04-24T200000Z.md", "brief-2031-04-24T200000Z.html", "brief-2031-04-02T200000Z.md", "brief-2031.md", "latest.md", ".latest.md.new"):
        (settings.briefs_path / name).write_text(name, encoding="utf-8")
    found = published(settings)
    assert [(as_of, list(paths)) for as_of, paths in found] == [
        (datetime(2031, 4, 2, 20, tzinfo=UTC), ["md"]),
        (datetime(2031, 4, 24, 20, tzinfo=UTC), ["html", "md"]),
    ]
    assert list(briefs_until(settings)) == ["md"]
    assert briefs_until(settings, datetime(2031, 4, 24, 20, tzinfo=UTC)) == found[1][1]
    assert briefs_until(settings, datetime(2031, 4, 24, 19, tzinfo=UTC)) == found[0][1]
    assert briefs_until(settings, datetime(2031, 4, 1, tzinfo=UTC)) == {}
