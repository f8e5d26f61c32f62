"""Sentence -> Tagged: one letter a token, by what it does beside a number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from nlp.figures.lexicon import CODES, Entry, Lexicon
from nlp.figures.numbers import Quantity, quantity

PEOPLE: Final = "people"
_PERSON: Final = Entry(unit=PEOPLE, letter="U")
_MARKS: Final = {",": ",", "،": ",", ":": ":", "-": "-", "–": "-", "—": "-", "%": "m", "٪": "m", '"': "x", "“": "x", "”": "x", "«": "x", "»": "x"}


@dataclass(slots=True)
class Tagged:
    """A sentence in letters, with the characters, the number and the meaning behind each."""

    letters: str
    spans: list[tuple[int, int]]
    numbers: dict[int, Quantity]
    entries: dict[int, Entry]
    verb_first: bool

    def add(self, letter: str, span: tuple[int, int], means: Quantity | Entry | None = None) -> None:
        """Append one letter."""
        if isinstance(means, Quantity):
            self.numbers[len(self.letters)] = means
        elif means:
            self.entries[len(self.letters)] = means
        self.letters += letter
        self.spans.append(span)


def tag(text: str, folded: str, span: tuple[int, int], words: Lexicon) -> Tagged:
    """Turn the sentence of `text` at `span` into letters; `folded` is the whole text, folded."""
    tagged = Tagged(letters="", spans=[], numbers={}, entries={}, verb_first=words.glued)
    matches = list(words.tokens.finditer(folded, *span))
    pieces = [match[0] for match in matches]
    place = 0
    while place < len(matches):
        match = matches[place]
        entry, used = (None, 1) if match["number"] else _entry(pieces, place, words)
        if match["number"]:
            found = quantity(match, words.numerals)
            tagged.add("N" if found else ".", match.span() if not found else (found.start, found.end), found)
        elif entry:
            tagged.add(entry.letter, (match.start(), matches[place + used - 1].end()), entry)
        elif match["word"]:
            _word(text, match, tagged, words)
        else:
            tagged.add(_MARKS.get(match[0], "."), match.span())
        place += used
    return tagged


def _entry(pieces: Sequence[str], place: int, words: Lexicon) -> tuple[Entry | None, int]:
    """Return the longest phrase that begins here and how many tokens it takes."""
    for rest, entry in words.phrases.get(pieces[place], ()):
        if not rest or tuple(pieces[place + 1 : place + 1 + len(rest)]) == rest:
            return entry, 1 + len(rest)
    return None, 1


def _word(text: str, match: re.Match[str], tagged: Tagged, words: Lexicon) -> None:
    """Add a word that is in no list by itself: a dual, one with "and" written onto it, a currency code, a name, or somebody by the word's ending."""
    word, span = match[0], match.span()
    if words.glued and len(word) > 2 and word[0] in "وف" and (word[1:] in words.phrases or word[1:] in words.dual):
        tagged.add("&", (span[0], span[0] + 1))
        word, span = word[1:], (span[0] + 1, span[1])
    known = next((entry for rest, entry in words.phrases.get(word, ()) if not rest), None)
    if word in words.dual:
        _dual(words.dual[word], span, tagged)
    elif known:
        tagged.add(known.letter, span, known)
    elif text[span[0] : span[1]] in CODES:
        tagged.add("S", span, Entry(unit=text[span[0] : span[1]], letter="S"))
    elif words.persons.fullmatch(word) and not words.things.fullmatch(word):
        tagged.add("U", span, _PERSON)
    else:
        tagged.add("C" if text[span[0]].isupper() else "w", span)


def _dual(means: str, span: tuple[int, int], tagged: Tagged) -> None:
    """Add "two" and what there are two of."""
    section, _, role = means.partition(".")
    tagged.add("N", span, Quantity(start=span[0], end=span[1], low=2, high=2))
    tagged.add("n" if role else "U", span, Entry(roles={"n": [section]}, letter="n") if role else Entry(unit=section, letter="U"))
