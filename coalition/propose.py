"""Suggestion, Matter -> Composition: who could act on it, from all that is known of the partners and of what the objective still lacks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from coalition.compose import compose, coverage
from coalition.shift import BEFORE, RECENT, Support, support
from coalition.slots import slots
from coalition.strengths import required
from coalition.team import Alike, Composition, LeftOut, Overlap, Setting, Standing, Why
from store.records import Advice, Condition, Objective, Obstacle, Partner, Suggestion, Testimony

_CITED: Final = 12
_FORMING: Final = {Advice.NEW_COALITION: Overlap.AVOID, Advice.EXPAND: Overlap.AVOID, Advice.PIVOT: Overlap.ANY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is known besides reports and partners' own words.

    open_conditions: those of the objective that are doubtful or failing. languages: those of the place, spoken: those of the deciders (ISO 639-1).
    """

    open_conditions: tuple[Condition, ...] = ()
    standing: Standing = field(default_factory=Standing)
    languages: frozenset[str] = frozenset()
    spoken: frozenset[str] = frozenset()


BARE: Final = Scene()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a team is proposed for, as of one moment; `testimonies` are none later than that."""

    objective: Objective
    testimonies: tuple[Testimony, ...]
    partners: tuple[Partner, ...]
    alike: Alike
    as_of: datetime
    scene: Scene = BARE

    @property
    def today(self) -> tuple[Partner, ...]:
        """Today's members, and as one more of them whoever brings the strengths that the objective names without saying whose they are."""
        own = Partner(id="", name="", strengths=self.objective.strengths)
        return (*(p for p in self.partners if p.id in self.objective.members), own)


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """Strengths: all that are asked for, and those of them that today's members lack; in order of weight."""

    required: tuple[str, ...]
    missing: tuple[str, ...]


def propose(suggestion: Suggestion, matter: Matter) -> Composition | None:
    """Compose the team of a suggestion; None for one that proposes nobody (watch, hold, wind down).

    A new coalition must bring itself all that the obstacle asks for, an expansion what is missing of it. What the open conditions ask for besides, their
    deciders' ear and language, and somebody awake where the matter is, are asked only where today's members do not bring them: they are still there.
    """
    if suggestion.kind not in _FORMING:
        return None
    asked = _asked(suggestion, matter)
    setting = replace(_lacking(_setting(suggestion.obstacle_after, matter), matter), overlap=_FORMING[suggestion.kind], as_of=matter.as_of)
    found = compose(asked, matter.partners, matter.alike, matter.objective.members, setting)
    return replace(found, left_out=tuple(_discreet(one) for one in found.left_out))


def with_team(draft: Suggestion, matter: Matter) -> Suggestion:
    """Fill in the proposed team, and the strengths that the open conditions ask for besides what the obstacle does."""
    team = propose(draft, matter)
    if team is None:
        return draft
    asked = needs(draft.obstacle_after, matter, matter.scene.open_conditions)
    return replace(
        draft,
        id=draft.id.replace(f"-{Advice.PIVOT.value}-", f"-{draft.kind.value}-"),
        members=team.members,
        required_strengths=asked.required,
        missing_strengths=asked.missing,
        uncovered_strengths=team.uncovered,
    )


def needs(obstacles: Sequence[Obstacle], matter: Matter, open_conditions: Sequence[Condition] = ()) -> Needs:
    """Say what some obstacles and open conditions ask for, and what of it today's members lack."""
    wanted = required(obstacles, open_conditions)
    have = coverage(wanted, matter.today, matter.alike, _setting(obstacles, matter))
    return Needs(required=wanted, missing=tuple(s for s in wanted if not have[s]))


def supporting(obstacle: Obstacle, matter: Matter) -> Support:
    """Collect who says in the last 28 days that an obstacle stands."""
    return support(matter.testimonies, obstacle, matter.as_of - RECENT, matter.as_of)


def _asked(suggestion: Suggestion, matter: Matter) -> tuple[str, ...]:
    """List the strengths that the team itself must bring."""
    first = needs(suggestion.obstacle_after, matter)
    also = needs(suggestion.obstacle_after, matter, matter.scene.open_conditions).missing
    return tuple(dict.fromkeys((*(first.missing if suggestion.kind is Advice.EXPAND else first.required), *also)))


def _setting(obstacles: Sequence[Obstacle], matter: Matter) -> Setting:
    """Say where the matter is and what it is about, in the words of the objective and of those who speak of the obstacle."""
    objective, scene = matter.objective, matter.scene
    said = [(kind, t) for kind in obstacles for t in supporting(kind, matter).testimonies[:_CITED]]
    sentences = [r.sentence for kind, t in said for r in t.obstacles if r.obstacle is kind]
    texts = (objective.statement, *(c.statement for c in objective.conditions), *sentences)
    return Setting(texts=texts, countries=_countries(matter), languages=scene.languages, standing=scene.standing)


def _lacking(setting: Setting, matter: Matter) -> Setting:
    """Ask besides strengths for what today's members do not bring; a matter of which no partner ever says anything is not asked about."""
    deciders = tuple(dict.fromkeys(c.decider for c in matter.scene.open_conditions if c.decider)) if any(p.reach for p in matter.partners) else ()
    spoken = matter.scene.spoken if any(p.languages for p in matter.partners) else frozenset()
    wanted = replace(setting, reach=deciders, spoken=spoken, zones=_zones(setting.countries, matter.partners), as_of=matter.as_of)
    lacked = {s.name for s in slots((), (), matter.today, matter.alike, wanted) if not s.worth}
    return replace(
        wanted,
        reach=tuple(who for who in deciders if f"access to {who}" in lacked),
        spoken=frozenset(code for code in spoken if f"language {code}" in lacked),
        zones=frozenset(zone for zone in wanted.zones if f"awake with {zone}" in lacked),
    )


def _zones(countries: frozenset[str], partners: Sequence[Partner]) -> frozenset[str]:
    """Name the time zone of most partners that work where the matter is and nowhere else; nothing where there are none."""
    local = Counter(p.time_zone for p in partners if p.time_zone and p.countries and set(p.countries) <= countries)
    most = max(local.items(), key=lambda pair: (pair[1], pair[0]), default=None)
    return frozenset([most[0]]) if most else frozenset()


def _countries(matter: Matter) -> frozenset[str]:
    """Return the countries that a fifth of the testimonies of the last months name."""
    named = [t.countries for t in matter.testimonies if t.at > matter.as_of - RECENT - BEFORE and t.countries]
    often = Counter(country for countries in named for country in countries)
    return frozenset(country for country, times in often.items() if times * 5 >= len(named))


def _discreet(one: LeftOut) -> LeftOut:
    """Word a partner that is asked to its limit without telling how often: cards are read by others than the coordinator."""
    return replace(one, reason="Takes no more asks just now.") if one.why is Why.LOADED else one
