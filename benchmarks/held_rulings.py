"""A squeezed stream, a person's split and merge -> in how many of 20 re-runs from nothing they hold.

python -m benchmarks.held_rulings [--stream NAME] [--reports N] [--runs N]: N (4,000) reports are grouped; of the situation in which the most reports are of
another true situation than its main one, a person splits these reports off, and merges the two largest other situations. Each run then groups the stream anew
under the two rulings, with batches of another size, and in every run a little more of the stream has come in. A ruling holds when, at the end, the reports
split off share no situation with those they were split off from, and the merged ones are all in one. Ids are looked at, too: each part has to have the id
that the ruling gave it.
"""

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from benchmarks.situation_sets import stream
from flows.situate_file import Situating
from nlp.situate.clue import Clue
from nlp.situate.hand import Hand
from nlp.situate.live import Live
from store.records import Ruling, RulingKind

SPLIT_OFF: Final = "s-split-by-hand"
Homes = Mapping[str, str]


def grouped(clues: Sequence[Clue], hand: Hand, batch: int) -> Homes:
    """Group clues from nothing; return report id -> situation id ("" = none)."""
    situating, homes = Situating(Live(None, hand)), dict[str, str]()
    for first in range(0, len(clues), batch):
        homes |= {move.report_id: move.situation_id for move in situating.feed(clues[first : first + batch])[0]}
    return homes | {move.report_id: move.situation_id for move in situating.finish()[0]}


def ruled(clues: Sequence[Clue], truth: Mapping[str, str], homes: Homes) -> tuple[Ruling, Ruling]:
    """Rule as a person would: split the most mixed situation, merge the two largest others."""
    members = defaultdict[str, list[str]](list)
    for clue in clues:
        if homes[clue.report_id]:
            members[homes[clue.report_id]].append(clue.report_id)
    strangers = {id_: _strangers(some, truth) for id_, some in members.items()}
    mixed = max(members, key=lambda id_: (len(strangers[id_]), id_))
    one, other = sorted((id_ for id_ in members if id_ != mixed), key=lambda id_: (-len(members[id_]), id_))[:2]
    at = clues[-1].at + timedelta(hours=1)
    split = Ruling(
        id="r1", at=at, by="a", kind=RulingKind.SPLIT, situation_id=mixed, report_ids=tuple(members[mixed]), other=SPLIT_OFF, other_ids=strangers[mixed]
    )
    merged = tuple(members[one]), tuple(members[other])
    return split, Ruling(id="r2", at=at, by="a", kind=RulingKind.MERGE, situation_id=one, report_ids=merged[0], other=other, other_ids=merged[1])


def _strangers(report_ids: Sequence[str], truth: Mapping[str, str]) -> tuple[str, ...]:
    main = Counter(truth[report_id] for report_id in report_ids).most_common(1)[0][0]
    return tuple(report_id for report_id in report_ids if truth[report_id] != main)


def holds(split: Ruling, merge: Ruling, homes: Homes) -> tuple[bool, bool]:
    """Say whether the split and the merge hold."""
    left = {homes[report_id] for report_id in split.other_ids}
    kept = {homes[report_id] for report_id in split.report_ids if report_id not in split.other_ids}
    return (left, kept) == ({split.other}, {split.situation_id}), {homes[one] for one in (*merge.report_ids, *merge.other_ids)} == {merge.situation_id}


def main() -> None:
    """Print in how many runs each holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stream", default="crisislex-0")
    parser.add_argument("--reports", type=int, default=4000)
    parser.add_argument("--runs", type=int, default=20)
    chosen = parser.parse_args()
    source, draw = stream(chosen.stream), random.Random(0)
    clues = source.clues[: chosen.reports]
    truth = {clue.report_id: row["gold"] for row, clue in zip(source.rows, source.clues, strict=True)}
    split, merge = ruled(clues, truth, grouped(clues, Hand(), len(clues)))
    told = f"{len(split.other_ids)} of {len(split.report_ids)} reports split off, {len(merge.other_ids)} merged with {len(merge.report_ids)}"
    held = Counter[int]()
    for run in range(chosen.runs):
        more = source.clues[: chosen.reports + run * 50]
        held.update({n: int(one) for n, one in enumerate(holds(split, merge, grouped(more, Hand.of((split, merge)), draw.randint(1, 700))))})
    print(f"{told}: the split holds in {held[0]} of {chosen.runs} runs, the merge in {held[1]}")


if __name__ == "__main__":
    main()
