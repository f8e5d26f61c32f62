"""Advice -> its words: reason, case against, what would change it."""

from collections.abc import Sequence

from coalition.shift import Support
from store.records import Advice, Obstacle, Testimony

_NAMES = {
    Obstacle.SECURITY_ACCESS: "force or danger on the way",
    Obstacle.GOVERNMENT_DENIAL: "refusal or delay by the authorities",
    Obstacle.LEGAL: "a rule or its reading",
    Obstacle.POLITICAL_WILL: "a decision that others do not take",
    Obstacle.FUNDING: "missing money",
    Obstacle.LOGISTICS: "goods or people that cannot move",
    Obstacle.INFORMATION_GAP: "facts that are not known or not noticed",
    Obstacle.COMMUNITY_TRUST: "fear or distrust among those whose help is needed",
    Obstacle.CAPACITY: "too few people, beds or skills",
    Obstacle.NONE: "nothing in particular",
}


def name(obstacle: Obstacle) -> str:
    """Return an obstacle in plain words."""
    return _NAMES[obstacle]


def reason_words(kind: Advice, said: Support, before: Sequence[Obstacle], missing: Sequence[str]) -> str:
    """Say in a sentence or two why this is advised.

    How many say so is left to whoever shows the suggestion: carriers are not known here, and are never shown apart from origins.
    """
    told = f"{'a single origin' if said.origins == 1 else 'independent origins'} ({', '.join(sorted(said.source_kinds)) or 'none'})"
    earlier = " and ".join(name(o) for o in before) or "nothing in particular"
    names, says = ("names", "says") if said.origins == 1 else ("name", "say")
    lacking = f" Members lack {', '.join(missing)}." if missing else " Members have the strengths that it asks for."
    match kind:
        case Advice.PIVOT | Advice.NEW_COALITION:
            return f"What stood in the way was {earlier}; {told} now {names} {name(said.obstacle)}.{lacking}"
        case Advice.EXPAND:
            return f"{_capital(told)} {names} {name(said.obstacle)}.{lacking}"
        case Advice.WATCH:
            return f"{_capital(told)} plainly {names} {name(said.obstacle)}, which was hardly named before; too few, or too small a part, to act on."
        case Advice.WIND_DOWN:
            return f"{_capital(told)} {says} that {name(said.obstacle)} no longer stands in the way, and nothing else leads in its place."
        case Advice.HOLD if not said.origins:
            return "No report of the last 28 days names anything that stands in the way."
        case Advice.HOLD:
            return f"What stands in the way is still {earlier}; {told} {names} {name(said.obstacle)} in the last 28 days."


def against_words(against: Sequence[tuple[Testimony, str]]) -> str:
    """Put the strongest sentences that speak for another reading."""
    if not against:
        return "No report of the last 28 days speaks for another reading; what was not reported may."
    return " / ".join(f"{testimony.voice}: {sentence}" for testimony, sentence in against[:2])


def would_change_words(kind: Advice, obstacle: Obstacle, before: Sequence[Obstacle]) -> str:
    """Say which evidence would turn the advice."""
    earlier = " or ".join(name(o) for o in before) or "another obstacle"
    match kind:
        case Advice.PIVOT | Advice.NEW_COALITION | Advice.EXPAND:
            return f"Three independent origins saying that {name(obstacle)} has fallen, or that {earlier} matters more after all."
        case Advice.WATCH:
            return f"Three independent origins of two kinds naming {name(obstacle)} would make this a call; four silent weeks end the watch."
        case Advice.WIND_DOWN:
            return f"Any two independent origins saying that {name(obstacle)} stands again, or that another obstacle has taken its place."
        case Advice.HOLD:
            return "Three independent origins of two kinds naming another obstacle than before."


def flip_words(reports: int) -> str:
    """Say on how many reports it hangs that no other reading is contradicted less; nothing where no other comes near."""
    if not reports:
        return ""
    return f" Without the {'report' if reports == 1 else f'{reports} reports'} that tell most, another reading would be contradicted less."


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
