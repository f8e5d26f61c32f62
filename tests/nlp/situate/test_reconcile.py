from nlp.situate.assign import assign, rebuild
from nlp.situate.clue import Clue
from nlp.situate.live import Live
from nlp.situate.reconcile import likeness
from tests.nlp.situate.streams import clue

CRASH = "express train derailed passengers hurt railway crash rescue carriages"
ODD = "gardens music painting football lottery recipe"


def two_groups(first_place: str, second_place: str) -> Live:
    def half(name: str, count: int, place: str, hours: float) -> list[tuple[Clue, str]]:
        places = frozenset({place}) if place else frozenset()
        return [(clue(f"{name}{i}", CRASH, hours + i / 10, place_ids=places), f"s{name}") for i in range(count)]

    other = [(clue(f"o{i}", f"{word} number{i} talk{i * 7} thing{i * 3}", i / 100), "") for i, word in enumerate(ODD.split() * 20)]
    return rebuild([*other, *half("a", 5, first_place, 1), *half("b", 4, second_place, 2)])


def test_two_situations_that_say_the_same_become_one_and_the_heavier_keeps_its_id() -> None:
    live = two_groups("", "")
    homes, history = assign([clue("z", "unrelated whatever", 40)], live)
    assert {homes[f"b{i}"] for i in range(4)} == {"sa"}
    assert "a0" not in homes
    assert [(h.situation_id, h.kind) for h in history] == [("sa", "joined"), ("sb", "merged")]
    assert "sb" not in live.groups
    assert len(live.groups["sa"].reports) == 9


def test_two_like_happenings_in_two_places_stay_two() -> None:
    live = two_groups("gn:1", "gn:2")
    homes, history = assign([clue("z", "unrelated whatever", 40)], live)
    assert history == ()
    assert homes == {"z": ""}


def test_the_same_place_does_not_hinder_a_merge() -> None:
    _, history = assign([clue("z", "unrelated whatever", 40)], two_groups("gn:1", "gn:1"))
    assert [h.kind for h in history] == ["joined", "merged"]


def test_situations_far_apart_in_time_stay_two() -> None:
    past = [(clue(f"a{i}", CRASH, i), "sa") for i in range(3)] + [(clue(f"b{i}", CRASH, 24 * 12 + i), "sb") for i in range(3)]
    _, history = assign([clue("z", "unrelated whatever", 24 * 13)], rebuild(past))
    assert history == ()


def test_groups_without_a_common_word_have_no_likeness() -> None:
    live = rebuild([(clue("a", CRASH), "sa"), (clue("b", ODD), "sb")])
    assert likeness(live.groups["sa"], live.groups["sb"], live) == 0.0
    assert likeness(live.groups["sa"], live.groups["sa"], live) > 0.99
