"""Open question, Partner* -> Proposal*: whom to ask what, by what an answer would tell us less what the ask costs the partner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coalition.load import Load
from coalition.strengths import declared, table
from coalition.wording import name
from store.records import MixWeek, Obstacle, Partner

Vector = NDArray[np.float64]
_MOST = 4  # asks in one round: the joint answers to be weighed grow with the number of outcomes to this power
_BITS_AN_ASK = 0.05  # what one ask costs a rested partner, in bits of information
_BITS_A_RECENT = 0.05  # and for each recent ask besides
_SEES = 0.3  # chance that a partner elsewhere and in another line of work knows the answer and does not guess
_HERE, _IN_ITS_LINE = 0.35, 0.25  # what being in the place, and having the strengths the matter asks for, add to that
_FOREMOST = 3  # needs of an obstacle, in order of weight, that make a partner know about it
_SAY = "Please say what you saw or heard, where and when"
_LIKELIEST = 5  # outcomes that are weighed; the rest are so unlikely that no ask would change it


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is open: its outcomes, and how likely each is held to be (sums to 1). `countries` (ISO alpha-2) is where it is about."""

    id: str
    text: str
    outcomes: tuple[str, ...]
    prior: tuple[float, ...]
    countries: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Raise ValueError where the prior is no probability over the outcomes."""
        if len(self.prior) != len(self.outcomes) or not self.prior or min(self.prior) < 0 or abs(sum(self.prior) - 1.0) > 1e-6:
            raise ValueError(f"the prior of {self.id} is no probability over its {len(self.outcomes)} outcomes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One ask that is worth it: bits of uncertainty that it is expected to remove after those before it, and what it costs, in bits too."""

    partner_id: str
    question_id: str
    text: str
    gain: float
    burden: float
    reason: str


def consult(
    question: Question, partners: Sequence[Partner], reliability: Mapping[str, float], loads: Mapping[str, Load], most: int = _MOST
) -> tuple[Proposal, ...]:
    """Choose whom to ask, one after the other: each the partner whose answer is expected to tell most beyond the answers of those before, less its burden.

    Greedy expected information gain; since answers are independent given the truth the gain is submodular, so this is within 1 - 1/e of the best choice
    (Krause & Guestrin 2005). Nobody at its capacity or at rest is asked, and asking ends where no answer is worth its burden, at `most` 4 asks in all.
    `reliability` maps partner ids to [0, 1]; .5 where it is not known.
    """
    able = [p for p in partners if p.id not in loads or not (loads[p.id].full or loads[p.id].rests_until)]
    joint = np.array([question.prior])  # one row for each combination of answers so far: P(outcome and these answers)
    channels = {p.id: channel(question, p, reliability.get(p.id, 0.5)) for p in able}
    chosen: list[Proposal] = []
    while able and len(chosen) < min(most, _MOST):
        gains = {p.id: gain(joint, channels[p.id]) for p in able}
        best = min(able, key=lambda p: (burden(loads.get(p.id)) - gains[p.id], p.id))
        if gains[best.id] <= burden(loads.get(best.id)):
            break
        chosen.append(_proposal(question, best, gains[best.id], loads.get(best.id)))
        joint = _after(joint, channels[best.id])
        able.remove(best)
    return tuple(chosen)


def obstacle_question(objective_id: str, statement: str, mix: Sequence[MixWeek], countries: frozenset[str]) -> Question:
    """Ask which obstacle really leads: the likeliest five by the weights of these weeks, one added to each (Dirichlet prior of 1 each)."""
    weights = dict.fromkeys((kind for kind in Obstacle if kind is not Obstacle.NONE), 1.0)
    for week in mix:
        for kind, weight in week.weights:
            if kind in weights:
                weights[kind] += weight
    kept = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0].value))[:_LIKELIEST]
    total = sum(weight for _, weight in kept)
    named = "; ".join(sorted(name(kind) for kind, _ in kept))  # in no order that would lead who is asked
    asked = f"What stands most in the way of this now: {statement} Is it one of these, or something else: {named}?"
    return Question(
        id=f"{objective_id}/obstacle",
        text=f"{asked} {_SAY}.",
        outcomes=tuple(kind.value for kind, _ in kept),
        prior=tuple(weight / total for _, weight in kept),
        countries=countries,
    )


def condition_question(objective_id: str, condition_id: str, statement: str, holds: float, countries: frozenset[str]) -> Question:
    """Ask whether a condition of a theory of change holds, which is held to be as likely as `holds`."""
    text = f"Does this hold today: {statement} {_SAY}, for it or against it."
    return Question(id=f"{objective_id}/{condition_id}", text=text, outcomes=("holds", "fails"), prior=(holds, 1.0 - holds), countries=countries)


def channel(question: Question, partner: Partner, reliability: float) -> Vector:
    """Give P(answer | truth), rows by truth: a partner either knows the true outcome or guesses evenly among all.

    It knows more often where it works in the place asked about, and what its own strengths deal with; one that cannot be relied on at all knows half as
    often. These shares are set by judgement, not fitted. Shape (outcomes, outcomes), each row sums to 1.
    """
    n = len(question.outcomes)
    here = _HERE if question.countries & set(partner.countries) else 0.0
    knows = np.array([_SEES + here + (_IN_ITS_LINE if _deals_with(partner, outcome) else 0.0) for outcome in question.outcomes])
    known = (knows * (0.5 + 0.5 * reliability))[:, None]
    rows: Vector = known * np.eye(n) + (1.0 - known) / n
    return rows


def gain(joint: Vector, answers: Vector) -> float:
    """Return the bits of uncertainty about the outcome that one more answer is expected to remove; never negative."""
    return max(0.0, _uncertainty(joint) - _uncertainty(_after(joint, answers)))


def burden(load: Load | None) -> float:
    """Return what one ask costs a partner, in bits: it grows with what it was asked of late."""
    return _BITS_AN_ASK + _BITS_A_RECENT * (load.recent if load else 0.0)


def _after(joint: Vector, answers: Vector) -> Vector:
    """Split each row by the answers that may come: shape (rows, n) -> (rows * n, n)."""
    return (joint[:, None, :] * answers.T[None, :, :]).reshape(-1, joint.shape[1])


def _uncertainty(joint: Vector) -> float:
    """Return the expected entropy of the outcome, in bits, over the rows."""
    total = joint.sum(axis=1, keepdims=True)
    share = np.divide(joint, total, out=np.ones_like(joint), where=(total > 0) & (joint > 0))
    return float(-(joint * np.log2(share)).sum())


def _deals_with(partner: Partner, outcome: str) -> bool:
    """Say whether a partner declares a strength that this obstacle asks for before others: the press is asked for against most, and knows each no better."""
    needs = table().needs.get(Obstacle(outcome), ()) if outcome in list(Obstacle) else ()
    return any(declared(need, strength) for need in needs[:_FOREMOST] for strength in partner.strengths)


def _proposal(question: Question, partner: Partner, bits: float, load: Load | None) -> Proposal:
    here = sorted(question.countries & set(partner.countries))
    line = [outcome.replace("_", " ") for outcome in question.outcomes if _deals_with(partner, outcome)]
    parts = [
        f"its answer is expected to remove {bits:.2f} of the bits that are open",
        f"it works in {', '.join(here)}" if here else "",
        f"it deals with {', '.join(line)}" if line else "",
        f"it was asked {load.lately} times in thirty days" if load and load.lately else "it was not asked in the last thirty days",
    ]
    return Proposal(
        partner_id=partner.id, question_id=question.id, text=question.text, gain=bits, burden=burden(load), reason="; ".join(part for part in parts if part)
    )
