"""A situation's page: what it says, draws and lets through."""

import gzip
import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports import wording
from reports.draw.life import life, told
from reports.living import LOGGED, PRINTED, Living, living
from reports.material import Material
from reports.render.situation import render, render_gone, render_index
from store.records import TLP, Sentence, SituationEvent, Trend
from tests.reports.builder import NOW, report, sample
from tests.reports.test_render import ALLOWED, PAYLOADS, Page, hostile

KINDS = tuple(wording.HAPPENED)


def line(kind: str, days: float = 1, detail: str = "", other: str = "", by: str = "") -> SituationEvent:
    return SituationEvent(situation_id="s0", at=NOW - timedelta(days=days), kind=kind, detail=detail, other=other, by=by)


def one_of(material: Material, **changes: object) -> Material:
    """Keep the first situation alone."""
    return replace(material, situations=(replace(material.situations[0], **changes),))  # type: ignore[arg-type]


def page(history: tuple[SituationEvent, ...] = (), seed: int = 7, **changes: object) -> Living:
    return living(one_of(sample(seed), **changes), history, {"s1": "Cholera, Marlow Ferry"})


def test_the_summary_is_the_situations_own_without_what_a_red_report_says() -> None:
    material = one_of(sample(7))
    reports = [one for one in material.reports if one.id in material.situations[0].report_ids]
    red = replace(reports[1], sensitivity=TLP.RED)
    material = replace(material, reports=tuple(red if one.id == red.id else one for one in material.reports))
    said = (
        Sentence(text=reports[0].text.split(".")[0], report_ids=(reports[0].id, red.id), quote=True),
        Sentence(text="only here", report_ids=(red.id,), quote=True),
    )
    shown = living(one_of(material, summary=said), (), {})
    assert shown.card.quotes == (replace(said[0], report_ids=(reports[0].id,)),)
    assert red.id not in render(shown)
    assert red.text not in render(shown)


def test_a_situation_without_a_summary_says_so() -> None:
    assert "No sentence of its reports may be quoted yet." in render(page(summary=()))
    assert "No sentence of its reports may be quoted yet." not in render(page())


def test_a_situation_of_red_reports_alone_has_no_page() -> None:
    material = one_of(sample(7))
    with pytest.raises(ValueError, match="may be quoted"):
        living(replace(material, reports=tuple(replace(one, sensitivity=TLP.RED) for one in material.reports)), (), {})


def test_the_page_bears_the_strictest_mark_of_its_reports() -> None:
    material = one_of(sample(7))
    for mark in (TLP.CLEAR, TLP.GREEN, TLP.AMBER):
        first = replace(material.reports[0], sensitivity=mark)
        rest = tuple(replace(one, sensitivity=TLP.CLEAR) for one in material.reports[1:])
        shown = living(replace(material, reports=(first, *rest)), (), {})
        assert shown.mark is mark
        assert f"TLP:{mark.upper()}" in render(shown)


def many(count: int) -> Material:
    reports = tuple(
        report(f"m{n:04}", NOW - timedelta(days=300 - n / 4), f"Pump {n} stopped and {n + 3} people went to the river.", n % 5) for n in range(count)
    )
    base = sample(7).situations[0]
    situation = replace(base, report_ids=tuple(one.id for one in reports), first_at=reports[0].at, last_at=reports[-1].at, title="Pumps")
    return replace(sample(7), situations=(situation,), reports=reports, readings={}, origin_of={}, revisions={}, ranges={}, report_grades={}, forecasts=())


def test_a_page_stays_small_however_long_its_situation_lives() -> None:
    history = tuple(line(KINDS[n % len(KINDS)], 300 - n / 4, f"line {n}", "s1") for n in range(1000))
    shown = living(many(1000), history, {})
    assert PRINTED <= len(shown.reports) < PRINTED + 30
    assert shown.total == 1000
    assert [number for number, _ in shown.lines] == list(range(1000 - LOGGED + 1, 1001))
    text = render(shown)
    assert f"{len(shown.reports)} of 1,000" in text
    assert "800 earlier lines" in text
    assert len(gzip.compress(text.encode())) < 60_000


def test_voices_are_counted_by_independent_origins() -> None:
    shown = page()
    assert sum(heard.carriers for _, _, heard in shown.voices) >= len({one.voice for one in shown.reports})
    origins = [heard.origins for _, _, heard in shown.voices]
    assert origins == sorted(origins, reverse=True)


def test_the_life_line_counts_every_carrier_once_and_each_origin_when_it_was_first_heard() -> None:
    shown = page()
    known = one_of(sample(7))
    ids = set(shown.card.situation.report_ids)
    assert sum(carriers for _, carriers, _ in shown.daily) == len(ids - set(known.revisions))
    assert sum(origins for _, _, origins in shown.daily) == len({known.origin_of.get(one, one) for one in ids})


def test_turns_of_a_life_are_drawn_with_the_numbers_of_the_change_log() -> None:
    history = (line("opened", 40), line("told", 39, "dry"), line("joined", 20, other="s1"), line("closed", 9), line("ruled", 8, "locked", by="amina"))
    drawn = life(page(history))
    assert drawn
    assert [row[0] for row in drawn.rows] == ["1", "3", "4", "5"]
    assert drawn.rows[1][2] == "took in “Cholera, Marlow Ferry” (s1)"
    for shape in ("turn inward", "turn outward", "turn hand"):
        assert f'class="{shape}"' in drawn.svg
    assert 'id="c2"' in render(page(history))
    assert "summary now says: “dry”" in render(page(history))
    assert "amina" not in render(page(history))


def stages(*since: tuple[float, Trend]) -> tuple[tuple[datetime, Trend], ...]:
    return tuple((NOW - timedelta(days=days), trend) for days, trend in since)


def test_the_trends_of_a_life_are_drawn_as_bands_with_the_changes_marked_and_told_in_the_table() -> None:
    spans = stages((60, Trend.EMERGING), (50, Trend.FADING), (40, Trend.DORMANT), (0.5, Trend.GROWING))
    drawn = life(living(one_of(sample(7), trend=Trend.GROWING), (line("joined", 45),), {}, spans))
    assert drawn
    assert [(mark, what.split()[0]) for mark, _, what in drawn.rows] == [("▲", "emerging"), ("↘", "fading"), ("1", "took"), ("·", "dormant"), ("↗", "growing")]
    widths = [float(width) for width in re.findall(r'width="([\d.]+)" height="20" class="stage', drawn.svg)]
    assert [round(width / widths[0]) for width in widths] == [1, 1, 4, 0]
    assert drawn.svg.count('class="change"') == 2
    assert ">· dormant<" in drawn.svg
    assert drawn.svg.count("stage-name growing-name") == 0


def test_the_last_band_is_the_trend_that_is_told() -> None:
    told = one_of(sample(7), trend=Trend.EMERGING)
    assert living(told, (), {}, stages((9, Trend.STEADY))).stages == stages((9, Trend.STEADY), (1, Trend.EMERGING))
    assert living(told, (), {}, stages((9, Trend.STEADY), (0.5, Trend.GROWING))).stages == stages((9, Trend.STEADY), (1, Trend.EMERGING))
    assert living(told, (), {}, stages((0.5, Trend.GROWING))).stages == stages((0.5, Trend.EMERGING))
    assert living(told, (), {}, stages((9, Trend.EMERGING))).stages == stages((9, Trend.EMERGING))


def test_marks_that_find_no_room_stand_in_the_table_alone() -> None:
    history = tuple(line("revived", 5, str(n)) for n in range(9))
    drawn = life(page(history))
    assert drawn
    assert len(drawn.rows) == 9
    assert drawn.svg.count('class="turn inward"') == 4


def test_an_unknown_kind_of_line_is_told_in_its_own_words() -> None:
    drawn = life(page((line("set_aside", 5, "by habit"),)))
    assert drawn
    assert drawn.rows == (("1", wording.day(NOW - timedelta(days=5)), "set aside: by habit"),)
    assert 'class="turn other"' in drawn.svg
    assert life(replace(page(), daily=())) is None


@pytest.mark.parametrize(
    ("kind", "detail", "other", "title", "words"),
    [
        ("merged", "", "s1", "Flood", "went into “Flood” (s1)"),
        ("merged", "s1", "s1", "", "went into s1"),
        ("split", "3 reports", "", "", "lost reports to another situation: 3 reports"),
        ("joined", "3 reports", "", "", "took in reports that stood alone: 3 reports"),
        ("ruled", "merge: one strike", "s1", "Flood", "a person ruled about “Flood” (s1): merge: one strike"),
        ("ruled", "lock", "", "", "a person ruled: lock"),
        ("retitled", "Dam → Flood", "", "", "title changed: Dam → Flood"),
        ("untold", "", "", "", "summary no longer says"),
        ("closed", "", "", "", "closed"),
    ],
)
def test_a_line_of_history_is_worded(kind: str, detail: str, other: str, title: str, words: str) -> None:
    assert wording.happened(kind, detail, other, title) == words


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.floats(0, 400), st.booleans()), max_size=30), st.integers(0, 50))
@settings(max_examples=12, deadline=None)
def test_every_link_in_the_page_leads_somewhere_and_every_number_is_drawn_within_it(turns: list[tuple[str, float, bool]], seed: int) -> None:
    history = tuple(line(kind, days, "so it is", "s1" if named else "") for kind, days, named in sorted(turns, key=lambda one: -one[1]))
    shown = page(history, seed, trend=list(Trend)[seed % len(Trend)], locked=bool(seed % 2), dismissed=not seed % 3)
    text = render(shown, linked=True)
    found = Page(text)
    assert set(found.tags) <= ALLOWED | {"time"}
    assert {one[1:] for one in found.values("href") if one.startswith("#")} <= set(found.values("id"))
    assert {one for one in found.values("href") if not one.startswith("#")} <= {"index.html", "s1.html"}
    assert [one for one in found.values("id") if one.startswith("c")] == [f"c{n}" for n in range(len(history), 0, -1)]
    drawn = life(shown)
    assert drawn
    assert len(drawn.rows) == sum(kind not in wording.QUOTED for kind, _, _ in turns)
    assert all(0 <= float(x) <= 480 for x in found.values("cx"))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_others_wrote_acts(payload: str) -> None:
    base = one_of(hostile(payload), title=payload, reason=payload)
    history = tuple(line(kind, 3, payload, "s1") for kind in KINDS)
    texts = [render(living(base, history, {"s1": payload}), linked=True), render_gone("s1", "s2", payload)]
    row = {"id": "s0", "title": payload, "trend": "closed", "heard": "1 independent origin, 1 carrier", "last_at": NOW}
    texts.append(render_index([row], 12))
    for text in texts:
        found = Page(text)
        assert set(found.tags) <= ALLOWED | {"time"}
        assert all(not key.startswith("on") and key not in {"src", "action"} for key, _ in found.attributes)
        assert all(one.startswith(("#", "http://", "https://", "s", "index.html")) for one in found.values("href"))
        assert "default-src 'none'" in "".join(found.values("content"))


def test_the_list_counts_what_it_does_not_show() -> None:
    assert "1,204 reports about nothing that others speak of stay ungrouped." in render_index([], 1204)
    assert "There is no situation yet." in render_index([], 0)
    assert wording.alone(0) == "No reports about nothing that others speak of stay ungrouped."
    assert wording.alone(1).startswith("1 report about nothing that others speak of stays")


def test_what_went_nowhere_says_so() -> None:
    assert "belong to others now" in render_gone("s1", "", "")
    assert told(line("merged", other="s9"), page()) == "went into s9"
