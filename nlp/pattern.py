"""Two wordings -> whether they are one form filled in twice, rather than copies."""

from dataclasses import dataclass, field

import numpy as np

from nlp.wording import NAME, NUMBER, Integers, Wording, mixed

_AROUND = (-2, -1, 1, 2)
_EDGE = -1
# neighbours that are figures or names themselves say nothing of the place in the sentence
_FEWEST_NEIGHBOURS = 2
# a byline or an imprint of one's own is one place, however many figures it has
_ZONE = 8
_SHORT, _LONGER = 40, 200
Filled = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Slots:
    """Where figures and names stand: the hash of the two words on either side, figures and names blotted out -> the word between them and its place.

    Those of text n are `frames[starts[n]:starts[n + 1]]`, and so with words and places.
    """

    frames: Integers
    words: Integers
    places: Integers
    starts: Integers
    lengths: Integers
    opened: dict[int, dict[int, Filled]] = field(default_factory=dict)

    def of(self, text: int) -> dict[int, Filled]:
        """Return the frames of one text with what fills them."""
        if text not in self.opened:
            here = slice(self.starts[text], self.starts[text + 1])
            filling = zip(self.words[here].tolist(), self.places[here].tolist(), strict=True)
            self.opened[text] = dict(zip(self.frames[here].tolist(), filling, strict=True))
        return self.opened[text]


def slots(wording: Wording) -> Slots:
    """Find all figures and names that stand between words between which no other figure or name of the same text stands."""
    words, lengths = wording.words, wording.lengths
    places = np.flatnonzero(words & 3)
    texts = np.searchsorted(wording.starts, places, side="right") - 1
    blotted = np.where(words & 3, words & 3, words)
    sides = []
    for shift in _AROUND:
        at = places + shift
        inside = (at >= wording.starts[texts]) & (at < wording.starts[texts + 1])
        sides.append(np.where(inside, blotted[np.clip(at, 0, len(words) - 1)], _EDGE))
    frames = mixed([texts, *sides, words[places] & 3]).view(np.int64)
    telling = sum((side % 4 == 0).astype(np.int64) for side in sides) >= _FEWEST_NEIGHBOURS
    _, first, times = np.unique(frames[telling], return_index=True, return_counts=True)
    kept = np.sort(np.flatnonzero(telling)[first[times == 1]])
    without_text = mixed([*(side[kept] for side in sides), words[places[kept]] & 3]).view(np.int64)
    return Slots(without_text, words[places[kept]], places[kept], np.searchsorted(texts[kept], np.arange(len(lengths) + 1)), lengths)


def filled_anew(first: int, second: int, slots: Slots) -> bool:
    """Say whether most figures, or most names, that stand between the same words in both texts differ, here and there in the text.

    A copy keeps them; a weekly form keeps everything else. One change in a text under 40 words is enough; longer ones need two, and one more for every
    200 words of the shorter text, so that a wire with its toll brought up to date is still a copy. Names are known by their capitals: a script without
    them has figures only.
    """
    one, other = slots.of(first), slots.of(second)
    length = int(min(slots.lengths[first], slots.lengths[second]))
    enough = 1 + (length >= _SHORT) + length // _LONGER
    pairs = [(one[frame], other[frame]) for frame in one.keys() & other.keys()]
    changed = [here for here, there in pairs if here[0] != there[0]]
    return len(changed) >= enough and any(_zones(pairs, changed, kinds) >= enough for kinds in (NUMBER, NAME, NUMBER | NAME))


def _zones(pairs: list[tuple[Filled, Filled]], changed: list[Filled], kinds: int) -> int:
    """Count the places in which words of these kinds differ, 0 unless those are more than agree."""
    everywhere = sum(bool(here[0] & kinds) for here, _ in pairs)
    differing = sorted(place for word, place in changed if word & kinds)
    if 2 * len(differing) <= everywhere:
        return 0
    zones, last = 0, -_ZONE
    for place in differing:
        if place >= last + _ZONE:
            zones, last = zones + 1, place
    return zones
