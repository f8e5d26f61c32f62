"""Sentence -> str*: what a sentence says that neither a report it cites nor a fact it names bears."""

import re
from collections.abc import Iterator, Sequence

from reports.prove.lexicon import PLAIN, PUNCTUATION
from reports.prove.ranges import unattested
from reports.prove.recompute import recompute
from reports.prove.shown import Ground
from store.records import Fact, Report, Sentence

CLIPPED = " […]"
ENDERS = ".!?؟。！？…"
CLOSERS = "\"'”’»)]"
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def violations(sentence: Sentence, found: Ground) -> list[str]:
    """Return what is wrong with one sentence: its citations first, then its words."""
    if not sentence.report_ids:
        return ["cites no report"]
    unknown = [key for key in sentence.report_ids if key not in found.citable]
    if unknown:
        return [f"cites {key}, which is unknown, later than the brief, or TLP:RED" for key in unknown]
    if sentence.quote:
        return _misquoted(sentence, found.citable[sentence.report_ids[0]])
    return [*_false_facts(sentence, found), *_mixed(sentence), *_unborne(sentence)]


def _misquoted(sentence: Sentence, report: Report) -> list[str]:
    if sentence.facts:
        return ["a quotation holds no computed facts"]
    text = sentence.text.removesuffix(CLIPPED)
    pattern = re.compile(r"\s+".join(re.escape(piece) for piece in text.split()))
    clipped = text != sentence.text
    spots = (_whole(report.words, match, clipped) for match in _overlapping(pattern, report.words))
    return [] if text.split() and any(spots) else [f"is not, word for word and as a whole, in report {report.id}"]


def _overlapping(pattern: re.Pattern[str], words: str) -> Iterator[re.Match[str]]:
    """Find all matches, also those that begin within another: a title may end in the words of the sentence after it."""
    match = pattern.search(words)
    while match:
        yield match
        match = pattern.search(words, match.start() + 1)


def _whole(words: str, match: re.Match[str], clipped: bool) -> bool:
    """Tell whether a match is a whole sentence: a cut-off "no" or a cut-off digit would turn its meaning."""
    before, after = words[: match.start()], words[match.end() :]
    starts = not before.strip() or "\n" in before[len(before.rstrip()) :] or before.rstrip().rstrip(CLOSERS)[-1:] in tuple(ENDERS)
    ends = not after.strip() or "\n" in after[: len(after) - len(after.lstrip())] or match.group().rstrip(CLOSERS)[-1:] in tuple(ENDERS)
    return starts and ((ends and _breaks(words, match.end())) or (clipped and _between_words(words, match.end())))


def _breaks(words: str, end: int) -> bool:
    """Tell whether a sentence can end here: a full stop inside a figure (3.5) ends none."""
    return not words[end : end + 1].isalnum() or words[end - 1] in "。！？"


def _between_words(words: str, end: int) -> bool:
    return words[end : end + 1].isspace() or not (words[end - 1].isalnum() and words[end - 1].isascii())


def _false_facts(sentence: Sentence, found: Ground) -> list[str]:
    wrong = []
    for fact in sentence.facts:
        true = recompute(found, fact)
        if true is None:
            wrong.append(f"states {fact.text!r} as {fact.kind} of {fact.about!r}, which cannot be computed")
        elif true != fact.text or not fact.text:
            wrong.append(f"states {fact.text!r} as {fact.kind} of {fact.about!r}, but it is {true!r}")
        elif fact.kind == "figure.range" and unattested(found, fact.about, sentence.report_ids):
            wrong.append(f"states {fact.text!r} without citing who says the lowest and who the highest")
    return wrong


def _mixed(sentence: Sentence) -> list[str]:
    sure = any(fact.kind.endswith(".confidence") for fact in sentence.facts) or "confidence" in sentence.text.casefold().split()
    chance = any(fact.kind.endswith(".chance") for fact in sentence.facts)
    counts = {tuple(fact.about.split("/")[::2]) + tuple(fact.about.split("/")[3:]) for fact in sentence.facts if fact.kind.startswith("figure.")}
    return [
        *(["speaks of likelihood and of confidence in one breath"] if sure and chance else []),
        *(["joins figures of different counts"] if len(counts) > 1 else []),
    ]


def _unborne(sentence: Sentence) -> list[str]:
    if not sentence.text.strip():
        return ["says nothing"]
    if _explained(sentence.text, sentence.facts, 0):
        return []
    borne = {word for fact in sentence.facts for word in WORD.findall(fact.text.casefold())}
    loose = [word for word in WORD.findall(sentence.text) if word.casefold() not in borne | PLAIN]
    return [f"says {', '.join(loose)!r} beside its facts" if loose else "does not hold its facts in their order, or capitalises a plain word"]


def _explained(text: str, facts: Sequence[Fact], start: int) -> bool:
    """Tell whether the text from `start` is the facts in their order with nothing but plain words between."""
    if not facts:
        return _plain(text[start:], start)
    at = text.find(facts[0].text, start) if facts[0].text else -1
    while at >= 0:
        if not _plain(text[start:at], start):
            return False
        if _explained(text, facts[1:], at + len(facts[0].text)):
            return True
        at = text.find(facts[0].text, at + 1)
    return False


def _plain(segment: str, offset: int) -> bool:
    words = [(match.start() + offset, match.group()) for match in WORD.finditer(segment)]
    lowered = all(word in PLAIN or (at == 0 and word.lower() in PLAIN) for at, word in words)
    return lowered and all(mark in PUNCTUATION for mark in WORD.sub("", segment))
