"""508 labelled pairs of a strength asked for and one declared -> how often they are rightly taken for the same, or not.

python -m benchmarks.strength_pairs MODELS [--half work|held] [--wrong]

Two measures of the same pairs. "alone": the partner's words are all there is, so that meaning is tried whenever no word is shared. "words": names only.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coalition.match import named
from coalition.strengths import need
from coalition.team import Alike
from nlp.embed import open_encoder
from nlp.weights import DEFAULT

PAIRS = Path(__file__).resolve().parent / "data" / "strength_pairs.json"
Pair = tuple[tuple[str, ...], str, bool]


def pairs(half: str) -> list[Pair]:
    """Read (asked, declared, whether it brings it) of one half: every second entry of each list."""
    rows: list[Pair] = []
    for group in json.loads(PAIRS.read_text(encoding="utf-8"))["pairs"]:
        asked = (group["asked"],) if isinstance(group["asked"], str) else tuple(group["asked"])
        for label in ("brings", "not"):
            rows += [(asked, declared, label == "brings") for declared in group[label][0 if half == "work" else 1 :: 2]]
    return rows


def alike_of(models: Path) -> Alike:
    """Give cosines by the project's encoder; each text is encoded once."""
    encoder, known = open_encoder(DEFAULT, models, 256), dict[str, NDArray[np.float32]]()

    def encoded(texts: Sequence[str]) -> NDArray[np.float32]:
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        if fresh:
            known.update(zip(fresh, encoder.encode([text.replace("_", " ") for text in fresh]), strict=True))
        return np.stack([known[text] for text in texts])

    return lambda left, right: (encoded(left) @ encoded(right).T).astype(np.float64)


def score(rows: Sequence[Pair], says: Callable[[Pair], bool], wrong: bool) -> dict[str, float]:
    """Count precision and recall of "brings it"; print the pairs that are wrong if asked."""
    answers = [(row, says(row)) for row in rows]
    if wrong:
        print("\n".join(f"{row[0]} <- {row[1]}: said {answer}" for row, answer in answers if answer != row[2]))
    hits = sum(answer and row[2] for row, answer in answers)
    said, true = sum(answer for _, answer in answers), sum(row[2] for row in rows)
    return {"precision": round(hits / max(1, said), 3), "recall": round(hits / true, 3), "brings": true, "does not": len(rows) - true}


def main() -> None:
    """Print both measures as one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=Path)
    parser.add_argument("--half", choices=["work", "held"], default="held")
    parser.add_argument("--wrong", action="store_true", help="print the pairs that were judged wrongly (look at the work half alone)")
    options = parser.parse_args()
    rows, near = pairs(options.half), alike_of(options.models)

    def blind(left: Sequence[str], right: Sequence[str]) -> NDArray[np.float64]:
        return np.zeros((len(left), len(right)))

    def says(alike: Alike) -> Callable[[Pair], bool]:
        return lambda row: any(named(need(asked), [row[1]], alike) for asked in row[0])

    print(json.dumps({"half": options.half, "alone": score(rows, says(near), options.wrong), "words": score(rows, says(blind), False)}, indent=1))


if __name__ == "__main__":
    main()
