"""Which voices count as one because they mostly repeat each other."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from nlp.grade.kin import folded, kin
from store.records import Report
from tests.nlp.grade.scenes import DAY, tell


def said(*parts: tuple[str, str, float]) -> tuple[list[Report], dict[str, str]]:
    """Make reports of (voice, origin, day)."""
    reports = [tell(f"r{n}", source=voice, hours=24 * day)[0] for n, (voice, _, day) in enumerate(parts)]
    return reports, {report.id: origin for report, (_, origin, _) in zip(reports, parts, strict=True)}


def test_three_common_origins_make_kin_from_the_third_on() -> None:
    since = DAY + timedelta(days=2.1)
    found = kin(*said(*((voice, f"o{day}", day + 0.1 * n) for day in range(4) for n, voice in enumerate(("Wire", "Echo")))))
    assert found == {"wire": {"echo": since}, "echo": {"wire": since}}


def test_two_common_origins_do_not() -> None:
    assert kin(*said(*((voice, f"o{day}", day) for day in range(2) for voice in ("Wire", "Echo")))) == {}


def test_who_mostly_speaks_for_himself_is_no_kin_of_one_who_does_so_too() -> None:
    own = [(voice, f"{voice}{n}", n * 0.01) for n in range(7) for voice in ("Wire", "Paper")]
    common = [(voice, f"o{day}", day) for day in range(1, 4) for voice in ("Wire", "Paper")]
    assert kin(*said(*own, *common)) == {}
    assert set(kin(*said(*own[::2], *common))) == {"wire", "paper"}


def test_one_voice_repeating_itself_is_not_its_own_kin_nor_counted_twice() -> None:
    assert kin(*said(*(("Wire", "o", day) for day in range(9)))) == {}
    assert kin(*said(*(("Wire", "o", day) for day in range(3)), *(("Echo", "o", day) for day in range(3, 6)))) == {}


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("opqrs"), st.integers(0, 9)), max_size=25), st.integers(0, 9), st.randoms())
def test_the_past_never_changes_and_order_does_not_matter(parts: list[tuple[str, str, float]], day: int, chance: object) -> None:
    reports, origins = said(*parts)
    moment = DAY + timedelta(days=day)
    whole = kin(reports, origins)
    past = {one: {other: at for other, at in others.items() if at <= moment} for one, others in whole.items()}
    assert {one: others for one, others in past.items() if others} == kin([r for r in reports if r.at <= moment], origins)
    chance.shuffle(reports)  # type: ignore[attr-defined]
    assert kin(reports, origins) == whole


def test_a_voice_is_the_same_however_it_is_spaced_and_cased() -> None:
    assert folded("  City\tRADIO ") == "city radio"
