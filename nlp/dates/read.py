"""Text -> DateReading*: the days a text names, resolved against the day it was said."""

import re
from datetime import datetime
from typing import Final

from nlp.dates.grammar import ANCHOR, Grammar, grammar
from nlp.dates.resolve import Said, resolve
from nlp.figures.sentences import fold, sentences, spoken, telling
from store.records import DateReading

_REACH: Final = 200  # characters beyond which a "will" belongs to something else


def dates(text: str, said_at: datetime, language: str) -> tuple[DateReading, ...]:
    """Find the times of a text that name days: "last Friday", "since March", "3 to 5 May", "two weeks ago"; in order, never overlapping.

    `language` is ISO 639-1; en, fr, es and ar are read, "und" as English or by its script as Arabic, and any other gives none. A weekday or
    a day without a year is the latest that is not after `said_at`, unless its sentence speaks of what is to come; a day and month that lie less than
    two months ahead are taken as coming. Weeks run from Monday; early, mid and late are thirds of a month or year. Vague times ("recently", "a few
    days ago"), times of day and durations ("for three days") are not dates.
    """
    chosen = spoken(text, language)
    if not chosen:
        return ()
    rules, folded = grammar(chosen), fold(text)
    spots = [one.start() for one in ANCHOR.finditer(folded) if one[0] in rules.anchors or (one[0][0] <= "9" and len(one[0]) >= 4)]
    return tuple(reading for span in telling(sentences(text), spots) for reading in _dates(text, folded, span, rules, said_at)) if spots else ()


def _dates(text: str, folded: str, span: tuple[int, int], rules: Grammar, said_at: datetime) -> list[DateReading]:
    found = []
    for match in rules.dates.finditer(folded, *span):
        said = Said(day=said_at.date(), ahead=_ahead(match, folded, span, rules))
        days = None if _common_word(text, match, rules) else resolve(match, said, rules)
        if days:
            found.append(DateReading(start=match.start(), end=match.end(), text=text[match.start() : match.end()], first=days[0], last=days[1]))
    return found


def _ahead(match: re.Match[str], folded: str, span: tuple[int, int], rules: Grammar) -> bool:
    """Tell a date of what is to come: "will" stands before it, or after it where it begins the sentence; "he said on Friday" is past all the same."""
    first, last = max(span[0], match.start() - _REACH), min(span[1], match.end() + _REACH)
    if rules.told.search(folded[first : match.start()]):
        return False
    return bool(rules.future.search(folded, first, match.end()) or (match.start() - span[0] < 3 and rules.future.search(folded, match.end(), last)))


def _common_word(text: str, match: re.Match[str], rules: Grammar) -> bool:
    """Tell "may" and "march" from May and March."""
    word = rules.capital.search(match[0])
    return word is not None and not text[match.start() + word.start()].isupper()
