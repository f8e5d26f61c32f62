"""Report -> what is said around each person named in it: countries and regions, roles, organisations, voice and origin."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from nlp.names.countries import country_name
from nlp.names.forms import Definition, definitions, fold
from nlp.names.known import WORD
from nlp.names.roles import role
from store.records import Mention, Report, Toponym

_BEFORE = 60
_AFTER = 60
_NEAR = 80
_MOST_COUNTRIES = 3
_BREAK = re.compile(r"(?<=[^\W\d_]{3})[.!?؟;]\s|\n")
_APPOSITION = re.compile(r"^\s?(?:,|،|\(|–|—|is\b|was\b|est\b|era\b|es\b|,? who is\b)|\bas (?:the |a )?")
PERSON: Final = "PERSON"
ORG: Final = "ORG"


@dataclass(frozen=True, slots=True)
class Setting:
    """What speaks for who somebody is: `regions` are first-level regions with their country, `organisations` name ids named close by."""

    countries: frozenset[str]
    regions: frozenset[str]
    roles: frozenset[str]
    organisations: frozenset[str]
    voice: str
    origin: str


@dataclass(frozen=True, slots=True)
class Scene:
    """One report with what was found in it; mentions are in order of place and counted from 0.

    `region` is the one it names most of its country's, `explained` the short forms it defines, by their fold.
    """

    report: Report
    mentions: Sequence[Mention]
    origin: str
    countries: tuple[str, ...]
    regions: frozenset[str]
    region: str
    explained: Mapping[str, Definition]

    @property
    def country(self) -> str:
        """The country it is mostly about, "" where none is named."""
        return self.countries[0] if self.countries else ""

    def setting(self, numbers: Sequence[int], organisations: Mapping[int, str]) -> Setting:
        """Gather what stands around these mentions of one person; `organisations` are the name ids that count as evidence, by mention."""
        roles = frozenset(found for number in numbers for found in self._roles(number))
        near = frozenset(name for number in numbers for other, name in organisations.items() if self._near(number, other))
        return Setting(frozenset(self.countries), self.regions, roles, near, self.report.voice, self.origin)

    def _near(self, number: int, other: int) -> bool:
        one, two = self.mentions[number], self.mentions[other]
        if one.start > two.start:
            one, two = two, one
        return two.start - one.end <= _NEAR and not _BREAK.search(self.report.words, one.end, two.start)

    def _roles(self, number: int) -> frozenset[str]:
        """Read the words before a name in its sentence and, behind a comma or a verb of being, those after it; other people's are left alone."""
        words, mention = self.report.words, self.mentions[number]
        first = next((other.end for other in reversed(self.mentions[:number]) if other.label == PERSON), 0)
        last = next((other.start for other in self.mentions[number + 1 :] if other.label == PERSON), len(words))
        before = words[max(first, mention.start - _BEFORE) : mention.start]
        after = _BREAK.split(words[mention.end : min(last, mention.end + _AFTER)], maxsplit=1)[0]
        apposed = _APPOSITION.search(after)
        said = f"{_BREAK.split(before)[-1]} {mention.text} {after[apposed.end() :] if apposed else ''}"
        return frozenset(found for word in WORD.findall(said.replace("-", "")) if (found := role(word)))


def scene(report: Report, mentions: Sequence[Mention], toponyms: Sequence[Toponym], origin: str) -> Scene:
    """Set the scene of one report: its (at most three) most named countries, the first named first among equals."""
    named = Counter(toponym.place.country for toponym in toponyms if toponym.place.country)
    countries = tuple(country for country, _ in named.most_common(_MOST_COUNTRIES))
    regions = Counter((t.place.country, t.place.admin1) for t in toponyms if t.place.admin1 and t.place.country in countries)
    region = next((region for (country, region), _ in regions.most_common() if country == countries[0]), "")
    explained = {fold(one.short): one for one in (definitions(report.words) if "(" in report.words else ())}
    places = frozenset(f"{region} ({country_name(country)})" for country, region in regions)
    return Scene(report, mentions, origin, countries, places, region, explained)
