"""1,000 planted cases -> planted team found, optimum proven, against greedy set cover and ranking by similarity.

python -m benchmarks.composition [--cases 1000] [--seed 0] [--missing 0.1] [--boast 0.05] [--shown 6]

A case has 20 to 200 partners and asks for 5 to 15 strengths in one matter and one country. Every partner has true strengths, a place and, if it is a lawyer
or a laboratory, a branch. The planted team is the only one that covers everything with so few members, told from the truth by taking away other teams'
strengths until none of that size is left (so it is the best by the definition of the task, not by our own costs). Among the rest are decoys
that would make a smaller team if place or branch were overlooked. What the program and its rivals see is not the truth: each strength is left out with
probability `missing`; each partner claims one strength too many with probability `boast`; and each true strength shows in Poisson(`shown`) of its owner's
reports, each wrong one in Poisson(0.1). Names of strengths are drawn from the table's further names. Rivals: greedy set cover on the very claims that
the program accepts; greedy on declared words alone (the usual way); the most similar partners (cosine of what is asked and declared), as many as were planted.
"""

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from coalition.choose import Limit, Problem, choose
from coalition.compose import compose, coverage
from coalition.strengths import declared, need, table
from coalition.team import Composition, Observation, Setting, Standing
from store.records import Partner

HERE, ELSEWHERE = "KE", ("PE", "NO", "LA", "FJ", "UY")
MATTERS = {
    "labour": "The strike goes on: each worker on the picket waits for the wage that the employer owes.",
    "maritime": "The vessel lies in the harbour, and no ship may leave the port.",
    "refugee": "Asylum seekers and displaced families wait at the border.",
    "veterinary": "Cattle die in every herd, and livestock markets are shut.",
    "aviation": "No flight lands since the airline left the airport.",
}
BRANCHED = {"legal expertise": "law", "testing and laboratory": "laboratory"}


def plain_names() -> dict[str, tuple[str, ...]]:
    """Give the strengths that can be planted, each with those of its names that name no other strength as well."""
    whole = [n for n in table().strengths.values() if not n.branch and not n.task and n.times == 1 and (not n.field or n.strength in BRANCHED)]
    own = {n.strength: tuple(name for name in (n.strength, *n.also) if _named_by(name) == [n.strength]) for n in whole}
    return {strength: names for strength, names in own.items() if strength in names}


def _named_by(name: str) -> list[str]:
    return [n.strength for n in table().strengths.values() if not n.branch and declared(n, name)]


NAMES = plain_names()


@dataclass(frozen=True)
class Case:
    """What is true: strengths asked, partners with true strengths, which of them may count for what, and the planted team (columns)."""

    asked: tuple[str, ...]
    matter: str
    strengths: tuple[frozenset[str], ...]
    places: tuple[str, ...]
    branches: tuple[str, ...]
    planted: frozenset[int]
    covers: NDArray[np.bool_]


def blind(left: Sequence[str], right: Sequence[str]) -> NDArray[np.float64]:
    """Know no meanings: here words alone are tried."""
    return np.zeros((len(left), len(right)))


def planted_case(rng: np.random.Generator) -> Case:
    """Make one case; those in which no single best team is left are made again."""
    while True:
        made = _try(rng)
        if made is not None:
            return made


def _try(rng: np.random.Generator) -> Case | None:
    asked = tuple(str(s) for s in rng.choice(sorted(NAMES), int(rng.integers(5, 16)), replace=False))
    count, matter = int(rng.integers(20, 201)), str(rng.choice(sorted(MATTERS)))
    team = _team(asked, rng)
    strengths, places, branches = list(team), [HERE] * len(team), [matter] * len(team)
    while len(strengths) < count:
        has, place, branch = _other(asked, team, matter, rng)
        strengths.append(has)
        places.append(place)
        branches.append(branch)
    order = rng.permutation(count)
    strengths, places, branches = [strengths[n] for n in order], [places[n] for n in order], [branches[n] for n in order]
    planted = frozenset(int(n) for n in np.flatnonzero(order < len(team)))
    covers = np.array([[s in has and _counts(s, place, branch, matter) for has, place, branch in zip(strengths, places, branches, strict=True)] for s in asked])
    if not _alone(covers, planted, strengths, asked, rng):
        return None
    return Case(asked, matter, tuple(strengths), tuple(places), tuple(branches), planted, covers)


def _team(asked: Sequence[str], rng: np.random.Generator) -> list[frozenset[str]]:
    """Deal what is asked to a team, two to four strengths each, some of them twice."""
    left, team = list(asked), []
    while left:
        size = int(rng.integers(2, 5))
        mine, left = set(left[:size]), left[size:]
        if rng.random() < 0.5:
            mine.add(str(rng.choice(asked)))
        team.append(frozenset(mine))
    return team


def _other(asked: Sequence[str], team: Sequence[frozenset[str]], matter: str, rng: np.random.Generator) -> tuple[frozenset[str], str, str]:
    """Make a partner that was not planted: a decoy in the wrong place, one of the wrong branch, or anybody."""
    kind = rng.random()
    if kind < 0.1:
        local = [s for s in asked if need(s).local] or list(asked)
        return frozenset(team[int(rng.integers(len(team)))] | {str(rng.choice(local))}), str(rng.choice(ELSEWHERE)), matter
    if kind < 0.2:
        return frozenset({*BRANCHED, str(rng.choice(asked))}), HERE, str(rng.choice([m for m in sorted(MATTERS) if m != matter]))
    some = rng.choice(sorted(NAMES), int(rng.integers(1, 5)), replace=False)
    return frozenset(str(s) for s in some), HERE if rng.random() < 0.6 else str(rng.choice(ELSEWHERE)), matter if rng.random() < 0.5 else ""


def _counts(strength: str, place: str, branch: str, matter: str) -> bool:
    """Say whether a true strength is cover: in the place where that matters, of the right branch where there are branches."""
    there = place == HERE or not (need(strength).local or need(strength).region)
    return there and (strength not in BRANCHED or branch in {"", matter})


def _alone(covers: NDArray[np.bool_], planted: frozenset[int], strengths: list[frozenset[str]], asked: Sequence[str], rng: np.random.Generator) -> bool:
    """Take strengths away from others until the planted team is the only one of its size or smaller."""
    team = tuple(sorted(planted))
    for _ in range(400):
        best = choose(_truth(covers), [Limit(columns=team, most=len(team) - 1)])
        if sum(best.short) or len(best.taken) > len(team):
            return bool(covers[:, list(team)].any(axis=1).all())
        others = [n for n in best.taken if n not in planted]
        if not others:
            return False
        column = int(rng.choice(others))
        row = int(rng.choice(np.flatnonzero(covers[:, column])))
        covers[row, column] = False
        strengths[column] = strengths[column] - {asked[row]}
    return False


def _truth(covers: NDArray[np.bool_]) -> Problem:
    rows, columns = covers.shape
    nothing = np.zeros(columns)
    return Problem(covers=covers, shown=np.zeros_like(covers), times=np.ones(rows, dtype=np.int64), size=np.ones(columns), costs=nothing, ties=nothing)


def told(case: Case, missing: float, boast: float, rng: np.random.Generator) -> list[Partner]:
    """Say what partners declare: not all that is true, and not only that."""
    partners = []
    for n, has in enumerate(case.strengths):
        said = [s for s in sorted(has) if rng.random() >= missing]
        said += [str(rng.choice(case.asked))] if rng.random() < boast else []
        named = [word for s in dict.fromkeys(said) for word in _named(s, case.branches[n], rng)] or ["choir singing"]
        tier = "core" if rng.random() < 0.3 else "network"
        partners.append(Partner(id=f"p{n:03}", name=f"Partner {n}", strengths=tuple(named), countries=(case.places[n],), tier=tier))
    return partners


def _named(strength: str, branch: str, rng: np.random.Generator) -> list[str]:
    if strength in BRANCHED:
        return [strength.replace(" ", "_"), *([f"{branch}_{BRANCHED[strength]}"] if branch else [])]
    return [str(rng.choice(NAMES[strength])).replace(" ", "_")]


def observed(case: Case, shown: float, rng: np.random.Generator) -> tuple[Observation, ...]:
    """Say in how many of its reports each partner showed what."""
    rows = []
    for n, has in enumerate(case.strengths):
        for strength in sorted({*has, *case.asked}):
            origins = int(rng.poisson(shown if strength in has else 0.1))
            if origins:
                rows.append(Observation(partner_id=f"p{n:03}", strength=strength, weight=origins / (origins + 2), origins=origins))
    return tuple(rows)


def greedy(asked: Sequence[str], cover: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Take again and again whoever brings most of what is left (Chvatal 1979); ties by id."""
    left, team = {s for s in asked if cover[s]}, set()
    while left:
        best = min({p for s in left for p in cover[s]}, key=lambda p: (-sum(p in cover[s] for s in left), p))
        team.add(best)
        left = {s for s in left if best not in cover[s]}
    return frozenset(team)


def by_words(asked: Sequence[str], partners: Sequence[Partner]) -> dict[str, frozenset[str]]:
    """Say who declares what, wherever and of whatever branch."""
    return {s: frozenset(p.id for p in partners if any(declared(need(s), own) for own in p.strengths)) for s in asked}


def most_similar(partners: Sequence[Partner], cover: Mapping[str, frozenset[str]], size: int) -> frozenset[str]:
    """Rank by the cosine of what is asked and what is declared."""
    likeness = {p.id: sum(p.id in able for able in cover.values()) / np.sqrt(len(p.strengths)) for p in partners}
    return frozenset(sorted(likeness, key=lambda p: (-likeness[p], p))[:size])


def shaken(partners: Sequence[Partner], case: Case, rng: np.random.Generator) -> list[Partner]:
    """Change one declared strength in twenty: drop it or put another in its place."""
    return [replace(p, strengths=tuple(s if rng.random() >= 0.05 else str(rng.choice([*case.asked, "choir singing"])) for s in p.strengths)) for p in partners]


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of members that two teams have in common."""
    return len(one & other) / len(one | other) if one | other else 1.0


def judge(number: int, options: argparse.Namespace) -> dict[str, float]:
    """Run one case; everything in it follows from the seed and the number."""
    rng = np.random.default_rng([options.seed, number])
    case = planted_case(rng)
    partners = told(case, options.missing, options.boast, rng)
    seen = observed(case, options.shown, rng) if options.shown else ()
    setting = Setting(texts=(MATTERS[case.matter],), countries=frozenset({HERE}), standing=Standing(observed=seen))
    began = time.process_time()  # of the processor: other work on the machine is not ours
    team = compose(case.asked, partners, blind, [], setting)
    took = time.process_time() - began
    again = compose(case.asked, shaken(partners, case, rng), blind, [], setting)
    stable = jaccard(_ids(team), _ids(again))
    found = {"ours": _ids(team), **rivals(case, partners, setting)}
    speed = {"processor seconds": took, "proven": float(team.proven), "proven, whole composition within 1 s": float(team.proven and took <= 1.0)}
    return {**_scores(case, found), "stability, Jaccard": stable, "stability .8 or more": float(stable >= 0.8), **speed}


def rivals(case: Case, partners: Sequence[Partner], setting: Setting) -> dict[str, frozenset[str]]:
    """Let the rivals choose from what we see."""
    words = by_words(case.asked, partners)
    return {
        "greedy on our claims": greedy(case.asked, coverage(case.asked, partners, blind, setting)),
        "greedy on words": greedy(case.asked, words),
        "similarity": most_similar(partners, words, len(case.planted)),
    }


def _ids(team: Composition) -> frozenset[str]:
    return frozenset(m.partner_id for m in team.members)


def _scores(case: Case, found: Mapping[str, frozenset[str]]) -> dict[str, float]:
    """Compare teams with the planted one: the same, members in common, what is truly covered, and teams with a member that truly covers nothing."""
    planted = frozenset(f"p{n:03}" for n in case.planted)
    rows: dict[str, float] = {}
    for name, team in found.items():
        columns = sorted(int(p[1:]) for p in team)
        covers = case.covers[:, columns]
        rows |= {f"{name}: planted team found": float(team == planted), f"{name}: Jaccard": jaccard(team, planted)}
        rows |= {f"{name}: truly covered": float(covers.any(axis=1).mean()), f"{name}: teams with a useless member": float(not covers.any(axis=0).all())}
    return rows


def main() -> None:
    """Print the means over all cases as one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--missing", type=float, default=0.1)
    parser.add_argument("--boast", type=float, default=0.05)
    parser.add_argument("--shown", type=float, default=6.0, help="mean number of a partner's own reports that show a true strength; 0: nothing is observed")
    options = parser.parse_args()
    rows = [judge(number, options) for number in range(options.cases)]
    means = {name: round(float(np.mean([row[name] for row in rows])), 4) for name in rows[0]}
    print(json.dumps({**means, "slowest": round(max(row["processor seconds"] for row in rows), 3), **vars(options)}, indent=1))


if __name__ == "__main__":
    main()
