"""Clue* -> Situation ids: each report, in order of time, joins the best live group or waits for a second voice."""

import math
from collections.abc import Sequence
from datetime import datetime

from nlp.situate.clue import Clue
from nlp.situate.group import Group, Trace, trace_of
from nlp.situate.lineage import Changes
from nlp.situate.live import DAY, Live, Rule
from nlp.situate.reconcile import reconcile
from store.records import SituationEvent

_QUERY_WORDS = 40
_LONGEST_POSTING = 300
_NOTHING = (0, 0)


def assign(clues: Sequence[Clue], live: Live) -> tuple[dict[str, str], tuple[SituationEvent, ...]]:
    """Group reports online; return report id -> situation id for every clue and every earlier report that moved ("" = ungrouped).

    A report that resembles nothing stays ungrouped until a second origin resembles it; copies go where their origin went. At the turn of
    each epoch, groups that have become alike are merged. `live` is changed in place; the size of batches makes no difference.
    """
    changes = Changes()
    for clue in sorted(clues, key=lambda c: (c.at, c.report_id)):
        if clue.report_id in live.traces:
            continue
        trace = trace_of(clue)
        if trace.at <= live.edge:
            changes.join((trace.report_id,), "")
            continue
        _keep_time(trace.at, clue.at, live, changes)
        _place(trace, clue.at, live, changes)
    return changes.result()


def rebuild(past: Sequence[tuple[Clue, str]], rule: Rule | None = None) -> Live:
    """Restore the state that `assign` left after these reports, from where they belong now ("" = ungrouped).

    Give at least the last `rule.window_days` before the latest of them; older ones are passed over.
    """
    live = Live(rule)
    if not past:
        return live
    traces = [(trace_of(clue), home) for clue, home in sorted(past, key=lambda p: (p[0].at, p[0].report_id))]
    live.epoch = live.epoch_of(traces[-1][0].at)
    for trace, home in traces:
        if trace.at > live.edge:
            live.admit(trace, live.known(home) if home else live.seed(trace))
    return live


def _keep_time(at: float, moment: datetime, live: Live, changes: Changes) -> None:
    epoch = live.epoch_of(at)
    if epoch <= live.epoch:
        return
    ended = live.epoch
    live.turn(epoch)
    reconcile(live, ended, moment, changes)


def _place(trace: Trace, moment: datetime, live: Live, changes: Changes) -> None:
    home = live.home.get(trace.origin_id)
    group = live.groups[home] if home else _best(trace, live)
    if group is None:
        group = live.seed(trace)
    live.admit(trace, group)
    if group.id:
        changes.join((trace.report_id,), group.id)
    elif len(group.origins) > 1:
        changes.open(live.announce(group), tuple(group.reports), moment, "opened")
    else:
        changes.join((trace.report_id,), "")


def _best(trace: Trace, live: Live) -> Group | None:
    best: tuple[float, str] | None = None
    rule = live.rule
    length, overlaps = _overlaps(trace, live)
    for key, (dot, matched) in overlaps.items():
        group = live.groups[key]
        faded = 0.5 ** (abs(trace.at - group.last) / DAY / rule.half_life_days) * dot / math.sqrt(length)
        needed = rule.join + rule.alone / len(group.origins)
        # The matched words alone bound the group's length from below; most groups fall here, before the whole length has to be known.
        if faded < needed * math.sqrt(matched):
            continue
        score = faded / math.sqrt(live.square(group))
        if score >= needed and (best is None or (score, key) > best):
            best = (score, key)
    return live.groups[best[1]] if best else None


def _overlaps(trace: Trace, live: Live) -> tuple[int, dict[str, tuple[int, int]]]:
    """Return the squared length of a report's most telling words; and for each group that shares one: dot product, squared length of what is shared.

    Words that very many groups use are not followed: they tell little and would cost most.
    """
    weighed = sorted(((live.weight(w), w) for w in trace.words), reverse=True)[:_QUERY_WORDS]
    found: dict[str, tuple[int, int]] = {}
    for weight, word in weighed:
        posting = live.postings.get(word, {})
        if weight and len(posting) <= _LONGEST_POSTING:
            for key, count in posting.items():
                dot, matched = found.get(key, _NOTHING)
                found[key] = dot + weight * count, matched + weight * count * count
    return sum(weight for weight, _ in weighed), found
