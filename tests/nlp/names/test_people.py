"""People: who of those met before somebody is."""

from nlp.names.bodies import Joined
from nlp.names.groups import grouped
from nlp.names.people import People
from nlp.names.persons import person
from nlp.names.scene import Setting
from tests.nlp.names.conftest import Told, staged

NOWHERE = Setting(frozenset(), frozenset(), frozenset(), frozenset(), "v", "o")


def test_of_two_namesakes_the_one_for_whom_most_speaks_is_taken(tell: Told) -> None:
    (nurse,) = tell("Nurse Zino Parthe came.", "Zino Parthe|PERSON", places="KE/Kisumu")
    (mayor,) = tell("Mayor Zino Parthe came.", "Zino Parthe|PERSON", places="PE/Lima")
    assert (nurse.canonical, mayor.canonical) == ("Zino Parthe", "Zino Parthe (Peru)")
    assert mayor.reason == "1 of this name known, but nothing clearly joins them"
    assert tell("Zino Parthe left.", "Zino Parthe|PERSON", places="PE/Cusco")[0].name_id == mayor.name_id
    assert tell("Zino Parthe left.", "Zino Parthe|PERSON", places="KE/Kisumu")[0].name_id == nurse.name_id


def test_where_as_much_speaks_for_another_nobody_is_taken(tell: Told) -> None:
    known = {tell(f"{role} Zino Parthe came.", "Zino Parthe|PERSON", places="KE")[0].name_id for role in ("Nurse", "Mayor")}
    assert len(known) == 2
    assert tell("Zino Parthe left.", "Zino Parthe|PERSON", places="KE")[0].name_id not in known


def test_two_people_of_one_report_are_never_one_person(tell: Told) -> None:
    tell("Zino Parthe came.", "Zino Parthe|PERSON", places="KE")
    first, second = tell("Zino Ann Parthe met Zino Bo Parthe.", "Zino Ann Parthe|PERSON", "Zino Bo Parthe|PERSON", places="KE")
    assert first.name_id != second.name_id


def test_another_spelling_is_named_as_the_reason(tell: Told) -> None:
    tell("Mohammed Qarmadi came.", "Mohammed Qarmadi|PERSON", places="TN/Sfax")
    (link,) = tell("Mohamed Karmadi left.", "Mohamed Karmadi|PERSON", places="TN/Sfax")
    assert link.canonical == "Mohammed Qarmadi"
    assert link.reason == "another spelling of Mohammed Qarmadi, both in Sfax (Tunisia)"


def test_of_all_who_sound_alike_only_the_latest_dozens_are_remembered() -> None:
    people, spelling = People(), person("Zino Parthe")
    assert spelling is not None
    for number in range(100):
        people.learn(Joined(f"per:{number}", f"Zino Parthe ({number})", ""), spelling, NOWHERE)
    assert (people.canonical("per:0"), people.canonical("per:99")) == ("", "Zino Parthe (99)")
    seen = staged("Zino Parthe", "Zino Parthe|PERSON")
    found = people.find(grouped(seen)[0], seen, NOWHERE, set())
    assert "64 of this name known" in found.reason
