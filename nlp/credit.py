"""Report -> whom it credits: news agencies named as the source of its words, the publisher behind a feed, a passage it quotes."""

import re
from functools import lru_cache
from typing import Final

from store.records import Report

_AGENCIES: Final = {
    "AFP": ("AFP", "Agence France[- ]Presse", "(?:وكالة )?فرانس برس", "أ ?ف ?ب", "АФП", "法新社"),
    "Anadolu": ("AA", "Anadolu", "الأناضول", "الاناضول"),
    "ANSA": ("ANSA", "Ansa"),
    "AP": ("AP", "Associated Press", "أسوشي[يت]تد برس", "اسوشيتد برس", "美联社"),
    "APA": ("APA",),
    "Belga": ("Belga", "BELGA"),
    "Bloomberg": ("Bloomberg", "بلومبرغ"),
    "dpa": ("dpa", "DPA", "Deutsche Presse-Agentur", "د ?ب ?أ"),
    "EFE": ("EFE", "Efe"),
    "Europa Press": ("Europa Press", "EUROPA PRESS"),
    "IANS": ("IANS",),
    "Interfax": ("Interfax", "Интерфакс"),
    "Keystone-ATS": ("ATS", "Keystone-(?:ATS|SDA)", "SDA"),
    "Kyodo": ("Kyodo", "共同社", "共同通信"),
    "Lusa": ("Lusa", "LUSA"),
    "PA": ("PA", "PA Media", "Press Association"),
    "Prensa Latina": ("Prensa Latina",),
    "PTI": ("PTI", "Press Trust of India"),
    "Reuters": ("Reuters", "REUTERS", "Thomson Reuters", "رويترز", "Рейтер", "路透社?"),
    "TASS": ("TASS", "ТАСС"),
    "UPI": ("UPI",),
    "Xinhua": ("Xinhua", "شينخوا", "新华社", "新華社"),
    "Yonhap": ("Yonhap", "연합뉴스"),
}
_NAMES = "|".join(sorted((name for names in _AGENCIES.values() for name in names), key=len, reverse=True))
_EACH = "|".join(f"(?P<a{number}>" + "|".join(names) + ")" for number, names in enumerate(_AGENCIES.values()))
_AGENCY = re.compile(rf"(?<!\w)(?:{_EACH})(?!\w)")
_CREDITS = (
    # "(Reuters)", "(AFP/Reuters)", "[AP]"
    re.compile(rf"[(\[]((?:{_NAMES})(?:\s*[/,&+]\s*(?:{_NAMES}))*)[)\]]"),
    # "AFP - ..." at the head of a line, "... - AP" at its end
    re.compile(rf"^[^\S\n]*({_NAMES})\s*[—–:-]", re.MULTILINE),
    re.compile(rf"[—–-][^\S\n]*({_NAMES})[^\S\n]*\.?[^\S\n]*$", re.MULTILINE),
    re.compile(
        r"(?:\b(?i:via|sources?|credit|according to|told|selon|d['’]après|avec|según|fuente|con información de|laut|nach angaben|quelle|secondo|fonte)"
        r"|نقلا[ً]? عن|وفقا[ً]? |بحسب|المصدر|по данным|据)"
        rf"\s*+:?\s*+(?:(?i:the|la|le|l['’]|agence|agencia|agenzia|agentur|der|von|news agency|de presse)\s*|ل?وكالة\s+|ل)*({_NAMES})(?!\w)"
    ),
    re.compile(rf"(?<!\w)({_NAMES})\s+(?i:news agency|reports?|reported|rapporte|a rapporté|informa|informó|berichtet|meldet|报道)"),
)
_MARKED = re.compile(r"^[ \t]*>+[ \t]?(.*)$", re.MULTILINE)
_RULE = re.compile(
    r"^[> \t]*[-_*]{2,}\s*(?:original message|forwarded message|message d['’]origine|message original|message transféré|mensaje original|mensaje reenviado"
    r"|ursprüngliche nachricht|weitergeleitete nachricht|الرسالة الأصلية|رسالة معاد توجيهها)\s*[-_*]{2,}\s*$",
    re.IGNORECASE | re.MULTILINE,
)


@lru_cache(maxsize=2_000)
def agencies(text: str) -> frozenset[str]:
    """Name the news agencies a text gives as its source; one that is merely mentioned is none."""
    named = (found.group(1) for credit in _CREDITS for found in credit.finditer(text))
    return frozenset(name for names in named for name in _canonical(names))


def _canonical(names: str) -> list[str]:
    every = list(_AGENCIES)
    return [every[int(group[1:]) if (group := found.lastgroup) else 0] for found in _AGENCY.finditer(names)]


def credit_shared(first: Report, second: Report) -> str:
    """Say in words which credit speaks for two reports having one text, "" where none does.

    A publisher that reached us through two different sources; an agency both credit, or that one credits and the other is.
    """
    doors = {first.source.casefold(), second.source.casefold()}
    for one, other in ((first, second), (second, first)):
        if len(doors) == 2 and one.publisher and one.publisher.casefold() in (other.publisher.casefold(), other.source.casefold()):
            return f"also from {one.publisher}"
    both = _credited(first) & _credited(second)
    return f"also credits {min(both)}" if both else ""


def _credited(report: Report) -> frozenset[str]:
    return agencies(report.text) | frozenset(_canonical(report.voice) if _AGENCY.fullmatch(report.voice) else ())


def quotation(text: str) -> str:
    """Return what a text marks as somebody else's: lines after ">", or all that follows "Original message"; "" where it marks nothing."""
    rule = _RULE.search(text) if "--" in text or "__" in text or "**" in text else None
    return text[rule.end() :] if rule else "\n".join(_MARKED.findall(text)) if ">" in text else ""
