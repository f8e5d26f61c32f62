"""Material -> what of it may be shown, worked out apart from the composer."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from reports.material import Material
from reports.prove.theory import true_theory
from store.cards import Card
from store.records import TLP, Corroboration, Report, Situation, Suggestion, Weighed


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a brief may stand on: the reports not later than its moment, those that may be cited, situations as they must be shown, conditions as they stand."""

    material: Material
    reports: Mapping[str, Report]
    citable: Mapping[str, Report]
    situations: Mapping[str, Situation]
    theories: Mapping[str, tuple[Weighed, ...]]


def ground(material: Material) -> Ground:
    """Work out what the material allows to be told; a situation of which every report is TLP:RED or unknown is left out."""
    reports = {report.id: report for report in material.reports if not report.at > material.as_of}
    citable = {key: report for key, report in reports.items() if report.sensitivity != TLP.RED}
    shown = {situation.id: _shown(material, situation, reports, citable) for situation in material.situations}
    situations = {key: situation for key, situation in shown.items() if situation is not None}
    theories = {one.id: true_theory(material, reports, one) for one in material.objectives}
    return Ground(material=material, reports=reports, citable=citable, situations=situations, theories=theories)


def heard(material: Material, keys: Iterable[str]) -> Corroboration:
    """Count independent origins and carriers; every later edition is put back to what it revises."""
    told = {key: material.origin_of.get(key, key) for key in keys}
    while later := told.keys() & material.revisions.keys():
        told |= {material.revisions[key]: told[key] for key in later}
        told = {key: origin for key, origin in told.items() if key not in later}
    return Corroboration.of(told, told)


def _shown(material: Material, situation: Situation, reports: Mapping[str, Report], citable: Mapping[str, Report]) -> Situation | None:
    mine = [reports[key] for key in situation.report_ids if key in reports]
    told = [report for report in mine if report.id in citable]
    if not told:
        return None
    named = {toponym.place.id for report in told if report.id in material.readings for toponym in material.readings[report.id].toponyms}
    secret = _words(" ".join(report.words for report in mine if report.id not in citable)) - _words(" ".join(report.words for report in told))
    hidden = not situation.title.strip() or not secret.isdisjoint(_words(situation.title))
    at = sorted(report.at for report in mine)
    return replace(
        situation,
        title="Situation " + situation.id if hidden else situation.title,
        report_ids=tuple(report.id for report in mine),
        place_ids=tuple(key for key in situation.place_ids if key in named),
        first_at=at[0],
        last_at=at[-1],
        origins=heard(material, (report.id for report in mine)).origins,
        reason="",
        keywords=(),
        summary=(),
    )


def shown_suggestion(found: Ground, suggestion: Suggestion) -> Suggestion:
    """Return the suggestion with the evidence that may be cited, and without the case against where that may quote a report that may not."""
    citable = found.citable
    evidence, against = (tuple(key for key in keys if key in citable) for keys in (suggestion.evidence, suggestion.against))
    worded = suggestion.against_why if set(suggestion.against) <= citable.keys() else ""
    return replace(suggestion, evidence=evidence, against=against, against_why=worded)


def shown_card(found: Ground, suggestion_id: str) -> Card | None:
    """Return the card as it must be shown: no report that may not be cited, no team or partner that is not on record under its name."""
    card = found.material.cards.get(suggestion_id)
    if card is None:
        return None
    names = {partner.id: partner.name for partner in found.material.partners}
    return replace(
        card,
        flips=tuple(key for key in card.flips if key in found.citable),
        alternatives=tuple(team for team in card.alternatives if all(names.get(member.partner_id) == member.name for member in team.members)),
        left_out=tuple(missed for missed in card.left_out if names.get(missed.partner_id) == missed.name),
    )


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
