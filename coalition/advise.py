"""Objective, Testimony*, Partner* -> Suggestion*: pivot, new coalition, expand, watch, wind down, hold."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from coalition.compose import compose, coverage
from coalition.hypotheses import hypotheses
from coalition.shift import BEFORE, RECENT, Past, Shift, Support, leading, shift, stirrings, strength, support, tally
from coalition.strengths import table
from coalition.team import Alike, Composition, Overlap, Setting
from coalition.votes import KINDS, votes
from coalition.wording import against_words, reason_words, would_change_words
from store.records import Advice, Objective, Obstacle, ObstacleState, Partner, Suggestion, Testimony

CALLS: Final = frozenset({Advice.PIVOT, Advice.NEW_COALITION})
_QUIET = timedelta(days=28)
_EXPAND_QUIET = timedelta(days=84)
_NO_RETURN = timedelta(days=84)  # back to what an earlier call has left: only on much better evidence
_SURE_RETURN = 0.85
_STRONG = 0.6  # a sentence this plain is a hint worth watching, in a report that bears on the objective
_NEW = 0.15  # of the earlier mix: a kind below this is new
_CITED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """Everything one evaluation stands on."""

    objective: Objective
    testimonies: tuple[Testimony, ...]
    partners: tuple[Partner, ...]
    alike: Alike
    as_of: datetime
    earlier: tuple[Suggestion, ...]

    @property
    def standing(self) -> tuple[Obstacle, ...]:
        """Name the obstacles of the last call, if there was one."""
        calls = [s for s in self.earlier if s.kind in CALLS]
        last = max((s.issued_at for s in calls), default=None)
        return tuple(kind for s in calls if s.issued_at == last for kind in s.obstacle_after)

    def past(self) -> Past:
        """Say what the coalition was built for, and which calls it was given."""
        return Past(equipped=lambda kind: _equipped(kind, self), calls=tuple(s for s in self.earlier if s.kind in CALLS))

    def leads(self) -> tuple[Obstacle, ...]:
        """Name the obstacles that lead in the last 28 days, or else those of before."""
        return leading(tally(self.testimonies, self.as_of - RECENT, self.as_of)) or self.led()

    def led(self) -> tuple[Obstacle, ...]:
        """Name the obstacles that the last call named, or that led before the last 28 days."""
        return self.standing or leading(tally(self.testimonies, self.as_of - RECENT - BEFORE, self.as_of - RECENT))

    def said(self, kind: Obstacle, state: ObstacleState = ObstacleState.PRESENT) -> Support:
        """Collect who said so in the last 28 days."""
        return support(self.testimonies, kind, self.as_of - RECENT, self.as_of, state)


def advise(
    objective: Objective, testimonies: Sequence[Testimony], partners: Sequence[Partner], alike: Alike, as_of: datetime, earlier: Sequence[Suggestion]
) -> tuple[Suggestion, ...]:
    """Return what to consider now; always at least one suggestion (hold, when nothing speaks for another).

    `earlier` are all suggestions issued so far: the same advice for the same obstacle is not given again within 28 days, and never without
    materially more evidence. Nothing later than `as_of` is looked at. No call rests on fewer than three origins, three voices, two kinds of source.
    """
    mine = tuple(s for s in earlier if s.objective_id == objective.id and s.issued_at < as_of)
    known = tuple(t for t in testimonies if t.at <= as_of)
    ground = _Ground(objective=objective, testimonies=known, partners=tuple(partners), alike=alike, as_of=as_of, earlier=mine)
    found = [one for one in shift(known, as_of, ground.past()) if not _flips_back(one, ground)]
    called = tuple(card for one in found for card in _calls(one, ground))
    proposed = called or (*_wind_down(ground), *_expand(ground), *_watch(ground))
    return tuple(s for s in proposed if not _repeats(s, mine)) or (_hold(ground),)


def _calls(found: Shift, ground: _Ground) -> tuple[Suggestion, ...]:
    """Propose other people when today's members lack most of what the new obstacle asks for, else another approach and who fills the gaps."""
    draft = replace(_draft(Advice.PIVOT, found.support, ground), obstacle_before=found.before, since=found.since, probability=_bounded(found.probability))
    required, missing = draft.required_strengths, draft.missing_strengths
    if required and len(missing) * 2 > len(required):
        return (_with_team(replace(draft, kind=Advice.NEW_COALITION), _outsiders(required, ground)),)
    pivot = _with_team(draft, _team(required, ground))
    return (pivot, _with_team(replace(draft, kind=Advice.EXPAND), _outsiders(missing, ground))) if missing else (pivot,)


def _expand(ground: _Ground) -> tuple[Suggestion, ...]:
    """Name who could fill a role when the obstacle stays what it was and today's members lack some of what it asks for."""
    lead = next((kind for kind in ground.leads() if kind in ground.led()), None)
    called = any(s.kind in CALLS and lead in s.obstacle_after and ground.as_of - s.issued_at < _EXPAND_QUIET for s in ground.earlier)
    if lead is None or called or not ground.said(lead).enough:
        return ()
    draft = replace(_draft(Advice.EXPAND, ground.said(lead), ground), obstacle_before=(lead,))
    return (_with_team(draft, _outsiders(draft.missing_strengths, ground)),) if draft.missing_strengths else ()


def _watch(ground: _Ground) -> tuple[Suggestion, ...]:
    """Point to a kind that was hardly named before and that somebody now names plainly, or that may be about to lead."""
    before = tally(ground.testimonies, ground.as_of - RECENT - BEFORE, ground.as_of - RECENT)
    total = sum(before.net.values())
    stirring = stirrings(ground.testimonies, ground.as_of, ground.past())
    hints = [ground.said(kind) if kind in stirring else _plain(ground.said(kind), kind) for kind in KINDS if kind not in ground.led()]
    new = [s for s in hints if s.testimonies and (s.obstacle in stirring or before.net[s.obstacle] < _NEW * total)]
    drafts = [replace(_draft(Advice.WATCH, s, ground), probability=_bounded(stirring.get(s.obstacle, 0.1 + 0.1 * min(s.origins, 4)))) for s in new]
    unsaid = [d for d in drafts if not _repeats(d, ground.earlier)]
    return tuple(sorted(unsaid, key=lambda d: -d.probability)[:1])


def _plain(said: Support, kind: Obstacle) -> Support:
    plain = (t for t in said.testimonies if t.relevance >= 0.5 and strength(replace(t, relevance=1.0), kind) >= _STRONG)
    return Support(obstacle=kind, testimonies=tuple(plain))


def _wind_down(ground: _Ground) -> tuple[Suggestion, ...]:
    """Say that the obstacle is told as fallen by enough voices, and that "nothing stands in the way" is the hypothesis least contradicted."""
    recent = tally(ground.testimonies, ground.as_of - RECENT, ground.as_of)
    over = hypotheses(votes(ground.testimonies).since(ground.as_of - RECENT)).best is Obstacle.NONE
    for kind in ground.led():
        fallen = ground.said(kind, ObstacleState.LIFTED)
        if over and fallen.enough and recent.fallen[kind] >= recent.present[kind]:
            draft = replace(_draft(Advice.WIND_DOWN, fallen, ground), obstacle_before=(kind,), obstacle_after=())
            return (replace(draft, probability=_bounded(recent.fallen[kind] / (recent.fallen[kind] + recent.present[kind] + 1.0))),)
    return ()


def _hold(ground: _Ground) -> Suggestion:
    lead = next(iter(ground.leads()), Obstacle.NONE)
    said = ground.said(lead) if lead is not Obstacle.NONE else Support(obstacle=lead, testimonies=())
    draft = _draft(Advice.HOLD, said, ground)
    return replace(draft, obstacle_before=ground.led(), probability=_bounded(0.5 + 0.05 * min(said.origins, 8)))


def _draft(kind: Advice, said: Support, ground: _Ground) -> Suggestion:
    """Fill in what every suggestion says; probability, members and what was before are put in by its kind."""
    required, missing = _strengths(said, ground)
    against = _against(said, ground)
    after = () if said.obstacle is Obstacle.NONE else (said.obstacle,)
    return Suggestion(
        id=f"{ground.objective.id}-{ground.as_of:%Y%m%dT%H%M}-{kind.value}-{said.obstacle.value}",
        objective_id=ground.objective.id,
        kind=kind,
        issued_at=ground.as_of,
        obstacle_before=ground.led(),
        obstacle_after=after,
        since=min((t.at for t in said.testimonies), default=ground.as_of),
        probability=_bounded(0.3 + 0.1 * min(said.origins, 5)),
        evidence=tuple(t.report_id for t in said.testimonies[:_CITED]),
        origins=said.origins,
        source_kinds=len(said.source_kinds),
        against=tuple(t.report_id for t, _ in against),
        against_why=against_words(against),
        would_change=would_change_words(kind, said.obstacle, ground.led()),
        required_strengths=required,
        missing_strengths=missing,
        reason=reason_words(kind, said, ground.led(), missing),
    )


def _equipped(kind: Obstacle, ground: _Ground) -> bool:
    """Say whether today's members have at least half of what a kind asks for: it is among what the coalition was built for."""
    required, missing = _strengths(Support(obstacle=kind, testimonies=()), ground)
    return len(missing) * 2 <= len(required)


def _strengths(said: Support, ground: _Ground) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what the obstacle asks for, and what of it today's members lack."""
    required = tuple(n.strength for n in table().needs[said.obstacle])
    today = [p for p in ground.partners if p.id in ground.objective.members]
    own = Partner(id="", name="", strengths=ground.objective.strengths)  # strengths that the objective names without saying whose they are
    have = coverage(required, [*today, own], ground.alike, Setting(texts=_setting(said, ground).texts))
    return required, tuple(s for s in required if not have[s])


def _setting(said: Support, ground: _Ground) -> Setting:
    objective = ground.objective
    sentences = [r.sentence for t in said.testimonies[:_CITED] for r in t.obstacles if r.obstacle is said.obstacle]
    return Setting(texts=(objective.statement, *(c.statement for c in objective.conditions), *sentences), countries=_countries(ground))


def _countries(ground: _Ground) -> frozenset[str]:
    """Return the countries that a fifth of the testimonies of the last months name."""
    named = [t.countries for t in ground.testimonies if t.at > ground.as_of - RECENT - BEFORE and t.countries]
    often = Counter(country for countries in named for country in countries)
    return frozenset(country for country, times in often.items() if times * 5 >= len(named))


def _team(required: Sequence[str], ground: _Ground, overlap: Overlap = Overlap.ANY) -> Composition:
    lead = next((kind for kind, needs in table().needs.items() if {n.strength for n in needs} >= set(required)), Obstacle.NONE)
    setting = replace(_setting(ground.said(lead), ground), overlap=overlap, as_of=ground.as_of)
    return compose(required, ground.partners, ground.alike, ground.objective.members, setting)


def _outsiders(required: Sequence[str], ground: _Ground) -> Composition:
    """Compose from those who are not members: a strength that only members have is asked of them instead."""
    return _team(required, ground, Overlap.AVOID)


def _with_team(draft: Suggestion, team: Composition) -> Suggestion:
    number = draft.id.replace(f"-{Advice.PIVOT.value}-", f"-{draft.kind.value}-")
    return replace(draft, id=number, members=team.members, uncovered_strengths=team.uncovered)


def _against(said: Support, ground: _Ground) -> list[tuple[Testimony, str]]:
    """Find who speaks for another reading: the same obstacle fallen, or what led before and still stands; strongest first."""
    rows = []
    for testimony in ground.testimonies:
        if testimony.at > ground.as_of - RECENT:
            other = [r for r in testimony.obstacles if (r.obstacle is said.obstacle) == (r.state is ObstacleState.LIFTED)]
            rows += [(r.weight * testimony.relevance, testimony, r.sentence) for r in other[:1]]
    return [(testimony, sentence) for _, testimony, sentence in sorted(rows, key=lambda row: (-row[0], row[1].report_id))[:6]]


def _flips_back(found: Shift, ground: _Ground) -> bool:
    """Say whether a call would return to what an earlier call has left, on evidence that is not much better."""
    left = {kind for s in ground.earlier if s.kind in CALLS and ground.as_of - s.issued_at < _NO_RETURN for kind in s.obstacle_before}
    return bool(left & set(found.after)) and not (found.probability >= _SURE_RETURN and found.support.origins >= 6)


def _repeats(suggestion: Suggestion, earlier: Sequence[Suggestion]) -> bool:
    """Say whether the same advice was given lately, or earlier on hardly less evidence."""
    same = [s for s in earlier if s.kind is suggestion.kind and s.obstacle_after == suggestion.obstacle_after]
    if not same:
        return False
    last = max(same, key=lambda s: s.issued_at)
    quiet = _EXPAND_QUIET if suggestion.kind is Advice.EXPAND else _QUIET
    return suggestion.issued_at - last.issued_at < quiet or set(suggestion.evidence) <= set(last.evidence)


def _bounded(probability: float) -> float:
    """Keep clear of certainty: readers of texts err, and so do their authors."""
    return round(min(0.95, max(0.05, 0.5 + 0.9 * (probability - 0.5))), 3)
