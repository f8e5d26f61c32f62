"""Who confirms and who contradicts whom, counted by independent origins."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from nlp.grade.judge import MOST, Judged, Standing, judge
from store.records import SourceKind
from tests.nlp.grade.scenes import DAY, INLAND, SUBURB, Told, gone, judged, road, tell, toll

LATER = DAY + timedelta(days=30)


def test_an_independent_origin_confirms() -> None:
    found = judged(tell("a", toll(40)), tell("b", toll(42), hours=3))
    assert (found["a"].confirmed_by, found["b"].confirmed_by) == (("b",), ("a",))
    assert found["a"].contradicted_by == ()
    assert found["a"].witnesses[0].at == DAY + timedelta(hours=3)


def test_a_copy_does_not_confirm_its_origin_nor_add_to_its_word() -> None:
    told = tell("a", toll(40)), tell("b", toll(40), hours=1), tell("c", toll(41), hours=2)
    found = judged(*told, origins={"b": "a"})
    assert found["a"].confirmed_by == ("c",)
    assert found["c"].confirmed_by == ("a",)


def test_nobody_confirms_himself_under_another_spelling_or_another_account() -> None:
    spelt = judged(tell("a", toll(40), source="City Radio"), tell("b", toll(40), hours=1, source=" CITY  radio"))
    accounts = judged(tell("a", toll(40), publisher="One Wire"), tell("b", toll(40), hours=1, publisher="One Wire"))
    assert [one.witnesses for one in (*spelt.values(), *accounts.values())] == [()] * 4


def test_who_is_known_to_repeat_a_voice_is_no_witness_from_then_on() -> None:
    told = tell("a", toll(40)), tell("b", toll(40), hours=1), tell("c", toll(40), hours=2)

    def kin(hours: float) -> dict[str, dict[str, datetime]]:
        since = DAY + timedelta(hours=hours)
        return {"voice of a": {"voice of b": since}, "voice of b": {"voice of a": since}}

    assert judged(*told, kin=kin(1))["a"].confirmed_by == ("c",)
    assert judged(*told, kin=kin(2))["a"].confirmed_by == ("b", "c")
    assert judged(*told, kin=kin(0))["c"].confirmed_by == ("a",)


def test_reports_further_apart_than_the_window_do_not_judge_each_other() -> None:
    told = tell("a", toll(40)), tell("b", toll(40), hours=24 * 8), tell("c", toll(40), hours=24 * 16)
    assert judged(*told)["a"].confirmed_by == ("b",)
    assert judged(*told, window_days=7)["a"].confirmed_by == ()


def test_a_report_is_judged_by_those_around_it_however_many_speak() -> None:
    told = [tell(f"r{number:03}", toll(40), hours=number / 10) for number in range(MOST + 2)]
    found = judged(*told)
    assert len(found["r000"].confirmed_by) == MOST
    assert f"r{MOST + 1}" not in found["r000"].confirmed_by
    assert len(found["r001"].confirmed_by) == MOST + 1


def test_those_who_contradict_each_other_too_do_not_add_up() -> None:
    past = gone(5)
    alone = judged(tell("a", toll(40, **past)), tell("b", toll(4, **past)), tell("c", toll(400, **past)), tell("d", toll(4000, **past)))
    joint = judged(tell("a", toll(40, **past)), tell("b", toll(400, **past)), tell("c", toll(410, **past)), tell("d", toll(4, **past)))
    assert alone["a"].contradicted_by == ("b", "c", "d")
    assert alone["a"].standing(LATER) == Standing(confirms=0, fits=0, contradicts=1)
    assert joint["a"].standing(LATER) == Standing(confirms=0, fits=0, contradicts=2)


def test_a_report_that_claims_nothing_in_particular_is_borne_out_by_two_others_of_the_place() -> None:
    bare = [tell(name, places=[SUBURB], hours=n) for n, name in enumerate("abc")]
    assert judged(*bare[:2])["a"].standing(LATER).confirms == 0
    assert judged(*bare)["a"].standing(LATER) == Standing(confirms=1, fits=2, contradicts=0)
    claiming = judged(tell("z", road()), *bare)
    assert claiming["z"].standing(LATER) == Standing(confirms=0, fits=3, contradicts=0)


def test_a_report_of_elsewhere_is_no_witness() -> None:
    assert judged(tell("a"), tell("b", places=[INLAND]), tell("c", toll(40), places=()))["a"].witnesses == ()


def test_what_a_report_is_called_and_who_made_it_is_kept() -> None:
    one = judged(tell("a", toll(40), source_kind=SourceKind.NGO, publisher="Wire"), origins={"a": "root"})["a"]
    assert (one.origin_id, one.voice, one.source_kind, one.at, one.bare) == ("root", "Wire", SourceKind.NGO, DAY, False)


LOW, HIGH = toll(40, **gone(5)), toll(400, **gone(5))
telling = st.lists(
    st.tuples(st.sampled_from([LOW, HIGH, toll(10, None), road()]), st.integers(0, 200), st.integers(0, 4), st.integers(0, 5)), min_size=2, max_size=9
)


def scene(parts: list[tuple[object, int, int, int]]) -> tuple[list[Told], dict[str, str]]:
    told = [tell(f"r{n}", part, hours=hours, source=f"voice {voice}") for n, (part, hours, voice, _) in enumerate(parts)]  # type: ignore[arg-type]
    roots: dict[int, str] = {}
    for n, (*_, origin) in enumerate(parts):
        roots.setdefault(origin, f"r{n}")
    return told, {f"r{n}": roots[origin] for n, (*_, origin) in enumerate(parts)}


def plain(told: list[Told], origins: dict[str, str]) -> tuple[Judged, ...]:
    return judge([report for report, _ in told], {reading.report_id: reading for _, reading in told}, origins)


@given(telling, st.randoms())
def test_the_order_of_the_reports_changes_nothing(parts: list[tuple[object, int, int, int]], chance: object) -> None:
    told, origins = scene(parts)
    mixed = list(told)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert plain(mixed, origins) == plain(told, origins)


@given(telling, st.integers(0, 200))
def test_what_holds_at_a_moment_depends_on_no_later_report(parts: list[tuple[object, int, int, int]], hours: int) -> None:
    told, origins = scene(parts)
    moment = DAY + timedelta(hours=hours)
    known = [one for one in told if one[0].at <= moment]
    whole = {one.report_id: one.standing(moment) for one in plain(told, origins) if one.at <= moment}
    assert whole == {one.report_id: one.standing(moment) for one in plain(known, origins)}


@given(telling)
def test_no_two_witnesses_of_one_stance_share_a_voice_or_an_origin(parts: list[tuple[object, int, int, int]]) -> None:
    for one in plain(*scene(parts)):
        for stance in {w.stance for w in one.witnesses}:
            same = [w for w in one.witnesses if w.stance is stance]
            assert len({w.speaker for w in same} - {one.voice}) == len({w.origin_id for w in same} - {one.origin_id}) == len(same)
