"""Fifty inventions put into the brief of a data folder: how many of them the checker refuses.

python -m benchmarks.inventions HOME [--seed N] [--json]

HOME is a data folder with a brief, such as the one `make demo` leaves. Each invention changes one number, name, place or date in one sentence, title,
member, forecast or count of the brief as it would be published.
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
from store.records import Brief, Sentence

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
    tried, refused = _tried(brief, material, random.Random(given.seed))
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


def _tried(brief: Brief, material: Material, chance: random.Random, count: int = 50) -> tuple[Counter[str], Counter[str]]:
    tried, refused = Counter[str](), Counter[str]()
    sentences = list(dict.fromkeys(_sentences(brief)))
    kinds: Mapping[str, Callable[[str], str]] = {
        "number": lambda text: _swap(NUMBER, text, lambda found: str(int(found) + chance.randint(1, 9)), chance),
        "date": lambda text: _swap(DATE, text, lambda found: f"{1 + int(found.split()[0]) % 28} {found.split()[1]}", chance),
        "name": lambda text: _swap(NAME, text, lambda found: chance.choice([n for n in NAMES if n != found]), chance),
        "place": lambda text: f"{text.rstrip('.')} in {chance.choice(PLACES)}.",
    }
    while sum(tried.values()) < count:
        kind = list(kinds)[sum(tried.values()) % len(kinds)]
        honest = chance.choice(sentences)
        changed = kinds[kind](honest.text)
        if changed == honest.text:
            continue
        tried[kind] += 1
        refused[kind] += bool(check(_with(brief, honest, replace(honest, text=changed)), material))
    return tried, refused


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


def _with(part: Any, old: Sentence, new: Sentence) -> Any:
    """Put `new` in place of `old` wherever it stands."""
    if isinstance(part, Sentence):
        return new if part == old else part
    if isinstance(part, tuple):
        return tuple(_with(one, old, new) for one in part)
    if is_dataclass(part) and not isinstance(part, type):
        changed = {one.name: _with(getattr(part, one.name), old, new) for one in fields(part)}
        return replace(part, **changed)
    return part


if __name__ == "__main__":
    main()
