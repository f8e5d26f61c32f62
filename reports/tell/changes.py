"""View -> Sentence*: the bottom line, what changed since the last brief, and what is not known."""

from collections import defaultdict
from datetime import datetime, timedelta

from reports import wording
from reports.tell import facts
from reports.tell.places import CERTAIN
from reports.tell.suggestions import obstacle_change, strongest
from reports.tell.theory import first_broken
from reports.tell.view import View, between, cite, heard, say, unread
from store.records import Fact, Sentence, Situation
from store.told import SuggestionCard

SHOWN = 5
SILENT = timedelta(days=10)
NAMED_OFTEN = 3


def bottom_line(seen: View, suggestions: tuple[SuggestionCard, ...], order: tuple[Situation, ...]) -> tuple[Sentence, ...]:
    """Say in a few sentences what to decide, which condition fails and what grew most; empty only where nothing may be cited."""
    lines = (*_decision(seen, suggestions), *first_broken(seen), *_grown_most(seen, order))
    return tuple(line for line in lines if line.report_ids)


def _decision(seen: View, suggestions: tuple[SuggestionCard, ...]) -> tuple[Sentence, ...]:
    if not suggestions or suggestions[0].suggestion.kind not in wording.DECISIONS:
        return (say(cite(seen, seen.quotable), "Nothing calls for a decision today."), *_watched(seen, suggestions))
    card = suggestions[0]
    ids = strongest(seen, card.suggestion)
    decide = say(ids, "To decide today: ", facts.of_suggestion(seen, card.suggestion, "kind"), ".")
    missing, proposed = (facts.of_suggestion(seen, card.suggestion, kind) for kind in ("missing", "proposed"))
    lacking = (say(ids, "Today's members lack: ", missing, "."),) if missing.text else ()
    asked = (say(ids, "Ask first: ", proposed, "."),) if proposed.text else ()
    return (decide, *obstacle_change(seen, card.suggestion, ids), *lacking, *asked)


def _watched(seen: View, suggestions: tuple[SuggestionCard, ...]) -> tuple[Sentence, ...]:
    watched = [card.suggestion for card in suggestions[:1]]
    return tuple(line for suggestion in watched for line in obstacle_change(seen, suggestion, strongest(seen, suggestion)))


def _grown_most(seen: View, order: tuple[Situation, ...]) -> tuple[Sentence, ...]:
    now = seen.material.as_of

    def growth(situation: Situation) -> int:
        week, before = between(seen, situation, now - facts.WEEK, now), between(seen, situation, now - 2 * facts.WEEK, now - facts.WEEK)
        return heard(seen, week).origins - heard(seen, before).origins

    most = max(order, key=growth, default=None)
    if most is None or growth(most) <= 0:
        return ()
    ids = cite(seen, between(seen, most, now - facts.WEEK, now)) or cite(seen, most.report_ids)
    value = {kind: facts.of_situation(seen, most, kind) for kind in ("title", "week", "week_before")}
    counts = (value["week"], " in the last week, after ", value["week_before"], " in the week before.")
    return (say(ids, "The situation that grew most is “", value["title"], "”: ", *counts),)


def changes(seen: View, order: tuple[Situation, ...]) -> tuple[Sentence, ...]:
    """Tell what is new since the last brief; without a last brief, what has been read so far."""
    previous = seen.material.previous
    told = [_read(seen)]
    if previous:
        known = [situation for situation in order if situation.id in previous.situation_ids]
        told += [_opened(seen, situation) for situation in order if situation not in known][:SHOWN]
        told += [_turned(seen, situation) for situation in known if previous.trends.get(situation.id, situation.trend) != situation.trend][:SHOWN]
        told += [_added(seen, situation) for situation in known if between(seen, situation, seen.since, seen.material.as_of)][:SHOWN]
        told += [_quiet(seen, situation) for situation in known if _silent_since(seen, situation)][:SHOWN]
    return tuple(line for line in told if line.report_ids)


def _silent_since(seen: View, situation: Situation) -> bool:
    """Tell whether nothing came since the last brief, and for a day at least: briefs made within hours need not say so."""
    now = seen.material.as_of
    return not between(seen, situation, seen.since, now) and now - situation.last_at >= timedelta(days=1)


def _read(seen: View) -> Sentence:
    ids = cite(seen, unread(seen)) or cite(seen, seen.quotable)
    counts = facts.of_brief(seen, "heard")
    if seen.since is None:
        return say(ids, "Said so far: ", counts, ", ", facts.of_brief(seen, "situations"), ".")
    return say(ids, "Said since ", facts.of_brief(seen, "previous"), ": ", counts, ", ", facts.of_brief(seen, "new_situations"), ".")


def _title(seen: View, situation: Situation) -> Fact:
    return facts.of_situation(seen, situation, "title")


def _opened(seen: View, situation: Situation) -> Sentence:
    return say(cite(seen, situation.report_ids), "New: “", _title(seen, situation), "”, ", facts.of_situation(seen, situation, "heard"), ".")


def _turned(seen: View, situation: Situation) -> Sentence:
    before, now = facts.of_situation(seen, situation, "trend_before"), facts.of_situation(seen, situation, "trend")
    return say(cite(seen, situation.report_ids), "“", _title(seen, situation), "” was ", before, " and is now ", now, ".")


def _added(seen: View, situation: Situation) -> Sentence:
    ids = cite(seen, between(seen, situation, seen.since, seen.material.as_of)) or cite(seen, situation.report_ids)
    return say(ids, "“", _title(seen, situation), "”, since then: ", facts.of_situation(seen, situation, "new"), ".")


def _quiet(seen: View, situation: Situation) -> Sentence:
    return say(cite(seen, situation.report_ids), "No new report on “", _title(seen, situation), "” for ", facts.of_situation(seen, situation, "silence"), ".")


def gaps(seen: View, order: tuple[Situation, ...]) -> tuple[Sentence, ...]:
    """Name what rests on a single origin, and the situations and places that fell silent."""
    now = seen.material.as_of
    told = set(seen.material.previous.situation_ids) if seen.material.previous else set()
    single = [_single(seen, situation) for situation in order if situation.origins == 1 and heard(seen, situation.report_ids).carriers > 1]
    silent = [_quiet(seen, situation) for situation in order if now - situation.last_at > SILENT and situation.id not in told]
    return (*single[:SHOWN], *silent[:SHOWN], *_silent_places(seen)[:SHOWN])


def _single(seen: View, situation: Situation) -> Sentence:
    parts = ("“", _title(seen, situation), "” rests alone on ", facts.of_situation(seen, situation, "heard"), ".")
    return say(cite(seen, situation.report_ids), *parts)


def _silent_places(seen: View) -> list[Sentence]:
    heard: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    names: dict[str, str] = {}
    for rid in sorted(rid for rid in seen.quotable if rid in seen.material.readings):
        for place in {toponym.place for toponym in seen.material.readings[rid].toponyms if toponym.probability >= CERTAIN}:
            heard[place.id].append((seen.quotable[rid].at, rid))
            names[place.id] = min(place.name, names.get(place.id, place.name))
    now = seen.material.as_of
    often = [(rid, max(times)) for rid, times in heard.items() if len(times) >= NAMED_OFTEN and now - max(times)[0] > SILENT]
    often.sort(key=lambda pair: (-len(heard[pair[0]]), pair[0]))
    return [_silent_place(rid, names[rid], (now - at).days, report) for rid, (at, report) in often]


def _silent_place(place_id: str, name: str, days: int, report_id: str) -> Sentence:
    silence = Fact(kind="place.silence", about=place_id, text=wording.counted(days, "day"))
    return say((report_id,), "No report from ", Fact(kind="place.name", about=place_id, text=name), " for ", silence, ".")
