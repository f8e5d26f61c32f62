"""Grouped by the machine, ruled by people and grouped on: what holds is held, and what is taken back leaves no trace."""

import random
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from flows.correct import Desk, Unknown
from flows.intake import drain
from flows.kit import Kit
from flows.rule import Bound, NoSituation, rule
from flows.rule import undo as take_back
from flows.take import take
from flows.understand import understand
from flows.wiring import open_snapshot
from nlp.situate.hand import Hand
from store.records import Channel, Ruling, RulingKind, SourceKind, Submission
from store.snapshot import publish

DAY = datetime(2026, 3, 1, tzinfo=UTC)
BRIDGE = (
    "The bridge at Boda is closed by armed men and trucks with food turn back to Bangui since the morning.",
    "Armed men closed the bridge at Boda: trucks with food for Bangui had to turn back, drivers say.",
    "Food trucks turn back at the closed bridge of Boda, armed men stand there since the morning.",
    "Drivers of food trucks for Bangui wait at Boda since armed men closed the bridge this morning.",
)
FEVER = (
    "Doctors at the clinic count forty cases of cholera this week; wells need chlorine and rehydration salts.",
    "The clinic reports cholera, forty cases counted by doctors, and asks for chlorine for the wells.",
    "Cholera at the clinic: doctors ask for chlorine and rehydration salts for forty cases this week.",
)


WATER = (
    "Households in the northern quarter queue for water after the pumping station lost power; tankers come twice a day.",
    "Power failed at the pumping station and tankers bring water to the northern quarter twice a day, households queue.",
    "The northern quarter has no tap water: the pumping station stands without power and households queue at tankers.",
)


def heard(kit: Kit, texts: tuple[str, ...], first: int, at: datetime) -> None:
    sent = [
        Submission(
            channel=Channel.TABLE, source=f"s{first + n}", source_kind=SourceKind.NGO, key=f"k{first + n}", text=text, occurred_at=at + timedelta(hours=n)
        )
        for n, text in enumerate(texts)
    ]
    take(sent, kit.journal, at)
    drain(kit)


def begin(kit: Kit) -> Desk:
    """Three situations, of a bridge, a fever and water, published to readers."""
    for number, texts in enumerate((BRIDGE, FEVER, WATER)):
        heard(kit, texts, 10 * number, DAY)
    understand(kit, DAY + timedelta(days=1))
    publish(kit.warehouse, kit.settings.snapshot_path)
    return Desk(settings=kit.settings, journal=kit.journal, snapshot=open_snapshot(kit.settings))


def parts(kit: Kit) -> dict[str, set[str]]:
    """Map situations to their reports among those of the beginning."""
    found: dict[str, set[str]] = {}
    for report_id, home in kit.warehouse.memberships(DAY - timedelta(days=1), DAY + timedelta(hours=12)).items():
        found.setdefault(home, set()).add(report_id)
    return found


def decide(desk: Desk, kind: RulingKind, situation: str, other: str = "", parted: set[str] | None = None) -> Ruling:
    at = DAY + timedelta(days=1, minutes=len(desk.journal.rulings()))
    draft = Ruling(id="", at=at, by="Desk", kind=kind, situation_id=situation, report_ids=(), other=other, other_ids=tuple(parted or ()))
    return rule(draft, desk)[0]


def go_on(kit: Kit, runs: int) -> None:
    """Let the machine run on, each time with more that speaks of all three."""
    for run in range(1, runs + 1):
        bridge, other = BRIDGE[run % 4], BRIDGE[(run + 1) % 4]
        again = (f"Day {run}: {bridge}", f"Week {run}: {FEVER[run % 3]}", f"On day {run} still: {WATER[run % 3]}", f"In town {run}, {other}")
        heard(kit, again, 100 * run, DAY + timedelta(days=run))
        understand(kit, DAY + timedelta(days=run + 1))


def named(kit: Kit, word: str) -> tuple[str, set[str]]:
    """Find the situation whose first reports say this word."""
    ids = {one.id for one in kit.warehouse.reports(DAY - timedelta(days=1), DAY + timedelta(hours=12)) if word in one.text}
    (found,) = [(id_, members) for id_, members in parts(kit).items() if members & ids]
    assert found[0]
    return found


def test_a_split_and_a_merge_hold_over_twenty_runs_with_new_reports_and_undoing_them_restores_what_was(kit: Kit) -> None:
    desk = begin(kit)
    before, (bridge, crossing) = parts(kit), named(kit, "bridge")
    (fever, ill), (water, dry) = named(kit, "cholera"), named(kit, "pumping")
    gone = set(sorted(crossing)[:2])
    split, merge = decide(desk, RulingKind.SPLIT, bridge, parted=gone), decide(desk, RulingKind.MERGE, fever, water)
    go_on(kit, 20)
    assert parts(kit) == {bridge: crossing - gone, split.other: gone, fever: ill | dry}
    for one in (split, merge):
        take_back(one.id, kit.journal, DAY + timedelta(days=22), "Desk")
    understand(kit, DAY + timedelta(days=22))
    assert parts(kit) == before


def test_what_is_locked_renamed_and_dismissed_stays_so_and_says_so(kit: Kit) -> None:
    desk = begin(kit)
    before, (bridge, _), (fever, _) = parts(kit), named(kit, "bridge"), named(kit, "cholera")
    decide(desk, RulingKind.LOCK, bridge)
    rename = Ruling(id="", at=DAY + timedelta(days=1), by="Desk", kind=RulingKind.RENAME, situation_id=bridge, report_ids=(), title="The bridge")
    rule(rename, desk)
    decide(desk, RulingKind.DISMISS, fever)
    go_on(kit, 3)
    assert parts(kit) == before
    shown = {one.id: one for one in kit.warehouse.situations(DAY + timedelta(days=4)) if one.id in before}
    assert (shown[bridge].title, shown[bridge].title_id) == ("The bridge", "")
    assert {id_ for id_, one in shown.items() if one.locked} == {bridge}
    assert {id_ for id_, one in shown.items() if one.dismissed} == {fever}
    assert [line.detail for line in kit.warehouse.history(bridge) if line.kind == "ruled"] == ["lock", "rename: The bridge"]


TOPICS = (BRIDGE, FEVER, WATER)
PLACES = ("the market", "the old mill", "the school", "the river bend", "the depot", "the north gate")


def hear_more(kit: Kit, draw: random.Random, run: int) -> None:
    """Hear of each of the three once to three times more, each time in other words, and of something else."""
    told = [_reworded(text, draw) for texts in TOPICS for text in draw.choices(texts, k=draw.randint(1, 3))]
    heard(kit, (*told, f"Concert {run} at {draw.choice(PLACES)} drew a cheering crowd of students."), 100 * run, DAY + timedelta(days=run))
    understand(kit, DAY + timedelta(days=run + 1))


def _reworded(text: str, draw: random.Random) -> str:
    words = text.split()
    for _ in range(3):
        words.pop(draw.randrange(len(words)))
    cut = draw.randrange(len(words))
    return " ".join((*words[cut:], *words[:cut], f"({draw.choice(PLACES)}, {draw.randint(2, 90)})"))


def decide_something(desk: Desk, members: dict[str, set[str]], draw: random.Random, at: datetime) -> None:
    """Say something of a situation; what cannot be said, or contradicts what holds, is not said."""
    one, other = draw.choice(sorted(members)), draw.choice(sorted(members))
    kind = draw.choice(list(RulingKind))
    parted = tuple(draw.sample(sorted(members[one]), max(1, len(members[one]) // 2))) if kind is RulingKind.SPLIT else ()
    title = f"Title {draw.randrange(100)}" if kind is RulingKind.RENAME else ""
    said_of = other if kind is RulingKind.MERGE else ""
    with suppress(Unknown, Bound, NoSituation):
        rule(Ruling(id="", at=at, by="Desk", kind=kind, situation_id=one, report_ids=(), other=said_of, other_ids=parted, title=title), desk)


def take_back_one(kit: Kit, draw: random.Random, at: datetime) -> None:
    held = [one.id for one in kit.journal.rulings() if one.undone_at is None]
    if held:
        take_back(draw.choice(held), kit.journal, at, "Desk")


def assert_held(kit: Kit, before: dict[str, str]) -> None:
    """What a ruling that holds placed is there. The rest of each situation is together, under its own id or in one that a ruling keeps."""
    hand, now = Hand.of(kit.warehouse.rulings()), homes_of_first(kit)
    every = kit.warehouse.memberships(DAY - timedelta(days=1), DAY + timedelta(days=90))
    assert {report_id: every[report_id] for report_id in hand.pins} == hand.pins
    rest = {home: {now[one] for one, old in before.items() if old == home and not hand.pin(one)} for home in before.values()}
    assert all(len(homes) <= 1 for homes in rest.values())
    assert all(homes <= {home, *hand.pins.values()} for home, homes in rest.items())


def test_what_was_ruled_holds_over_runs_with_other_words_and_is_restored_one_undo_at_a_time(kit: Kit) -> None:
    draw, desk = random.Random(8), begin(kit)
    before, (bridge, crossing), (fever, _), (water, dry) = parts(kit), named(kit, "bridge"), named(kit, "cholera"), named(kit, "pumping")
    merge, more = decide(desk, RulingKind.MERGE, bridge, fever), decide(desk, RulingKind.MERGE, water, bridge)
    split = decide(desk, RulingKind.SPLIT, water, parted={min(dry), min(crossing)})
    for run in range(1, 9):
        hear_more(kit, draw, run)
    assert parts(kit) == {water: set().union(*before.values()) - {min(dry), min(crossing)}, split.other: {min(dry), min(crossing)}}
    for run, one in enumerate((merge, split, more), 9):
        take_back(one.id, kit.journal, DAY + timedelta(days=run), "Desk")
        hear_more(kit, draw, run)
        assert_held(kit, {report_id: home for home, members in before.items() for report_id in members})
    assert parts(kit) == before


@pytest.mark.parametrize("seed", range(3))
def test_rulings_in_any_order_hold_and_undoing_them_all_restores_what_was(kit: Kit, seed: int) -> None:
    draw, desk = random.Random(seed), begin(kit)
    before, grouped = homes_of_first(kit), parts(kit)
    for run in range(1, 7):
        moment = DAY + timedelta(days=run, hours=12)
        for minute in range(draw.randint(0, 3)):
            decide_something(desk, parts(kit), draw, moment + timedelta(minutes=minute))
        if draw.random() < 0.5:
            take_back_one(kit, draw, moment + timedelta(hours=1))
        hear_more(kit, draw, run)
        assert_held(kit, before)
        desk = reopened(kit)
    while any(one.undone_at is None for one in kit.journal.rulings()):
        take_back_one(kit, draw, DAY + timedelta(days=8))
    understand(kit, DAY + timedelta(days=8))
    assert parts(kit) == grouped


def homes_of_first(kit: Kit) -> dict[str, str]:
    return kit.warehouse.memberships(DAY - timedelta(days=1), DAY + timedelta(hours=12))


def reopened(kit: Kit) -> Desk:
    """Let readers see what the last run made."""
    publish(kit.warehouse, kit.settings.snapshot_path)
    return Desk(settings=kit.settings, journal=kit.journal, snapshot=open_snapshot(kit.settings))
