"""Report -> FigureReading*: the counts a report states, with what, where, when and on whose word."""

from collections.abc import Sequence
from typing import Final

from nlp.figures.lexicon import WORD, Lexicon, lexicon
from nlp.figures.link import Link, links
from nlp.figures.sentences import fold, sentences, spoken, telling
from nlp.figures.tag import tag
from nlp.figures.vouch import vouching
from nlp.figures.where import date_near, place_near
from store.records import DateReading, FigureKind, FigureReading, Report, SourceClass, Toponym

_CENTRAL: Final = frozenset({"CM", "CF", "TD", "CG", "GQ", "GA"})


def figures(report: Report, language: str, toponyms: Sequence[Toponym] = (), found_dates: Sequence[DateReading] = ()) -> tuple[FigureReading, ...]:
    """Find the counts of people killed, injured, displaced, missing, affected, in need or detained, and sums of money, in order.

    `language` is ISO 639-1; en, fr, es and ar are read, "und" as English or by its script as Arabic, and any other gives none. "At least 40" has no
    upper end and "up to 40" starts from 0; "dozens" is 24 or more, "hundreds" 200 or more, "des dizaines" 20 or more. "No deaths" is a figure, 0.
    Parts of a count ("including 5 children"), casualties without a kind, ages, percentages and scores are not figures. Place and days are the nearest
    that the same sentence names, a place after "in" before any other. CFA francs are Central African (XAF) where the nearest place is.
    """
    text = report.words
    chosen = spoken(text, language)
    if not chosen:
        return ()
    words, folded = lexicon(chosen), fold(text)
    cues, numbers = _spots(folded, words)
    if not cues or not numbers:
        return ()
    spans = sentences(text)
    outbreak, counted, found = not words.outbreak.isdisjoint(WORD.findall(folded)), set(telling(spans, numbers)), []
    for span in telling(spans, cues):
        for link in links(tag(text, folded, span, words), outbreak=outbreak) if span in counted else ():
            place = place_near(folded, span, (link.start, link.end), toponyms)
            day = date_near(span, (link.start, link.end), found_dates)
            voice = vouching(folded, span, (link.start, link.end), chosen) or report.source_kind.source_class
            found.append(_reading(link, text, voice, place, day))
    return tuple(found)


def _spots(folded: str, words: Lexicon) -> tuple[list[int], list[int]]:
    """Return where words stand that could tell of a figure, and where digits and number words do: most sentences lack one or the other."""
    cues, numbers = [], []
    for match in WORD.finditer(folded):
        word = match[0]
        if word in words.cues:
            cues.append(match.start())
        if word <= "9~" or word in words.counts:
            numbers.append(match.start())
    return cues, numbers


def _reading(link: Link, text: str, voice: SourceClass, place: Toponym | None, day: DateReading | None) -> FigureReading:
    return FigureReading(
        start=link.start,
        end=link.end,
        text=text[link.start : link.end],
        kind=next(kind for kind in FigureKind if link.section.startswith(kind.value)),
        low=link.quantity.low,
        high=link.quantity.high,
        unit="XAF" if link.unit == "XOF" and place and place.place.country in _CENTRAL else link.unit,
        said_by=voice,
        of=text[link.noun_start : link.noun_end],
        about=link.quantity.about,
        place_id=place.place.id if place else "",
        first=day.first if day else None,
        last=day.last if day else None,
    )
