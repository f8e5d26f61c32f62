"""Brief, Material -> str*: the checker that lets no invention out. Empty means: may be published."""

import hashlib
from collections.abc import Iterator

from reports import wording
from reports.material import Material
from reports.prove import cards
from reports.prove.conditions import conditions
from reports.prove.places import places
from reports.prove.shown import Ground, ground, heard
from reports.prove.text import violations
from store.records import TLP, Sentence
from store.told import Brief


def check(brief: Brief, material: Material) -> tuple[str, ...]:
    """Return everything in the brief that the material does not bear.

    Quotations must stand whole and word for word in the report they cite. Computed sentences may hold nothing but plain connecting
    words and facts, and every fact is computed again here. Cards, tables, totals, mark and printed reports are compared with the
    records. Shares no code with the composer but how a value is written (reports/wording.py).
    """
    found = ground(material)
    told = list(sentences(brief))
    wrong = [f"{where}: {sentence.text!r} {fault}" for where, sentence in told for fault in violations(sentence, found)]
    cited = {key for _, sentence in told for key in sentence.report_ids}
    return (
        *wrong,
        *_head(brief, found, cited),
        *cards.situations(brief, found),
        *cards.suggestions(brief, found),
        *cards.objectives(brief, found),
        *conditions(brief, found),
        *cards.scoreboard(brief, found),
        *cards.record(brief, found),
        *cards.sources(brief, found),
        *cards.grades(brief, found),
        *places(brief, found),
        *cards.appendix(brief, cited, found),
    )


def sentences(brief: Brief) -> Iterator[tuple[str, Sentence]]:
    """Yield every sentence of a brief with the part it stands in."""
    parts = [("bottom line", brief.bottom_line), ("changes", brief.changes), ("gaps", brief.gaps), ("scoreboard", brief.scoreboard.lines)]
    parts.append(("decided", brief.decided))
    for card in (*brief.situations, *brief.rest):
        parts += [(f"situation {card.situation.id}", lines) for lines in (card.lines, card.quotes, card.figures, card.outlook)]
    for advice in brief.suggestions:
        said = (advice.judgement, advice.changed, advice.evidence, advice.strengths, advice.members, advice.against, advice.would_change)
        beside = (advice.go, advice.others, advice.left_out, advice.flips)
        parts += [(f"suggestion {advice.suggestion.id}", lines) for lines in (*said, *beside)]
    for objective in brief.objectives:
        parts.append((f"objective {objective.objective.id}", objective.lead))
        for one in objective.conditions:
            parts += [(f"condition {objective.objective.id}/{one.condition.id}", lines) for lines in (one.lines, one.supports, one.opposes)]
    for where, lines in parts:
        for sentence in lines:
            yield where, sentence


def _head(brief: Brief, found: Ground, cited: set[str]) -> Iterator[str]:
    material = found.material
    previous = material.previous
    true = {
        "id": (brief.id, _id(material, cited)),
        "as_of": (brief.as_of, material.as_of),
        "title": (brief.title, f"Forecast brief, {wording.day(material.as_of)}"),
        "previous_id": (brief.previous_id, previous.id if previous else ""),
        "previous_as_of": (brief.previous_as_of, previous.as_of if previous else None),
        "degraded": (brief.degraded, material.degraded),
        "totals": (dict(brief.totals), _totals(found)),
        "mark": (brief.mark, _mark(brief, found, cited)),
    }
    for name, (told, expected) in true.items():
        if told != expected:
            yield f"{name} is {told!r}, but must be {expected!r}"


def _id(material: Material, cited: set[str]) -> str:
    at = {report.id: report.at for report in material.reports}
    order = sorted((key for key in cited if key in at), key=lambda key: (at[key], key))
    digest = hashlib.sha256("\n".join([*order, *sorted(suggestion.id for suggestion in material.suggestions)]).encode())
    return material.as_of.strftime("b%Y%m%dT%H%M%S-") + digest.hexdigest()[:8]


def _mark(brief: Brief, found: Ground, cited: set[str]) -> TLP:
    told = {key for card in (*brief.situations, *brief.rest) for key in card.situation.report_ids} | cited
    marks = {report.sensitivity for key, report in found.citable.items() if key in told}
    return next((mark for mark in (TLP.AMBER, TLP.GREEN, TLP.CLEAR) if mark in marks), TLP.AMBER)


def _totals(found: Ground) -> dict[str, int]:
    material, told = found.material, len(found.situations)
    since = material.previous.as_of if material.previous else None
    new = [key for key, report in found.reports.items() if key not in material.revisions and (since is None or report.at > since)]
    voices = heard(material, new)
    counted = {
        "independent origins": voices.origins,
        "carriers": voices.carriers,
        "marked TLP:RED, not quoted": sum(report.sensitivity is TLP.RED for report in found.reports.values()),
        "situations": told,
        "situations not listed": max(told - 50, 0),
    }
    return counted | dict(material.totals)
