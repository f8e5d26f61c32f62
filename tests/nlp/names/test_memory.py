"""Memory: what speaks for and against one person behind two equal names, and how little is kept."""

import pytest

from nlp.names.memory import Known, called, latest, weigh
from nlp.names.persons import Person, person
from nlp.names.scene import Setting


def read(name: str) -> Person:
    found = person(name)
    assert found is not None
    return found


def setting(where: str = "", *roles: str, body: str = "", voice: str = "v", origin: str = "o") -> Setting:
    country, _, region = where.partition("/")
    return Setting(
        frozenset({country} - {""}),
        frozenset({f"{region} (Kenya)"} if region else ()),
        frozenset(roles),
        frozenset({body} - {""}),
        voice,
        origin,
    )


def judged(name: str, first: Setting, second: Setting, other: str = "", alone: bool = True) -> str:
    known = Known("per:1", name)
    known.learn(read(name), first)
    points, why = weigh(known, read(other or name), second, alone)
    assert bool(points) is bool(why)
    return why


RARE, USUAL = "Zinovia Parthenaki", "Ahmed Hassan"
OTHER = setting("KE", voice="w", origin="p")


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        (setting("KE", "nurse"), setting("PE", "mayor", voice="w"), "both in copies of one text"),
        (setting("KE", "nurse", body="org:1"), setting("PE", "mayor", body="org:1", voice="w", origin="p"), "both beside the same organisation"),
        (setting("KE", "president*"), setting("PE", "president*", voice="w", origin="p"), "both president"),
        (setting("KE/Kisumu"), setting("KE/Kisumu", voice="w", origin="p"), "both in Kisumu (Kenya)"),
        (setting("KE"), OTHER, "both in Kenya"),
        (setting("", "nurse"), setting("KE", "nurse", voice="w", origin="p"), "both nurse"),
        (setting(), setting("KE", origin="p"), "from the same voice"),
        (setting(), OTHER, "a rare name, and nothing speaks against it"),
        (setting("PE", "president*"), OTHER, "known for a public office, and nothing speaks against it"),
        (setting("PE"), OTHER, ""),
        (setting("KE", "nurse"), setting("KE", "mayor", voice="w", origin="p"), ""),
        (setting("PE", "nurse"), setting("KE", "nurse", voice="w", origin="p"), ""),
    ],
)
def test_a_rare_name_is_one_person_where_something_ties_and_nothing_parts(first: Setting, second: Setting, why: str) -> None:
    assert judged(RARE, first, second) == why


def test_three_rare_words_reach_from_one_country_to_another_unless_the_walk_of_life_differs() -> None:
    name = "Zinovia Ilva Parthenaki"
    assert judged(name, setting("PE"), OTHER) == "three rare words, and nothing speaks against it"
    assert judged(name, setting("PE"), OTHER, alone=False) == ""
    assert judged(name, setting("PE", "nurse"), setting("KE", "mayor", voice="w", origin="p")) == ""


def test_a_usual_name_takes_more() -> None:
    assert judged(USUAL, setting("KE"), OTHER) == ""
    assert judged(USUAL, setting(), setting(voice="w", origin="p")) == ""
    assert judged(USUAL, setting("PE", "president*"), setting("KE", "president*", voice="w", origin="p")) == ""
    assert judged(USUAL, setting("KE/Kisumu", "nurse"), setting("KE/Kisumu", "nurse", voice="w", origin="p")) == "both in Kisumu (Kenya), both nurse"


def test_another_spelling_takes_something_besides() -> None:
    one, other = "Mohammed Qarmadi", "Mohamed Karmadi"
    assert judged(one, setting(), setting(voice="w", origin="p"), other) == ""
    assert judged(one, setting("TN"), setting("TN", voice="w", origin="p"), other) == "both in Tunisia"


def test_a_name_that_two_bear_is_not_rare() -> None:
    assert judged(RARE, setting(), OTHER, alone=False) == ""


def test_who_was_met_in_many_countries_is_at_home_in_any() -> None:
    known = Known("per:1", RARE)
    for country in ("PE", "FR", "GH", "IN"):
        known.learn(read(RARE), setting(country))
    assert weigh(known, read(RARE), OTHER, True)[0]


def test_of_everything_only_the_latest_dozen_is_kept() -> None:
    known = Known("per:1", RARE)
    for number in range(100):
        known.learn(read(f"{RARE}{'a' * number}"), setting("KE", voice=f"v{number}", origin=f"o{number}"))
    assert len(known.origins) == len(known.voices) == 12
    assert "o99" in known.origins
    assert len(known.spellings) == 4
    assert latest(("a", "b"), ["a", "c"]) == ("b", "a", "c")


def test_namesakes_are_told_apart_by_country_role_or_number() -> None:
    assert called("Ann Lee", OTHER, ()) == "Ann Lee"
    assert called("Ann Lee", OTHER, {"Ann Lee"}) == "Ann Lee (Kenya)"
    assert called("Ann Lee", setting("KE", "nurse"), {"Ann Lee", "Ann Lee (Kenya)"}) == "Ann Lee (nurse)"
    assert called("Ann Lee", setting(), {"Ann Lee"}) == "Ann Lee (2)"
    assert called("Ann Lee", setting(), {"Ann Lee", "Ann Lee (2)"}) == "Ann Lee (3)"
