"""The stream of small happenings of a few kinds is what it says it is."""

from collections import Counter, defaultdict
from datetime import datetime

from benchmarks.situation_fires import fires


def test_a_tenth_of_the_happenings_is_told_three_times_and_the_rest_once() -> None:
    counts = Counter(row["gold"] for row in fires())
    assert (len(counts), Counter(counts.values())) == (300, Counter({1: 270, 3: 30}))


def test_each_happening_has_a_town_of_its_own_and_is_told_within_two_days() -> None:
    rows, times = fires(), defaultdict(list)
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)
    assert len({row["text"] for row in rows}) == len(rows)
    for row in rows:
        times[row["gold"]].append(datetime.fromisoformat(row["at"]))
    assert all((max(told) - min(told)).total_seconds() <= 2 * 86_400 for told in times.values())


def test_the_seed_alone_makes_the_stream() -> None:
    assert fires(1, happenings=20) == fires(1, happenings=20)
    assert fires(1, happenings=20) != fires(2, happenings=20)
