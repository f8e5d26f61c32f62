import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.errors import StorageFull, WarehouseBusy
from store.migrations import migrations
from store.records import Condition, Forecast, Objective, Obstacle, Report
from store.warehouse import Warehouse
from tests.store.samples import (
    NOON,
    brief,
    card,
    embedding,
    forecast,
    full_submission,
    happening,
    hours,
    mix_week,
    moves,
    objective,
    origin,
    partner,
    place,
    reading,
    report,
    resolution,
    rid,
    situation,
    suggestion,
)
from tests.store.test_journal import a_disk_with_room_for

ALWAYS = hours(10_000)


@pytest.fixture
def house() -> Iterator[Warehouse]:
    with Warehouse(None) as house:
        yield house


def test_reports_come_back_whole_in_order_of_time_and_id(house: Warehouse) -> None:
    b, a, c = report("b", 1), report("a", 1), replace(report("c"), lat=1.5, lon=-2.25, text="نزح\n\n300", figures=(), attachments=full_submission().attachments)
    house.add_reports([b, a, c], cursor=7)
    assert house.reports(hours(-1), hours(1)) == (c, a, b)
    assert house.reports(hours(0), hours(1)) == (a, b)
    assert house.reports(hours(-1), hours(0.5)) == (c,)
    assert house.reports_by_id([b.id, "unknown", c.id, b.id]) == (c, b)
    assert house.reports_by_id([]) == ()
    assert house.reports_of(["wells"], hours(-99), hours(99)) == house.reports(hours(-99), hours(99)) != ()
    assert house.reports_of(["wel"], hours(-99), hours(99)) == house.reports_of(["wells"], hours(-99), hours(-98)) == ()


def test_reports_and_the_journal_cursor_are_kept_together_and_twice_is_once(house: Warehouse) -> None:
    assert house.cursor() == 0
    house.add_reports([report("a"), report("a")], cursor=7)
    house.add_reports([replace(report("a"), text="changed"), report("b")], cursor=9)
    house.add_reports([], cursor=3)
    assert house.cursor() == 9
    assert house.reports_by_id([rid("a")]) == (report("a"),)
    assert house.counts()["reports"] == 2


def test_a_batch_that_fails_moves_neither_reports_nor_cursor(house: Warehouse) -> None:
    broken = replace(report("b"), text=None)  # type: ignore[arg-type]
    with pytest.raises(duckdb.ConstraintException):
        house.add_reports([report("a"), broken], cursor=5)
    assert (house.cursor(), house.counts()["reports"]) == (0, 0)
    house.add_reports([report("a")], cursor=5)
    assert house.cursor() == 5


def test_what_nobody_has_read_is_listed_up_to_a_time_and_a_number(house: Warehouse) -> None:
    house.add_reports([report("a", 3), report("b", 1), report("c", 2), report("d", 9)], cursor=4)
    assert [one.id for one in house.unread(hours(3), 2)] == [rid("b"), rid("c")]
    house.add_readings([reading("b")], [])
    assert [one.id for one in house.unread(hours(3), 5)] == [rid("c"), rid("a")]
    assert [one.id for one in house.ungrouped(hours(3), 5)] == [rid("b")]
    house.put_situations(moves({rid("b"): ""}), [])
    assert house.ungrouped(ALWAYS, 5) == ()


def test_readings_and_vectors_come_back_whole_and_the_first_reading_stays(house: Warehouse) -> None:
    empty = replace(reading("b"), mentions=(), toponyms=(), obstacles=(), degraded=())
    house.add_readings([reading("a"), empty, reading("a", "xx")], [embedding("a"), embedding("a", "other"), embedding("b")])
    house.add_readings([reading("a", "yy")], [embedding("a")])
    assert house.readings([rid("b"), rid("a"), rid("c")]) == (reading("a"), empty)
    assert house.embeddings([rid("b"), rid("a")], "encoder-1") == (embedding("a"), embedding("b"))
    assert house.embeddings([rid("a")], "other") == (embedding("a", "other"),)
    assert house.readings([]) == ()
    assert house.embeddings([], "other") == ()


def test_a_place_is_kept_as_the_latest_gazetteer_has_it(house: Warehouse) -> None:
    house.add_readings([reading("a")], [])
    moved = replace(place(), population=600000)
    house.add_readings([replace(reading("b"), toponyms=(replace(reading("b").toponyms[0], place=moved),))], [])
    assert {one.toponyms[0].place for one in house.readings([rid("a"), rid("b")])} == {moved}


def test_each_report_named_gets_its_new_origin_and_others_are_their_own(house: Warehouse) -> None:
    house.put_origins([origin("a", "b"), origin("c", "d")])
    house.put_origins([origin("e", "b", "c")])
    asked = [rid(name) for name in "abcdez"]
    assert house.origin_of(asked) == {rid("a"): rid("a"), rid("b"): rid("e"), rid("c"): rid("e"), rid("d"): rid("c"), rid("e"): rid("e"), rid("z"): rid("z")}
    assert house.origin_of([]) == {}


def test_memberships_are_given_by_time_of_report_and_may_change_later(house: Warehouse) -> None:
    house.add_reports([report("a", 1), report("b", 2), report("c", 3)], cursor=3)
    house.put_situations(moves({rid("b"): "", rid("a"): "s1"}), [])
    assert house.memberships(hours(0), hours(5)) == {rid("a"): "s1", rid("b"): ""}
    house.put_situations(moves({rid("b"): "s2"}), [])
    assert house.memberships(hours(1), hours(2)) == {rid("b"): "s2"}


def test_history_is_added_once_in_the_order_written(house: Warehouse) -> None:
    lines = [happening("s1"), happening("s1", "joined", 0, "b"), happening("s2"), happening("s1", "joined", 0, "a")]
    house.put_situations([], lines)
    house.put_situations([], [*lines, happening("s1", "merged", -5, "s2"), happening("s1", "merged", -5, "s2")])
    assert house.history("s1") == (lines[0], lines[1], lines[3], happening("s1", "merged", -5, "s2"))
    assert house.history("s2") == (lines[2],)
    assert house.history("s3") == ()


def test_situations_tell_only_of_reports_up_to_the_time_asked(house: Warehouse) -> None:
    a, b, c = report("a", 1), report("b", 2), report("c", 3)
    house.add_reports([a, b, c], cursor=3)
    house.put_origins([origin("a", "b")])
    house.put_situations(moves({c.id: "s1", b.id: "s1", a.id: "s1"}), [])
    house.save_situations([situation("s1", a)], hours(1))
    whole = replace(situation("s1", a, b, c), origins=2)
    house.save_situations([whole], hours(3))
    assert house.situations(hours(3)) == (whole,)
    assert house.situations(hours(2)) == (replace(whole, report_ids=(a.id, b.id), last_at=hours(2), origins=1),)
    assert house.situations(hours(0)) == ()


def test_a_situation_whose_reports_all_moved_elsewhere_is_no_longer_listed(house: Warehouse) -> None:
    a = report("a")
    house.add_reports([a], cursor=1)
    house.put_situations(moves({a.id: "s1"}), [])
    house.save_situations([situation("s1", a), situation("s2", a)], NOON)
    house.put_situations(moves({a.id: "s2"}), [happening("s1", "merged", 0, "s2")])
    assert [one.id for one in house.situations(ALWAYS)] == ["s2"]


def test_objectives_and_partners_are_what_was_put_last(house: Warehouse) -> None:
    house.put_objectives([objective(), replace(objective(), id="o0")])
    house.put_objectives([replace(objective(), statement="Clean water for all")])
    assert house.objectives() == (replace(objective(), id="o0"), replace(objective(), statement="Clean water for all"))
    house.put_partners([partner("p2"), partner("p1")])
    house.put_partners([replace(partner("p2"), tier="core")])
    assert house.partners() == (partner("p1"), replace(partner("p2"), tier="core"))


def test_a_week_of_the_mix_is_replaced_as_a_whole(house: Warehouse) -> None:
    house.put_mix([mix_week(logistics=9.0), mix_week(168), mix_week()])
    changed = replace(mix_week(), weights=((Obstacle.FUNDING, 1.0),))
    house.put_mix([changed])
    assert house.mix(ALWAYS) == (changed, replace(mix_week(168), weights=((Obstacle.LEGAL, 0.5), (Obstacle.LOGISTICS, 2.0))))
    assert house.mix(hours(167)) == (changed,)


def test_suggestions_are_only_ever_added(house: Warehouse) -> None:
    first, second = suggestion("u1", 2, (rid("b"), rid("a"))), suggestion("u2", 1)
    house.append_suggestions([first, second])
    house.append_suggestions([replace(first, probability=0.1)])
    assert house.suggestions(hours(2)) == (second, first)
    assert house.suggestions(hours(1)) == (second,)


def test_forecasts_are_listed_fall_due_and_are_resolved_once(house: Warehouse) -> None:
    one, two = forecast("f1", 2, evidence=(rid("a"),)), forecast("f2", 1)
    house.append_forecasts([one, two, one])
    house.append_forecasts([replace(one, probability=0.1)])
    assert house.forecasts(hours(2)) == (two, one)
    assert house.forecasts(hours(1)) == (two,)
    assert house.due(hours(168)) == ()
    assert house.due(hours(170)) == (two, one)
    house.append_resolutions([resolution("f2", 169)])
    house.append_resolutions([replace(resolution("f2", 175), observed=99)])
    assert house.due(hours(170)) == (one,)
    assert house.resolutions(hours(169)) == house.resolutions(ALWAYS) == (resolution("f2", 169),)
    assert house.resolutions(hours(168)) == ()


@pytest.mark.parametrize(
    ("edit", "broken"),
    [
        ("UPDATE forecasts SET probability = 0.9 WHERE id = 'f2'", "f2"),
        ("UPDATE forecasts SET statement = 'other' WHERE id = 'f1'", "f1"),
        ("UPDATE forecasts SET evidence = [] WHERE id = 'f3'", "f3"),
        ("UPDATE forecasts SET deadline = deadline + INTERVAL 1 SECOND WHERE id = 'f2'", "f2"),
        ("DELETE FROM forecasts WHERE id = 'f2'", "f3"),
        ("DELETE FROM forecasts WHERE id = 'f1'", "f2"),
        ("UPDATE forecasts SET hash = 'x' WHERE id = 'f1'", "f1"),
        ("UPDATE forecasts SET number = 9 WHERE id = 'f1'", "f2"),
    ],
)
def test_whoever_edits_the_ledger_by_sql_is_found_out(house: Warehouse, edit: str, broken: str) -> None:
    assert house.ledger_broken_at() is None
    house.append_forecasts([forecast("f1"), forecast("f2", 0.123456789)])
    house.append_forecasts([forecast("f3", evidence=(rid("a"),))])
    assert house.ledger_broken_at() is None
    house._do(edit)
    assert house.ledger_broken_at() == broken


def test_no_method_of_the_warehouse_changes_or_removes_a_forecast() -> None:
    names = {name for name in dir(Warehouse) if "forecast" in name and not name.startswith("_")}
    assert names == {"append_forecasts", "forecasts"}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mean=st.floats(0, 1e9), probability=st.floats(0, 1), statement=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30))
def test_any_forecast_keeps_the_chain_whole(house: Warehouse, mean: float, probability: float, statement: str) -> None:
    one: Forecast = replace(forecast(f"f{hash((mean, probability, statement))}"), mean=mean, probability=probability, statement=statement)
    house.append_forecasts([one])
    assert one in house.forecasts(ALWAYS)
    assert house.ledger_broken_at() is None


def test_the_last_brief_before_a_time_is_remembered_with_what_it_cites(house: Warehouse) -> None:
    a, b = report("a"), report("b")
    first = brief("b1", 1, (b, a, b), (situation("s2", a),))
    house.append_brief(replace(first, rest=brief("x", 1, (), (situation("s1", b),)).situations), {"html": "briefs/b1.html"})
    house.append_brief(brief("b2", 2, (a,)), {})
    row = house.last_brief(hours(2))
    assert row is not None
    assert (row.id, row.as_of, row.report_ids, row.situation_ids, row.paths) == ("b1", hours(1), (b.id, a.id), ("s2", "s1"), {"html": "briefs/b1.html"})
    latest = house.last_brief(ALWAYS)
    assert latest
    assert (latest.id, latest.report_ids, latest.paths) == ("b2", (a.id,), {})
    assert house.last_brief(hours(1)) is None


def test_a_brief_written_again_replaces_itself(house: Warehouse) -> None:
    house.append_brief(brief("b1", 1, (report("a"), report("b"))), {"html": "old"})
    house.append_brief(brief("b1", 1, (report("c"),)), {"html": "new"})
    row = house.last_brief(ALWAYS)
    assert row
    assert (row.report_ids, row.paths) == ((rid("c"),), {"html": "new"})
    empty = brief("b0", 0, ())
    house.append_brief(empty, {})
    first = house.last_brief(hours(1))
    assert first
    assert first.report_ids == ()


def test_every_table_and_column_has_a_comment(house: Warehouse) -> None:
    assert house._rows("SELECT table_name FROM duckdb_tables() WHERE coalesce(comment, '') = ''") == []
    assert house._rows("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND coalesce(comment, '') = ''") == []


def test_numbered_changes_are_applied_once_and_in_order(tmp_path: Path) -> None:
    numbers = [number for number, _ in migrations("warehouse")]
    assert numbers == list(range(1, len(numbers) + 1))
    path = tmp_path / "deep" / "warehouse.duckdb"
    for cursor in (4, 5):
        with Warehouse(path) as house:
            house.add_reports([report("a")], cursor)
            assert [row["number"] for row in house._rows("SELECT number FROM schema_version ORDER BY number")] == numbers
            assert house.reports(hours(-1), ALWAYS) == (report("a"),)
    assert path.stat().st_mode & 0o077 == 0


def test_a_second_writer_is_told_to_wait_and_gets_in_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with Warehouse(path):
        with pytest.raises(WarehouseBusy, match="another Hivecast process"):
            Warehouse(path)
        with pytest.raises(WarehouseBusy):
            Warehouse(path, wait=0.1)
    first = Warehouse(path)
    threading.Timer(0.2, first.close).start()
    with Warehouse(path, wait=20) as second:
        assert second.cursor() == 0


def test_another_program_that_has_the_file_open_is_named_as_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    Warehouse(path).close()
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "open\n"
        with pytest.raises(WarehouseBusy, match="another program"):
            Warehouse(path)
        other.communicate("")
    Warehouse(path).close()


def test_a_file_that_is_no_database_gives_the_lock_back(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    path.write_bytes(b"nonsense" * 1000)
    with pytest.raises(duckdb.IOException):
        Warehouse(path)
    path.unlink()
    Warehouse(path).close()


def test_threads_may_share_a_warehouse(house: Warehouse) -> None:
    def work(name: str) -> None:
        for number in range(5):
            one = report(f"{name}{number}")
            house.add_reports([one], cursor=number)
            assert one in house.reports(hours(-1), ALWAYS)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert house.counts()["reports"] == 20


def test_a_full_disk_is_told_and_what_was_committed_is_still_there(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    house = Warehouse(path)
    house.add_reports([report("a")], cursor=1)
    big: list[Report] = [report(f"b{number}", text=f"{number}" * 20_000) for number in range(100)]
    with a_disk_with_room_for(100_000, tmp_path / "warehouse.duckdb"), pytest.raises(StorageFull):
        house.add_reports(big, cursor=101)
    with suppress(duckdb.Error):
        house.close()
    with Warehouse(path) as again:
        assert (again.cursor(), again.counts()["reports"]) == (1, 1)
        again.add_reports(big, cursor=101)
        assert again.counts()["reports"] == 101


@given(st.permutations([report("a", 1), report("b", 2), report("c", 2), report("d", 0)]), st.integers(1, 4))
@settings(max_examples=15, deadline=None)
def test_the_order_and_the_batches_in_which_reports_arrive_change_nothing(reports: list[Report], size: int) -> None:
    with Warehouse(None) as house:
        for start in range(0, 4, size):
            house.add_reports(reports[start : start + size], cursor=start)
        assert [one.id for one in house.unread(ALWAYS, 9)] == [rid("d"), rid("a"), rid("b"), rid("c")]


def test_a_file_of_an_earlier_version_opens_with_all_its_rows_and_takes_new_ones(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as old:
        old.execute("CREATE TABLE schema_version (number INTEGER PRIMARY KEY)")
        for number, script in migrations("warehouse")[:6]:
            old.execute(script)
            old.execute("INSERT INTO schema_version VALUES (?)", [number])
        old.execute("INSERT INTO readings VALUES ($1, 'ti', ['encoder-1'], [])", [rid("a")])
        old.execute("INSERT INTO places VALUES ('gn:Asmara', 'Asmara', 'ER', 15.33, 38.93, 'Maekel', 'town', 500000)")
        old.execute("INSERT INTO report_places VALUES ($1, 0, 2, 8, 'Asmara', 'gn:Asmara', 0.75)", [rid("a")])
        old.execute("INSERT INTO origins VALUES ($1, $2, 1, 'same text')", [rid("b"), rid("a")])
        old.execute("INSERT INTO objectives VALUES ('o1', 'Aid arrives.', [{'id': 'c1', 'statement': 'Roads open.', 'strengths': ['media']}], ['P1'], [], '')")
        old.execute("INSERT INTO partners VALUES ('P1', 'Example Relief', ['media'], ['KE'], ['sw'], 'Africa/Nairobi', 'core')")
    for _ in range(2):
        with Warehouse(path) as house:
            assert [row["number"] for row in house._rows("SELECT number FROM schema_version ORDER BY number")] == [n for n, _ in migrations("warehouse")]
            (read,) = house.readings([rid("a")])
            assert [(one.place, one.runner_up) for one in read.toponyms] == [(replace(place(), admin2=""), None)]
            assert (read.figures, read.dates) == ((), ())
            condition = Condition(id="c1", statement="Roads open.", strengths=("media",))
            assert house.objectives() == (Objective(id="o1", statement="Aid arrives.", conditions=(condition,), members=("P1",)),)
            assert [(one.id, one.tier, one.capacity, one.conflicts) for one in house.partners()] == [("P1", "core", None, ())]
            assert (house.origin_of([rid("b")]), house.revisions([rid("b")])) == ({rid("b"): rid("a")}, {})
            assert house._rows("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND coalesce(comment, '') = ''") == []
    with Warehouse(path) as house:
        with pytest.raises(duckdb.ConstraintException):
            house._do("UPDATE places SET admin2 = NULL")
        house.add_readings([reading("c")], [])
        house.put_origins([origin("a", "b", revisions=(("b", "a"),))])
    with Warehouse(path) as house:
        assert house.readings([rid("c")]) == (reading("c"),)
        assert house.revisions([rid("b")]) == {rid("b"): rid("a")}


def test_decisions_of_an_earlier_version_keep_their_order_and_have_no_date_to_come_back(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as old:
        old.execute("CREATE TABLE schema_version (number INTEGER PRIMARY KEY)")
        for number, script in migrations("warehouse")[:11]:
            old.execute(script)
            old.execute("INSERT INTO schema_version VALUES (?)", [number])
        for number, id_ in ((1, "v2"), (2, "v1")):
            old.execute("INSERT INTO decisions VALUES (?, ?, '2026-03-01 12:00:00+00', 'Desk', 'u1', 'defer', 'later', NULL, '')", [number, id_])
    with Warehouse(path) as house:
        assert [(one.id, one.until) for one in house.decisions()] == [("v2", None), ("v1", None)]
        house.put_decisions([replace(house.decisions()[0], until=hours(5))])
        house.append_suggestions([suggestion("u1")], [card("u1")])
    with Warehouse(path) as house:
        assert {one.id: one.until for one in house.decisions()} == {"v1": None, "v2": hours(5)}
        assert house.cards(["u1"]) == (card("u1"),)


def test_a_card_is_kept_with_its_suggestion_and_never_changed(house: Warehouse) -> None:
    house.append_suggestions([suggestion("u1"), suggestion("u2")], [card("u1", (rid("a"),))])
    house.append_suggestions([suggestion("u1")], [replace(card("u1"), confidence_why="another")])
    assert house.cards(["u2", "u1", "u3"]) == (card("u1", (rid("a"),)),)


def test_a_process_killed_after_migrating_leaves_a_file_that_opens(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    code = "import os, sys; from pathlib import Path; from store.warehouse import Warehouse; Warehouse(Path(sys.argv[1])); os._exit(9)"
    assert subprocess.run([sys.executable, "-c", code, str(path)], check=False, timeout=60).returncode == 9
    with Warehouse(path) as house:
        house.add_readings([reading("a")], [])
        assert house.readings([rid("a")]) == (reading("a"),)


def test_readings_are_told_as_they_are_now_however_often_they_were_asked_for(house: Warehouse) -> None:
    assert house.readings([rid("a"), rid("b")]) == ()
    house.add_readings([reading("a")], [])
    (first,) = house.readings([rid("b"), rid("a")])
    assert house.readings([rid("a"), rid("a")]) == (first,)
    house.forget_readings([rid("a")])
    assert house.readings([rid("a")]) == ()


def test_of_readings_that_were_rolled_back_nothing_is_remembered(house: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked_and_refused(table: str, rows: object) -> None:
        assert [one.report_id for one in house.readings([rid("a")])] == [rid("a")]
        raise StorageFull("no room")

    monkeypatch.setattr(house, "_replace", asked_and_refused)
    with pytest.raises(StorageFull):
        house.add_readings([reading("a")], [])
    assert house.readings([rid("a")]) == ()
