"""Clue* -> Move*: each report, in order of time, joins the best live group or waits for a second voice."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from nlp.situate.clue import Clue
from nlp.situate.group import Group, Trace
from nlp.situate.hand import Hand
from nlp.situate.lineage import Changes, Found
from nlp.situate.live import Live, Rule
from nlp.situate.near import NEAREST
from nlp.situate.reconcile import reconcile

_BLOCK = 128
_FEWEST = 2
# a report leaves the home it has only for one that is clearly better, in links of probability 1
_BETTER = 0.2


def assign(clues: Sequence[Clue], live: Live) -> Found:
    """Group reports online; return a move for every clue and every earlier report that moved ("" = ungrouped), and what happened to situations.

    A report that resembles nothing stays ungrouped until a second origin resembles it, and noise stays so; copies go where their origin went.
    Between epochs groups that turned out to be one are merged and those that turned out to be several are parted. `live` is changed in place; the
    size of batches makes no difference.
    """
    changes = Changes()
    waiting: list[Clue] = []
    seen: set[str] = set()
    for clue in sorted(clues, key=lambda c: (c.at, c.report_id)):
        if clue.report_id in live.traces or clue.report_id in seen:
            continue
        seen.add(clue.report_id)
        at = clue.at.timestamp()
        if len(waiting) == _BLOCK or live.over(at, len(waiting)):
            _place(waiting, live, changes)
            waiting = []
        if live.over(at):
            _end(live, clue.at, changes)
            live.turn(at)
        if at <= live.edge or live.passes_over(clue):
            changes.move((clue.report_id,), "", clue.at)
        else:
            waiting.append(clue)
    _place(waiting, live, changes)
    return changes.result()


def settle(live: Live) -> Found:
    """Merge and part groups as at the end of an epoch: for the end of a run, after the last report."""
    changes = Changes()
    if live.traces:
        _end(live, max(trace.clue.at for trace in live.traces.values()), changes)
    return changes.result()


def rebuild(past: Sequence[tuple[Clue, str]], rule: Rule | None = None, hand: Hand | None = None) -> Live:
    """Restore the state that `assign` left after these reports, from where they belong now ("" = ungrouped).

    Give the last `rule.window_days` before the latest of them, and of situations that were silent since the last `rule.embers` reports of
    `rule.ember_days`; older ones are passed over. Links are reckoned anew, with what is known by now.
    """
    live = Live(rule, hand)
    changes = Changes()
    for clue, home in sorted(past, key=lambda p: (p[0].at, p[0].report_id)):
        at = clue.at.timestamp()
        if live.over(at):
            live.turn(at)
        root = live.roots.get(clue.origin_id)
        if not home and live.passes_over(clue):
            continue
        if root is not None and home in (live.groups[root.home].id, ""):
            _follow(clue, root, live, changes)
        else:
            (trace,) = live.take([clue])
            live.enter(trace, live.known(home) if home else live.seed(trace))
    return live


def _place(clues: Sequence[Clue], live: Live, changes: Changes) -> None:
    """Find homes for reports of one epoch, in order of time; copies go where their origin went."""
    firsts: dict[str, Clue] = {}
    for clue in clues:
        if clue.origin_id not in live.roots:
            firsts.setdefault(clue.origin_id, clue)
    homeless = live.take(list(firsts.values()))
    for clue in clues:
        if firsts.get(clue.origin_id) is clue:
            _settle_down(next(homeless), live, changes)
        else:
            _follow(clue, live.roots[clue.origin_id], live, changes)


def _follow(clue: Clue, root: Trace, live: Live, changes: Changes) -> None:
    root.copies.append(clue.report_id)
    live.traces[clue.report_id] = root
    changes.move((clue.report_id,), live.groups[root.home].id, clue.at)


def _settle_down(trace: Trace, live: Live, changes: Changes) -> None:
    group = live.known(trace.pin) if trace.pin else _best(trace, live) or live.seed(trace)
    live.enter(trace, group)
    if group.id:
        changes.move(trace.report_ids, group.id, trace.clue.at)
    elif len(group.traces) > 1:
        situation = live.announce(group)
        changes.open(situation, group.report_ids, trace.clue.at, "opened")
    else:
        changes.move(trace.report_ids, "", trace.clue.at)


def _end(live: Live, at: datetime, changes: Changes) -> None:
    """Look again, at the end of an epoch, at the homes of the reports that it brought and then at the groups they went to."""
    for trace in live.fresh:
        home = live.groups[trace.home]
        # two reports make a situation: that they belong elsewhere is for merging to say
        better = None if trace.pin or (home.id and len(home.traces) <= _FEWEST) else _best(trace, live, home)
        if better is not None and (better.id or len(home.traces) == 1) and not (home.id and live.hand.locked((*home.pins, *better.pins))):
            live.leave(trace)
            live.enter(trace, better)
            if not home.traces:
                live.forget(home)
            if better.id:
                changes.move(trace.report_ids, better.id, at)
            else:
                changes.open(live.announce(better), better.report_ids, at, "opened")
    reconcile(live, at, changes)


def _best(trace: Trace, live: Live, home: Group | None = None) -> Group | None:
    """Return the group that most of a report's links lead to, weighed against how many lead to large groups anyway; None where too few do.

    None too where it is not clearly better than the `home` the report has.
    """
    votes: defaultdict[str, float] = defaultdict(float)
    top: defaultdict[str, float] = defaultdict(float)
    for other, weight in trace.links.items():
        key = live.traces[other].home
        if key:
            votes[key] += weight
            top[key] = max(top[key], weight)
    largest = max((live.groups[key].weight for key in votes), default=0.0)
    gains = {key: _gain(trace, live.groups[key], vote, live.rule.parts * largest) for key, vote in sorted(votes.items())}
    others = ((gain, live.groups[key]) for key, gain in gains.items() if live.groups[key] is not home)
    fit = [(gain, g.key) for gain, g in others if _enough(votes[g.key], top[g.key], g, live.rule) and g.may_hold(trace.spots)]
    gain, key = max(fit, default=(0.0, ""))
    least = max(0.0, gains.get(home.key, 0.0) + _BETTER) if home else 0.0
    return live.groups[key] if gain > least else None


def _gain(trace: Trace, group: Group, vote: float, scale: float) -> float:
    weight = group.weight - trace.weight * (trace.home == group.key)
    return vote - trace.weight * weight / scale if scale > 0 else 0.0


def _enough(vote: float, top: float, group: Group, rule: Rule) -> bool:
    size = len(group.traces)
    share = rule.share if size <= NEAREST else rule.share / 2
    return top >= rule.join**rule.sharp and vote >= share * min(size, NEAREST)
