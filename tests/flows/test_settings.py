"""Where settings come from, and what is said when one is wrong."""

import os
from pathlib import Path

import pytest

from flows.settings import (
    MailboxEntry,
    Settings,
    brief_schedule,
    child_environment,
    load_settings,
    mailbox_password,
    prepare_environment,
    settings_example,
    settings_file,
    settings_table,
    use_prefect_server,
)
from store.errors import ConfigError

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("HIVECAST_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_anything_the_data_folder_is_in_the_current_one(elsewhere: Path) -> None:
    settings = load_settings()
    assert settings.home == elsewhere / "hivecast-data"
    assert (settings.host, settings.port, settings.models_path) == ("127.0.0.1", 8321, settings.home / "models")
    files = {settings.journal_path, settings.vault_path, settings.warehouse_path, settings.snapshot_path, settings.briefs_path, settings.prefect_home}
    assert len(files) == 6
    assert all(file.parent == settings.home for file in files)


def test_the_environment_wins_over_the_file_and_arguments_over_both(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (elsewhere / "hivecast.toml").write_text('port = 1111\nbatch = 7\nhome = "x"\n', encoding="utf-8")
    assert load_settings().home == elsewhere / "x"
    monkeypatch.setenv("HIVECAST_PORT", "2222")
    assert (load_settings().port, load_settings().batch, load_settings(port=3333).port) == (2222, 7, 3333)


def test_the_file_in_the_data_folder_is_found_first(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (elsewhere / "hivecast-data").mkdir()
    (elsewhere / "hivecast-data" / "hivecast.toml").write_text("port = 1\n", encoding="utf-8")
    (elsewhere / "hivecast.toml").write_text("port = 2\n", encoding="utf-8")
    assert load_settings().port == 1
    monkeypatch.setenv("HIVECAST_HOME", str(elsewhere / "other"))
    assert load_settings().port == 2


def test_feeds_mailboxes_and_senders_are_read(elsewhere: Path) -> None:
    (elsewhere / "hivecast.toml").write_text(
        '[[feeds]]\nurl = "https://example.org/f"\nname = "F"\nkind = "blog"\nsensitivity = "clear"\n'
        '[[mailboxes]]\nhost = "imap.example.org"\nuser = "u"\npassword_env = "PW"\n'
        '[senders."example.org"]\nname = "E"\nkind = "ngo"\n',
        encoding="utf-8",
    )
    settings = load_settings()
    assert (settings.feeds[0].name, settings.feeds[0].kind.value, settings.feeds[0].sensitivity.value) == ("F", "blog", "clear")
    assert settings.mailboxes[0].location == "imap://u@imap.example.org:993/INBOX"
    assert settings.senders["example.org"].kind.value == "ngo"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("port = 0", "`port`"),
        ("prot = 1", "`prot`"),
        ("port = ", "not valid TOML"),
        ('brief_every = "often"', "`brief_every`"),
        ('time_zone = "Mars/North"', "`time_zone`"),
        ('[[feeds]]\nurl = "ftp://x"\nname = "F"', "`feeds.0.url`"),
        ('[[feeds]]\nurl = "https://x"\nname = "F"\nkinds = 1', "`feeds.0.kinds`"),
        ('[[mailboxes]]\nhost = "h"\nuser = "u"\npassword = "secret"', "`mailboxes.0.password_env`"),
    ],
)
def test_a_wrong_file_is_told_with_its_place_and_no_value(elsewhere: Path, text: str, named: str) -> None:
    (elsewhere / "hivecast.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as told:
        load_settings()
    assert named in str(told.value)
    assert "hivecast.toml" in str(told.value)
    assert "secret" not in str(told.value)


def test_a_wrong_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HIVECAST_BATCH", "many")
    with pytest.raises(ConfigError, match="HIVECAST_BATCH"):
        load_settings()
    monkeypatch.delenv("HIVECAST_BATCH")
    monkeypatch.setenv("HIVECAST_FEEDS", "not json")
    with pytest.raises(ConfigError, match="JSON"):
        load_settings()


def test_minutes_and_cron_lines_are_told_apart() -> None:
    assert brief_schedule(load_settings()) == ("cron", "0 6 * * *")
    assert brief_schedule(load_settings(brief_every=360)) == ("minutes", "360")


def test_prefect_and_models_are_kept_at_home_and_quiet(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", dict(os.environ))
    settings = load_settings()
    prepare_environment(settings)
    use_prefect_server("http://127.0.0.1:4321/api")
    assert os.environ["PREFECT_HOME"] == str(settings.prefect_home)
    assert os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert os.environ["DO_NOT_TRACK"] == os.environ["HF_HUB_OFFLINE"] == "1"
    assert os.environ["PREFECT_API_URL"] == "http://127.0.0.1:4321/api"
    assert child_environment(settings)["HIVECAST_HOME"] == str(settings.home)


def test_a_mailbox_password_comes_from_the_variable_it_names(monkeypatch: pytest.MonkeyPatch) -> None:
    mailbox = MailboxEntry(host="h", user="u", password_env="TEST_MAIL_PASSWORD")
    with pytest.raises(ConfigError, match="TEST_MAIL_PASSWORD"):
        mailbox_password(mailbox)
    monkeypatch.setenv("TEST_MAIL_PASSWORD", "pw")
    assert mailbox_password(mailbox) == "pw"


def test_the_example_file_is_valid_as_it_is_and_uncommented(elsewhere: Path) -> None:
    text = settings_example()
    (elsewhere / "hivecast.toml").write_text(text, encoding="utf-8")
    assert settings_file() == elsewhere / "hivecast.toml"
    assert load_settings() == Settings()
    lines = [line.removeprefix("# ") if " = " in line or line.startswith("# [") else line for line in text.splitlines()]
    (elsewhere / "hivecast.toml").write_text("\n".join(lines), encoding="utf-8")
    assert load_settings().feeds[0].name == "Example News"


def test_the_documented_table_lists_every_setting() -> None:
    table = settings_table()
    assert all(f"HIVECAST_{name.upper()}" in table for name in Settings.model_fields)
    assert all(field.description for field in Settings.model_fields.values())
    assert table in (DOCS / "settings.md").read_text(encoding="utf-8")
