"""Commands as an operator types them: data on stdout, talk on stderr, exit codes that mean something."""

import csv
import io
import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cli.exits import MEANINGS, Exit, code_of, exits_table
from cli.main import app
from cli.run import tell_sources
from flows.settings import load_settings
from flows.wiring import open_journal, open_vault, open_warehouse
from store.errors import ConfigError, HivecastError, StorageFull, WarehouseBusy
from store.records import Channel, Health, Move, Report, Situation, SituationEvent, SourceKind, SourceState
from store.snapshot import publish
from tests.cli.conftest import Hivecast

AT = datetime(2026, 11, 1, 8, tzinfo=UTC)
ROWS = [
    {"id": "1", "at": "2026-11-01", "source": "Relief", "source_kind": "ngo", "title": "Water", "text": "The plant stopped."},
    {"id": "2", "at": "2026-11-02", "source": "Relief", "text": "Two clinics boil water."},
    {"id": "3", "at": "2026-11-03", "source": "Relief", "text": ""},
]
OBJECTIVE = {
    "id": "o1",
    "statement": "Clean water for the east district.",
    "theory_of_change": [{"id": "c1", "condition": "The plant runs."}],
    "coalition": {"members": ["P1"], "strengths": ["logistics"]},
}


def table(folder: Path, rows: list[dict[str, str]] | None = None) -> str:
    path = folder / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows or ROWS), encoding="utf-8")
    return str(path)


def published(home: Path) -> None:
    """Put one situation with one report into the readers' copy."""
    report = Report(
        id="r1", channel=Channel.TABLE, source="Relief", source_kind=SourceKind.NGO, key="1", at=AT, received_at=AT, text="The plant stopped.", title="=1+1"
    )
    situation = Situation(id="s1", title="Water", report_ids=("r1",), place_ids=(), first_at=AT, last_at=AT, origins=1)
    settings = load_settings()
    with open_warehouse(settings) as warehouse:
        warehouse.add_reports([report], 1)
        warehouse.put_situations([Move(report_id="r1", at=AT, situation_id="s1")], [SituationEvent(situation_id="s1", at=AT, kind="opened")])
        warehouse.save_situations([situation], AT)
        publish(warehouse, settings.snapshot_path)


def every_command() -> list[list[str]]:
    import typer

    def walk(group: Any, path: list[str]) -> list[list[str]]:
        inner = getattr(group, "commands", {})
        return [path, *(line for name, one in inner.items() for line in walk(one, [*path, name]))]

    return walk(typer.main.get_command(app), [])


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_every_command_explains_itself_with_an_example(hivecast: Hivecast, words: list[str]) -> None:
    ran = hivecast(*words, "--help")
    assert ran.code == 0
    leaf = words and words[-1] not in ("quarantine", "keys", "objectives", "partners", "places", "blueprints", "questions", "forecasts")
    assert not leaf or f"hivecast {words[0]}" in " ".join(ran.out.split())


def test_the_contract_names_every_command(hivecast: Hivecast) -> None:
    names = [
        "init",
        "up",
        "ingest",
        "run",
        "brief",
        "sql",
        "sources",
        "quarantine",
        "keys",
        "objectives",
        "partners",
        "situations",
        "suggestions",
        "blueprints",
        "questions",
        "consult",
        "load",
        "learn",
        "grades",
        "places",
        "names",
        "obstacles",
        "read",
        "origins",
        "situate",
        "forecast",
        "forecasts",
        "replay",
        "doctor",
        "demo",
    ]
    assert set(names) == {words[0] for words in every_command() if len(words) == 1}


@pytest.mark.slow
def test_help_comes_at_once() -> None:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "cli.main", "--help"], check=True, capture_output=True)
    assert time.perf_counter() - begun < 2.0


def test_init_makes_the_data_folder_and_changes_nothing_the_second_time(hivecast: Hivecast, home: Path) -> None:
    ran = hivecast("init")
    assert ran.out.strip() == str(home)
    file = home / "hivecast.toml"
    file.write_text("port = 9000\n", encoding="utf-8")
    assert json.loads(hivecast("init", "--json").out) == {"home": str(home), "settings": str(file)}
    assert file.read_text(encoding="utf-8") == "port = 9000\n"


def test_ingest_counts_and_a_second_time_is_all_repeats(hivecast: Hivecast, home: Path, tmp_path: Path) -> None:
    first = hivecast("ingest", table(tmp_path), "--format", "hivecast")
    assert first.out.strip() == "2 accepted, 0 repeated, 0 changed, 0 conflicts, 1 quarantined"
    assert "hivecast quarantine list" in first.err
    again = json.loads(hivecast("ingest", table(tmp_path), "--json").out)
    assert again == {"accepted": 0, "repeated": 2, "changed": 0, "conflicts": 0, "quarantined": 1}
    assert len(json.loads(hivecast("quarantine", "list", "--json").out)) == 1


def test_a_row_whose_key_has_other_content_is_a_conflict_in_quarantine(hivecast: Hivecast, tmp_path: Path) -> None:
    hivecast("ingest", table(tmp_path, ROWS[:1]))
    ran = json.loads(hivecast("ingest", table(tmp_path, [{**ROWS[0], "text": "Other."}]), "--json").out)
    assert (ran["accepted"], ran["conflicts"], ran["quarantined"]) == (0, 1, 1)
    reason = json.loads(hivecast("quarantine", "list", "--json").out)[0]["reason"]
    assert "stored content hash" in reason
    again = json.loads(hivecast("quarantine", "retry", "--json").out)
    assert again[0]["taken"] is False


def test_own_columns_are_mapped(hivecast: Hivecast, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("No,Narrative\n7,The bridge is closed.\n", encoding="utf-8")
    assert hivecast("ingest", str(path), "--map", "No=key", "--map", "Narrative=text", "--source", "Field").out.startswith("1 accepted")
    wrong = hivecast("ingest", str(path), "--map", "Narrative")
    assert (wrong.code, "COLUMN=FIELD" in wrong.err) == (Exit.USAGE, True)
    assert hivecast("ingest", str(path), "--map", "No=nothing").code == Exit.CONFIG


def test_a_folder_is_read_file_by_file(hivecast: Hivecast, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    (folder / "mails").mkdir(parents=True)
    (folder / "mails" / "a.eml").write_bytes(b"From: a@example.org\r\nSubject: Water\r\nDate: Mon, 2 Nov 2026 08:00:00 +0000\r\n\r\nThe plant stopped.\r\n")
    (folder / "news.xml").write_text(
        '<?xml version="1.0"?><rss version="2.0"><channel><title>N</title><item><title>Bridge closed</title>'
        "<description>The bridge is closed.</description><guid>g1</guid><pubDate>Mon, 02 Nov 2026 08:00:00 GMT</pubDate></item></channel></rss>",
        encoding="utf-8",
    )
    (folder / "empty.xml").write_text('<rss version="2.0"><channel><title>N</title></channel></rss>', encoding="utf-8")
    (folder / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    table(folder)
    ran = json.loads(hivecast("ingest", str(folder), "--json").out)
    assert (ran["accepted"], ran["quarantined"]) == (4, 3)


def test_a_path_that_is_not_there_is_a_wrong_command_line(hivecast: Hivecast) -> None:
    assert hivecast("ingest", "nowhere.csv").code == Exit.USAGE


def test_quarantine_shows_the_entry_and_takes_mended_bytes(hivecast: Hivecast, tmp_path: Path) -> None:
    hivecast("ingest", table(tmp_path))
    listed = hivecast("quarantine", "list")
    assert "neither text nor title" in listed.out
    assert json.loads(hivecast("quarantine", "show", "1", "--raw").out)["id"] == "3"
    assert json.loads(hivecast("quarantine", "show", "1", "--json").out)["channel"] == "table"
    assert "remedy" in hivecast("quarantine", "show", "1").out
    assert hivecast("quarantine", "show", "99").code == Exit.NOT_FOUND
    still = hivecast("quarantine", "retry", "1")
    assert (still.code, "0 taken in, 1 still" in still.err) == (0, True)
    mended = tmp_path / "mended.json"
    mended.write_text(json.dumps({**ROWS[2], "text": "The bridge is open."}), encoding="utf-8")
    assert hivecast("quarantine", "retry", "--file", str(mended)).code == Exit.USAGE
    assert hivecast("quarantine", "retry", "99").code == Exit.NOT_FOUND
    assert json.loads(hivecast("quarantine", "retry", "1", "--file", str(mended), "--json").out) == [{"id": 1, "taken": True, "reason": ""}]
    assert json.loads(hivecast("quarantine", "list", "--json").out) == []
    assert json.loads(hivecast("quarantine", "list", "--all", "--json").out)[0]["retried_at"] is not None


def test_a_key_is_printed_once_listed_without_its_secret_and_revoked(hivecast: Hivecast, home: Path) -> None:
    made = hivecast("keys", "create", "Example Relief", "--kind", "ngo", "--scope", "report", "--scope", "read")
    secret = made.out.strip()
    assert secret.startswith("hc_")
    assert "Example Relief" not in made.err
    listed = hivecast("keys", "list")
    assert secret.split("_", 2)[2] not in listed.out
    assert "Example Relief" in listed.out
    assert hivecast("keys", "revoke", secret[3:11]).code == 0
    assert hivecast("keys", "revoke", secret[3:11]).code == Exit.NOT_FOUND
    assert json.loads(hivecast("keys", "list", "--json").out)[0]["revoked_at"]
    assert json.loads(hivecast("keys", "create", "B", "--source", "B Org", "--scope", "correct", "--json").out)["source"] == "B Org"
    assert json.loads(hivecast("keys", "list", "--json").out)[1]["scopes"] == ["correct"]
    assert hivecast("keys", "create", "  ").code == Exit.USAGE
    assert secret not in (home / "vault.sqlite").read_bytes().decode("latin-1")


def test_objectives_and_partners_are_imported_and_listed(hivecast: Hivecast, tmp_path: Path) -> None:
    objective, partners = tmp_path / "o.json", tmp_path / "p.json"
    objective.write_text(json.dumps(OBJECTIVE), encoding="utf-8")
    partners.write_text(json.dumps({"note": "x", "partners": [{"id": "P1", "name": "One", "strengths": ["logistics"], "countries": ["KE"]}]}), encoding="utf-8")
    assert hivecast("objectives", "import", str(objective)).out.split() == ["o1"]
    assert hivecast("partners", "import", str(partners)).out.split() == ["P1"]
    (condition,) = json.loads(hivecast("objectives", "list", "--json").out)[0]["conditions"]
    assert (condition["id"], condition["statement"], condition["strengths"], condition["needs"]) == ("c1", "The plant runs.", [], [])
    assert "One" in hivecast("partners", "list").out
    assert json.loads(hivecast("partners", "list", "--json").out)[0]["countries"] == ["KE"]
    assert "Clean water" in hivecast("objectives", "list").out


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "is not JSON"),
        ("[]", "no partners in it"),
        ("7", "no partners in it"),
        ('[{"id": "P1", "strengths": ["a"]}]', "`name` is missing"),
        ('[{"id": "P1", "name": "One", "strengths": []}]', "`strengths`"),
        ('[{"id": "P1", "name": "One", "strengths": ["a"], "countries": ["Kenya"]}]', "`countries.0`"),
        ('[{"id": "P1", "name": "One", "strengths": ["a"]}, {"id": "P1", "name": "Two", "strengths": ["a"]}]', "used twice"),
        ("[3]", "entry 1"),
    ],
)
def test_a_wrong_file_says_what_and_where_and_changes_nothing(hivecast: Hivecast, tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "p.json"
    path.write_text(content, encoding="utf-8")
    ran = hivecast("partners", "import", str(path))
    assert (ran.code, ran.out) == (Exit.CONFIG, "")
    assert told in ran.err
    assert str(path) in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert json.loads(hivecast("partners", "list", "--json").out) == []


def test_a_missing_import_file_is_told(hivecast: Hivecast) -> None:
    assert "cannot be read" in hivecast("objectives", "import", "nothing.json").err


def test_before_the_first_run_reading_says_what_to_do(hivecast: Hivecast) -> None:
    for words in (["sql", "select 1"], ["situations"], ["suggestions"], ["brief"]):
        ran = hivecast(*words)
        assert (ran.code, ran.out) == (Exit.NOT_FOUND, "")
        assert "hivecast run" in ran.err


def test_sql_answers_as_table_json_and_csv_without_formulas(hivecast: Hivecast, home: Path) -> None:
    published(home)
    query = "select title, said_at, text from reports"
    assert hivecast("sql", query).out.splitlines()[0] == "title\tsaid_at\ttext"
    assert json.loads(hivecast("sql", query, "--json").out)[0]["said_at"].startswith("2026-11-01T08:00:00")
    rows = list(csv.reader(io.StringIO(hivecast("sql", query, "--csv").out)))
    assert rows[1][0] == "'=1+1"
    wrong = hivecast("sql", "select nothing")
    assert (wrong.code, wrong.err.startswith("hivecast: ")) == (Exit.PROBLEM, True)
    assert hivecast("sql", "drop table reports").code == Exit.PROBLEM


def test_situations_are_listed_and_shown_with_their_reports(hivecast: Hivecast, home: Path) -> None:
    published(home)
    assert json.loads(hivecast("situations", "--json").out)[0]["id"] == "s1"
    assert "1 independent origin, 1 carrier" in hivecast("situations", "list").out
    shown = json.loads(hivecast("situations", "show", "s1", "--json").out)
    assert [report["id"] for report in shown["reports"]] == ["r1"]
    assert "The plant stopped." in hivecast("situations", "show", "s1").out
    assert hivecast("situations", "show", "nothing").code == Exit.NOT_FOUND
    assert json.loads(hivecast("suggestions", "--json").out) == []


def test_sources_lists_configured_feeds_that_were_never_visited(hivecast: Hivecast, home: Path) -> None:
    hivecast("init")
    (home / "hivecast.toml").write_text('[[feeds]]\nurl = "https://example.org/f.xml"\nname = "Example News"\n', encoding="utf-8")
    assert json.loads(hivecast("sources", "--json").out)[0]["health"] == "never"
    assert "Example News" in hivecast("sources").out


def test_brief_prints_its_path_or_its_text_and_obeys_as_of(hivecast: Hivecast, home: Path) -> None:
    folder = home / "briefs"
    folder.mkdir(parents=True)
    for day in ("2026-11-01", "2026-11-08"):
        (folder / f"brief-{day}T235959Z.md").write_text(f"# {day}\n", encoding="utf-8")
        (folder / f"brief-{day}T235959Z.html").write_text(f"<h1>{day}</h1>", encoding="utf-8")
    (folder / "latest.html").write_text("<h1>latest</h1>", encoding="utf-8")
    (folder / "brief-evil.html.md").write_text("no", encoding="utf-8")
    assert hivecast("brief").out.strip() == str(folder / "latest.html")
    assert hivecast("brief", "--as-of", "2026-11-05", "--format", "md").out == "# 2026-11-01\n"
    too_early = hivecast("brief", "--as-of", "2026-10-05")
    assert (too_early.code, "for 2026-10-05 or earlier" in too_early.err) == (Exit.NOT_FOUND, True)
    assert hivecast("brief", "--format", "json").code == Exit.NOT_FOUND
    assert hivecast("brief", "--as-of", "soon").code == Exit.CONFIG


def test_a_wrong_setting_is_one_line_and_its_own_exit_code(hivecast: Hivecast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HIVECAST_PORT", "high")
    ran = hivecast("keys", "list")
    assert (ran.code, len(ran.err.strip().splitlines())) == (Exit.CONFIG, 1)
    assert "HIVECAST_PORT" in ran.err


def test_a_busy_warehouse_has_its_own_exit_code() -> None:
    assert code_of(WarehouseBusy("x")) == code_of(StorageFull("x")) == Exit.STORAGE
    assert code_of(ConfigError("x")) == Exit.CONFIG
    assert code_of(HivecastError("x")) == Exit.PROBLEM


def test_the_table_of_exit_codes_names_each() -> None:
    assert set(MEANINGS) == set(Exit)
    assert all(f"| {code.value} |" in exits_table() for code in Exit)


def test_a_file_with_nothing_in_it_is_told(hivecast: Hivecast, tmp_path: Path) -> None:
    (tmp_path / "none.csv").write_text("id,text\n", encoding="utf-8")
    ran = hivecast("ingest", str(tmp_path / "none.csv"))
    assert (ran.code, ran.err) == (Exit.OK, "There was nothing in it to take in.\n")


def test_sql_json_keeps_columns_of_one_name_apart_and_knows_no_nan(hivecast: Hivecast, home: Path) -> None:
    hivecast("init")
    published(home)
    ran = hivecast("sql", "select 1 as c, 2 as c, 'NaN'::double as n, 1.5 as d, ['inf'::double] as l", "--json")
    assert json.loads(ran.out, parse_constant=pytest.fail) == [{"c": 1, "c_1": 2, "n": None, "d": 1.5, "l": [None]}]


def test_a_run_says_how_many_sources_could_not_be_read(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = load_settings().model_copy(update={"feeds": ()})
    state = SourceState(location="http://127.0.0.1:9/x", name="Dead feed", health=Health.UNREACHABLE)
    with open_vault(settings) as vault, open_journal(settings, vault) as journal:
        tell_sources(settings)
        assert capsys.readouterr().err == ""
        journal.save_source_state(state)
    tell_sources(settings)
    assert capsys.readouterr().err == "1 of the feeds and mailboxes could not be read. See which, and why: hivecast sources\n"
