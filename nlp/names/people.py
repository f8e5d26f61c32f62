"""A person of one report -> name: held against the people met before."""

from typing import Final

from nlp.names.bodies import Joined
from nlp.names.groups import Group
from nlp.names.ids import name_id
from nlp.names.memory import Known, called, weigh
from nlp.names.persons import Person
from nlp.names.scene import Scene, Setting

_MOST_NAMESAKES: Final = 64


class People:
    """The people met so far, found by what the spellings of a name share."""

    def __init__(self) -> None:
        self._by_rough: dict[str, list[Known]] = {}
        self._by_id: dict[str, Known] = {}

    def find(self, group: Group, seen: Scene, setting: Setting, taken: set[str]) -> Joined:
        """Return who a person named in full is: the one namesake for whom most speaks, else somebody new.

        Where as much speaks for another, or too little for any, they stay apart. `taken` are other people of this report.
        """
        alikes = [known for known in self._by_rough.get(group.head.rough, ()) if known.likeness(group.head)]
        found = [(*weigh(known, group.head, setting, len(alikes) == 1), known) for known in alikes if known.id not in taken]
        best = sorted((weighed for weighed in found if weighed[0]), key=lambda weighed: (-weighed[0], weighed[2].id))
        if best and (len(best) == 1 or best[0][0] > best[1][0]):
            _, why, known = best[0]
            written = "same name" if known.likeness(group.head) == "same" else f"another spelling of {known.canonical}"
            return Joined(known.id, known.canonical, f"{written}, {why}")
        canonical = called(group.text, setting, {known.canonical for known in alikes})
        reason = "first report of this name" if not alikes else f"{len(alikes)} of this name known, but nothing clearly joins them"
        return Joined(name_id("per", seen.report.id, " ".join(group.head.words)), canonical, reason)

    def canonical(self, id_: str) -> str:
        """Return what a known person is called, "" for one not known."""
        known = self._by_id.get(id_)
        return known.canonical if known else ""

    def learn(self, name: Joined, spelling: Person, setting: Setting) -> None:
        """Remember a person; of all whose names sound alike only the latest dozens are kept."""
        known = self._by_id.get(name.id) or Known(name.id, name.canonical)
        self._by_id[name.id] = known
        known.learn(spelling, setting)
        namesakes = self._by_rough.setdefault(spelling.rough, [])
        if known in namesakes:
            namesakes.remove(known)
        namesakes.append(known)
        if len(namesakes) > _MOST_NAMESAKES:
            self._by_id.pop(namesakes.pop(0).id, None)
