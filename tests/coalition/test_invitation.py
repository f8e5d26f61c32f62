"""What is ready to send: every word fixed or a fact, and no partner named to another."""

import re
from dataclasses import replace

from coalition.invitation import agenda, invitation, passages
from store.opt_in import Exposure, Job
from tests.coalition.offers import TERMS, ask, drafted, partners
from tests.coalition.scenes import day

OWN = ask("A", strengths=("law",), jobs=(Job(id="j", title="Write the brief", partner_id="A", reason="declares labour law; works in en"),))


def test_an_invitation_holds_the_ask_the_terms_and_the_link() -> None:
    text = invitation(drafted(), "House A", OWN, "https://hive.example/opt-in/x")
    for words in (
        "Subject: Would you join in: The strike ends.",
        "Dear House A,",
        "A rule or its reading.",
        "1. The owners talk.",
        "- law",
        "- Write the brief (you: declares labour law",
    ):
        assert words in text
    for words in (
        "By 10 March 2031, 00:00 UTC.",
        "works quietly",
        "until 1 June 2031",
        "The wage is agreed.",
        "https://hive.example/opt-in/x",
        "the coordinator alone",
    ):
        assert words in text
    assert "opt-in" not in invitation(drafted(), "House A", OWN, "")


def test_no_other_partner_is_named_in_an_invitation() -> None:
    text = invitation(drafted(), "House A", OWN, "link")
    assert re.findall(r"House (\w)", text) == ["A"]
    assert "bench" not in text


def test_words_of_others_cannot_forge_a_line() -> None:
    sly = replace(drafted(), objective="Peace\r\nBcc: all@example.org\x1b[2J", plan=("a\nb",))
    text = invitation(sly, "House\nA", OWN, "")
    assert "\nBcc" not in text
    assert "\x1b" not in text
    assert "Dear House A," in text


def test_a_passage_without_facts_is_left_out() -> None:
    bare = replace(drafted(), plan=(), terms=replace(TERMS, exit="", exposure=Exposure.PUBLIC))
    told = passages(bare, ask("A", strengths=("law",)))
    assert [p.heading for p in told if not p.lines] == []
    assert not any("come about" in p.heading or "ask you to do" in p.heading for p in told)
    assert "named in public" in invitation(bare, "House A", OWN, "")


def test_the_agenda_names_those_who_are_in_and_nobody_else() -> None:
    team = tuple(replace(p, time_zone="Europe/London") for p in partners("AB"))
    text = agenda(drafted(), team, {"A": ("law",), "B": ("bench",)}, day(3))
    assert set(re.findall(r"House (\w)", text)) == {"A", "B"}
    assert "press" not in text.replace("Write the release", "")
    assert "08:00 UTC is within the working hours of 2 of 2 members." in text
    assert "1. Who is here" in text
    assert "- House A: law" in text
    bare = replace(drafted(), plan=())
    assert "time zones are not known" in agenda(bare, partners("A"), {"A": ("law",)}, day(3))
    assert "come about" not in agenda(bare, partners("A"), {"A": ("law",)}, day(3))
