"""Word -> sound: consonants with the vowels between them, so that one name meets itself across Latin spellings and Arabic script."""

import re
from functools import lru_cache
from typing import Final

# one consonant: the letters of Arabic it may stand for (t th d dh dd z zz s | sh | j gh q k kh | b p | f | h | l m n r)
_LATIN: Final = {
    "sch": "sh", "tch": "sh", "dj": "j", "kh": "kh", "gh": "gh", "sh": "sh", "th": "th dh t", "dh": "dh dd zz", "ch": "sh", "ph": "f", "ck": "k q",
    "b": "b", "c": "k q", "d": "d dd dh", "f": "f", "g": "gh q j", "h": "h", "j": "j", "k": "k q kh", "l": "l", "m": "m", "n": "n", "p": "p b", "q": "q",
    "r": "r", "s": "s th", "t": "t", "v": "f v", "x": "x", "z": "z dh zz dd", "ss": "s",
}  # fmt: skip
_ARABIC: Final = {
    "ب": "b", "ت": "t", "ط": "t", "ث": "th", "ج": "j", "ح": "h", "ه": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s", "ص": "s",
    "ش": "sh", "ض": "dd", "ظ": "zz", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n",
}  # fmt: skip
_ARABIC_VOWELS: Final = {"ا": "a", "و": "uo", "ي": "i", "ع": "*", "ء": "*"}
_ROUGH: Final = {
    "t": "t", "th": "t", "d": "t", "dh": "t", "dd": "t", "z": "t", "zz": "t", "s": "t", "j": "k", "gh": "k", "q": "k", "kh": "k", "p": "b", "v": "f",
}  # fmt: skip
_LATIN_PARTS = re.compile("(" + "|".join(sorted(_LATIN, key=lambda letters: -len(letters))) + ")")
_DOUBLED = re.compile(r"([b-df-hj-np-tvxz])\1+")
_SILENT = re.compile(r"(?<=[aeiouy])h$")
_IS_ARABIC = re.compile("^[\u0600-\u06ff]+$")
_IS_LATIN = re.compile("^[a-z]+$")
_CLASSES: Final = {"a": "a", "e": "aeiu", "i": "i", "y": "i", "o": "u", "u": "u", "w": "u"}
_ANY: Final = frozenset("aiu")
# the h of Salah is a letter, that of Fatimah is not
_MAYBE: Final = frozenset({"h", ""})

# consonants, the vowel classes before each of them and behind the last ("*" is in a slot where any may stand), whether it ends in a vowel
Sound = tuple[tuple[frozenset[str], ...], tuple[frozenset[str], ...], bool]


@lru_cache(maxsize=50_000)
def sound(word: str, last: bool = False) -> Sound:
    """Return the sound of a folded word; one in neither script sounds only like itself.

    `last` says that it ends the name: a family name may have g for k (Gaddafi, Kadhafi), a given name may not (Gamal, Kamal).
    """
    if _IS_ARABIC.match(word):
        return _arabic(word)
    if _IS_LATIN.match(word):
        return _latin(word, last)
    return ((frozenset({word}),), (frozenset(), frozenset()), False)


@lru_cache(maxsize=10_000)
def _set(letters: str) -> frozenset[str]:
    """Make each set once: there are few of them, and many sounds."""
    return frozenset(letters.split())


def _latin(word: str, last: bool) -> Sound:
    parts = _LATIN_PARTS.split(_DOUBLED.sub(r"\1", word))
    slots = [_set(" ".join("ei" if slot == "e" and not number else "".join(map(_CLASSES.__getitem__, slot)))) for number, slot in enumerate(parts[::2])]
    consonants = [_set(_LATIN[part] if last or part != "g" else "gh j") for part in parts[1::2]]
    for number, part in enumerate(parts[1::2]):
        if part == "c" and parts[2 * number + 2][:1] in {"e", "i", "y"}:
            consonants[number] = _set("s")
    if _SILENT.search(word):
        consonants[-1] = _MAYBE
    return tuple(consonants), tuple(slots), parts[-1] not in {"", "e"}


def _arabic(word: str) -> Sound:
    consonants: list[frozenset[str]] = []
    slots: list[frozenset[str]] = [_set("*")]
    for number, letter in enumerate(word):
        at_end = number == len(word) - 1 and number > 0
        if letter in _ARABIC and not (letter == "ه" and at_end):
            consonants.append(_set(_ARABIC[letter]))
            slots.append(_set("" if at_end else "*"))
        else:
            slots[-1] = _ANY if at_end else _written(slots[-1], letter)
    return tuple(consonants), tuple(slots), bool(slots[-1])


def _written(slot: frozenset[str], letter: str) -> frozenset[str]:
    """Add a long vowel; at the beginning of a word, and beside an ayn, it may carry any."""
    vowel = _ARABIC_VOWELS.get(letter, "*")
    return (slot - {"*"} if vowel != "*" and letter != "ا" else slot) | frozenset(vowel.replace("o", ""))


def rough(heard: Sound) -> str:
    """Return the consonants alone, those that are often taken for one another as one."""
    letters = (max(consonant) if "h" in consonant else min(consonant) for consonant in heard[0])
    return "".join(_ROUGH.get(letter, letter) for letter in letters).removesuffix("h")


def sounds_alike(one: Sound, other: Sound) -> bool:
    """Say whether two words may be spellings of one: every consonant agrees, no vowels contradict, both or neither end in a vowel."""
    if len(one[0]) != len(other[0]):
        one, other = _unvoiced(one), _unvoiced(other)
    if len(one[0]) != len(other[0]) or not one[0] or one[2] is not other[2]:
        return False
    consonants = all(mine & theirs for mine, theirs in zip(one[0], other[0], strict=True))
    slots = zip(one[1][: len(one[1]) - (not one[2])], other[1], strict=False)
    return consonants and all(_agree(mine, theirs) for mine, theirs in slots)


def _unvoiced(heard: Sound) -> Sound:
    return (heard[0][:-1], heard[1][:-1], True) if heard[0] and heard[0][-1] == _MAYBE else heard


def _agree(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return mine == theirs or "*" in mine or "*" in theirs or bool(mine & theirs)
