"""News texts -> reports that copy one another, with known truth: abridged, retitled, spliced, badly scanned, partly reworded."""

import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import product
from pathlib import Path

from store.records import Channel, Report, SourceKind

SENTENCE = re.compile(r"(?<=[.!?])\s+")
START = datetime(2024, 1, 1, tzinfo=UTC)
DAYS = 60
LOOKS_LIKE = {"rn": "m", "m": "rn", "l": "1", "e": "c", "o": "0", "i": "l", "h": "b", "u": "n", "a": "o", "t": "f", "g": "q", "S": "5", "d": "cl"}
SAYS_TOO = {
    "said": "stated", "told": "informed", "about": "around", "killed": "slain", "after": "following", "before": "prior to", "big": "large", "began": "started",
    "people": "persons", "police": "officers", "because": "since", "man": "male", "woman": "female", "money": "funds", "help": "assistance", "near": "close to",
    "show": "reveal", "found": "discovered", "many": "numerous", "home": "house", "car": "vehicle", "also": "too", "more": "further", "but": "yet",
    "as": "while", "some": "several", "between": "among", "will": "shall", "made": "produced", "now": "currently", "where": "there", "under": "beneath",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Noised:
    """Reports, and for each of them the id of the text it repeats."""

    reports: tuple[Report, ...]
    truth: dict[str, str]


def base_texts(data: Path, half: int) -> dict[str, str]:
    """Read LGL and ECB+, one of each set of real duplicates, the half (0 or 1) into which the hash of its name puts each text."""
    texts = {f"lgl-{row['doc_id']}": row["text"] for row in _rows(data / "geoparsing" / "lgl.jsonl")}
    texts |= {f"ecb-{row['doc_id']}": _plain(row["sentences"]) for row in _rows(data / "ecbplus" / "docs.jsonl")}
    kept = _without_duplicates({name: text for name, text in texts.items() if len(text.split()) >= 60})
    return {name: text for name, text in kept.items() if sha256(name.encode()).digest()[0] % 2 == half}


def noised(texts: dict[str, str], seed: int) -> Noised:
    """Copy most texts 0 to 14 times within six days, among independent reports that have something in common.

    A fifth of the texts lends its sentences, each once, to splices and titles. A tenth (of 150 words and more) goes out by threes, in each of which the same
    statement of some 30 words is quoted. Forms filled in anew are no copies, either.
    """
    draw = random.Random(seed)
    names = sorted(texts)
    draw.shuffle(names)
    lent, names = names[: len(names) // 5], names[len(names) // 5 :]
    own = [sentence for name in lent for sentence in SENTENCE.split(texts[name])]
    quoting = [name for name in names if len(texts[name].split()) >= 150][: len(names) // 8]
    reports = [*patterned(draw), *_quoting([(name, texts[name]) for name in quoting], own, draw)]
    truth = {each.id: each.id for each in reports}
    for name in names:
        if name in quoting:
            continue
        first = START + timedelta(hours=draw.uniform(0, DAYS * 24))
        copies = 0 if draw.random() < 0.3 else draw.randint(1, 14)
        for number in range(copies + 1):
            at = first + timedelta(hours=draw.uniform(1, 144)) * (number > 0)
            text = _copy(texts[name], own, draw) if number else texts[name]
            title = own[draw.randrange(len(own))][:80] if own else ""
            reports.append(report(f"{name}/{number:02}", at, text, title))
            truth[reports[-1].id] = name
    draw.shuffle(reports)
    return Noised(tuple(reports), truth)


def patterned(draw: random.Random, weeks: int = 6) -> list[Report]:
    """Write weekly forms of our own in which only figures and places are new: no two of them are copies."""
    reports = []
    for week, place, number in product(range(weeks), range(8), range(len(FORMS))):
        filled = re.sub("[#@]", lambda gap: str(draw.randint(2, 900)) if gap.group() == "#" else _name(draw), FORMS[number])
        reports.append(report(f"form-{number}-{place}-{week}", START + timedelta(days=7 * week, hours=place), filled, f"Form {number}"))
    return reports


def _quoting(texts: list[tuple[str, str]], own: list[str], draw: random.Random) -> list[Report]:
    """Let each three of these texts quote one statement, on one day."""
    reports = []
    for at in range(0, len(texts), 3):
        statement = ""
        while len(statement.split()) < 25:
            statement = f"{statement} {own.pop()}"
        for name, text in texts[at : at + 3]:
            sentences = SENTENCE.split(text)
            sentences.insert(draw.randrange(len(sentences)), statement.strip())
            reports.append(report(f"{name}/quoting", START + timedelta(hours=at), " ".join(sentences), ""))
    return reports


FORMS = (
    "Weekly form: # families in @ need drinking water and # latrines are broken.",
    (
        "Situation report. Over the past week our teams visited @ and @. A total of # households received food parcels and # households received hygiene "
        "kits. The health post in @ treated # patients, of whom # were children under five. Main needs remain clean water, shelter material and school "
        "supplies. The road between @ and @ was open on # days. Next distribution is planned for @ with # parcels in stock."
    ),
    (
        "Strike bulletin. Turnout at the @ depot was # per cent according to the union and # per cent according to management. # lines out of # were running. "
        "Talks between the union and the operator resume in @. Commuters are advised to check the timetable before they leave home."
    ),
    (
        "Disease surveillance note for the district of @: # suspected cases and # deaths were notified this week, against # cases the week before. The attack "
        "rate is highest in @ and @. Laboratory confirmation is pending for # samples. Chlorine stocks cover # days. Oral rehydration points in @ remain "
        "open."
    ),
    (
        "Protection monitoring, standing note. This note is compiled every week from the entries of volunteers and is shared with all members of the "
        "coordination group. It is not exhaustive and should be read together with the monthly overview. Volunteers in @ and @ recorded # alerts, # of them "
        "concerning children. # people were referred to legal aid and # to psychosocial support. The helpline took # calls, most of them from @. Members are "
        "reminded that names and addresses must not be sent by open mail and that the referral pathway was revised at the last meeting. Freedom of movement: "
        "# checkpoints were counted between @ and @, # fewer than in the week before. Evictions: # households in @ received written notice. Cash assistance "
        "reached # families in @ and # in @. Questions may be put to the secretariat at any time. The next note will appear in seven days, and corrections to "
        "this one will be printed there."
    ),
    "River level at @ station: # centimetres, change since yesterday # centimetres. Warning level # centimetres. Next reading in # hours.",
)


def report(id_: str, at: datetime, text: str, title: str) -> Report:
    """Make a report as a feed would bring it."""
    kind = SourceKind.NEWS
    return Report(id=id_, channel=Channel.FEED, source=f"feed {id_[-2:]}", source_kind=kind, key=id_, at=at, received_at=at, text=text, title=title)


def _rows(path: Path) -> Iterable[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def _plain(sentences: Sequence[str]) -> str:
    words = " ".join(sentence for sentence in sentences if not re.match(r"(?i)https?\b", sentence))
    return re.sub(r"\s+([.,;:!?')])", r"\1", words.replace("``", '"').replace("''", '"')).replace("( ", "(")


def _without_duplicates(texts: dict[str, str]) -> dict[str, str]:
    """Keep one of those that begin alike or have a twentieth of the shorter one's runs of eight words in common."""
    kept: dict[str, str] = {}
    sizes: dict[str, int] = {}
    holders: dict[tuple[str, ...], str] = {}
    openings: set[str] = set()
    for name in sorted(texts):
        words = re.findall(r"\w+", texts[name].lower())
        runs = set(zip(*(words[shift:] for shift in range(8)), strict=False))
        common = Counter(holders[run] for run in runs if run in holders)
        opening = "".join(words)[:150]
        if opening in openings or any(count >= 0.05 * min(len(runs), sizes[other]) for other, count in common.items()):
            continue
        kept[name], sizes[name] = texts[name], len(runs)
        openings.add(opening)
        holders |= dict.fromkeys(runs, name)
    return kept


def _copy(text: str, own: list[str], draw: random.Random) -> str:
    sentences = _shortened(SENTENCE.split(text), draw)
    for _ in range(draw.choice((0, 1, 1, 2))):
        at = draw.randrange(len(sentences))
        sentences[at] = _reworded(sentences[at])
    if draw.random() < 0.6:
        rate = draw.uniform(0.02, 0.2)
        sentences = [_scanned(sentence, rate, draw) for sentence in sentences]
    if draw.random() < 0.5:
        sentences = _spliced(sentences, own, draw)
    return " ".join(sentences)


def _shortened(sentences: list[str], draw: random.Random) -> list[str]:
    """Keep the beginning, or drop a sentence here and there; 40 words at least remain."""
    keep, drop = draw.choice(((draw.uniform(0.25, 0.7), 0.0), (1.0, draw.uniform(0.2, 0.5)), (draw.uniform(0.4, 0.9), draw.uniform(0.1, 0.4))))
    kept = [sentence for sentence in sentences[: max(1, round(keep * len(sentences)))] if draw.random() >= drop]
    return kept if sum(len(sentence.split()) for sentence in kept) >= 40 else list(sentences)


def _reworded(sentence: str) -> str:
    words = [SAYS_TOO.get(word, word) for word in sentence.rstrip(".!? ").split()]
    first, comma, second = " ".join(words).partition(", ")
    return f"{second}, {first}." if comma else f"{first}."


def _scanned(sentence: str, rate: float, draw: random.Random) -> str:
    return " ".join(_misread(word, draw) if draw.random() < rate else word for word in sentence.split())


def _misread(word: str, draw: random.Random) -> str:
    found = [old for old in LOOKS_LIKE if old in word]
    if not found or draw.random() < 0.2:
        return f"{word[: len(word) // 2]} {word[len(word) // 2 :]}"
    old = draw.choice(found)
    return word.replace(old, LOOKS_LIKE[old], 1)


def _spliced(sentences: list[str], own: list[str], draw: random.Random) -> list[str]:
    """Set a copy into another text of 0.3 to 1.5 times its length, sentences nobody else has."""
    taken: list[str] = []
    wanted = draw.uniform(0.3, 1.5) * sum(map(len, sentences))
    while own and sum(map(len, taken)) < wanted:
        taken.append(own.pop())
    cut = draw.randint(0, len(taken))
    return [*taken[:cut], *sentences, *taken[cut:]]


def _name(draw: random.Random) -> str:
    return "".join(draw.choice("bdfgklmnprstvz") + draw.choice("aeiou") for _ in range(draw.randint(2, 4))).capitalize()
