"""Objective, Testimony*, Partner* -> Suggestion*: pivot, new coalition, expand, watch, wind down, hold."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from coalition.hypotheses import hypotheses
from coalition.propose import BARE, Matter, Scene, needs, with_team
from coalition.shift import BEFORE, RECENT, Past, Shift, Support, leading, shift, stirrings, strength, support, tally
from coalition.team import Alike
from coalition.votes import KINDS, votes
from coalition.wording import against_words, flip_words, reason_words, would_change_words
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

    matter: Matter
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
        return leading(tally(self.matter.testimonies, self.matter.as_of - RECENT, self.matter.as_of)) or self.led()

    def led(self) -> tuple[Obstacle, ...]:
        """Name the obstacles that the last call named, or that led before the last 28 days."""
        return self.standing or leading(tally(self.matter.testimonies, self.matter.as_of - RECENT - BEFORE, self.matter.as_of - RECENT))

    def said(self, kind: Obstacle, state: ObstacleState = ObstacleState.PRESENT) -> Support:
        """Collect who said so in the last 28 days."""
        return support(self.matter.testimonies, kind, self.matter.as_of - RECENT, self.matter.as_of, state)


def advise(  # noqa: PLR0913
    objective: Objective,
    testimonies: Sequence[Testimony],
    partners: Sequence[Partner],
    alike: Alike,
    as_of: datetime,
    earlier: Sequence[Suggestion],
    *,
    scene: Scene = BARE,
) -> tuple[Suggestion, ...]:
    """Return what to consider now; always at least one suggestion (hold, when nothing speaks for another).

    `earlier` are all suggestions issued so far: the same advice for the same obstacle is not given again within 28 days, and never without
    materially more evidence. Nothing later than `as_of` is looked at. No call rests on fewer than three origins, three voices, two kinds of source.
    """
    mine = tuple(s for s in earlier if s.objective_id == objective.id and s.issued_at < as_of)
    known = tuple(t for t in testimonies if t.at <= as_of)
    matter = Matter(objective=objective, testimonies=known, partners=tuple(partners), alike=alike, as_of=as_of, scene=scene)
    ground = _Ground(matter=matter, earlier=mine)
    found = [one for one in shift(known, as_of, ground.past()) if not _flips_back(one, ground)]
    called = tuple(card for one in found for card in _calls(one, ground))
    proposed = called or (*_wind_down(ground), *_expand(ground), *_watch(ground))
    return tuple(s for s in proposed if not _repeats(s, mine)) or (_hold(ground),)


def _calls(found: Shift, ground: _Ground) -> tuple[Suggestion, ...]:
    """Propose other people when today's members lack most of what the new obstacle asks for, else another approach and who fills the gaps."""
    draft = _draft(Advice.PIVOT, found.support, ground, found.before)
    turned = f"{draft.would_change}{flip_words(len(found.flips))}"
    draft = replace(draft, obstacle_before=found.before, since=found.since, probability=_bounded(found.probability), would_change=turned)
    required, missing = draft.required_strengths, draft.missing_strengths
    if required and len(missing) * 2 > len(required):
        return (with_team(replace(draft, kind=Advice.NEW_COALITION), ground.matter),)
    pivot = with_team(draft, ground.matter)
    return (pivot, with_team(replace(draft, kind=Advice.EXPAND), ground.matter)) if missing else (pivot,)


def _expand(ground: _Ground) -> tuple[Suggestion, ...]:
    """Name who could fill a role when the obstacle stays what it was and today's members lack some of what it asks for."""
    lead = next((kind for kind in ground.leads() if kind in ground.led()), None)
    called = any(s.kind in CALLS and lead in s.obstacle_after and ground.matter.as_of - s.issued_at < _EXPAND_QUIET for s in ground.earlier)
    if lead is None or called or not ground.said(lead).enough:
        return ()
    draft = replace(_draft(Advice.EXPAND, ground.said(lead), ground), obstacle_before=(lead,))
    return (with_team(draft, ground.matter),) if draft.missing_strengths else ()


def _watch(ground: _Ground) -> tuple[Suggestion, ...]:
    """Point to a kind that was hardly named before and that somebody now names plainly, or that may be about to lead."""
    before = tally(ground.matter.testimonies, ground.matter.as_of - RECENT - BEFORE, ground.matter.as_of - RECENT)
    total = sum(before.net.values())
    stirring = stirrings(ground.matter.testimonies, ground.matter.as_of, ground.past())
    hints = [ground.said(kind) if kind in stirring else _plain(ground.said(kind), kind) for kind in KINDS if kind not in ground.led()]
    new = [s for s in hints if s.testimonies and (s.obstacle in stirring or before.net[s.obstacle] < _NEW * total)]
    drafts = [replace(_draft(Advice.WATCH, s, ground), probability=_bounded(stirring.get(s.obstacle, 0.1 + 0.1 * min(s.origins, 4)))) for s in new]
    unsaid = [d for d in drafts if not _repeats(d, ground.earlier)]
    return tuple(sorted(unsaid, key=lambda d: -d.probability)[:1])


def _plain(said: Support, kind: Obstacle) -> Support:
    plain = (t for t in said.testimonies if t.relevance >= 0.5 and strength(replace(t, relevance=1.0), kind) >= _STRONG)
    return Support(obstacle=kind, testimonies=tuple(plain))


def _wind_down(ground: _Ground) -> tuple[Suggestion, ...]:
    """Say that an obstacle is told as fallen by enough voices, that none of those that led still stands, and that nothing else takes their place."""
    recent = tally(ground.matter.testimonies, ground.matter.as_of - RECENT, ground.matter.as_of)
    over = hypotheses(votes(ground.matter.testimonies).since(ground.matter.as_of - RECENT)).best is Obstacle.NONE
    over = over and all(recent.fallen[kind] >= recent.present[kind] for kind in ground.led())
    for kind in ground.led() if over else ():
        fallen = ground.said(kind, ObstacleState.LIFTED)
        if fallen.enough:
            draft = replace(_draft(Advice.WIND_DOWN, fallen, ground), obstacle_before=(kind,), obstacle_after=())
            return (replace(draft, probability=_bounded(recent.fallen[kind] / (recent.fallen[kind] + recent.present[kind] + 1.0))),)
    return ()


def _hold(ground: _Ground) -> Suggestion:
    lead = next(iter(ground.leads()), Obstacle.NONE)
    said = ground.said(lead) if lead is not Obstacle.NONE else Support(obstacle=lead, testimonies=())
    draft = _draft(Advice.HOLD, said, ground)
    return replace(draft, obstacle_before=ground.led(), probability=_bounded(0.5 + 0.05 * min(said.origins, 8)))


def _draft(kind: Advice, said: Support, ground: _Ground, before: tuple[Obstacle, ...] | None = None) -> Suggestion:
    """Fill in what every suggestion says; probability, members and what was before are put in by its kind."""
    asked = needs([said.obstacle], ground.matter)
    against, led = _against(said, ground), ground.led() if before is None else before
    after = () if said.obstacle is Obstacle.NONE else (said.obstacle,)
    return Suggestion(
        id=f"{ground.matter.objective.id}-{ground.matter.as_of:%Y%m%dT%H%M}-{kind.value}-{said.obstacle.value}",
        objective_id=ground.matter.objective.id,
        kind=kind,
        issued_at=ground.matter.as_of,
        obstacle_before=ground.led(),
        obstacle_after=after,
        since=min((t.at for t in said.testimonies), default=ground.matter.as_of),
        probability=_bounded(0.3 + 0.1 * min(said.origins, 5)),
        evidence=tuple(t.report_id for t in said.testimonies[:_CITED]),
        origins=said.origins,
        source_kinds=len(said.source_kinds),
        against=tuple(t.report_id for t, _ in against),
        against_why=against_words(against),
        would_change=would_change_words(kind, said.obstacle, led),
        required_strengths=asked.required,
        missing_strengths=asked.missing,
        reason=reason_words(kind, said, led, asked.missing),
    )


def _equipped(kind: Obstacle, ground: _Ground) -> bool:
    """Say whether today's members have at least half of what a kind asks for: it is among what the coalition was built for."""
    asked = needs([kind], ground.matter)
    return len(asked.missing) * 2 <= len(asked.required)


def _against(said: Support, ground: _Ground) -> list[tuple[Testimony, str]]:
    """Find who speaks for another reading: the same obstacle fallen, or what led before and still stands; strongest first."""
    rows = []
    for testimony in ground.matter.testimonies:
        if testimony.at > ground.matter.as_of - RECENT:
            other = [r for r in testimony.obstacles if (r.obstacle is said.obstacle) == (r.state is ObstacleState.LIFTED)]
            rows += [(r.weight * testimony.relevance, testimony, r.sentence) for r in other[:1]]
    return [(testimony, sentence) for _, testimony, sentence in sorted(rows, key=lambda row: (-row[0], row[1].report_id))[:6]]


def _flips_back(found: Shift, ground: _Ground) -> bool:
    """Say whether a call would return to what an earlier call has left, on evidence that is not much better."""
    left = {kind for s in ground.earlier if s.kind in CALLS and ground.matter.as_of - s.issued_at < _NO_RETURN for kind in s.obstacle_before}
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
