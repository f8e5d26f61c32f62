"""Text -> known organisations: a committed table of bodies that reports all over the world name, with their names in four languages."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from nlp.names.forms import fold
from nlp.places.names import key

WORD: Final = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[ \u00a0\-–'’/&,]{1,2}|\.|(?<=\b\w)\. ")
_ARABIC = re.compile("[\u0600-\u06ff]")
# and, then, by, to, like: written together with the word they belong to
_PROCLITICS: Final = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "ول")
Word = tuple[int, int, str]

_NAMES: Final = ("canonical", "short", "en", "fr", "es", "ar", "former")


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write an organisation: `folded` words, the words as the table writes them, and how many letters before them are not its own."""

    id: str
    folded: tuple[str, ...]
    written: tuple[str, ...]
    ambiguous: bool = False
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A known organisation in a text; `ambiguous` where the form may as well mean something else."""

    start: int
    end: int
    id: str
    ambiguous: bool


@dataclass(frozen=True, slots=True)
class Organisations:
    """The table, ready to be searched: forms by their first word (longest first) and by their fold."""

    by_first: dict[str, tuple[Form, ...]]
    by_fold: dict[str, tuple[Form, ...]]
    canonical: dict[str, str]
    kind: dict[str, str]

    def find(self, text: str) -> Iterator[Found]:
        """Yield the organisations of the table in `text`, in order, none overlapping, the longest form first.

        A word that the table writes with a capital must have one, and one that it writes in capitals must be in capitals; a short form
        amid shouted words is ambiguous.
        """
        words = [(*match.span(), key(match.group())) for match in WORD.finditer(text)]
        number = 0
        while number < len(words):
            forms = self.by_first.get(words[number][2], ())
            form = next((form for form in forms if _fits(form, text, words, number)), None)
            if form is None:
                number += 1
                continue
            last = number + len(form.folded) - 1
            ambiguous = form.ambiguous or (is_capitals(form) and len(form.written[0]) < 5 and _shouted(text, words, number))
            yield Found(words[number][0] + form.skip, words[last][1], form.id, ambiguous)
            number = last + 1

    def named(self, text: str) -> Form | None:
        """Return the form that a whole name is written in, if the table has it."""
        words = WORD.findall(text)
        shouted = text.isupper() and len(words) > 1
        forms = self.by_fold.get(fold(text), ())
        return next((form for form in forms if shouted or not is_capitals(form) or any(word.isupper() for word in words)), None)


def is_capitals(form: Form) -> bool:
    """Say whether a form is a single word in capitals."""
    return len(form.written) == 1 and form.written[0].isupper()


@lru_cache(maxsize=1)
def organisations() -> Organisations:
    """Read the committed table once."""
    with files("nlp.names").joinpath("data/organisations.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    by_first: dict[str, list[Form]] = {}
    by_fold: dict[str, list[Form]] = {}
    for row in rows:
        for form in _forms(row):
            by_first.setdefault(form.folded[0], []).append(form)
            by_fold.setdefault(fold(" ".join(form.folded)), []).append(form)
    ordered = {word: tuple(sorted(forms, key=lambda form: (-len(form.folded), form.id))) for word, forms in by_first.items()}
    named = {row["id"]: row["canonical"] for row in rows}
    return Organisations(ordered, {name: tuple(forms) for name, forms in by_fold.items()}, named, {row["id"]: row["kind"] for row in rows})


def _forms(row: dict[str, str]) -> Iterator[Form]:
    """Make the forms of one row; a question mark behind one says that it may mean something else."""
    for name in dict.fromkeys(name for column in _NAMES for name in row[column].split("|") if name):
        written = tuple(WORD.findall(name))
        folded = tuple(map(key, written))
        yield Form(row["id"], folded, written, name.endswith("?"))
        if _ARABIC.match(name):
            yield from _with_proclitics(Form(row["id"], folded, written))


def _with_proclitics(form: Form) -> Iterator[Form]:
    first, rest = form.folded[0], form.folded[1:]
    for letters in dict.fromkeys(_PROCLITICS):
        yield Form(form.id, (letters + first, *rest), form.written, skip=len(letters))
    if first.startswith("ال"):  # "to the" is written with one l: li + al- -> lil-
        for letters in ("", "و", "ف"):
            yield Form(form.id, (letters + "لل" + first[2:], *rest), form.written, skip=len(letters))


def _fits(form: Form, text: str, words: Sequence[Word], number: int) -> bool:
    last = number + len(form.folded) - 1
    if last >= len(words) or words[last][2] != form.folded[-1]:
        return False
    for place, (folded, written) in enumerate(zip(form.folded, form.written, strict=True), start=number):
        start, end, word = words[place]
        if word != folded or not _cased(written, text[start:end]):
            return False
        if place > number and not _GAP.fullmatch(text, words[place - 1][1], start):
            return False
    return True


def _cased(written: str, word: str) -> bool:
    """Check a word's capitals against the table's, from which it may only differ by having more."""
    if not written[0].isupper():
        return True
    return word.isupper() if written.isupper() and len(written) > 1 else word[0].isupper()


def _shouted(text: str, words: Sequence[Word], number: int) -> bool:
    """Say whether a word next to a short form, in its line, is in capitals too."""
    for left, right in ((number - 1, number), (number, number + 1)):
        if left >= 0 and right < len(words) and "\n" not in text[words[left][1] : words[right][0]]:
            start, end, _ = words[left if right == number else right]
            if end - start > 1 and text[start:end].isupper():
                return True
    return False
