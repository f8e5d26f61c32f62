"""Origins: copies are one, independent reports are many, in whatever order they come."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.origins import origins
from store.records import Channel, Report, SourceKind
from tests.nlp.conftest import Write

DAY = datetime(2024, 3, 1, tzinfo=UTC)
WIRE = (
    "The ferry that links the two banks of the river has not run since Tuesday, the port authority said. Its engine failed under the weight of lorries "
    "carrying flour to the market towns on the eastern shore, and no spare part is to be had in the district. Traders are using small boats instead, "
    "at four times the price, and the hospital of the eastern shore has oxygen for five more days according to its director, who asked for a barge."
)
OTHER = (
    "Nurses in the eastern bank hospital told us they have counted the cylinders twice: by Sunday the oxygen will be gone. They want someone to lend "
    "them a barge, because since the big boat broke down nobody brings heavy goods across, and the fishermen's canoes cannot carry steel bottles."
)


def test_a_retitled_and_an_abridged_copy_are_one_origin_with_the_wire(write: Write) -> None:
    abridged = ". ".join(WIRE.split(". ")[:2])
    reports = [
        write("a", WIRE, at=DAY),
        write("b", WIRE, title="Ferry out of service, flour stuck", at=DAY + timedelta(hours=5)),
        write("c", abridged, title="No spare part", at=DAY + timedelta(days=1)),
    ]
    (one,) = origins(reports)
    assert (one.id, one.report_ids) == ("a", ("a", "b", "c"))
    assert "same words" in one.reason
    assert "shares 100%" in one.reason


def test_the_same_happening_in_other_words_is_another_origin(write: Write) -> None:
    assert len(origins([write("a", WIRE), write("b", OTHER)])) == 2


def test_ten_carriers_and_one_partner_who_pastes_them_are_one_origin(write: Write) -> None:
    carriers = [write(f"n{n}", f"{WIRE} Our correspondent number {n} adds nothing.", title=f"Carrier {n}", at=DAY + timedelta(hours=n)) for n in range(10)]
    pasted = write("p", f"Dear colleagues, see below what I read today. {WIRE} Regards from the field.", at=DAY + timedelta(days=1))
    assert [len(one.report_ids) for one in origins([*carriers, pasted])] == [11]


def test_more_carriers_than_are_remembered_are_still_one_origin(write: Write) -> None:
    carriers = [write(f"n{n:03}", f"{WIRE} Carried by outlet {n}, edition {n * 7}.", at=DAY + timedelta(minutes=n)) for n in range(120)]
    assert len(origins(carriers)) == 1


def test_reports_written_to_a_pattern_stay_apart(write: Write) -> None:
    pattern = "Weekly form: {} families in {} need drinking water and two latrines are broken"
    reports = [write(str(n), pattern.format(20 + n, town)) for n, town in enumerate(["Ardo", "Belem", "Cusco", "Dakar"])]
    assert len(origins(reports)) == 4


def test_short_texts_are_copies_only_when_identical(write: Write) -> None:
    assert len(origins([write("a", "Bridge is out"), write("b", "bridge is OUT!"), write("c", "Bridge is open")])) == 2


def test_empty_texts_are_not_copies_of_one_another(write: Write) -> None:
    assert len(origins([write("a", ""), write("b", "...")])) == 2


def test_one_page_is_one_origin_whatever_tracks_its_reader(write: Write) -> None:
    first = write("a", WIRE, url="https://www.paper.example/ferry/?utm_source=mail&id=7#top")
    second = write("b", OTHER, url="http://paper.example/ferry?id=7")
    third = write("c", "Something else altogether was printed on that day", url="https://paper.example/ferry?id=8")
    assert sorted(len(one.report_ids) for one in origins([first, second, third])) == [1, 2]


@pytest.mark.parametrize("url", ["https://paper.example/", "http://[broken"])
def test_a_bare_site_or_a_broken_address_proves_nothing_or_only_itself(write: Write, url: str) -> None:
    found = origins([write("a", WIRE, url=url), write("b", OTHER, url=url)])
    assert len(found) == (2 if url.startswith("https") else 1)


def test_a_text_that_comes_back_after_the_window_is_a_new_origin(write: Write) -> None:
    reports = [write(name, WIRE, at=DAY + timedelta(days=days)) for name, days in (("a", 0), ("b", 8), ("c", 16))]
    assert [one.report_ids for one in origins(reports)] == [("a", "b"), ("c",)]


def test_scripts_without_spaces_are_compared_too(write: Write) -> None:
    wire = "港务局表示连接河流两岸的渡轮自周二起停运因为发动机在运往东岸集镇的面粉卡车的重压下发生故障该地区没有备件可用医院的氧气只够五天"
    other = "东岸医院的护士告诉我们她们数了两遍氧气瓶到星期天就会用完她们希望有人借一艘驳船"
    assert sorted(len(one.report_ids) for one in origins([write("a", wire), write("b", f"转发：{wire}"), write("c", other)])) == [1, 2]


def _made(seed: int) -> list[Report]:
    draw = random.Random(seed)
    words = [f"w{n}" for n in range(400)]
    bases = [[draw.choice(words) for _ in range(draw.randint(3, 90))] for _ in range(6)]
    reports = []
    for number in range(18):
        base = draw.choice(bases)
        text = " ".join(word for word in base if draw.random() > draw.choice([0.0, 0.05, 0.5]))
        at = DAY + timedelta(hours=draw.randint(0, 400))
        kind = SourceKind.NEWS
        reports.append(Report(id=f"r{number:02}", channel=Channel.FEED, source="s", source_kind=kind, key=str(number), at=at, received_at=at, text=text))
    return reports


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_order_changes_nothing_and_every_report_has_one_origin(seed: int, shuffler: random.Random) -> None:
    reports = _made(seed)
    mixed = list(reports)
    shuffler.shuffle(mixed)
    found = origins(mixed)
    assert found == origins(reports)
    by_id = {report.id: report for report in reports}
    assert sorted(id_ for one in found for id_ in one.report_ids) == sorted(by_id)
    for one in found:
        times = [by_id[id_].at for id_ in one.report_ids]
        assert one.id == one.report_ids[0]
        assert times == sorted(times)
        assert max(times) - min(times) <= timedelta(days=10)


def test_texts_of_the_very_same_runs_of_words_are_copies(write: Write) -> None:
    assert len(origins([write("a", "water food shelter " * 12), write("b", "water food shelter " * 9)])) == 1
