"""Words that are names of some village, too, but far more often just words."""

import runpy
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from nlp.places.names import key
from nlp.places.words import words_of

_LIST: Final = Path(__file__).with_name("everyday.txt")
_MARGIN = 0.8
_LANGUAGES: Final = ("ar", "en", "es", "fa", "fr", "ur")
# words of reports that carry a capital letter by their office, by the calendar or in Arabic, which has none
_MORE = words_of(
    "march april may june august sunday monday friday christmas easter ramadan union general president minister church road hospital school bridge port "
    "north south east west northern southern eastern western central coast island hurricane storm "
    "united nations red cross crescent world international national province republic "
    "مدينة محافظة منطقة بلدة قرية ريف حي شارع طريق مستشفى مدرسة جسر معبر ميناء مطار مخيم قال قالت اليوم امس شمال جنوب شرق غرب وسط الشمال الجنوب الشرق الغرب "
    "السلام الحكومة المساعدات الصحة الناس النساء الاطفال المياه الغذاء الطعام الماء بيان الامم المتحدة العام الجديد الكبير العاصمة المدينة الداخلية هوية "
    "جامعة سيول دولة كورونا مشهد صور جنة امان وين رقة ليل"
)


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Return keys of such words: the committed list, function words of six languages, and words of office and calendar."""
    listed = (line for line in _LIST.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return frozenset(listed) | frozenset(map(key, function_words())) | frozenset(map(key, _MORE))


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """Return the words of grammar of six languages, in small letters."""
    return frozenset(word for language in _LANGUAGES for word in _listed(language))


def _listed(language: str) -> Iterable[str]:
    """Run spaCy's list of a language by itself: importing its package would build that language's tokenizer, seconds for French."""
    spacy = find_spec("spacy")
    if spacy is None or spacy.origin is None:
        raise ModuleNotFoundError("spacy is not installed")
    words: Iterable[str] = runpy.run_path(str(Path(spacy.origin).parent / "lang" / language / "stop_words.py"))["STOP_WORDS"]
    return words


def draw(pieces: Mapping[str, float], is_name: Callable[[str], bool]) -> tuple[str, ...]:
    """Draw the list from a multilingual tokenizer's log-probabilities: words hardly less likely in small letters than capitalised."""
    found = set()
    for piece, score in pieces.items():
        word = piece[1:]
        if piece[0] == "\u2581" and len(word) > 2 and word.isalpha() and word.islower():
            folded = key(word)
            if pieces.get(f"\u2581{word.capitalize()}", score) <= score + _MARGIN and is_name(folded):
                found.add(folded)
    return tuple(sorted(found))
