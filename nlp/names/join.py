"""Mention* of a report -> NameLink*: people and organisations joined across reports, each link with its reason."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from nlp.names.bodies import Bodies, Joined, is_tie
from nlp.names.forms import Definition, fold
from nlp.names.groups import Group, grouped, tidy
from nlp.names.ids import name_id
from nlp.names.people import People
from nlp.names.persons import person
from nlp.names.scene import ORG, PERSON, Scene, Setting, scene
from store.records import Correction, Mention, NameLink, Report, Subject, Toponym

_BY_HAND: Final = "put right by hand"
_ALONE: Final = "a single name, joined with nobody elsewhere"

Met = list[tuple[Group, Setting]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A report joined earlier, with the links it was given: what a roster is rebuilt from."""

    report: Report
    mentions: tuple[Mention, ...]
    toponyms: tuple[Toponym, ...]
    origin_id: str
    links: tuple[NameLink, ...]


class Roster:
    """What is known of names so far, built up in order of time, one report after the other.

    It depends on the reports and links it was given alone: rebuilt from them it answers as the one that made them. Of each name it keeps
    a bounded summary.
    """

    def __init__(self, past: Iterable[Heard] = (), corrections: Sequence[Correction] = ()) -> None:
        """Rebuild from what was stored, in order of time; `corrections` that were undone or are not about names are ignored.

        `past` is drawn from only as far as a report that is joined lies after it, so that a late report knows nothing of what was said later.
        """
        self._bodies = Bodies()
        self._people = People()
        standing = (correction for correction in corrections if correction.subject is Subject.NAME and correction.undone_at is None)
        self._corrections = tuple(sorted(standing, key=lambda correction: (correction.at, correction.id)))
        self._past = iter(past)
        self._next = next(self._past, None)

    def _catch_up(self, report: Report) -> None:
        """Recall what was said before a report."""
        while self._next and (self._next.report.at, self._next.report.id) < (report.at, report.id):
            self._recall(self._next)
            self._next = next(self._past, None)

    def _recall(self, heard: Heard) -> None:
        seen = scene(heard.report, heard.mentions, heard.toponyms, heard.origin_id)
        groups = grouped(seen)
        people = _numbers(groups)
        names = {link.number: Joined(link.name_id, link.canonical, link.reason) for link in heard.links}
        bodies = {number: name for number, name in names.items() if seen.mentions[number].label == ORG and number not in people}
        self._learn(seen, names, bodies, _met(groups, seen, bodies))

    def join(self, report: Report, mentions: Sequence[Mention], toponyms: Sequence[Toponym], origin_id: str) -> tuple[NameLink, ...]:
        """Link the people and organisations (labels PERSON and ORG) of one report to names, and remember them.

        Mentions of other labels, and those without a letter, get no link. A join across reports needs more than the name (see `weigh`).
        """
        self._catch_up(report)
        seen = scene(report, mentions, toponyms, origin_id)
        groups = grouped(seen)
        bodies = dict(self._link_bodies(seen, _numbers(groups)))
        met = _met(groups, seen, bodies)
        names = sorted((bodies | dict(self._link_people(seen, met))).items())
        links = tuple(NameLink(report_id=report.id, number=n, name_id=name.id, canonical=name.canonical, reason=name.reason) for n, name in names)
        self._learn(seen, dict(names), bodies, met)
        return links

    def _link_bodies(self, seen: Scene, people: set[int]) -> Iterator[tuple[int, Joined]]:
        found: dict[str, Joined] = {}
        for number, mention in enumerate(seen.mentions):
            if mention.label == ORG and number not in people and fold(mention.text):
                if mention.text not in found:
                    found[mention.text] = self._corrected(self._bodies.find(mention.text, seen), [mention.text], seen)
                yield number, found[mention.text]

    def _link_people(self, seen: Scene, met: Met) -> Iterator[tuple[int, Joined]]:
        taken: set[str] = set()
        for group, setting in met:
            found = self._people.find(group, seen, setting, taken)
            name = self._corrected(found, [seen.mentions[number].text for number in group.full], seen)
            taken.add(name.id)
            yield from ((number, name) for number in group.full)
            for number, reason in group.part.items():
                yield number, self._corrected(Joined(name.id, name.canonical, reason), [seen.mentions[number].text], seen)
        placed = _numbers([group for group, _ in met])
        for number, mention in enumerate(seen.mentions):
            name_alone = person(mention.text) if mention.label == PERSON and number not in placed else None
            if name_alone:
                id_ = name_id("per", seen.report.id, " ".join(name_alone.words))
                yield number, self._corrected(Joined(id_, tidy(mention.text), _ALONE), [mention.text], seen)

    def _corrected(self, name: Joined, texts: Sequence[str], seen: Scene) -> Joined:
        """Apply what people put right, in order of time, so that a later correction may follow an earlier one."""
        forms = {fold(text) for text in texts}
        for correction in self._corrections:
            if correction.wrong == name.id and fold(correction.text) in forms and correction.report_id in {"", seen.report.id}:
                right = right_id(correction)
                canonical = self._bodies.canonical(right) or self._people.canonical(right) or texts[0]
                name = Joined(right, canonical, f"{_BY_HAND}: {correction.reason}" if correction.reason else _BY_HAND)
        return name

    def _learn(self, seen: Scene, names: Mapping[int, Joined], bodies: Mapping[int, Joined], met: Met) -> None:
        """Remember one report by its links alone, so that a roster rebuilt from them is the same."""
        for number, name in bodies.items():
            id_ = self._uncorrected(name, seen.mentions[number].text)
            self._bodies.learn(seen.mentions[number].text, seen, id_, name.canonical)
        for definition in seen.explained.values():
            meant = self._meant(definition, seen, bodies)
            self._bodies.learn_meaning(definition.short, seen, meant)
            self._bodies.learn(definition.long, seen, meant.id, meant.canonical)
        for group, setting in met:
            if group.full[0] in names:
                self._people.learn(names[group.full[0]], group.head, setting)

    def _meant(self, definition: Definition, seen: Scene, bodies: Mapping[int, Joined]) -> Joined:
        """Return the name of a long form: that of the mention over it, else the one it would be given."""
        over = (n for n in bodies if seen.mentions[n].start < definition.end and definition.start < seen.mentions[n].end)
        number = next(over, None)
        return self._bodies.plain(definition.long, seen) if number is None else bodies[number]

    def _uncorrected(self, name: Joined, text: str) -> str:
        """Return the name as it was before somebody put it right: later reports go on finding that one, to be put right in their turn."""
        for correction in self._corrections if name.reason.startswith(_BY_HAND) else ():
            if right_id(correction) == name.id and fold(correction.text) == fold(text):
                return correction.wrong
        return name.id


def _numbers(groups: Iterable[Group]) -> set[int]:
    return {number for group in groups for number in (*group.full, *group.part)}


def _met(groups: Sequence[Group], seen: Scene, bodies: Mapping[int, Joined]) -> Met:
    near = {number: name.id for number, name in bodies.items() if is_tie(name.id)}
    return [(group, seen.setting([*group.full, *group.part], near)) for group in groups]


def right_id(correction: Correction) -> str:
    """Return the name a correction leads to; "someone of their own" has an id that depends on the correction alone."""
    return correction.right or name_id(correction.wrong.partition(":")[0], correction.id, fold(correction.text))
