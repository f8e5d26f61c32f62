"""How --as-of is read."""

from datetime import UTC, datetime

import pytest

from flows.moments import moment
from store.errors import ConfigError


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2014-04-30", datetime(2014, 4, 30, 23, 59, 59, tzinfo=UTC)),
        ("2014-04-30T18:00", datetime(2014, 4, 30, 18, tzinfo=UTC)),
        ("2014-04-30T18:00:00+02:00", datetime(2014, 4, 30, 16, tzinfo=UTC)),
        ("2014-04-30T18:00:00Z", datetime(2014, 4, 30, 18, tzinfo=UTC)),
    ],
)
def test_a_day_means_its_end_and_a_time_without_a_zone_is_utc(words: str, expected: datetime) -> None:
    assert moment(words) == expected


def test_words_that_are_no_time_are_refused_with_an_example() -> None:
    with pytest.raises(ConfigError, match="2014-04-30"):
        moment("last Friday")
