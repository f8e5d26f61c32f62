import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.errors import HivecastError
from store.forecasts import Outcome
from store.records import TLP, Channel, Corroboration, Mention, Origin, Report, Ruling, RulingKind, Sentence, Situation, SituationEvent
from store.snapshot import Snapshot, publish
from store.warehouse import Warehouse
from tests.store.samples import (
    NOON,
    brief,
    card,
    correction,
    embedding,
    forecast,
    happening,
    hours,
    mix_week,
    moves,
    name_link,
    objective,
    origin,
    partner,
    place,
    reading,
    report,
    report_grade,
    resolution,
    rid,
    ruling,
    situation,
    source_grade,
    suggestion,
)
from tests.store.test_ledger_of_statements import statement as stated

TABLES = {
    "reports", "entities", "places", "report_places", "origins", "situations", "situation_reports", "situation_history", "obstacles",
    "forecasts", "statements", "suggestions", "objectives", "partners", "obstacle_mix", "briefs", "brief_citations",
    "figures", "dates", "names", "source_grades", "report_grades", "corrections", "situation_sentences", "situation_moves", "rulings", "decisions",
    "conditions", "condition_weeks", "bearings", "suggestion_cards",
}  # fmt: skip

SITUATIONS = ("s1", "s2", "s3", "s4")
SAID = (("The well is dry.", "ab"), ("secret words", "ba"), ("The pump is broken.", "c"))


def filled() -> Warehouse:
    """Reports a (amber), b (red, the origin of c), c (green), d (red, alone in s2 at its own place)."""
    house = Warehouse(None)
    a, b, c, d = report("a", 3), report("b", 1, TLP.RED, "secret words"), report("c", 2, TLP.GREEN, channel=Channel.MAIL), report("d", 4, TLP.RED)
    house.add_reports([a, b, c, d], cursor=4)
    house.add_readings([reading("a"), reading("b"), reading("d", where="Massawa")], [embedding(name) for name in "abd"])
    house.put_origins([origin("b", "c", revisions=(("c", "b"),))])
    history = [happening("s1"), happening("s1", "joined", 1, f"{rid('b')} joined"), happening("s2")]
    house.put_situations(moves({rid("a"): "s3", rid("b"): "s1", rid("c"): "s1", rid("d"): "s2"}), history)
    house.put_situations(moves({rid("a"): "s1"}, 1), [happening("s3"), happening("s3", "merged", 1, other="s1"), happening("s1", "joined", 1, other="s3")])
    house.add_history(lines())
    house.put_rulings(rulings())
    summary = tuple(Sentence(text=text, report_ids=tuple(rid(one) for one in bearers), quote=True) for text, bearers in SAID)
    told = replace(situation("s1", a, b, c, places=("gn:Massawa", "gn:Asmara")), title_id=rid("c"), locked=True, summary=summary)
    house.save_situations([told, replace(situation("s2", d), summary=summary[1:2])], hours(5))
    house.put_objectives([objective()])
    house.put_partners([partner("p1"), partner("p2")])
    house.put_mix([mix_week()])
    house.append_forecasts([forecast("f1", 5, "s1", (rid("b"), rid("c"), rid("a"))), forecast("f2", 5, "s2", (rid("d"),))])
    house.append_resolutions([resolution("f1")])
    house.append_suggestions(
        [suggestion("u1", 5, (rid("c"), rid("d"), rid("a")), (rid("b"),)), suggestion("u2", 5, (rid("d"),)), suggestion("u3", 5)],
        [card("u1", (rid("a"), rid("b"))), card("u2")],
    )
    house.append_brief(brief("b1", 5, (b, a), (situation("s1", a, b, c), situation("s2", d))), {"html": "/x/b1.html", "json": "/x/b1.json"})
    house.put_name_links([name_link("a"), name_link("b"), name_link("d", 1, "name-of-d")])
    house.put_report_grades([report_grade("a"), report_grade("c", reason=f"copied from {rid('b')}"), report_grade("d", reason="secret words")])
    house.put_source_grades([source_grade(), source_grade("wells", 1, reason=f"{rid('d')} was wrong"), source_grade("secret words")])
    corrections = (correction("k1"), correction("k2", 1, report_id=rid("a")), correction("k3", 2, report_id=rid("b")), correction("k4", 3, "Secret Words"))
    house.put_corrections([*corrections, replace(correction("k5", 4, "the well is dry", undone_at=hours(9)), right="", reason=f"as {rid('b')} has it")])
    return house


def lines() -> list[SituationEvent]:
    """What happened to s1: of each kind once with reports shown, once with words or reports or a situation that are not."""
    words = [happening("s1", "retitled", 2, "secret words", reports=("b",)), happening("s1", "retitled", 3, "Title of s1", reports=("c",))]
    said = [happening("s1", "told", 2, "secret words", reports=("b", "a")), happening("s1", "told", 3, "The well is dry.", reports=("a", "b"))]
    left = [happening("s1", "untold", 3, "secret words", reports=("b",)), happening("s1", "untold", 4, "The pump is old.")]
    parts = [
        happening("s1", "split", 2, other="s2", reports=("d",)),
        happening("s1", "split", 4, "apart", "s3", ("a", "d")),
        happening("s1", "split", 5, reports=("d",)),
    ]
    return [*words, *said, *left, *parts, replace(happening("s1", "ruled", 6, "locked"), by="amina"), happening("s2", "closed", 7)]


def rulings() -> list[Ruling]:
    merged, split = ruling("g1", RulingKind.MERGE, "s1", ("b", "c"), "s3", ("a",)), ruling("g2", RulingKind.SPLIT, "s1", ("a", "c"), "s2", ("d",))
    named = replace(ruling("g3", RulingKind.RENAME, "s1", ("a", "b")), title="Dry wells", reason=f"as {rid('b')} says", undone_at=hours(9))
    return [merged, split, named, ruling("g4", RulingKind.LOCK, "s2", ("d",))]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("published") / "snapshot.duckdb"
    with filled() as house:
        publish(house, path)
    return path


@pytest.fixture
def published(original: Path, tmp_path: Path) -> Snapshot:
    return Snapshot(Path(shutil.copy(original, tmp_path / "snapshot.duckdb")))


def names(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]


def rows(snapshot: Snapshot, sql: str) -> list[tuple[object, ...]]:
    return snapshot.query(sql)[1]


def test_every_promised_table_is_there_with_a_key_and_a_comment_on_it_and_on_each_column(published: Snapshot) -> None:
    tables = rows(published, "SELECT table_name, comment, has_primary_key FROM duckdb_tables() WHERE database_name = 'hivecast'")
    assert {str(name) for name, _, _ in tables} == TABLES
    assert all(comment and key for _, comment, key in tables)
    assert rows(published, "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'hivecast' AND coalesce(comment, '') = ''") == []


def test_no_report_marked_red_is_shown_nor_any_row_that_hangs_on_one(published: Snapshot) -> None:
    assert rows(published, "SELECT id FROM reports") == [(rid("a"),), (rid("c"),)]
    for table in ("entities", "report_places", "obstacles", "origins", "situation_reports", "brief_citations", "figures", "dates", "names", "report_grades"):
        found = rows(published, f"SELECT DISTINCT report_id FROM {table}")
        assert found
        assert {one for (one,) in found} <= {rid("a"), rid("c")}
    assert rows(published, "SELECT id FROM situations") == [("s1",)]
    assert rows(published, "SELECT id FROM places") == [("gn:Asmara",)]


def test_a_situation_with_some_red_reports_is_counted_over_the_others(published: Snapshot) -> None:
    found = rows(published, "SELECT first_at, last_at, reports, origins, carriers, place_ids FROM situations")
    assert found == [(hours(2), hours(3), 2, 2, 2, ["gn:Asmara"])]


def test_what_became_of_situations_is_shown_without_words_reports_and_situations_that_are_not(published: Snapshot) -> None:
    found = rows(published, "SELECT situation_id, kind, detail, other, by_person, report_ids FROM situation_history")
    assert found == [
        ("s1", "opened", None, None, False, []),
        ("s1", "joined", None, "s3", False, []),
        ("s1", "retitled", "Title of s1", None, False, [rid("c")]),
        ("s1", "told", "The well is dry.", None, False, [rid("a")]),
        ("s1", "untold", "The pump is old.", None, False, []),
        ("s1", "split", "apart", "s3", False, [rid("a")]),
        ("s1", "ruled", "locked", None, True, []),
        ("s3", "opened", None, None, False, []),
        ("s3", "merged", None, "s1", False, []),
    ]


def test_nothing_that_was_counted_over_red_reports_is_shown(tmp_path: Path) -> None:
    reports = [report("a", 3), report("b", 1, TLP.RED), report("c", 2), report("d", 4), report("e", 5)]
    home = {one.id: "s1" if one.id in (rid("a"), rid("b"), rid("c")) else "s2" for one in reports}
    history = [
        happening("s1", "opened", 2, "2 reports", reports=("b", "c")),
        happening("s1", "split", 3, "1 report", "s2", ("b",)),
        happening("s1", "joined", 4, "3 reports", "s2", ("a", "b", "c")),
        happening("s1", "closed", 5, "nothing new for 60 days"),
        happening("s1", "ruled", 6, "lock: 3 reports"),
        happening("s2", "opened", 5, "2 reports", reports=("d", "e")),
        happening("s2", "revived", 6, "2 sources spoke"),
    ]
    with Warehouse(None) as house:
        house.add_reports(reports, cursor=5)
        house.put_situations(moves(home), history)
        house.save_situations([situation("s1", *reports[:3]), situation("s2", *reports[3:])], hours(5))
        house.append_forecasts([forecast("f1", 5, "s1", ()), forecast("f2", 5, "s2", ())])
        house.append_resolutions([resolution("f1"), resolution("f2")])
        house.append_statements([replace(stated(f"t{n}"), subject=f"s{n}", text=f"At least 3 report on “title of s{n}”.") for n in (1, 2)])
        house.append_outcomes([Outcome(statement_id=f"t{n}", resolved_at=hours(200), observed=4, came_true=True) for n in (1, 2)])
        publish(house, tmp_path / "snapshot.duckdb")
    shown = Snapshot(tmp_path / "snapshot.duckdb")
    assert rows(shown, "SELECT number, kind, detail FROM situation_history WHERE situation_id = 's1'") == [
        (1, "opened", "1 report"), (2, "joined", "2 reports"), (3, "closed", None), (4, "ruled", "lock: 3 reports"),
    ]  # fmt: skip
    assert rows(shown, "SELECT detail FROM situation_history WHERE situation_id = 's2'") == [("2 reports",), ("2 sources spoke",)]
    assert rows(shown, "SELECT id, reason FROM situations") == [("s1", None), ("s2", "twice as many as the week before")]
    assert rows(shown, "SELECT id, observed, came_true FROM forecasts") == [("f1", None, True), ("f2", 4, True)]
    assert rows(shown, "SELECT id, text, observed, came_true FROM statements") == [
        ("t1", "At least 3 independent origins: s1", None, True),
        ("t2", "At least 3 report on “title of s2”.", 4, True),
    ]
    assert [words for (words,) in rows(shown, "SELECT statement FROM forecasts WHERE id = 'f1'")] == ["At least 3 reports of situation s1"]


def test_a_summary_is_shown_without_sentences_that_a_red_report_says(published: Snapshot) -> None:
    found = rows(published, "SELECT situation_id, number, text, report_ids FROM situation_sentences")
    assert found == [("s1", 0, "The well is dry.", [rid("a")]), ("s1", 2, "The pump is broken.", [rid("c")])]


def test_every_past_state_can_be_told_from_the_moves_of_the_reports_shown(published: Snapshot) -> None:
    found = rows(published, "SELECT number, report_id, moved_at, situation_id FROM situation_moves")
    assert found == [(1, rid("a"), NOON, "s3"), (2, rid("c"), NOON, "s1"), (3, rid("a"), hours(1), "s1")]


def test_rulings_are_shown_without_who_ruled_unless_they_name_a_situation_that_is_not(published: Snapshot) -> None:
    columns, found = published.query("SELECT * FROM rulings")
    assert columns == ("id", "ruled_at", "kind", "situation_id", "report_ids", "other", "other_ids", "title", "reason", "undone_at")
    one = ("g1", hours(6), "merge", "s1", [rid("c")], "s3", [rid("a")], None, "seen there", None)
    assert found == [one, ("g3", hours(6), "rename", "s1", [rid("a")], None, [], "Dry wells", None, hours(9))]


def test_a_title_is_shown_with_the_report_it_is_from_and_never_from_a_red_one(tmp_path: Path) -> None:
    with filled() as house:
        a, b = report("a", 3), report("b", 1, TLP.RED)
        for title_id, shown in ((rid("a"), ("Title of s1", rid("a"))), (rid("b"), ("Situation s1", None)), ("", ("Title of s1", None))):
            house.save_situations([replace(situation("s1", a, b), title_id=title_id, dismissed=True)], hours(5))
            publish(house, tmp_path / "snapshot.duckdb")
            assert rows(Snapshot(tmp_path / "snapshot.duckdb"), "SELECT title, title_id, locked, dismissed FROM situations") == [(*shown, False, True)]


def test_voices_of_late_are_those_of_the_week_before_without_later_editions(tmp_path: Path) -> None:
    reports = [report("a"), report("b", 24 * 6), report("c", 24 * 8), report("d", 24 * 9)]
    with Warehouse(None) as house:
        house.add_reports(reports, cursor=4)
        house.put_origins([origin("a", "d", revisions=(("d", "a"),))])
        house.put_situations(moves({one.id: "s1" for one in reports[:1]} | {one.id: "s2" for one in reports[1:]}), [])
        house.save_situations([situation("s1", reports[0])], hours(1))
        house.save_situations([situation("s2", *reports[1:])], hours(24 * 10))
        publish(house, tmp_path / "snapshot.duckdb")
    assert rows(Snapshot(tmp_path / "snapshot.duckdb"), "SELECT id, origins, voices_of_late FROM situations") == [("s1", 1, 0), ("s2", 3, 2)]


def test_an_origin_that_is_red_is_stood_in_for_by_the_earliest_report_shown(published: Snapshot) -> None:
    assert rows(published, "SELECT report_id, origin_id, revision_of FROM origins") == [(rid("a"), rid("a"), None), (rid("c"), rid("c"), None)]


def test_of_the_editions_of_a_red_report_the_earliest_shown_stands_for_it(tmp_path: Path) -> None:
    """b is red; c and d revise it, e revises d."""
    with Warehouse(None) as house:
        house.add_reports([report("b", 0, TLP.RED), report("d", 1), report("c", 2), report("e", 3)], cursor=4)
        house.put_origins([origin("b", "d", "c", "e", revisions=(("c", "b"), ("d", "b"), ("e", "d")))])
        publish(house, tmp_path / "snapshot.duckdb")
    found = rows(Snapshot(tmp_path / "snapshot.duckdb"), "SELECT report_id, origin_id, revision_of FROM origins")
    assert found == [(rid("c"), rid("d"), rid("d")), (rid("d"), rid("d"), None), (rid("e"), rid("d"), rid("d"))]


def test_figures_and_dates_are_shown_as_they_were_read(published: Snapshot) -> None:
    figures = rows(published, "SELECT number, kind, low, high, unit, said_by, of_what, about, place_id, first_day, last_day, text FROM figures ORDER BY number")
    first = (0, "displaced", 40.0, 45.5, "people", "government", "herders", True, "gn:Asmara", date(2026, 2, 27), date(2026, 2, 28), "about 40 herders left")
    assert figures == [first, (1, "money", 30.0, None, "ERN", "un", None, False, None, None, None, "30+")]
    assert rows(published, "SELECT report_id, first_day, last_day, text FROM dates") == [(rid("a"), date(2026, 2, 23), None, "from Monday")]


def test_places_tell_both_divisions_and_include_what_a_name_might_have_meant(tmp_path: Path) -> None:
    with Warehouse(None) as house:
        house.add_reports([report("a"), report("b", 0, TLP.RED)], cursor=2)
        for name, other in (("a", place("Keren")), ("b", place("Massawa"))):
            toponym = replace(reading(name).toponyms[0], runner_up=replace(other, admin2=""))
            house.add_readings([replace(reading(name), toponyms=(toponym,))], [])
        publish(house, tmp_path / "snapshot.duckdb")
    snapshot = Snapshot(tmp_path / "snapshot.duckdb")
    assert rows(snapshot, "SELECT id, admin1, admin2 FROM places") == [("gn:Asmara", "Maekel", "Berikh"), ("gn:Keren", "Maekel", None)]
    assert rows(snapshot, "SELECT place_id, runner_up_id FROM report_places") == [("gn:Asmara", "gn:Keren")]


def test_grades_are_shown_without_reasons_that_name_a_red_report(published: Snapshot) -> None:
    assert rows(published, "SELECT * FROM report_grades") == [(rid("a"), 2, "two origins agree"), (rid("c"), 2, None)]
    grades = [("wells", hours(0), "B", 8, 1, "8 of 9 confirmed"), ("wells", hours(1), "B", 8, 1, None)]
    assert rows(published, "SELECT source, graded_at, letter, confirmed, contradicted, reason FROM source_grades") == grades


def test_corrections_are_shown_without_who_made_them_unless_they_hang_on_a_red_report(published: Snapshot) -> None:
    columns, found = published.query("SELECT * FROM corrections")
    assert columns == ("id", "corrected_at", "subject", "text", "wrong_id", "right_id", "report_id", "reason", "undone_at")
    one = ("k1", NOON, "place", "Asmara", "gn:Asmara", "gn:Massawa", None, "the street, not the city", None)
    two = ("k2", hours(1), *one[2:6], rid("a"), *one[7:])
    assert found == [one, two, ("k5", hours(4), "place", "the well is dry", "gn:Asmara", None, None, None, hours(9))]


def named(house: Warehouse, name: str, text: str, canonical: str, mark: TLP = TLP.AMBER) -> None:
    house.add_reports([report(name, sensitivity=mark)], cursor=1)
    house.add_readings([replace(reading(name), mentions=(Mention(start=0, end=len(text), text=text, label="PERSON"),))], [])
    house.put_name_links([name_link(name, 0, canonical=canonical)])


@pytest.mark.parametrize(
    ("red", "shown", "canonical", "expected"),
    [
        (None, ("A. Yusuf", "Yusuf"), "Amina Yusuf", "Amina Yusuf"),
        ("Amina Yusuf", ("A. Yusuf", "Yusuf"), "Amina Yusuf", "A. Yusuf"),
        ("A. Yusuf", ("Yusuf", "Amina Yusuf"), "Amina Yusuf", "Amina Yusuf"),
    ],
)
def test_a_name_is_never_shown_in_a_spelling_that_only_a_red_report_has(
    tmp_path: Path, red: str | None, shown: Sequence[str], canonical: str, expected: str
) -> None:
    with Warehouse(None) as house:
        if red:
            named(house, "r", red, canonical, TLP.RED)
        for name, text in zip("ab", shown, strict=True):
            named(house, name, text, canonical)
        publish(house, tmp_path / "snapshot.duckdb")
    found = rows(Snapshot(tmp_path / "snapshot.duckdb"), "SELECT report_id, name_id, canonical, text, label, reason FROM names")
    reason = None if red else f"initials of {canonical}"
    assert found == [(rid(name), "n1", expected, text, "PERSON", reason) for name, text in zip("ab", shown, strict=True)]


@st.composite
def echoes(draw: st.DrawFn) -> tuple[list[Report], list[Origin], dict[str, str]]:
    """Reports, none or some of them red, in up to five groups of copies with some revisions, spread over up to four situations."""
    count = draw(st.integers(1, 24))
    reds = draw(st.just([False] * count) | st.lists(st.booleans(), min_size=count, max_size=count))
    reports = [report(f"m{number}", number, TLP.RED if red else TLP.GREEN) for number, red in enumerate(reds)]
    groups = draw(st.lists(st.integers(0, 5), min_size=count, max_size=count))
    members = {group: [one for one, own in zip(reports, groups, strict=True) if own == group] for group in sorted(set(groups) - {5})}
    origins = []
    for some in members.values():
        pairs = [(one.id, some[draw(st.integers(0, number))].id) for number, one in enumerate(some[1:]) if draw(st.booleans())]
        origins.append(Origin(id=some[0].id, report_ids=tuple(one.id for one in some), revisions=tuple(pairs)))
    return reports, origins, {one.id: draw(st.sampled_from(["", *SITUATIONS])) for one in reports}


@given(echoes())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_situation_counts_origins_and_carriers_as_everything_else_does(tmp_path: Path, drawn: tuple[list[Report], list[Origin], dict[str, str]]) -> None:
    reports, origins, memberships = drawn
    with Warehouse(None) as house:
        house.add_reports(reports, cursor=1)
        house.put_origins(origins)
        house.put_situations(moves(memberships), [])
        house.save_situations([Situation(id=one, title=one, report_ids=(), place_ids=(), first_at=NOON, last_at=NOON, origins=0) for one in SITUATIONS], NOON)
        publish(house, tmp_path / "snapshot.duckdb")
        shown = {one.id for one in reports if one.sensitivity is not TLP.RED}
        members = {one: [id_ for id_, own in memberships.items() if own == one and id_ in shown] for one in SITUATIONS}
        counted = {one: house.corroboration(ids) for one, ids in members.items() if ids}
    snapshot = Snapshot(tmp_path / "snapshot.duckdb")
    kept = rows(snapshot, "SELECT report_id, origin_id, revision_of FROM origins")
    origin_of, revisions = {str(one): str(root) for one, root, _ in kept}, {str(one): str(revised) for one, _, revised in kept if revised}
    found = {str(one): Corroboration(origins=int(str(n)), carriers=int(str(m))) for one, n, m in rows(snapshot, "SELECT id, origins, carriers FROM situations")}
    assert found == {one: Corroboration.of(members[one], origin_of, revisions) for one in counted}
    assert {one: heard.origins for one, heard in found.items()} == {one: heard.origins for one, heard in counted.items()}
    if len(shown) == len(reports):
        assert found == counted
    assert {str(revised) for _, _, revised in kept if revised} <= shown
    snapshot.close()


def test_every_question_shown_to_analysts_is_answered(published: Snapshot) -> None:
    page = (Path(__file__).parents[2] / "docs" / "analysts.md").read_text(encoding="utf-8")
    questions = [one for block in re.findall(r"```sql\n(.*?)```", page, re.DOTALL) for one in block.split(";") if one.strip()]
    assert len(questions) > 3
    unanswered = [question for question in questions if not rows(published, question)]
    assert unanswered == []


def test_the_page_for_analysts_lists_every_table_with_its_key(published: Snapshot) -> None:
    page = (Path(__file__).parents[2] / "docs" / "analysts.md").read_text(encoding="utf-8")
    listed = {name for row in re.findall(r"^\| (`.*?) \|", page, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    assert listed == TABLES


def test_evidence_names_only_reports_that_are_shown_in_its_own_order(published: Snapshot) -> None:
    assert rows(published, "SELECT id, evidence, observed, came_true FROM forecasts") == [("f1", [rid("c"), rid("a")], None, True)]
    assert rows(published, "SELECT id, evidence, against FROM suggestions") == [("u1", [rid("c"), rid("a")], []), ("u3", [], [])]
    assert rows(published, "SELECT suggestion_id, flips FROM suggestion_cards") == [("u1", [rid("a")])]
    assert rows(published, "SELECT situation_ids, files FROM briefs") == [(["s1"], ["b1.html", "b1.json"])]


def test_nothing_said_in_a_red_report_stands_in_the_file_in_any_form(tmp_path: Path) -> None:
    path = tmp_path / "snapshot.duckdb"
    with filled() as house:
        house._do("SET force_compression = 'uncompressed'")
        publish(house, path)
    assert b"Report a: the well" in path.read_bytes()
    assert not [
        words for words in (b"secret words", b"Secret Words", b"amina", rid("b").encode(), rid("d").encode(), b"name-of-d") if words in path.read_bytes()
    ]


def test_reports_show_the_language_detected_and_hide_the_key_of_mail(published: Snapshot) -> None:
    assert rows(published, "SELECT id, language, key, place, understood, degraded FROM reports") == [
        (rid("a"), "ti", "key-a", None, True, ["no pipeline for ti"]),
        (rid("c"), "en", None, None, False, []),
    ]


def test_times_come_back_as_aware_utc_and_sums_as_whole_numbers(published: Snapshot) -> None:
    columns, found = published.query("SELECT max(said_at) AS last, sum(len(text)) AS size, 0.25::DECIMAL(4, 2) AS part FROM reports WHERE said_at > ?", (NOON,))
    assert columns == ("last", "size", "part")
    assert found[0][0] == hours(3)
    assert isinstance(found[0][1], int)
    assert rows(published, "SELECT sum(n) FROM (SELECT 1::HUGEINT AS n) WHERE n > 1") == [(None,)]
    assert rows(published, "SELECT 1 WHERE false") == []


def test_two_publications_of_the_same_warehouse_hold_the_same_rows_in_the_same_order(tmp_path: Path) -> None:
    with filled() as house:
        publish(house, tmp_path / "one.duckdb")
        publish(house, tmp_path / "two.duckdb")
    one, two = Snapshot(tmp_path / "one.duckdb"), Snapshot(tmp_path / "two.duckdb")
    assert all(one.query(f"FROM {table}") == two.query(f"FROM {table}") for table in TABLES)


def test_an_empty_warehouse_can_be_published(tmp_path: Path) -> None:
    with Warehouse(None) as house:
        publish(house, tmp_path / "it's new" / "snapshot.duckdb")
    assert rows(Snapshot(tmp_path / "it's new" / "snapshot.duckdb"), "SELECT count(*) FROM reports") == [(0,)]


def test_the_file_is_readable_by_older_clients_and_nothing_lies_beside_it(published: Snapshot, tmp_path: Path) -> None:
    with duckdb.connect() as plain:
        plain.execute(f"ATTACH '{tmp_path / 'snapshot.duckdb'}' AS s (READ_ONLY)")
        found = plain.execute("SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name = 's'").fetchall()
    assert found == [("v1.2.0+",)]
    assert names(tmp_path) == ["snapshot.duckdb"]


def test_what_a_crash_left_half_written_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "snapshot.duckdb.tmp").write_bytes(b"half")
    (tmp_path / "snapshot.duckdb.tmp.wal").write_bytes(b"half")
    with filled() as house:
        publish(house, tmp_path / "snapshot.duckdb")
    assert names(tmp_path) == ["snapshot.duckdb"]


def test_a_publication_that_fails_leaves_the_old_file_and_a_warehouse_that_still_works(tmp_path: Path) -> None:
    path = tmp_path / "snapshot.duckdb"
    with filled() as house:
        publish(house, path)
        house._do("ALTER TABLE obstacle_mix RENAME TO gone")
        with pytest.raises(duckdb.CatalogException):
            publish(house, path)
        house._do("ALTER TABLE gone RENAME TO obstacle_mix")
        assert rows(Snapshot(path), "SELECT count(*) FROM reports") == [(2,)]
        assert names(tmp_path) == ["snapshot.duckdb"]
        publish(house, path)


def test_a_reader_sees_the_new_file_after_it_was_replaced_even_with_another_reader_on_the_old_one(published: Snapshot, tmp_path: Path) -> None:
    other = Snapshot(tmp_path / "snapshot.duckdb")
    assert rows(published, "SELECT count(*) FROM reports") == rows(other, "SELECT count(*) FROM reports") == [(2,)]
    with filled() as house:
        house.add_reports([report("e")], cursor=5)
        publish(house, tmp_path / "snapshot.duckdb")
    third = Snapshot(tmp_path / "snapshot.duckdb")
    assert rows(third, "SELECT count(*) FROM reports") == rows(published, "SELECT count(*) FROM reports") == [(3,)]
    assert rows(other, "SELECT count(*) FROM reports") == [(3,)]


def test_a_closed_reader_opens_the_file_again_when_asked(published: Snapshot) -> None:
    published.close()
    assert rows(published, "SELECT count(*) FROM reports") == [(2,)]
    published.close()
    published.close()


def test_threads_may_ask_while_files_are_replaced(tmp_path: Path) -> None:
    path = tmp_path / "snapshot.duckdb"
    with filled() as house:
        publish(house, path)
        snapshot, done, wrong = Snapshot(path), threading.Event(), list[object]()

        def ask() -> None:
            while not done.is_set():
                found = rows(snapshot, "SELECT count(*), (SELECT count(*) FROM origins) FROM reports")[0]
                if found[0] != found[1]:
                    wrong.append(found)

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        for number in range(5):
            house.add_reports([report(f"x{number}")], cursor=number)
            publish(house, path)
        done.set()
        for thread in threads:
            thread.join()
        assert wrong == []
        assert rows(snapshot, "SELECT count(*) FROM reports") == [(7,)]


READER = """
import sys, duckdb
path, errors, seen, last = sys.argv[1], 0, 0, 0
print("ready", flush=True)
import select
while not select.select([sys.stdin], [], [], 0)[0]:
    try:
        with duckdb.connect(path, read_only=True) as c:
            count, origins = c.execute("SELECT count(*), (SELECT count(*) FROM origins) FROM reports").fetchone()
    except duckdb.Error as error:
        print(error, file=sys.stderr); errors += 1; continue
    seen += 1
    errors += count != origins or count < last
    last = count
print(errors, seen, last)
"""


@pytest.mark.slow
def test_another_process_reads_in_a_loop_without_an_error_while_files_are_replaced(tmp_path: Path) -> None:
    path = tmp_path / "snapshot.duckdb"
    with filled() as house:
        publish(house, path)
        command = [sys.executable, "-c", READER, str(path)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as reader:
            assert reader.stdout
            assert reader.stdout.readline() == "ready\n"
            for number in range(15):
                house.add_reports([report(f"x{number}")], cursor=number)
                publish(house, path)
            out, err = reader.communicate("stop\n", timeout=60)
    errors, seen, last = (int(word) for word in out.split())
    assert (errors, err) == (0, "")
    assert seen > 3
    assert last <= 17


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO reports SELECT * FROM reports",
        "DELETE FROM reports",
        "DROP TABLE reports",
        "CREATE TABLE x (n INT)",
        "CREATE TEMP TABLE x (n INT)",
        "CREATE TABLE memory.x AS SELECT 1",
        "ATTACH '{other}' AS other",
        "COPY reports TO '{other}.csv'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "FROM '/etc/passwd'",
        "SELECT * FROM glob('/*')",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '100GB'",
        "RESET lock_configuration",
        "PRAGMA enable_profiling",
        "CALL pragma_version()",
        "PREPARE p AS SELECT 1",
        "SELECT 1; SELECT 2",
        "SELECT nonsense",
        "not even SQL",
        "",
        "EXPORT DATABASE '{other}'",
        "DETACH hivecast",
        "USE memory",
    ],
)
def test_a_question_that_could_change_or_reach_anything_is_refused(published: Snapshot, tmp_path: Path, sql: str) -> None:
    with pytest.raises(HivecastError):
        published.query(sql.format(other=tmp_path / "other"))
    assert names(tmp_path) == ["snapshot.duckdb"]
    assert rows(published, "SELECT count(*) FROM reports") == [(2,)]


@pytest.mark.parametrize("sql", ["FROM reports", "DESCRIBE reports", "SUMMARIZE reports", "SHOW TABLES", "EXPLAIN FROM reports", "WITH a AS (SELECT 1) FROM a"])
def test_every_way_to_ask_is_answered(published: Snapshot, sql: str) -> None:
    assert rows(published, sql)


def test_a_missing_file_says_what_to_do_first(tmp_path: Path) -> None:
    snapshot = Snapshot(tmp_path / "none.duckdb")
    assert snapshot.published_at() is None
    with pytest.raises(HivecastError, match="run `hivecast run` first"):
        snapshot.query("SELECT 1")


def test_a_file_that_is_no_database_is_an_error_a_person_can_read(tmp_path: Path) -> None:
    (tmp_path / "snapshot.duckdb").write_bytes(b"nonsense" * 1000)
    with pytest.raises(HivecastError, match="could not answer"):
        Snapshot(tmp_path / "snapshot.duckdb").query("SELECT 1")


def test_the_time_of_publication_is_known(published: Snapshot) -> None:
    when = published.published_at()
    assert when is not None
    assert abs((datetime.now(UTC) - when).total_seconds()) < 60
