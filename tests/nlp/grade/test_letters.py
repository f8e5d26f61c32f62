"""The letter of a source follows its history, and each change has its day and its reason."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.grade.claims import Stance
from nlp.grade.judge import Judged, Witness
from nlp.grade.letters import grade_sources, share, verdict
from store.records import Reliability, SourceGrade, SourceKind
from tests.nlp.grade.scenes import DAY

YEAR = timedelta(days=365)


def one(number: int, right: int, wrong: int, *, day: float = 0, origin: str = "", voice: str = "Wire", friends: int = 9, bare: bool = False) -> Judged:
    """Make a report of a day with witnesses for and against it, an hour later each."""
    at = DAY + timedelta(days=day)
    witnesses = tuple(
        Witness(
            at=at + timedelta(hours=n + 1),
            report_id=f"w{number}-{n}",
            origin_id=f"w{number}-{n}",
            speaker=f"friend {n % friends}",
            source_kind=SourceKind.NGO,
            stance=Stance.CONFIRMS if n < right else Stance.CONTRADICTS,
            side="" if n < right else "other",
        )
        for n in range(right + wrong)
    )
    return Judged(report_id=f"r{number}", origin_id=origin or f"r{number}", voice=voice, source_kind=SourceKind.NEWS, at=at, bare=bare, witnesses=witnesses)


def history(confirmed: int, contradicted: int, friends: int = 9) -> list[Judged]:
    return [one(n, *((3, 0) if n < confirmed else (0, 3)), day=n / 10, friends=friends) for n in range(confirmed + contradicted)]


def last(judged: Sequence[Judged], as_of: datetime = DAY + timedelta(days=20)) -> SourceGrade:
    return grade_sources(judged, as_of)[-1]


@pytest.mark.parametrize(
    ("confirmed", "contradicted", "letter"),
    [(0, 0, "F"), (3, 0, "F"), (4, 0, "C"), (7, 0, "C"), (8, 0, "B"), (19, 0, "B"), (20, 0, "A"), (40, 6, "B"), (20, 16, "C"), (8, 14, "D"), (0, 4, "E")],
)
def test_a_letter_goes_by_the_share_confirmed_and_by_how_many_were_judged(confirmed: int, contradicted: int, letter: str) -> None:
    assert last(history(confirmed, contradicted) or [one(0, 0, 0)]).letter.value == letter


def test_two_friends_cannot_raise_each_other_above_a_c() -> None:
    assert last(history(40, 0, friends=2)).letter is Reliability.C
    assert last(history(40, 0, friends=3)).letter is Reliability.A


@pytest.mark.parametrize(
    ("confirms", "contradicts", "found"),
    [(0, 0, None), (1, 0, None), (0, 1, None), (1, 1, None), (2, 0, True), (2, 1, True), (0, 2, False), (1, 2, False), (3, 3, None)],
)
def test_a_verdict_takes_two_origins_and_a_majority(confirms: int, contradicts: int, found: bool | None) -> None:
    assert verdict(confirms, contradicts) is found


def test_one_loud_voice_ruins_nobody() -> None:
    assert last([one(n, 0, 1, day=n / 10) for n in range(50)]).letter is Reliability.F


def test_what_nobody_could_contradict_earns_nothing() -> None:
    told = [one(n, 0, 0, day=n / 10, bare=True) for n in range(30)]
    assert last(told).letter is Reliability.F


def test_copies_of_one_origin_are_judged_once() -> None:
    copies = [one(n, 3, 0, day=n / 10, origin="root") for n in range(30)]
    assert last(copies).letter is Reliability.F
    assert share(copies, DAY + timedelta(days=20))[1] == pytest.approx(1, abs=0.05)


def test_each_change_has_its_moment_and_its_reason() -> None:
    rows = grade_sources([*history(8, 0), *(one(n, 0, 3, day=9 + n / 10) for n in range(20, 26))], DAY + timedelta(days=20))
    assert [row.letter.value for row in rows] == ["F", "C", "B", "C"]
    assert [row.at for row in rows[:3]] == [DAY, DAY + timedelta(days=0.3, hours=2), DAY + timedelta(days=0.7, hours=2)]
    assert rows[0].reason == "2026-03-01: nothing it said has been judged yet"
    assert rows[1].reason.startswith("2026-03-01: report r3 of 2026-03-01 was confirmed (2 independent origins for it, 0 against); ")
    assert rows[1].reason.endswith("; 4 confirmed, 0 contradicted, share 0.75 on 4.0 after ageing")
    assert (rows[1].confirmed, rows[1].contradicted) == (4, 0)
    assert "was contradicted (0 independent origins for it, 2 against)" in rows[3].reason


def test_a_report_first_confirmed_and_then_in_dispute_no_longer_counts() -> None:
    turned = one(0, 2, 2)
    day_after = DAY + timedelta(days=1)
    assert share([turned], DAY + timedelta(hours=2))[1] == pytest.approx(1, abs=0.01)
    assert share([turned], day_after)[1] == pytest.approx(0, abs=1e-9)
    told = [one(n, 2, 2) for n in range(6)]
    assert [row.letter.value for row in grade_sources(told, day_after)] == ["F", "C", "F"]
    assert "is in dispute" in last(told, day_after).reason


def test_half_is_forgotten_in_a_year() -> None:
    mean, weight = share(history(20, 0), DAY + timedelta(days=1) + YEAR)
    assert weight == pytest.approx(10, abs=0.05)
    assert mean == pytest.approx(12 / 14, abs=0.001)


def test_a_good_name_fades() -> None:
    grade = last(history(20, 0), DAY + YEAR)
    assert (grade.letter, grade.at, grade.confirmed) == (Reliability.B, DAY + YEAR, 20)
    assert "grown old" in grade.reason
    assert last(history(20, 0), DAY + 3 * YEAR).letter is Reliability.C


def test_the_letter_of_a_source_is_its_own() -> None:
    rows = grade_sources([*history(8, 0), *(one(90 + n, 0, 3, voice="Alone", day=n) for n in range(4))], DAY + timedelta(days=20))
    assert {row.source: row.letter.value for row in rows} == {"Alone": "E", "Wire": "B"}


def test_later_reports_are_passed_over() -> None:
    assert grade_sources(history(8, 0), DAY - timedelta(days=1)) == ()
    assert share([], DAY) == (0.5, 0.0)


outcomes = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 60), st.integers(0, 20)), max_size=20)


@given(outcomes, st.integers(0, 60), st.randoms())
def test_rows_do_not_change_when_more_is_said_and_order_does_not_matter(parts: list[tuple[int, int, int, int]], day: int, chance: object) -> None:
    told = [one(n, right, wrong, day=at, origin=f"o{origin}") for n, (right, wrong, at, origin) in enumerate(parts)]
    moment, end = DAY + timedelta(days=day), DAY + timedelta(days=90)
    whole = grade_sources(told, end)
    assert [row for row in whole if row.at <= moment and row.at < end] == [row for row in grade_sources(told, moment) if "grown old" not in row.reason]
    chance.shuffle(told)  # type: ignore[attr-defined]
    assert grade_sources(told, end) == whole


@given(outcomes)
def test_the_share_is_a_share_and_each_row_another_letter(parts: list[tuple[int, int, int, int]]) -> None:
    told = [one(n, right, wrong, day=at, origin=f"o{origin}") for n, (right, wrong, at, origin) in enumerate(parts)]
    mean, weight = share(told, DAY + timedelta(days=90))
    assert 0 < mean < 1
    assert weight >= 0
    rows = grade_sources(told, DAY + timedelta(days=90))
    assert all(first.letter is not then.letter and first.at <= then.at for first, then in pairwise(rows))
