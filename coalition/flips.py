"""Support -> Testimony*: which reports, if withdrawn, would leave too little to stand on."""

from collections import Counter
from collections.abc import Callable, Hashable

from coalition.shift import ENOUGH_KINDS, ENOUGH_ORIGINS, ENOUGH_VOICES, Support
from store.records import Testimony


def flips(said: Support) -> tuple[Testimony, ...]:
    """Find the smallest set of testimonies without which the rest is not enough to act on, the strongest of that size.

    Empty where there is not enough as it is. Of the ways to fall below what is asked (origins, voices, kinds of source) the one that takes fewest is named.
    """
    if not said.enough:
        return ()
    ways = (
        said.testimonies[: said.origins - ENOUGH_ORIGINS + 1],
        _all_but(said, ENOUGH_VOICES - 1, lambda t: t.voice),
        _all_but(said, ENOUGH_KINDS - 1, lambda t: t.source_kind),
    )
    return min(ways, key=len)


def _all_but(said: Support, groups: int, group: Callable[[Testimony], Hashable]) -> tuple[Testimony, ...]:
    """Take what is left when those few groups stay that have most testimonies; of equal ones the weaker, which speak later in the order, stay."""
    sizes = Counter(group(t) for t in said.testimonies)
    last = {group(t): place for place, t in enumerate(said.testimonies)}
    stay = sorted(sizes, key=lambda one: (-sizes[one], -last[one]))[:groups]
    return tuple(t for t in said.testimonies if group(t) not in stay)
