"""Inventions put into the brief of a data folder: how many of them the checker refuses.

python -m benchmarks.inventions HOME [--seed N] [--count N] [--json]

HOME is a data folder with a brief, such as the one `make demo` leaves. Fifty inventions each change one number, name, place or date in one sentence; the
others change one range of figures, one count of origins and carriers, one Admiralty letter or number, or one doubt about a place.
"""

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from flows.brief import gather
from flows.kit import opened
from flows.settings import Settings
from reports.compose import compose
from reports.material import Material
from reports.provenance import check
from store.records import Corroboration, Credibility, FigureKind, FigureRange, Reliability, ReportGrade, Sentence, SourceClass, SourceGrade
from store.told import Brief

NUMBER = re.compile(r"\d+")
DATE = re.compile(r"\b(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December)\b")
NAME = re.compile(r"\b[A-Z][a-zà-ÿ]{3,}(?: [A-Z][a-zà-ÿ]{2,})+")
PLACES = ("Nairobi", "Lima", "Osaka", "Tirana", "Bergen")
NAMES = ("Ada Whitlock", "Jonas Ferreira", "Miriam Osei", "Northwind Trust")


def main() -> None:
    """Change, check, count."""
    given = _arguments()
    with opened(Settings(home=given.home, models=given.models)) as kit:
        row = kit.warehouse.last_brief(kit_end())
        if row is None:
            raise SystemExit(f"{given.home} has no brief; run `make demo` first")
        material = replace(gather(kit, row.as_of), previous=None)
    brief = compose(material)
    if check(brief, material):
        raise SystemExit("the honest brief is refused already")
    tried, refused = _tried(brief, material, random.Random(given.seed), given.count)
    for kind, forged in _planted(brief):
        tried[kind] += 1
        refused[kind] += bool(check(forged, material))
    figures = {
        "honest brief": "passes",
        "inventions": sum(tried.values()),
        "refused": sum(refused.values()),
        "by kind": {k: f"{refused[k]}/{tried[k]}" for k in tried},
    }
    print(json.dumps(figures) if given.json else "\n".join(f"{name:>14} {figure}" for name, figure in figures.items()))
    raise SystemExit(0 if refused == tried else 1)


def kit_end() -> Any:
    """Return a moment after every brief."""
    from flows.wiring import now

    return now() + timedelta(days=1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--models", type=Path, default=Path(".cache/models"))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _tried(brief: Brief, material: Material, chance: random.Random, count: int) -> tuple[Counter[str], Counter[str]]:
    tried, refused = Counter[str](), Counter[str]()
    sentences = list(dict.fromkeys(_sentences(brief)))
    kinds: Mapping[str, Callable[[str], str]] = {
        "number": lambda text: _swap(NUMBER, text, lambda found: str(int(found) + chance.randint(1, 9)), chance),
        "date": lambda text: _swap(DATE, text, lambda found: f"{1 + int(found.split()[0]) % 28} {found.split()[1]}", chance),
        "name": lambda text: _swap(NAME, text, lambda found: chance.choice([n for n in NAMES if n != found]), chance),
        "place": lambda text: f"{text.rstrip('.')} in {chance.choice(PLACES)}.",
    }
    where = {kind: [one for one in sentences if change(one.text) != one.text] for kind, change in kinds.items()}
    able = [kind for kind, found in where.items() if found]
    while sum(tried.values()) < count:
        kind = able[sum(tried.values()) % len(able)]
        honest = chance.choice(where[kind])
        changed = kinds[kind](honest.text)
        tried[kind] += 1
        refused[kind] += bool(check(_with(brief, honest, replace(honest, text=changed)), material))
    return tried, refused


def _planted(brief: Brief) -> Iterator[tuple[str, Brief]]:
    """Change what is not said in words alone; where the brief has nothing of the kind, it is made up whole."""
    yield from (("figure range", forged) for forged in _ranges(brief))
    yield from (("origin count", forged) for forged in _counts(brief))
    yield from (("Admiralty code", forged) for forged in _grades(brief))
    yield from (("doubt of a place", _with(brief, mark, replace(mark, certain=not mark.certain, runner_up=None))) for mark in brief.places[:5])


def _ranges(brief: Brief) -> Iterator[Brief]:
    for card in brief.situations:
        heard, bearing = Corroboration(origins=1, carriers=1), card.situation.report_ids[:1]
        made_up = FigureRange(kind=FigureKind.KILLED, unit="bystanders", said_by=SourceClass.UN, low=3, high=5, heard=heard, report_ids=bearing)
        yield _with(brief, card, replace(card, ranges=(*card.ranges, made_up)))
        for one in card.ranges[:2]:
            other = SourceClass.OTHER if one.said_by is not SourceClass.OTHER else SourceClass.UN
            wider = None if one.high is not None else one.low
            more = replace(one.heard, origins=one.heard.origins + 1)
            for changed in ({"low": one.low + 1}, {"high": wider}, {"said_by": other}, {"heard": more}, {"unit": "bystanders"}, {"report_ids": ()}):
                yield _with(brief, one, replace(one, **changed))
            rest = tuple(each for each in card.ranges if each != one)
            if any((each.kind, each.unit) == (one.kind, one.unit) for each in rest):
                yield _with(brief, card, replace(card, ranges=rest))


def _counts(brief: Brief) -> Iterator[Brief]:
    for card in brief.situations:
        yield _with(brief, card, replace(card, heard=replace(card.heard, origins=card.heard.origins + 1)))
        yield _with(brief, card, replace(card, heard=replace(card.heard, carriers=card.heard.carriers + 1)))
    heard = re.compile(r"\d+(?= independent origins?, \d+ carriers?|(?<=, \d) carriers?)")
    for sentence in dict.fromkeys(_sentences(brief)):
        if heard.search(sentence.text):
            facts = tuple(replace(fact, text=_more(heard, fact.text)) for fact in sentence.facts)
            yield _with(brief, sentence, replace(sentence, text=_more(heard, sentence.text), facts=facts))


def _more(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda found: str(int(found[0]) + 2), text)


def _grades(brief: Brief) -> Iterator[Brief]:
    voice, report = brief.sources[0][0], brief.reports[0]
    nobody = SourceGrade(source="Northwind Trust", at=brief.as_of, letter=Reliability.A, confirmed=9, contradicted=0, reason="")
    yield replace(brief, source_grades=(*brief.source_grades, nobody))
    yield replace(brief, source_grades=(*(one for one in brief.source_grades if one.source != voice), replace(nobody, source=voice)))
    rest = tuple(one for one in brief.report_grades if one.report_id != report.id)
    true = next((one.number for one in brief.report_grades if one.report_id == report.id), None)
    yield from (
        replace(brief, report_grades=(ReportGrade(report_id=report.id, number=number, reason=""), *rest)) for number in Credibility if number is not true
    )
    for grade in brief.source_grades[:3]:
        yield from (_with(brief, grade, replace(grade, letter=letter)) for letter in Reliability if letter is not grade.letter)
        yield _with(brief, grade, replace(grade, confirmed=grade.confirmed + 5))
        yield replace(brief, source_grades=tuple(one for one in brief.source_grades if one != grade))


def _swap(pattern: re.Pattern[str], text: str, new: Callable[[str], str], chance: random.Random) -> str:
    found = list(pattern.finditer(text))
    if not found:
        return text
    one = chance.choice(found)
    return text[: one.start()] + new(one[0]) + text[one.end() :]


def _sentences(part: Any) -> Iterator[Sentence]:
    if isinstance(part, Sentence):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from _sentences(one)
    elif is_dataclass(part):
        for one in fields(part):
            yield from _sentences(getattr(part, one.name))


def _with(part: Any, old: Any, new: Any) -> Any:
    """Put `new` in place of `old` wherever it stands."""
    if type(part) is type(old) and part == old:
        return new
    if isinstance(part, tuple):
        return tuple(_with(one, old, new) for one in part)
    if is_dataclass(part) and not isinstance(part, type):
        changed = {one.name: _with(getattr(part, one.name), old, new) for one in fields(part)}
        return replace(part, **changed)
    return part


if __name__ == "__main__":
    main()
