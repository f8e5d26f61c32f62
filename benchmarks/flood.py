"""Sixty situations of made-up words, and 1,000 texts of one organisation about one of them -> by how many ranks any situation moves.

python -m benchmarks.flood : near-copies and newly worded texts, under 1, 3 and 20 keys that say one name, or as many names, as keys; by an organisation that
the situation has heard this week, and by one that it has not.
"""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import product

from nlp.origins import origins
from nlp.situate.life import life
from reports.material import Material
from reports.tell.situations import ranked
from reports.tell.view import view
from store.records import TLP, Channel, Report, Situation, SourceKind

NOW = datetime(2031, 5, 20, 18, tzinfo=UTC)
SITUATIONS, FLOOD, WORDS = 60, 1000, 45


def words(draw: random.Random, count: int) -> list[str]:
    """Draw words of two to four syllables."""
    return ["".join(draw.choice("bdfgklmnprstvz") + draw.choice("aeiou") for _ in range(draw.randint(2, 4))) for _ in range(count)]


def report(key: str, source: str, text: str, hours: float) -> Report:
    """Make a report of so many hours ago."""
    at = NOW - timedelta(hours=hours)
    return Report(
        id=key, channel=Channel.PARTNER, source=source, source_kind=SourceKind.NGO, key=key, at=at, received_at=at, text=text, sensitivity=TLP.GREEN
    )  # fmt: skip


def scene(draw: random.Random, count: int = SITUATIONS) -> dict[str, list[Report]]:
    """Make situations with ever fewer voices, as they come; some voices say several things, some copy others."""
    made: dict[str, list[Report]] = {}
    for number in range(count):
        name, voices = f"s{number:02}", max(2, round(40 / (number + 1) ** 0.8))
        told = [report(f"{name}-{voice}", f"voice {draw.randint(0, 80)}", " ".join(words(draw, WORDS)), draw.uniform(1, 400)) for voice in range(2 * voices)]
        made[name] = told + [report(f"{one.id}-copy", f"voice {draw.randint(0, 80)}", one.text, draw.uniform(1, 20)) for one in told[: voices // 3]]
    return made


def flood(draw: random.Random, names: Sequence[str], reworded: bool, count: int = FLOOD) -> list[Report]:
    """Write one text again and again, every twentieth word another, or each time in new words, within half a day."""
    text, made = words(draw, WORDS), []
    for number in range(count):
        again = words(draw, WORDS) if reworded else [draw.choice(text) if draw.random() < 0.05 else word for word in text]
        made.append(report(f"flood-{number:04}", names[number % len(names)], " ".join(again), draw.uniform(0.5, 12)))
    return made


def order(groups: dict[str, list[Report]]) -> list[str]:
    """Rank the situations as the brief does."""
    reports = [one for group in groups.values() for one in group]
    origin_of = {one: origin.id for origin in origins(reports) for one in origin.report_ids}
    situations = tuple(_situation(name, group, origin_of) for name, group in groups.items())
    seen = view(Material(as_of=NOW, likelihood=str, situations=situations, reports=tuple(reports), origin_of=origin_of))
    return [one.id for one in ranked(seen)]


def _situation(name: str, group: list[Report], origin_of: dict[str, str]) -> Situation:
    ids, times = tuple(one.id for one in group), [one.at for one in group]
    trend, reason = life(group, origin_of, NOW)
    return Situation(
        id=name, title=name, report_ids=ids, place_ids=(), first_at=min(times), last_at=max(times), origins=len(ids), trend=trend, reason=reason
    )  # fmt: skip


def moved(before: Sequence[str], after: Sequence[str]) -> int:
    """Return the most ranks that any situation moved."""
    return max(abs(before.index(name) - after.index(name)) for name in before)


def main() -> None:
    """Print one line a case: ranks moved beside no flood, and beside one text of the same voices; the worst of three flooded situations."""
    groups = scene(random.Random(1))
    before = order(groups)
    for reworded, keys, named, heard in product((False, True), (1, 3, 20), (False, True), (True, False)):
        if keys == 1 and named:
            continue
        worst, beside = 0, 0
        for target in (before[4], before[20], before[45]):
            week = sorted({one.source for one in groups[target] if NOW - timedelta(days=7) < one.at < NOW - timedelta(days=1) and not one.id.endswith("copy")})
            names = [week[0] if heard else "a newcomer", *(f"another name {number}" for number in range(keys - 1) if named)]
            sent = flood(random.Random(2), names, reworded)
            after = order(groups | {target: groups[target] + sent})
            worst = max(worst, moved(before, after))
            beside = max(beside, moved(order(groups | {target: groups[target] + sorted(sent, key=lambda one: one.at)[:1]}), after))
        what = "newly worded" if reworded else "near-copies"
        who = "heard this week" if heard else "new to the situation"
        print(f"{what:12} {keys:2} keys, {len(names):2} names, {who:20}: moves {worst} beside none, {beside} beside its first text alone")


if __name__ == "__main__":
    main()
