"""Report* -> Origin*: which reports are copies of one another."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from nlp.credit import credit_shared, quotation
from nlp.editions import edited_entries, page, standing
from nlp.pattern import Slots, filled_anew, slots
from nlp.wording import FEWEST_WORDS, Integers, Numbers, Wording, shares, wording
from store.records import Origin, Report

# a short report may share a phrase with another by chance: only most of it makes a copy
_SHORT, _SHORT_SHARE = 20, 0.8
_LONG, _LONG_SHARE = 60, 0.3
# a shared credit within two days makes up for wording that is not quite enough
_CREDITED, _CREDIT_DAYS = 0.6, timedelta(days=2)
_WHOLE = 0.8
_EDITION_SHARE = 0.5
# of reports to one pattern each is like hundreds: the most like it are enough
_CHECKED = 32


@dataclass(frozen=True, slots=True)
class _Tie:
    """Why a report belongs to an earlier one; `share` is of the shorter wording, where it matters."""

    to: int
    reason: str
    share: float | None = None


@dataclass(slots=True)
class _Seen:
    """What has been read so far, in order of time: the root of each report, where to find earlier ones, and why they were joined."""

    roots: list[int] = field(default_factory=list)
    latest: dict[int, int] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)
    standing: dict[tuple[str, str], int] = field(default_factory=dict)
    firsts: dict[int, int] = field(default_factory=dict)
    ties: defaultdict[int, list[_Tie]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True)
class _Compared:
    """Reports in order of time, the wording each has (reports with the same words have the same), and what wordings share."""

    reports: Sequence[Report]
    window: timedelta
    texts: Sequence[int]
    wording: Wording
    shares: Sequence[dict[int, float]]
    edited: dict[int, int]
    slots: Slots
    numbers: Numbers


def origins(reports: Sequence[Report], window_days: int = 10) -> tuple[Origin, ...]:
    """Group reports that repeat one text, so that corroboration counts voices and not echoes; every report is in one group.

    Containment of rarity-weighted word 3-shingles in the shorter text, not Jaccard: an abridged wire copy is still a copy (Broder 1997; Silcock et al. 2023).
    A form filled in anew is no copy; a credited agency or publisher lets less wording do, and a passage quoted whole is enough. Texts under 8 words are
    copies only when identical; one web page is one origin. A later edition of a feed entry or page is a revision of the first one. A report is never joined
    to a root more than `window_days` earlier, and groups are never merged. Order of the input does not matter.
    """
    compared = _compare(sorted(reports, key=lambda report: (report.at, report.received_at, report.id)), timedelta(days=window_days))
    seen = _Seen()
    for number in range(len(reports)):
        first = _first_edition(number, compared, seen)
        tie = _tie(number, first, compared, seen)
        seen.roots.append(seen.roots[tie.to] if tie else number)
        if tie:
            seen.ties[seen.roots[number]].append(tie)
        _remember(number, first, compared, seen)
    return tuple(_groups(compared, seen))


def _compare(reports: Sequence[Report], window: timedelta) -> _Compared:
    numbers = Numbers()
    known: dict[bytes, int] = {}
    distinct: list[Integers] = []
    texts = []
    for report in reports:
        words = numbers.of(report.text)
        if len(words) < FEWEST_WORDS:
            words = numbers.of(report.words)
        text = known.setdefault((words >> 2).tobytes(), len(distinct))
        if text == len(distinct):
            distinct.append(words)
        texts.append(text)
    worded = wording(distinct)
    return _Compared(reports, window, texts, worded, shares(worded, _CREDITED * _LONG_SHARE), edited_entries(reports), slots(worded), numbers)


def _first_edition(number: int, compared: _Compared, seen: _Seen) -> int:
    """Return the report of which this one is a later edition, or itself: the entry it is kept under, or much the same words standing in the same spot."""
    here = (seen.standing.get(where, number) for where in standing(compared.reports[number]))
    first = compared.edited.get(number, number)
    if first >= number:
        first = next((one for one in here if _much_the_same(number, one, compared)), number)
    return seen.firsts.get(first, first)


def _much_the_same(number: int, first: int, compared: _Compared) -> bool:
    text, other = compared.texts[number], compared.texts[first]
    return text == other or compared.shares[text].get(other, 0.0) >= _EDITION_SHARE


def _tie(number: int, first: int, compared: _Compared, seen: _Seen) -> _Tie | None:
    """Return the surest of what ties a report to an earlier one whose root lies in the window."""
    text, earliest = compared.texts[number], compared.reports[number].at - compared.window

    def lies_near(known: int | None) -> bool:
        return known is not None and known < number and compared.reports[seen.roots[known]].at >= earliest

    for known, reason in _sure(number, first, compared, seen):
        if known is not None and lies_near(known):
            return _Tie(known, reason)
    near = [(-share, seen.latest[other]) for other, share in compared.shares[text].items() if lies_near(seen.latest.get(other))]
    reasons = (_Tie(known, _reason(number, known, -share, compared), -share) for share, known in sorted(near)[:_CHECKED])
    return next((tie for tie in reasons if tie.reason), None)


def _sure(number: int, first: int, compared: _Compared, seen: _Seen) -> Iterator[tuple[int | None, str]]:
    """Yield earlier reports that need not be compared, with the reason."""
    text = compared.texts[number]
    yield first, "later edition of the same report"
    if len(compared.wording.of(text)):
        yield seen.latest.get(text), "same words"
    yield seen.pages.get(page(compared.reports[number].url)), "same page"


def _reason(number: int, known: int, share: float, compared: _Compared) -> str:
    """Say why two reports that share some wording are copies, "" where they are not."""
    report, other = compared.reports[number], compared.reports[known]
    if quoted := _quotes(number, known, compared):
        return quoted
    needed = _needed(int(min(len(compared.wording.of(compared.texts[each])) for each in (number, known))))
    if share < _CREDITED * needed or filled_anew(compared.texts[number], compared.texts[known], compared.slots):
        return ""
    if share >= needed:
        return "shares {} of the shorter wording"
    credit = credit_shared(report, other) if report.at - other.at <= _CREDIT_DAYS else ""
    return f"{credit} and shares {{}} of the shorter wording" if credit else ""


def _needed(words: int) -> float:
    """Return the share that makes a copy: it falls with the length of the shorter text."""
    along = min(1.0, max(0.0, (words - _SHORT) / (_LONG - _SHORT)))
    return _SHORT_SHARE + along * (_LONG_SHARE - _SHORT_SHARE)


def _quotes(number: int, known: int, compared: _Compared) -> str:
    pairs = ((number, known, "quotes it whole"), (known, number, "is quoted whole"))
    return next((reason for quoting, quoted, reason in pairs if _whole(quoting, quoted, compared)), "")


def _whole(quoting: int, quoted: int, compared: _Compared) -> bool:
    passage = quotation(compared.reports[quoting].text)
    if not passage:
        return False
    inside, all_runs = _runs(compared.numbers.of(passage)), _runs(compared.wording.of(compared.texts[quoted]))
    return len(inside & all_runs) >= _WHOLE * len(all_runs)


def _runs(words: Integers) -> set[tuple[int, ...]]:
    plain = (words >> 2).tolist()
    return set(zip(plain, plain[1:], plain[2:], strict=False))


def _remember(number: int, first: int, compared: _Compared, seen: _Seen) -> None:
    """Enter a report where later ones will look."""
    report = compared.reports[number]
    seen.latest[compared.texts[number]] = number
    if first < number and seen.roots[first] == seen.roots[number]:
        seen.firsts[number] = first
    else:
        seen.standing.update(dict.fromkeys(standing(report), number))
    if at := page(report.url):
        seen.pages[at] = number


def _groups(compared: _Compared, seen: _Seen) -> Iterator[Origin]:
    members: defaultdict[int, list[int]] = defaultdict(list)
    for number, root in enumerate(seen.roots):
        members[root].append(number)
    ids = [report.id for report in compared.reports]
    for root, numbers in members.items():
        revisions = tuple((ids[number], ids[seen.firsts[number]]) for number in numbers if number in seen.firsts)
        yield Origin(id=ids[root], report_ids=tuple(ids[number] for number in numbers), reason=_told(seen.ties[root]), revisions=revisions)


def _told(ties: Sequence[_Tie]) -> str:
    """Put the reasons of a group into one line: how many reports were joined by each, and the span of their shares."""
    by_reason: defaultdict[str, list[float]] = defaultdict(list)
    for tie in ties:
        by_reason[tie.reason].append(tie.share or 0.0)
    lines = []
    for reason, found in sorted(by_reason.items()):
        low, high = min(found), max(found)
        span = f"{high:.0%}" if f"{low:.0%}" == f"{high:.0%}" else f"{100 * low:.0f}–{high:.0%}"
        lines.append(reason.format(span) + f" ({len(found)})" * (len(found) > 1))
    return "; ".join(lines)
