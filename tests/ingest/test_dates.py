from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import day_first, in_utc, moment


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2014-03-17", datetime(2014, 3, 17, tzinfo=UTC)),
        ("2014-03-17T10:30:00+02:00", datetime(2014, 3, 17, 8, 30, tzinfo=UTC)),
        ("2014-03-17 10:30", datetime(2014, 3, 17, 10, 30, tzinfo=UTC)),
        ("2014-03", datetime(2014, 3, 1, tzinfo=UTC)),
        ("2014/03/17", datetime(2014, 3, 17, tzinfo=UTC)),
        ("Mon, 17 Mar 2014 10:30:00 +0100", datetime(2014, 3, 17, 9, 30, tzinfo=UTC)),
        ("Mon, 17 Mar 2014 10:30:00 -0000", datetime(2014, 3, 17, 10, 30, tzinfo=UTC)),
    ],
)
def test_exact_forms_are_read_as_utc(words: str, expected: datetime) -> None:
    assert moment(words) == expected


@pytest.mark.parametrize("words", ["", "3/4/2014", "yesterday", "2014-13-01", "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"])
def test_ambiguous_and_impossible_dates_are_not_read(words: str) -> None:
    assert moment(words) is None


@pytest.mark.parametrize("words", ["05/07/2010 17:26", "05/07/2010 17:26:00"])
def test_day_first_means_the_fifth_of_july(words: str) -> None:
    assert day_first(words) == datetime(2010, 7, 5, 17, 26, tzinfo=UTC)


def test_day_first_reads_iso_as_well() -> None:
    assert day_first("2010-07-05") == datetime(2010, 7, 5, tzinfo=UTC)
    assert day_first("31/02/2010") is None


def test_times_at_the_calendars_edge_are_none() -> None:
    assert in_utc(datetime.min.replace(tzinfo=timezone(timedelta(hours=14)))) is None


@given(st.text(max_size=60))
def test_any_words_give_an_aware_time_or_none(words: str) -> None:
    for when in (moment(words), day_first(words)):
        assert when is None or when.tzinfo is UTC
