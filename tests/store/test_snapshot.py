import shutil
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from store.errors import HivecastError
from store.records import TLP, Channel
from store.snapshot import Snapshot, publish
from store.warehouse import Warehouse
from tests.store.samples import (
    NOON,
    brief,
    embedding,
    forecast,
    happening,
    hours,
    mix_week,
    objective,
    origin,
    partner,
    reading,
    report,
    resolution,
    rid,
    situation,
    suggestion,
)

TABLES = {
    "reports", "entities", "places", "report_places", "origins", "situations", "situation_reports", "situation_history", "obstacles",
    "forecasts", "suggestions", "objectives", "partners", "obstacle_mix", "briefs", "brief_citations",
}  # fmt: skip


def filled() -> Warehouse:
    """Reports a (amber), b (red, the origin of c), c (green), d (red, alone in s2 at its own place)."""
    house = Warehouse(None)
    a, b, c, d = report("a", 3), report("b", 1, TLP.RED, "secret words"), report("c", 2, TLP.GREEN, channel=Channel.MAIL), report("d", 4, TLP.RED)
    house.add_reports([a, b, c, d], cursor=4)
    house.add_readings([reading("a"), reading("b"), reading("d", where="Massawa")], [embedding(name) for name in "abd"])
    house.put_origins([origin("b", "c")])
    history = [happening("s1"), happening("s1", "joined", 1, f"{rid('b')} joined"), happening("s2")]
    house.put_situations({rid("a"): "s1", rid("b"): "s1", rid("c"): "s1", rid("d"): "s2"}, history)
    house.save_situations([situation("s1", a, b, c, places=("gn:Massawa", "gn:Asmara")), situation("s2", d)], hours(5))
    house.put_objectives([objective()])
    house.put_partners([partner("p1"), partner("p2")])
    house.put_mix([mix_week()])
    house.append_forecasts([forecast("f1", 5, "s1", (rid("b"), rid("c"), rid("a"))), forecast("f2", 5, "s2", (rid("d"),))])
    house.append_resolutions([resolution("f1")])
    house.append_suggestions([suggestion("u1", 5, (rid("c"), rid("d"), rid("a")), (rid("b"),)), suggestion("u2", 5, (rid("d"),)), suggestion("u3", 5)])
    house.append_brief(brief("b1", 5, (b, a), (situation("s1", a, b, c), situation("s2", d))), {"html": "/x/b1.html", "json": "/x/b1.json"})
    return house


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
    for table in ("entities", "report_places", "obstacles", "origins", "situation_reports", "brief_citations"):
        found = rows(published, f"SELECT DISTINCT report_id FROM {table}")
        assert found
        assert {one for (one,) in found} <= {rid("a"), rid("c")}
    assert rows(published, "SELECT id FROM situations") == [("s1",)]
    assert rows(published, "SELECT id FROM places") == [("gn:Asmara",)]


def test_a_situation_with_some_red_reports_is_counted_over_the_others(published: Snapshot) -> None:
    found = rows(published, "SELECT first_at, last_at, reports, origins, place_ids FROM situations")
    assert found == [(hours(2), hours(3), 2, 2, ["gn:Asmara"])]
    assert rows(published, "SELECT situation_id, kind FROM situation_history") == [("s1", "opened")]


def test_an_origin_that_is_red_is_stood_in_for_by_the_earliest_report_shown(published: Snapshot) -> None:
    assert rows(published, "SELECT report_id, origin_id FROM origins") == [(rid("a"), rid("a")), (rid("c"), rid("c"))]


def test_evidence_names_only_reports_that_are_shown_in_its_own_order(published: Snapshot) -> None:
    assert rows(published, "SELECT id, evidence, observed, came_true FROM forecasts") == [("f1", [rid("c"), rid("a")], 4, True)]
    assert rows(published, "SELECT id, evidence, against FROM suggestions") == [("u1", [rid("c"), rid("a")], []), ("u3", [], [])]
    assert rows(published, "SELECT situation_ids, files FROM briefs") == [(["s1"], ["b1.html", "b1.json"])]


def test_nothing_said_in_a_red_report_stands_in_the_file_in_any_form(tmp_path: Path) -> None:
    path = tmp_path / "snapshot.duckdb"
    with filled() as house:
        house._do("SET force_compression = 'uncompressed'")
        publish(house, path)
    assert b"Report a: the well" in path.read_bytes()
    assert b"secret words" not in path.read_bytes()
    assert rid("b").encode() not in path.read_bytes()


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
