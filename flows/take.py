"""Submission | Refusal -> journal: the one way in for everything that is not an HTTP request."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import islice

from ingest.accept import accept
from ingest.refuse import refuse_submission
from store.journal import Journal, content_hash
from store.records import Channel, Outcome, Receipt, Refusal, Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What became of a number of entries. `changed` are feed entries that their publisher edited; conflicts are in quarantine too."""

    accepted: int = 0
    repeated: int = 0
    changed: int = 0
    conflicts: int = 0
    quarantined: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Add field by field."""
        ours, theirs = asdict(self), asdict(other)
        return Tally(**{name: ours[name] + theirs[name] for name in ours})


def take(entries: Iterable[Submission | Refusal], journal: Journal, now: datetime, batch: int = 500) -> Tally:
    """Put entries into the journal, `batch` to a commit, and what cannot be taken in into quarantine.

    A feed entry that its publisher edited is kept beside its earlier wording, under `key@<first 8 of its hash>`.
    Any other entry whose key is known with other content is a conflict: counted, and quarantined with the stored hash named.
    Raises StorageFull; every batch before that one is kept.
    """
    total = Tally()
    for chunk in _chunks(entries, batch):
        total += _take_chunk(chunk, journal, now)
    return total


def _take_chunk(chunk: Sequence[Submission | Refusal], journal: Journal, now: datetime) -> Tally:
    judged = [accept(entry, now) if isinstance(entry, Submission) else entry for entry in chunk]
    good = [entry for entry in judged if isinstance(entry, Submission)]
    receipts = journal.submit_many(good, now) if good else ()
    clashes = [(s, r) for s, r in zip(good, receipts, strict=True) if r.outcome is Outcome.CONFLICT]
    edited = [_as_edition(s) for s, _ in clashes if s.channel is Channel.FEED]
    editions = Counter(r.outcome for r in journal.submit_many(edited, now)) if edited else Counter[Outcome]()
    refusals = [entry for entry in judged if isinstance(entry, Refusal)]
    conflicts = [conflict(s, r) for s, r in clashes if s.channel is not Channel.FEED]
    if refusals or conflicts:
        journal.quarantine([*refusals, *conflicts], now)
    outcomes = Counter(r.outcome for r in receipts)
    return Tally(
        accepted=outcomes[Outcome.NEW],
        repeated=outcomes[Outcome.REPEATED] + editions[Outcome.REPEATED],
        changed=editions[Outcome.NEW],
        conflicts=len(conflicts),
        quarantined=len(refusals) + len(conflicts),
    )


def _as_edition(submission: Submission) -> Submission:
    return replace(submission, key=f"{submission.key}@{content_hash(submission)[:8]}")


def conflict(submission: Submission, stored: Receipt) -> Refusal:
    """Say that the key is taken by other content, and name the hash that is stored."""
    return refuse_submission(
        submission,
        f"the key {submission.key!r} is already stored with other content (stored content hash {stored.content_hash})",
        "if this is a new report, give it a key of its own; if it is a correction, send it under a new key",
    )


def _chunks(entries: Iterable[Submission | Refusal], size: int) -> Iterator[list[Submission | Refusal]]:
    iterator = iter(entries)
    while chunk := list(islice(iterator, size)):
        yield chunk
