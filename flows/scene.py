"""Kit, Objective -> Scene: what composition asks besides reports and partners' own words, as of one moment."""

from collections import Counter
from datetime import datetime, timedelta

from coalition.load import MONTH
from coalition.observe import Heard, observe
from coalition.propose import Scene
from coalition.team import Observation, Standing
from coalition.tongues import official, spoken_in
from flows.consult import RELIABILITY
from flows.kit import Kit
from flows.places_of import countries, named_in, toponyms
from store.records import TLP, Condition, Objective, Partner
from store.records import Standing as Stands

OPEN = frozenset({Stands.DOUBTFUL, Stands.FAILING})
OBSERVED_DAYS = 365


def scene(kit: Kit, objective: Objective, as_of: datetime) -> Scene:
    """Collect the open conditions, the languages of the place and of the deciders, and how partners stand."""
    conditions = open_conditions(kit, objective, as_of)
    gazetteer = kit.reader.gazetteer
    deciders = countries(named_in(" ".join(one.decider for one in conditions if one.decider), gazetteer))
    return Scene(
        open_conditions=conditions,
        standing=standing(kit, kit.warehouse.partners(), as_of),
        languages=spoken_in(countries(toponyms(objective, gazetteer))),
        spoken=official(deciders),
    )


def open_conditions(kit: Kit, objective: Objective, as_of: datetime) -> tuple[Condition, ...]:
    """List the conditions that stood as doubtful or failing when they were last weighed."""
    stand = {one.condition_id: one.standing for one in kit.warehouse.standings(as_of) if one.objective_id == objective.id}
    return tuple(one for one in objective.conditions if stand.get(one.id) in OPEN)


def standing(kit: Kit, partners: tuple[Partner, ...], as_of: datetime) -> Standing:
    """Say how partners stand: asked how often in thirty days, how reliable, what their reports show. Nothing of what they answered enters."""
    asked = Counter(ask.partner_id for ask in kit.journal.asks() if as_of - MONTH < ask.at <= as_of)
    return Standing(asks=asked, reliability=reliability(kit, partners, as_of), observed=observed(kit, partners, as_of))


def reliability(kit: Kit, partners: tuple[Partner, ...], as_of: datetime) -> dict[str, float]:
    """Map partners to how often what they sent was right, by the letters of their sources; it weighs in a choice and is never worded."""
    letters = {grade.source: RELIABILITY[grade.letter] for grade in kit.warehouse.source_grades(as_of)}
    known = tuple(kit.vault.keys())
    own = {p.id: p.name for p in partners} | {key.partner_id: key.source for key in known if key.partner_id}
    return {partner_id: letters[source] for partner_id, source in own.items() if source in letters}


def observed(kit: Kit, partners: tuple[Partner, ...], as_of: datetime) -> tuple[Observation, ...]:
    """Say what partners showed they can do, in reports under their own public names alone, and none of those marked TLP:RED.

    A partner under a pseudonym is never observed: to be proposed for what only its reports show would tell who reported.
    """
    ids = {p.name: p.id for p in partners}
    reports = kit.warehouse.reports_of(list(ids), as_of - timedelta(days=OBSERVED_DAYS), as_of)
    roots = kit.warehouse.origin_of([report.id for report in reports])
    return observe(Heard(partner_id=ids[r.voice], origin_id=roots.get(r.id, r.id), text=r.words) for r in reports if r.sensitivity is not TLP.RED)
