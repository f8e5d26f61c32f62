"""Origins: copies are one, independent reports are many, in whatever order they come."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.origins import origins
from store.records import Channel, Corroboration, Report, SourceKind
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


SENTENCES = WIRE.split(". ")


def _echo(write: Write) -> list[Report]:
    carriers = [
        write(
            f"n{n}",
            ". ".join([f"By our correspondent {name}", *SENTENCES[: 3 if n % 3 else 2], f"Printed by the {name} Courier on page {n + 2}"]),
            title=f"{name}: no ferry since Tuesday",
            source=f"{name} Courier",
            at=DAY + timedelta(hours=3 * n),
        )
        for n, name in enumerate(["Arvo", "Beale", "Cossa", "Dunne", "Ekow", "Farr", "Gyasi", "Holt", "Imre", "Jaap"])
    ]
    pasted = f"Dear colleagues, this is what I read today. {WIRE} We have asked the fishermen to carry two cylinders each."
    return [*carriers, write("p", pasted, at=DAY + timedelta(days=2))]


def test_ten_carriers_and_one_partner_who_pastes_them_are_one_origin(write: Write) -> None:
    reports = _echo(write)
    (one,) = origins(reports)
    counted = Corroboration.of([report.id for report in reports], dict.fromkeys(one.report_ids, one.id), dict(one.revisions))
    assert str(counted) == "1 independent origin, 11 carriers"


def test_an_echo_among_independent_reports_stays_one_origin(write: Write) -> None:
    others = [write("o", OTHER, at=DAY), write("q", f"We were there. {OTHER} The barge of the sand company lies idle.", at=DAY + timedelta(days=1))]
    assert sorted(len(one.report_ids) for one in origins([*_echo(write), *others])) == [2, 11]


def test_more_carriers_than_are_remembered_are_still_one_origin(write: Write) -> None:
    carriers = [write(f"n{n:03}", f"{WIRE} Carried by outlet {n}, edition {n * 7}.", at=DAY + timedelta(minutes=n)) for n in range(120)]
    assert len(origins(carriers)) == 1


def test_reports_written_to_a_pattern_stay_apart(write: Write) -> None:
    pattern = "Weekly form: {} families in {} need drinking water and two latrines are broken"
    reports = [write(str(n), pattern.format(20 + n, town)) for n, town in enumerate(["Ardo", "Belem", "Cusco", "Dakar"])]
    assert len(origins(reports)) == 4


FORM = (
    "Situation report of the district desk. Over the past week our teams visited {} and {}. A total of {} households received food parcels and {} households "
    "received hygiene kits. The health post treated {} patients, most of them for fever. Main needs remain clean water, shelter material and school supplies. "
    "The road to the capital was open on {} days. The next distribution is planned for {} with {} parcels in stock."
)


def test_a_long_weekly_form_with_new_figures_is_a_new_report_each_week(write: Write) -> None:
    weeks = [("Ardo", "Belem", 112, 90, 34, 5, "Cusco", 400), ("Dakar", "Ely", 131, 64, 29, 6, "Faro", 310), ("Gaya", "Hilo", 98, 71, 41, 2, "Ica", 220)]
    assert len(origins([write(str(n), FORM.format(*week), at=DAY + timedelta(days=3 * n)) for n, week in enumerate(weeks)])) == 3


def test_a_form_about_the_same_places_is_told_apart_by_its_figures(write: Write) -> None:
    weeks = [("Ardo", "Belem", 112, 90, 34, 5, "Cusco", 400), ("Ardo", "Belem", 131, 64, 29, 6, "Cusco", 310)]
    assert len(origins([write(str(n), FORM.format(*week), at=DAY + timedelta(days=7 * n)) for n, week in enumerate(weeks)])) == 2


def test_a_filled_form_that_is_passed_on_is_a_copy(write: Write) -> None:
    form = FORM.format("Ardo", "Belem", 112, 90, 34, 5, "Cusco", 400)
    assert len(origins([write("a", form), write("b", f"Passed on by Lena Osk, 14 March, 3 pages. {form}", at=DAY + timedelta(days=1))])) == 1


def test_a_wire_with_its_toll_brought_up_to_date_is_still_a_copy(write: Write) -> None:
    wire = f"{WIRE} Rescuers counted 12 people on the stranded ferry, among them 4 children, and the crew of the lighthouse took in 3 of them overnight."
    assert len(origins([write("a", wire), write("b", wire.replace("12 people", "15 people"), at=DAY + timedelta(hours=5))])) == 1


def test_independent_reports_that_quote_one_statement_stay_apart(write: Write) -> None:
    statement = 'The governor said: "We will not leave the eastern shore alone, and a barge will be found before Sunday."'
    first = f"{OTHER} {statement} They laughed when they heard it on the radio, and went back to counting what was left in the store room of the ward."
    second = (
        "Lorry drivers sleep under their trailers on the western landing. Some have sold part of the flour to passers-by so as to buy diesel for the way home. "
        f"{statement} Nobody at the landing knows of a barge. The harbour master lets them use his well, and the mosque has sent bread and lentils twice a day."
    )
    assert len(origins([write("a", first), write("b", second, at=DAY + timedelta(hours=8))])) == 2


LITTLE = (
    "Bakers on the eastern shore closed at noon for want of flour, a walk through the market showed. Its engine failed under the weight of lorries carrying "
    "flour to the market towns on the eastern shore, and no spare part is to be had in the district. Queues formed before the mill, where a sack costs as "
    "much as a goat did last year and the miller accepts neither notes nor promises. Schools will feed their pupils with maize until Friday, teachers said."
)


@pytest.mark.parametrize(("credit", "days", "expected"), [("(Reuters) - ", 1, 1), ("(Reuters) - ", 3, 2), ("", 1, 2)])
def test_a_shared_agency_makes_up_for_wording_that_is_not_quite_enough(write: Write, credit: str, days: int, expected: int) -> None:
    found = origins([write("a", f"PORT {credit}{WIRE}"), write("b", f"TOWN {credit}{LITTLE}", at=DAY + timedelta(days=days))])
    assert len(found) == expected
    assert ("also credits Reuters and shares" in found[0].reason) is (expected == 1)


def test_a_publisher_heard_through_two_doors_makes_up_for_wording_too(write: Write) -> None:
    first = write("a", WIRE, source="Harbour Gazette")
    second = write("b", LITTLE, source="News of the day", publisher="Harbour Gazette", at=DAY + timedelta(hours=2))
    third = write("b", LITTLE, source="Harbour Gazette", at=DAY + timedelta(hours=2))
    assert [one.reason[:25] for one in origins([first, second])] == ["also from Harbour Gazette"]
    assert len(origins([first, third])) == 2


@pytest.mark.parametrize("mark", ["> {}", "-----Original Message-----\nFrom: the desk\n\n{}", "--- Message d'origine ---\n{}"])
def test_a_report_that_quotes_another_whole_carries_it(write: Write, mark: str) -> None:
    short = "The bridge at Ardo is closed to lorries until the inspectors have come back"
    quoted = "\n".join([f"I saw this, too, and can add that {OTHER}", mark.format(short)])
    (one,) = origins([write("a", short), write("b", quoted, at=DAY + timedelta(hours=1))])
    assert one.reason == "quotes it whole"


def test_a_quotation_that_comes_in_before_its_original_joins_them_too(write: Write) -> None:
    short = "The bridge at Ardo is closed to lorries until the inspectors have come back"
    (one,) = origins([write("a", f"Look at this:\n> {short}"), write("b", short, at=DAY + timedelta(hours=1))])
    assert one.reason == "is quoted whole"


FEED = {"channel": Channel.FEED, "source": "Gazette"}


def test_an_edited_feed_entry_is_a_revision_of_its_first_edition(write: Write) -> None:
    reports = [
        write("c", WIRE, key="tag:7", **FEED),
        write("b", f"UPDATE: a barge is on its way. {OTHER}", key="tag:7@0123abcd", received_at=DAY + timedelta(hours=3), **FEED),
        write("a", f"UPDATE: the barge is here. {OTHER}", key="tag:7@89abcdef", received_at=DAY + timedelta(hours=6), **FEED),
    ]
    (one,) = origins(reports)
    assert (one.id, one.revisions) == ("c", (("b", "c"), ("a", "c")))
    assert one.reason == "later edition of the same report (2)"


def test_editions_whose_first_one_is_unknown_revise_the_earliest(write: Write) -> None:
    second, third = f"{WIRE} A barge is on its way.", f"{WIRE} The barge is here."
    reports = [write("a", second, key="tag:7@0123abcd", **FEED), write("b", third, key="tag:7@89abcdef", at=DAY + timedelta(hours=2), **FEED)]
    assert [one.revisions for one in origins(reports)] == [(("b", "a"),)]


def test_an_edition_dated_before_the_first_one_still_counts_once(write: Write) -> None:
    reports = [write("a", f"{WIRE} Corrected.", key="k@0123abcd", at=DAY, **FEED), write("b", WIRE, key="k", at=DAY + timedelta(hours=1), **FEED)]
    assert [one.revisions for one in origins(reports)] == [(("b", "a"),)]


def test_keys_that_only_look_like_editions_prove_nothing(write: Write) -> None:
    reports = [write("a", WIRE, key="k@0123abcd", **FEED), write("b", OTHER, key="k@89abcdef", **FEED)]
    assert [one.revisions for one in origins(reports)] == [(), ()]


def test_a_page_that_its_own_voice_edits_is_revised_and_one_that_another_voice_shows_is_carried(write: Write) -> None:
    url = "https://gazette.example/ferry"
    first = write("a", WIRE, source="Gazette", url=url)
    edited = write("b", f"{WIRE} Corrected at noon.", source="Gazette", url=f"{url}?utm_source=feed", at=DAY + timedelta(hours=2))
    shown = write("c", WIRE, source="Links of the day", url=url, at=DAY + timedelta(hours=3))
    (one,) = origins([first, edited, shown])
    assert (one.report_ids, one.revisions) == (("a", "b", "c"), (("b", "a"),))


def test_an_edition_after_the_window_begins_a_new_origin_with_revisions_of_its_own(write: Write) -> None:
    url, days = "https://gazette.example/ferry", (0, 12, 13)
    reports = [write(f"r{day:02}", f"{WIRE} Seen again on day {day}.", url=url, at=DAY + timedelta(days=day)) for day in days]
    assert [(one.report_ids, one.revisions) for one in origins(reports)] == [(("r00",), ()), (("r12", "r13"), (("r13", "r12"),))]


def test_nothing_has_no_origins() -> None:
    assert origins([]) == ()


def test_reasons_are_counted_and_their_shares_spanned(write: Write) -> None:
    cut = [". ".join(SENTENCES[:2]), f"{'. '.join(SENTENCES[1:])} So much for the ferry, which was built long ago and far away by people nobody remembers."]
    (one,) = origins([write("a", WIRE), *(write(str(n), text, at=DAY + timedelta(hours=n)) for n, text in enumerate([WIRE, WIRE, *cut], 1))])
    assert one.reason == "same words (2); shares 74–100% of the shorter wording (2)"


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
        key = f"{number % 9}@0123abcd" if number > 8 else str(number)
        reports.append(Report(id=f"r{number:02}", channel=Channel.FEED, source="s", source_kind=kind, key=key, at=at, received_at=at, text=text))
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
        later = [id_ for id_, _ in one.revisions]
        assert one.id not in later
        assert not {first for _, first in one.revisions} & set(later)
        assert {*later, *(first for _, first in one.revisions)} <= set(one.report_ids)


def test_texts_of_the_very_same_runs_of_words_are_copies(write: Write) -> None:
    assert len(origins([write("a", "water food shelter " * 12), write("b", "water food shelter " * 9)])) == 1
