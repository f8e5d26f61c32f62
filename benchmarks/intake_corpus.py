"""Show 3: every mail and feed of the shared corpora and the Haiti rows through detect, the readers and accept.

    python -m benchmarks.intake_corpus [--json]

Finds the corpora in HIVECAST_SHARED, else in ../shared beside the checkout.
"""

import json
import os
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from ingest.accept import accept
from ingest.detect import detect
from ingest.feed import FeedSource, read_feed
from ingest.mail import MailPolicy
from ingest.mailfiles import read_mail_path
from ingest.refuse import refuse
from ingest.table import read_table
from store.records import Channel, Refusal, Submission

Read = Callable[[Path], Iterable[Submission | Refusal]]
POLICY = MailPolicy(senders={}, pseudonym=lambda address: f"sender-{len(address)}")


def shared() -> Path:
    """Return the folder of the shared development data."""
    return Path(os.environ.get("HIVECAST_SHARED", Path(__file__).parents[2] / "shared"))


def mails(path: Path) -> Iterator[Submission | Refusal]:
    """Read a file as mail where it is one."""
    yield from read_mail_path(path, POLICY) if detect(path) == "mail" else _unknown(Channel.MAIL, path)


def feeds(path: Path) -> Iterator[Submission | Refusal]:
    """Read a file as a feed where it is one; a feed without entries is one refusal."""
    if detect(path) != "feed":
        yield from _unknown(Channel.FEED, path)
        return
    results, health, detail = read_feed(path.read_bytes(), "http://feeds.example/feed", FeedSource(), datetime.now(UTC))
    yield from results or (refuse(Channel.FEED, "feed", path.name, (f"{health}: {detail}"[:60], ""), b""),)


def tables(path: Path) -> Iterator[Submission | Refusal]:
    """Read a file as the table it is detected to be."""
    kind = detect(path)
    yield from read_table(path, None, kind, "") if kind in ("ushahidi", "hivecast") else _unknown(Channel.TABLE, path)


def measure(name: str, files: list[Path], read: Read) -> dict[str, object]:
    """Read every file; a file is accepted, refused or (if only some of it was taken) both. Nothing may raise."""
    began, now = time.perf_counter(), datetime.now(UTC)
    reasons: Counter[str] = Counter()
    accepted = files_accepted = files_refused = crashes = 0
    slowest = 0.0
    for path in files:
        start = time.perf_counter()
        try:
            results = [one if isinstance(one, Refusal) else accept(one, now) for one in read(path)]
        except Exception as error:  # noqa: BLE001  what this benchmark is there to count
            crashes += 1
            results = []
            print(f"CRASH {path.name}: {error!r}", file=sys.stderr)
        refusals = [one for one in results if isinstance(one, Refusal)]
        accepted += len(results) - len(refusals)
        files_accepted += len(results) > len(refusals)
        files_refused += bool(refusals)
        reasons.update(one.reason for one in refusals)
        slowest = max(slowest, time.perf_counter() - start)
    return {
        "corpus": name,
        "files": len(files),
        "files_with_accepted": files_accepted,
        "files_with_refused": files_refused,
        "accepted": accepted,
        "refused": sum(reasons.values()),
        "crashes": crashes,
        "seconds": round(time.perf_counter() - began, 2),
        "slowest_file_seconds": round(slowest, 2),
        "reasons": dict(reasons.most_common(12)),
    }


def main() -> None:
    """Unpack, measure, print."""
    data = shared() / "data"
    if not data.is_dir():
        sys.exit("no shared data: set HIVECAST_SHARED")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("emails", "feeds"):
            with tarfile.open(data / f"{name}.tar.gz") as archive:
                archive.extractall(folder, filter="data")
        results = [
            measure("mails", _files(Path(folder, "emails")), mails),
            measure("feeds", _files(Path(folder, "feeds")), feeds),
            measure("haiti rows", [data / "haiti" / "ushahidi_haiti_2010.csv"], tables),
        ]
    if "--json" in sys.argv:
        print(json.dumps(results, indent=1))
        return
    for result in results:
        print("  ".join(f"{key} {value}" for key, value in result.items() if key != "reasons"))
        for reason, count in dict(result["reasons"]).items():  # type: ignore[call-overload]
            print(f"    {count:5}  {reason}")


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _unknown(channel: Channel, path: Path) -> Iterator[Refusal]:
    yield refuse(channel, "file", path.name, ("the format was not recognised", "name it with --format"), path.read_bytes())


if __name__ == "__main__":
    main()
