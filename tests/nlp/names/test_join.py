"""Joining: links with reasons, rebuilt from what was stored, put right by hand."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.names.join import Roster, right_id
from store.records import Correction, Mention, NameLink, Subject
from tests.nlp.names.conftest import START, Told, told

TEXTS = [
    ("President Zino Parthe met the Lake Fishers Association (LFA).", ("Zino Parthe|PERSON", "Lake Fishers Association|ORG", "LFA|ORG"), "TZ/Mbeya"),
    ("Zino Parthe left. Parthe will be back, LFA says.", ("Zino Parthe|PERSON", "Parthe|PERSON", "LFA|ORG"), "TZ/Mwanza"),
    ("Nurse Ahmed Hassan of UNICEF spoke in the Ministry of Health.", ("Ahmed Hassan|PERSON", "UNICEF|ORG", "Ministry of Health|ORG"), "SD/Nyala"),
    ("Ahmed Hasan of UNICEF.", ("Ahmed Hasan|PERSON", "UNICEF|ORG"), "EG/Aswan"),
    ("The Latin Film Archive (LFA) and Ahmed Hassan.", ("Latin Film Archive|ORG", "LFA|ORG", "Ahmed Hassan|PERSON"), "PE/Lima"),
    ("The LFA, Goma.", ("LFA|ORG", "Goma|GPE"), ""),
]


def put_right(text: str, wrong: str, right: str = "", report_id: str = "", hours: int = 0, **fields: object) -> Correction:
    given = {"id": f"c{hours}", "at": START + timedelta(hours=hours), "by": "ann", "subject": Subject.NAME, "reason": ""} | fields
    return Correction(text=text, wrong=wrong, right=right, report_id=report_id, **given)  # type: ignore[arg-type]


def play(order: list[int], corrections: tuple[Correction, ...] = ()) -> Told:
    tell = Told(Roster(corrections=corrections))
    for number in order:
        text, names, places = TEXTS[number]
        tell(text, *names, places=places)
    return tell


def ids(links: tuple[NameLink, ...]) -> list[str]:
    return [link.name_id for link in links]


def test_people_and_organisations_get_links_in_order_and_nothing_else_does(tell: Told) -> None:
    links = tell("Goma: Zino Parthe of Tide.", "Goma|GPE", "Zino Parthe|PERSON", "Tide|ORG", ".|PERSON")
    assert [(link.number, link.canonical, link.report_id) for link in links] == [(1, "Zino Parthe", "r0"), (2, "Tide", "r0")]


def test_a_single_name_is_joined_with_nobody_elsewhere_and_is_one_within_its_report(tell: Told) -> None:
    (first,) = tell("Parthe left.", "Parthe|PERSON", places="KE")
    second, third = tell("Parthe left. Parthe came.", "Parthe|PERSON", "Parthe|PERSON", places="KE")
    assert first.name_id != second.name_id == third.name_id
    assert first.reason == "a single name, joined with nobody elsewhere"


def test_a_surname_in_its_report_follows_the_whole_name(tell: Told) -> None:
    whole, surname = tell("Zino Parthe left. Parthe came.", "Zino Parthe|PERSON", "Parthe|PERSON")
    assert (whole.name_id, whole.canonical) == (surname.name_id, surname.canonical)
    assert surname.reason == "surname of Zino Parthe in this report"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, len(TEXTS) - 1), max_size=8), st.integers(0, 8))
def test_a_roster_rebuilt_from_its_links_answers_as_the_one_that_made_them(order: list[int], cut: int) -> None:
    whole = play(order)
    again = Told(Roster(whole.heard[:cut]), list(whole.heard[:cut]))
    for number in order[cut:]:
        text, names, places = TEXTS[number]
        again(text, *names, places=places)
    assert [heard.links for heard in again.heard] == [heard.links for heard in whole.heard]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, len(TEXTS) - 1), min_size=1, max_size=8), st.integers(0, 7))
def test_a_late_report_knows_what_was_said_before_it_alone_and_hides_nothing_from_those_after_it(order: list[int], late: int) -> None:
    whole = play(order)
    at = late % len(order)
    roster = Roster(heard for number, heard in enumerate(whole.heard) if number != at)
    for number in (at, len(order)):
        text, names, places = TEXTS[order[at]]
        fresh = Told(roster, list(whole.heard[:number]))
        links = fresh(text, *names, places=places)
        if number == at:
            assert links == whole.heard[at].links
    assert links == play([*order, order[at]]).heard[-1].links


@given(st.lists(st.integers(0, len(TEXTS) - 1), min_size=1, max_size=5))
def test_each_link_has_a_stable_id_a_name_and_a_reason(order: list[int]) -> None:
    links = [link for heard in play(order).heard for link in heard.links]
    assert all(link.name_id.startswith(("per:", "org:")) and link.canonical and link.reason for link in links)
    assert links == [link for heard in play(order).heard for link in heard.links]


def test_somebody_of_their_own_is_parted_from_now_on_and_joined_again_when_that_is_undone() -> None:
    before = play([0, 1]).heard
    wrong = before[0].links[0].name_id
    correction = put_right("Zino Parthe", wrong, report_id="r1", reason="her cousin")
    after = play([0, 1, 1], (correction,)).heard
    assert after[0].links[0].name_id == wrong
    assert ids(after[1].links[:2]) == [right_id(correction)] * 2
    assert after[1].links[0].reason == "put right by hand: her cousin"
    undone = play([0, 1], (replace(correction, undone_at=START),)).heard
    assert [heard.links for heard in undone] == [heard.links for heard in before]


def test_a_mention_is_led_to_the_right_organisation_also_in_later_reports() -> None:
    wrong = play([5]).heard[0].links[0].name_id
    tell = play([5, 5], (put_right("the LFA", wrong, "org:unicef"),))
    assert [(heard.links[0].name_id, heard.links[0].canonical, heard.links[0].reason) for heard in tell.heard[:1]] == [
        ("org:unicef", "UNICEF", "put right by hand")
    ]
    tide = Told().roster.join(*told(0, "Tide.", "Tide|ORG"), "r0")[0].name_id
    tell = Told(Roster(corrections=(put_right("Tide", tide, "org:oxfam"),)))
    assert [tell("Tide.", "Tide|ORG")[0].name_id for _ in range(3)] == ["org:oxfam"] * 3
    again = Told(Roster(tell.heard, (put_right("Tide", tide, "org:oxfam"),)), list(tell.heard))
    assert again("Tide.", "Tide|ORG")[0].name_id == "org:oxfam"


def test_corrections_follow_one_another_in_time_and_those_of_places_are_not_about_names() -> None:
    tide = Told().roster.join(*told(0, "Tide.", "Tide|ORG"), "r0")[0].name_id
    chain = (put_right("Tide", "org:oxfam", "org:msf", hours=2), put_right("Tide", tide, "org:oxfam", hours=1))
    assert Told(Roster(corrections=chain))("Tide.", "Tide|ORG")[0].name_id == "org:msf"
    place = put_right("Tide", tide, "org:oxfam", subject=Subject.PLACE)
    assert Told(Roster(corrections=(place,)))("Tide.", "Tide|ORG")[0].name_id == tide


def test_a_surname_alone_may_be_put_right_by_itself() -> None:
    wrong = play([1]).heard[0].links[0].name_id
    whole, surname, _ = play([1], (put_right("Parthe", wrong, "per:000000000000"),)).heard[0].links
    assert (whole.name_id, surname.name_id, surname.canonical) == (wrong, "per:000000000000", "Parthe")


def test_a_correction_of_one_report_leaves_the_name_to_the_next() -> None:
    tide = Told().roster.join(*told(0, "Tide.", "Tide|ORG"), "r0")[0].name_id
    tell = Told(Roster(corrections=(put_right("Tide", tide, report_id="r0"),)))
    own, other = tell("Tide.", "Tide|ORG")[0], tell("Tide.", "Tide|ORG")[0]
    assert (own.name_id, other.name_id) == (right_id(put_right("Tide", tide)), tide)


def test_mentions_without_a_letter_get_no_link() -> None:
    report, _, _ = told(0, "...")
    assert Roster().join(report, (Mention(start=0, end=1, text=".", label="ORG"), Mention(start=1, end=2, text=".", label="PERSON")), (), "r0") == ()
