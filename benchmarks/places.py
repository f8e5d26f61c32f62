"""Shared corpora and 60 traps -> how well places are found and placed, ours and others in one harness: python -m benchmarks.places DATA [--quick] [--held].

DATA holds geoparsing/ and idrisi/; ../score/places.py beside it does the counting. Ours is cross-validated: no text is read by weights of recognition or
resolution that were fitted on its newspaper or happening; what a newspaper usually reports about is learned from its earlier texts, as they were read.
The weights of the folds are made by

    python -m benchmarks.fit_recognise .cache/models --folds .cache/folds
    python -m benchmarks.fit_places DATA --check --folds .cache/folds

The traps (benchmarks/data/place_traps.jsonl) were written before anything was run on them and nothing is fitted to them; they are read with the committed
weights. What is wrong in the half held back is told with --held alone. All systems look names up in the same gazetteer; a span that it doesn't know is
dropped. --quick reads every tenth text.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from benchmarks.fit_recognise import FOLDS, fold_of
from benchmarks.place_peers import Resolver, by_people, by_ranking, labelled, listed
from flows.settings import load_settings
from nlp.entities import open_recogniser
from nlp.models import ModelChoice, Models, Recogniser
from nlp.names.patterns import named, with_known
from nlp.obstacles import load_obstacles
from nlp.places.gazetteer import Gazetteer, open_gazetteer
from nlp.places.given import given
from nlp.places.habits import Habits
from nlp.places.judge import Judge, open_judge
from nlp.places.recognise import Span, recognise
from nlp.places.resolve import Known, resolve
from nlp.places.weighing import Weights, open_weights
from nlp.read import Memory, Reader, read
from store.records import Channel, Mention, Place, Report, SourceKind

TRAPS: Final = Path(__file__).parent / "data" / "place_traps.jsonl"
SETS: Final = {
    "LGL": "geoparsing/lgl.jsonl",
    "IDRISI-D English": "idrisi/idrisi_d_en.jsonl",
    "IDRISI-D Arabic": "idrisi/idrisi_d_ar.jsonl",
    "IDRISI-R English": "idrisi/idrisi_r_en.jsonl",
}
RULES: Final[dict[str, Resolver]] = {"population": by_people, "Edinburgh ranking": by_ranking}
AT: Final = datetime(2024, 3, 1, tzinfo=UTC)
Found = list[tuple[int, int, Place]]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a corpus; `group` is its newspaper or happening, `voice` whose habits are learned; `gold` are its places as the scorer reads them."""

    id: str
    group: str
    voice: str
    text: str
    language: str
    gold: list[Row]

    @property
    def fold(self) -> int:
        """The fold whose weights have not seen it."""
        return fold_of(self.group)

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where its places are."""
        return [(int(one["start"]), int(one["end"])) for one in self.gold if one["start"] is not None]


@dataclass(frozen=True, slots=True)
class Bench:
    """What every system reads with: the gazetteer, each fold's weights, and what the pipeline found in each text."""

    gazetteer: Gazetteer
    judges: tuple[Judge, ...]
    weights: tuple[Weights, ...]
    mentions: dict[str, tuple[Mention, ...]]


def main() -> None:
    """Read, score and print."""
    options = _arguments()
    missing = [name for fold in range(FOLDS) for name in (f"recognise_{fold}.json", f"resolve_{fold}.json") if not (options.folds / name).is_file()]
    if missing or not options.data.is_dir():
        sys.exit(f"missing: {', '.join(missing) or options.data}\n{__doc__}")
    gazetteer = open_gazetteer(load_settings().models_path, None)
    corpora = {name: list(texts(options.data / path, 10 if options.quick else 1)) for name, path in SETS.items()}
    english = open_recogniser(ModelChoice(folder=options.folds).pipelines["en"])
    words = list(dict.fromkeys(text.text for some in corpora.values() for text in some if text.language == "en"))
    bench = Bench(
        gazetteer,
        tuple(open_judge(options.folds / f"recognise_{fold}.json") for fold in range(FOLDS)),
        tuple(open_weights(options.folds / f"resolve_{fold}.json") for fold in range(FOLDS)),
        dict(zip(words, english.recognise(words), strict=True)),
    )
    score = options.data.parent / "score" / "places.py"
    for name, some in corpora.items():
        print(f"\n{name}: {len(some)} texts")
        _end_to_end(some, bench, score)
        if any(one["lat"] is not None for text in some for one in text.gold):
            _with_spans(some, bench, score)
    _traps(gazetteer, english, ("work", "held") if options.held else ("work",))
    _speed(corpora["LGL"], bench)


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--folds", type=Path, default=Path(".cache/folds"))
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--held", action="store_true")
    return arguments.parse_args()


def texts(path: Path, every: int) -> Iterator[Text]:
    """Read the annotated texts of a corpus in order of time, or every so-manieth of them."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    rows.sort(key=lambda row: (row.get("date") or row.get("created_at") or "", str(row.get("doc_id") or row["id"])))
    for row in [row for row in rows if row.get("toponyms", row.get("location_mentions")) is not None][::every]:
        if "toponyms" in row:
            site = urlsplit(row["url"]).netloc
            yield Text(str(row["doc_id"]), site, site, row["text"], "en", row["toponyms"])
        else:
            yield Text(row["id"], row["event"], f"tweet {row['id']}", row["text"], row["lang"], row["location_mentions"])


def ours(some: Sequence[Text], bench: Bench, found: Iterable[tuple[Span, ...]], every: bool = False) -> Iterator[Found]:
    """Resolve the texts in order of time, each with weights that have not seen it, learning habits on the way; with `every` all spans get a place."""
    habits = Habits()
    for text, spans in zip(some, found, strict=True):
        known = Known(habit=habits.of(text.voice))
        toponyms = resolve(_report(text), spans, bench.gazetteer, known, bench.weights[text.fold], every=every)
        habits.learn(text.voice, toponyms)
        yield [(one.start, one.end, one.place) for one in toponyms]


def recognised(some: Sequence[Text], bench: Bench) -> Iterator[tuple[Span, ...]]:
    """Recognise with weights that have not seen the text; without a pipeline for its language names come from patterns, as in the product."""
    for text in some:
        seen = bench.mentions.get(text.text)
        mentions = named(text.text, text.language) if seen is None else with_known(text.text, seen)
        yield recognise(text.text, mentions, bench.gazetteer, seen is not None, bench.judges[text.fold])


def placed(spans: Sequence[Span], by: Resolver) -> Found:
    """Resolve the spans of one text by a peer's rule."""
    return [(span.start, span.end, place) for span, place in zip(spans, by(spans), strict=True)]


def _report(text: Text) -> Report:
    bare = Report(id=text.id, channel=Channel.FEED, source=text.voice, source_kind=SourceKind.NEWS, key=text.id, at=AT, received_at=AT, text=text.text)
    return replace(bare, language=text.language)


def _end_to_end(some: Sequence[Text], bench: Bench, score: Path) -> None:
    """Print what each system makes of bare text; without a pipeline for its language there is no spaCy."""
    systems = {"ours": list(ours(some, bench, recognised(some, bench)))}
    if some[0].language == "en":
        seen = [labelled(text.text, bench.mentions[text.text], bench.gazetteer) for text in some]
        systems |= {f"spaCy + {name}": [placed(spans, by) for spans in seen] for name, by in RULES.items()}
    systems["gazetteer + population"] = [placed(listed(text.text, bench.gazetteer), by_people) for text in some]
    print(f"  {'reading the text':28} {'found':>7} {'recognition F1':>15} {'end-to-end F':>13}")
    for system, found in systems.items():
        figures = scored(some, found, score, spans=False)
        end_to_end = f"{figures['end_to_end_f']:13.3f}" if figures["gold_with_point"] else f"{'-':>13}"
        print(f"  {system:28} {figures['found']:7} {figures['recognition_f1']:15.3f} {end_to_end}", flush=True)


def _with_spans(some: Sequence[Text], bench: Bench, score: Path) -> None:
    """Print what each rule makes of the true spans."""
    known = [given(text.text, text.spans, bench.gazetteer) for text in some]
    rules = {"ours": list(ours(some, bench, known, every=True))} | {name: [placed(spans, by) for spans in known] for name, by in RULES.items()}
    print(f"  {'with the spans given':28} {'points':>7} {'161 km, of all':>15} {'of resolved':>13} {'median km':>10}")
    for rule, found in rules.items():
        figures = scored(some, found, score, spans=True)
        row = f"{figures['gold_with_point']:7} {figures['acc161_of_all']:15.3f} {figures['acc161_of_resolved']:13.3f} {figures['median_km']:10}"
        print(f"  {rule:28} {row}", flush=True)


def scored(some: Sequence[Text], found: Sequence[Found], score: Path, spans: bool) -> dict[str, Any]:
    """Let the shared scorer count."""
    with tempfile.TemporaryDirectory() as folder:
        gold, out = Path(folder, "gold.jsonl"), Path(folder, "out.jsonl")
        gold.write_text("".join(json.dumps({"doc_id": number, "toponyms": text.gold}) + "\n" for number, text in enumerate(some)), encoding="utf-8")
        lines = ({"id": number, "places": [_row(*one) for one in places]} for number, places in enumerate(found))
        out.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        command = [sys.executable, str(score), str(gold), str(out), *["--spans"] * spans]
        figures: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return figures


def _row(start: int, end: int, place: Place) -> Row:
    return {"start": start, "end": end, "lat": place.lat, "lon": place.lon}


def _traps(gazetteer: Gazetteer, english: Recogniser, shown: Collection[str]) -> None:
    """Print how many traps each system gets wholly right, which, and what is wrong with our answers in the halves to be shown."""
    traps = [json.loads(line) for line in TRAPS.read_text(encoding="utf-8").splitlines()]
    systems = trap_systems(gazetteer, english)
    print(f"\n{len(traps)} traps wholly right")
    right = {name: {trap["id"]: not wrong_in(trap, system(trap)) for trap in traps} for name, system in systems.items()}
    for name, answers in right.items():
        halves = (sum(answers[trap["id"]] for trap in traps if trap["half"] == half) for half in ("work", "held"))
        print(f"  {name:28} {sum(answers.values()):3} of {len(traps)}  (work {next(halves)}, held {next(halves)})")
    print(f"  each trap: {', '.join(systems)}")
    for trap in traps:
        wrong = wrong_in(trap, systems["ours"](trap)) if trap["half"] in shown else ()
        print(f"  {trap['id']} {''.join('+' if answers[trap['id']] else '-' for answers in right.values())}  {'; '.join(wrong)}".rstrip())


def trap_systems(gazetteer: Gazetteer, english: Recogniser) -> dict[str, Callable[[Row], Found]]:
    """Return each system as what it finds in a trap: ours as the product reads it, the others with the English pipeline whatever the language."""
    reader = Reader(models=Models(encoder=None, recognisers={"en": english}), gazetteer=gazetteer, obstacles=load_obstacles(None))

    def read_by_us(trap: Row) -> Found:
        text = Text(trap["id"], "", trap["id"], trap["text"], trap["lang"], [])
        readings = read([_report(text)], reader, Memory())[0]
        return [(one.start, one.end, one.place) for one in readings[0].toponyms]

    def spans(trap: Row) -> tuple[Span, ...]:
        return labelled(trap["text"], english.recognise([trap["text"]])[0], gazetteer)

    return {
        "ours": read_by_us,
        "spaCy + population": lambda trap: placed(spans(trap), by_people),
        "spaCy + Edinburgh ranking": lambda trap: placed(spans(trap), by_ranking),
        "gazetteer + population": lambda trap: placed(listed(trap["text"], gazetteer), by_people),
    }


def wrong_in(trap: Row, found: Found) -> list[str]:
    """Say what is wrong: an expected place not found or found elsewhere (country, and region and kind where the trap names them), a rejected word found."""
    wrong = []
    for place in trap["expect"]:
        there = [one for start, end, one in found if _overlaps(trap["text"], place["name"], start, end)]
        if not any(_is_it(place, one) for one in there):
            wrong.append(f"{place['name']}: {', '.join(f'{one.name} {one.country} {one.precision}' for one in there) or 'not found'}")
    taken = [word for word in trap["reject"] if any(_overlaps(trap["text"], word, start, end) for start, end, _ in found)]
    return [*wrong, *(f"{word} is no place" for word in taken)]


def _is_it(expected: Row, place: Place) -> bool:
    region_fits = expected.get("admin1") in (None, place.admin1)
    return place.country == expected["country"] and region_fits and expected.get("kind") in (None, place.precision.value)


def _overlaps(text: str, words: str, start: int, end: int) -> bool:
    return any(match.start() < end and start < match.end() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text))


def _speed(some: Sequence[Text], bench: Bench) -> None:
    """Time one core: with the spans known, then recognition and resolution with what the pipeline found known."""
    known = [given(text.text, text.spans, bench.gazetteer) for text in some]
    for name, found in (("resolution, spans known", iter(known)), ("recognition and resolution", recognised(some, bench))):
        start = time.process_time()
        for _ in ours(some, bench, found):
            pass
        print(f"  {name}: {len(some) / (time.process_time() - start):,.0f} LGL articles/s of one core")


if __name__ == "__main__":
    main()
