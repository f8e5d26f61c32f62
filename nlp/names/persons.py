"""A person's name -> its words and sounds: what two spellings of one name, also in two scripts, have in common."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from nlp.names.roles import TITLES
from nlp.names.sounds import Sound, rough, sound, sounds_alike
from nlp.places.names import key
from nlp.places.words import words_of

Likeness = Literal["same", "variant", ""]

_POSSESSIVE = re.compile(r"['’]s?$")
_WORD = re.compile("[^\\W_](?:[^\\W_]|[\u064b-\u065f\u0670'’ʼ])*")
_ARTICLES: Final = words_of("al el as ash an ar at az es ech ul ال")
_PARTICLES: Final = words_of("bin ben ibn bint van von der den de da del della dos di du la le y e ould بن ابن بنت ولد")
_ABD = re.compile(r"^abd(?:ou|[aeu])?(?:l(?=\w{3}|$)|(\w)(?=\1)|$)")
_ARABIC_ABD = re.compile("^عبد(?:ال)?")
_ROMANISED = re.compile(r"kh|gh|dh|q(?!u)|^abd\w|(?:sky|skiy|skyy|ski|ov|ova|ev|eva|enko|yev|yan|ani|awi|aoui|oui|zadeh)$|[^\x00-\u024f]")
_GIVEN: Final = words_of(
    "mohammed ahmed mahmoud hamed mustafa hassan hussein ali omar osama othman khaled ibrahim ismail yousef yakub abdullah bashar hafez saddam "
    "muammar walid said saeed samir samer tarek karim rashid rachid nasser jamal kamal salah faisal fouad hamza bilal idris musa issa younes "
    "zakaria fatima aisha zainab khadija mariam nour layla samira rania hanan salma vladimir volodymyr sergei dmitri alexei mikhail yevgeny "
    "nikolai andrei yulia olena tariq"
)
# titles that are given names as well
_GIVEN_TOO: Final = words_of("emir sultan justice don rey reina roi baker major prince grace king saint امير سلطان")
# words so usual in names that two of them together still mean many people
_USUAL: Final = words_of(
    "mohammed muhammad mohamed mohammad ahmed ahmad ali hassan hasan hussein hussain husain omar ibrahim abdullah abdallah mahmoud mustafa yusuf youssef "
    "khan hamid said saleh osman musa adam fatima aisha maria mary marie jose juan carlos luis jorge pedro ana antonio francisco manuel garcia rodriguez "
    "martinez gonzalez hernandez lopez perez sanchez ramirez flores gomez diaz cruz morales reyes fernandez silva santos souza oliveira joao paulo "
    "john james robert michael david william richard thomas paul peter mark george joseph daniel charles kevin brian ann anne sarah elizabeth grace "
    "smith johnson williams brown jones davis miller wilson taylor anderson thompson moore jackson martin lee harris clark lewis robinson walker young "
    "king wright scott green baker adams hall nguyen tran pham wang li zhang liu chen yang huang zhao wu kim park choi jung singh kumar sharma patel das "
    "devi begum bibi islam rahman jean pierre michel philippe alain dubois durand bernard petit moreau ivan ivanov alexander sergei anna elena olga "
    "محمد احمد علي حسن حسين عمر ابراهيم عبدالله محمود مصطفي يوسف خالد سعيد صالح فاطمه عايشه"
)


@dataclass(frozen=True, slots=True)
class Person:
    """A name's words, folded, without titles, articles and particles, and the sound of its first and its last.

    `rough` is what all its spellings share (and some other names); `full` says that it has two words that are no initials; `rare` counts
    those that not very many people are called by.
    """

    words: tuple[str, ...]
    first: Sound
    last: Sound
    rough: str
    romanised: bool
    full: bool
    rare: int


@lru_cache(maxsize=50_000)
def person(name: str) -> Person | None:
    """Read a person's name; None where there is no word in it.

    >>> person("President Abdul Fatah el-Sissi").words, person("عبد الفتاح السيسي").words
    (('abdfatah', 'sissi'), ('عبدفتاح', 'سيسي'))
    """
    words = [key(word) for word in _WORD.findall(_POSSESSIVE.sub("", name.strip()))]
    while len(words) > 1 and words[0] in TITLES and not (len(words) == 2 and words[0] in _GIVEN_TOO):
        words = words[1:]
    words = _bare(_joined([word for word in words if word]))
    if not words:
        return None
    romanised = any(_ROMANISED.search(word) or any(sounds_alike(sound(word), given) for given in _given().get(rough(sound(word)), ())) for word in words)
    first, last, whole = sound(words[0]), sound(words[-1], last=True), [word for word in words if len(word) > 1]
    return Person(tuple(words), first, last, f"{rough(first)} {rough(last)}", romanised, len(whole) > 1, sum(word not in _USUAL for word in whole))


@lru_cache(maxsize=1)
def _given() -> dict[str, tuple[Sound, ...]]:
    """Return the sounds of given names that are written in many ways in Latin letters."""
    found: dict[str, tuple[Sound, ...]] = {}
    for name in _GIVEN:
        found[rough(sound(name))] = (*found.get(rough(sound(name)), ()), sound(name))
    return found


def _joined(words: list[str]) -> list[str]:
    """Write "Abd al-Fattah", "Abdel Fattah" and "Abdelfattah" in one word without the article."""
    joined: list[str] = []
    waiting = ""
    for number, word in enumerate(words):
        if waiting and word in _ARTICLES and number + 1 < len(words):
            continue
        abd = _ABD.match(word) or _ARABIC_ABD.match(word)
        rest = word[abd.end() :] if abd else _without_article(word)
        if abd and not rest and number + 1 < len(words) and not waiting:
            waiting = abd.group()[:3]
            continue
        joined.append(abd.group()[:3] + rest if abd and rest else waiting + rest if waiting else word)
        waiting = ""
    return joined


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 3 else word


def _bare(words: list[str]) -> list[str]:
    """Drop articles and, amid a name, particles; what would leave a single word keeps it."""
    plain = [word for number, word in enumerate(words) if not (0 < number < len(words) - 1 and (word in _PARTICLES or word in _ARTICLES))]
    return [_without_article(word) if number else word for number, word in enumerate(plain)]


def alike(one: Person, other: Person) -> Likeness:
    """Compare two full names: the same letters, a variant (transliterated, or with a middle name more), or different.

    Only names that come from another script may be spelt differently: Olsen is not Olson, but Kadhafi is Gaddafi.
    """
    if not _middles_fit(one.words[1:-1], other.words[1:-1]):
        return ""
    if (one.words[0], one.words[-1]) == (other.words[0], other.words[-1]):
        longer = abs(sum(len(word) > 1 for word in one.words) - sum(len(word) > 1 for word in other.words))
        return "variant" if longer else "same"
    romanised = one.romanised or other.romanised
    return "variant" if romanised and sounds_alike(one.first, other.first) and sounds_alike(one.last, other.last) else ""


def _middles_fit(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Accept middle names of which one side has none or only some of the other's; an initial stands for its name."""
    few, many = sorted((one, other), key=len)
    return all(any(_stands_for(word, more) for more in many) for word in few)


def _stands_for(word: str, other: str) -> bool:
    return word == other or (1 in {len(word), len(other)} and word[0] == other[0]) or sounds_alike(sound(word), sound(other))
