"""Mention* of a report -> people: whole names that are spellings of one another, and the surnames and given names that stand for them."""

from dataclasses import dataclass, field

from nlp.names.known import organisations
from nlp.names.persons import Person, alike, person
from nlp.names.scene import ORG, PERSON, Scene
from nlp.names.sounds import sound, sounds_alike


@dataclass(slots=True)
class Group:
    """One person in one report: the mentions that bear the whole name, and those of a part of it with the reason they belong here."""

    head: Person
    text: str
    full: list[int]
    part: dict[int, str] = field(default_factory=dict)


def grouped(seen: Scene) -> list[Group]:
    """Gather one report's mentions of people into persons.

    A surname or given name alone belongs to the one person of the report who bears it; where two do, to none. That holds too for a surname
    that the recogniser took for an organisation.
    """
    groups: list[Group] = []
    parts: list[tuple[int, Person]] = []
    for number, mention in enumerate(seen.mentions):
        name = person(mention.text) if mention.label in {PERSON, ORG} else None
        if name and name.full and mention.label == PERSON:
            _put(groups, number, name, mention.text)
        elif name and len(name.words) == 1 and (mention.label == PERSON or not organisations().named(mention.text)):
            parts.append((number, name))
    for number, name in parts:
        _place(groups, number, name.words[0], surname_only=seen.mentions[number].label == ORG)
    return groups


def _put(groups: list[Group], number: int, name: Person, text: str) -> None:
    group = next((group for group in groups if group.head.rough == name.rough and alike(group.head, name)), None)
    if group is None:
        groups.append(Group(name, tidy(text), [number]))
        return
    group.full.append(number)
    if len(name.words) > len(group.head.words):
        group.head, group.text = name, tidy(text)


def tidy(text: str) -> str:
    """Return a name without a possessive ending, and not shouted."""
    bare = " ".join(text.removesuffix("'s").removesuffix("’s").split())
    return bare.title() if bare.isupper() else bare


def _place(groups: list[Group], number: int, word: str, surname_only: bool) -> None:
    bearers = [group for group in groups if _bears(group.head, word, surname_only)]
    if len(bearers) == 1:
        which = "given name" if word == bearers[0].head.words[0] else "surname"
        bearers[0].part[number] = f"{which} of {bearers[0].text} in this report"


def _bears(head: Person, word: str, surname_only: bool) -> bool:
    if surname_only:
        return word == head.words[-1]
    return word in head.words or (head.romanised and sounds_alike(head.last, sound(word, last=True)))
