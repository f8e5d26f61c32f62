"""Predictive distribution -> one statement that resolves by itself, fixed before it is published."""

from datetime import UTC, datetime
from hashlib import sha256

from scipy.stats import nbinom

_SUBJECT = {"reports": ("report is", "reports are"), "origins": ("independent origin reports", "independent origins report")}


def threshold(mean: float, size: float) -> tuple[int, float]:
    """Return the whole number k >= 1 whose chance P(count >= k) is nearest to one half, and that chance.

    The statement that says most is the one whose answer is least known. The count is negative binomial with this mean and size.
    """
    middle = int(nbinom.median(size, size / (size + mean)))
    near = range(max(1, middle - 1), middle + 3)
    chances = {k: float(nbinom.sf(k - 1, size, size / (size + mean))) for k in near}
    best = min(near, key=lambda k: (abs(chances[k] - 0.5), k))
    return best, min(1.0, max(0.0, chances[best]))


def sentence(metric: str, least: int, title: str, issued_at: datetime, deadline: datetime) -> str:
    """Say in plain words what is counted, how much of it, on what, and by when."""
    one, many = _SUBJECT[metric]
    about = f" on “{title}”" if title else ""
    verb = "received" if metric == "reports" else ""
    counted = f"At least {least} {one if least == 1 else many} {verb}".rstrip()
    return f"{counted}{about} after {plain(issued_at)} and by {plain(deadline)}."


def statement_id(situation_id: str, metric: str, issued_at: datetime, deadline: datetime) -> str:
    """Return the id of a statement: a hash of what it is about, so that the same run twice publishes it once."""
    parts = (situation_id, metric, issued_at.astimezone(UTC).isoformat(), deadline.astimezone(UTC).isoformat())
    return "f" + sha256("\0".join(parts).encode()).hexdigest()[:15]


def plain(when: datetime) -> str:
    """Return a time as a person writes it, in UTC: "8 March 2014", with the hour when it is not midnight."""
    utc = when.astimezone(UTC)
    day = f"{utc.day} {utc:%B %Y}"
    return day if (utc.hour, utc.minute) == (0, 0) else f"{day}, {utc:%H:%M} UTC"


TARGETS = (0.97, 0.88, 0.67, 0.5, 0.33, 0.12, 0.03)
"""Chances that thresholds are chosen for, one for each word of ICD 203, so that statements of all likelihoods are there to be judged by."""
LEAST_ESCALATION = 4


def threshold_near(mean: float, size: float, target: float) -> int:
    """Return the whole number k >= 1 for which P(count >= k) of a negative binomial is nearest to `target`; the lower one of two as near."""
    middle = int(nbinom.isf(target, size, size / (size + mean)))
    near = range(max(1, middle - 1), middle + 3)
    return min(near, key=lambda k: (abs(reaches(mean, size, k) - target), k))


def reaches(mean: float, size: float, least: int) -> float:
    """Return the chance that a negative binomial with this mean and size is `least` or more."""
    return float(nbinom.sf(least - 1, size, size / (size + mean)))


def target_of(*about: str) -> float:
    """Choose one of `TARGETS` by a hash of what a statement is about, so that the same run chooses the same."""
    return TARGETS[int.from_bytes(sha256("\0".join(about).encode()).digest()[:4]) % len(TARGETS)]


def escalation(last: int) -> int:
    """Return from how many reports in the next days on a situation has escalated: twice those of as many days before, and at least 4."""
    return max(LEAST_ESCALATION, 2 * last)
