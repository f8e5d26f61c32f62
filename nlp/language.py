"""Text -> language, as ISO 639-1, or "und" where the text does not tell."""

import re
from functools import lru_cache
from typing import Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier

UNDETERMINED: Final = "und"
# addresses, user names and tags are spelled alike in every language
_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+")
_LETTERS = re.compile(r"[^\W\d_]+")
_ENOUGH_LETTERS, _ENOUGH = 12, 0.6
_PLENTY_LETTERS, _CERTAIN = 60, 0.99
_READ = 2_000


def language(text: str, declared: str = "") -> str:
    """Name the language of `text`; what its sender declared is believed unless a long text is plainly in another one.

    Under 12 letters, or under a probability of 0.6 (py3langid, normalised), the answer is the declared one or "und".
    """
    words = " ".join(_LETTERS.findall(_NOISE.sub(" ", text[:_READ])))
    stated = _stated(declared)
    if len(words) < _ENOUGH_LETTERS:
        return stated or UNDETERMINED
    found, sure = _identifier().classify(words)
    if stated and not (len(words) >= _PLENTY_LETTERS and sure >= _CERTAIN):
        return stated
    return str(found) if sure >= _ENOUGH else stated or UNDETERMINED


def _stated(declared: str) -> str:
    """Return the language of a tag such as "en-GB", or "" when it names none."""
    primary = re.split("[-_]", declared.strip().lower(), maxsplit=1)[0]
    return primary if re.fullmatch("[a-z]{2,3}", primary) and primary != UNDETERMINED else ""


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
