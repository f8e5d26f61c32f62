import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path

import pytest

from store.errors import KeyRejected, ScopeMissing, StorageFull
from store.records import SourceKind
from store.vault import Vault
from tests.store.samples import NOON, hours
from tests.store.test_journal import a_disk_with_room_for


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with Vault(tmp_path / "vault.sqlite") as vault:
        yield vault


def test_an_identity_is_found_by_its_report(vault: Vault) -> None:
    vault.remember([("r1", "Amina"), ("r2", "Bilal")])
    vault.remember([("r1", "Amina K.")])
    vault.remember([])
    assert (vault.sender("r1"), vault.sender("r2"), vault.sender("r3")) == ("Amina K.", "Bilal", None)


def test_a_full_disk_is_told_and_leaves_nothing_behind(vault: Vault, tmp_path: Path) -> None:
    vault.remember([("r1", "Amina")])
    with a_disk_with_room_for(100_000, tmp_path / "vault.sqlite-wal"), pytest.raises(StorageFull):
        vault.remember([("r2", "x" * 1_000_000)])
    assert vault.sender("r2") is None
    vault.remember([("r2", "Bilal")])
    assert vault.sender("r2") == "Bilal"


def test_the_file_is_its_owners_alone_even_if_it_was_not_before(tmp_path: Path) -> None:
    path = tmp_path / "vault.sqlite"
    path.touch(0o644)
    with Vault(path) as vault:
        vault.remember([("r1", "Amina")])
        assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}


def test_a_pseudonym_is_made_once_and_tells_nothing(tmp_path: Path) -> None:
    with Vault(tmp_path / "v.sqlite") as vault:
        first = vault.pseudonym("amina@example.org", "partner")
        assert first.startswith("partner-")
        assert len(first) == len("partner-7f3a9c21")
        assert vault.pseudonym("amina@example.org", "partner") == first
        assert len({first, vault.pseudonym("bilal@example.org", "partner"), vault.pseudonym("amina@example.org", "mail")}) == 3
    with Vault(tmp_path / "v.sqlite") as again, Vault(tmp_path / "other.sqlite") as other:
        assert again.pseudonym("amina@example.org", "partner") == first
        assert other.pseudonym("amina@example.org", "partner") != first


def test_a_key_opens_what_its_scopes_say(vault: Vault) -> None:
    new = vault.create_key("Water Aid Office", SourceKind.NGO, ["report"], NOON)
    assert new.secret.startswith(f"hc_{new.prefix}_")
    assert len(new.secret) == len("hc_") + 8 + 1 + 43
    key = vault.check_key(new.secret, "report")
    assert (key.prefix, key.owner, key.source_kind, key.scopes, key.created_at) == (new.prefix, "Water Aid Office", SourceKind.NGO, ("report",), NOON)
    with pytest.raises(ScopeMissing, match="not for read"):
        vault.check_key(new.secret, "read")


def test_reports_by_a_key_are_shown_under_its_public_name_or_a_pseudonym_of_its_owner(vault: Vault) -> None:
    named = vault.create_key("Amina", SourceKind.UN, ["report", "read"], NOON, source="River Watch")
    first, second = (vault.create_key("Amina", SourceKind.NGO, ["report"], NOON) for _ in range(2))
    assert vault.check_key(named.secret, "read").source == "River Watch"
    name = vault.check_key(first.secret, "report").source
    assert name.startswith("ngo-")
    assert "Amina" not in name
    assert vault.check_key(second.secret, "report").source == name


def test_a_token_that_is_not_exactly_right_is_rejected(vault: Vault) -> None:
    token = vault.create_key("Amina", SourceKind.NGO, ["report"], NOON).secret
    other_end = token[:-1] + ("a" if token[-1] != "a" else "b")
    for wrong in (other_end, "hc_" + "0" * 8 + token[11:], token + "x", "", "é"):
        with pytest.raises(KeyRejected, match="unknown"):
            vault.check_key(wrong, "report")


def test_the_secret_itself_is_nowhere_in_the_files(vault: Vault, tmp_path: Path) -> None:
    token = vault.create_key("Amina", SourceKind.NGO, ["report"], NOON).secret
    secret = token.rpartition("_")[2] if token.count("_") == 2 else token[12:]
    assert all(secret.encode() not in file.read_bytes() for file in tmp_path.iterdir())


def test_a_revoked_key_is_closed_at_once_in_a_running_process(vault: Vault, tmp_path: Path) -> None:
    new = vault.create_key("Amina", SourceKind.NGO, ["report"], NOON)
    assert vault.check_key(new.secret, "report")
    code = "import sys; from pathlib import Path; from datetime import UTC, datetime; from store.vault import Vault\n"
    code += "print(Vault(Path(sys.argv[1])).revoke(sys.argv[2], datetime.now(UTC)))"
    out = subprocess.run([sys.executable, "-c", code, str(tmp_path / "vault.sqlite"), new.prefix], check=True, capture_output=True, text=True).stdout
    assert out == "True\n"
    with pytest.raises(KeyRejected, match="revoked"):
        vault.check_key(new.secret, "report")
    assert vault.revoke(new.prefix, hours(1)) is False
    assert vault.revoke("unknown0", hours(1)) is False


def test_keys_are_listed_with_their_state(vault: Vault) -> None:
    one = vault.create_key("Amina", SourceKind.NGO, ["report", "read"], NOON)
    two = vault.create_key("Bilal", SourceKind.NGO, [], hours(1))
    assert vault.revoke(one.prefix, hours(2))
    keys = list(map(attrgetter("prefix", "scopes", "revoked_at"), vault.keys()))
    assert keys == [(one.prefix, ("read", "report"), hours(2)), (two.prefix, (), None)]
    with pytest.raises(ScopeMissing, match="for nothing"):
        vault.check_key(two.secret, "report")


def test_a_check_is_fast_enough_to_be_made_for_every_request(vault: Vault) -> None:
    token = vault.create_key("Amina", SourceKind.NGO, ["report"], NOON).secret
    start = time.process_time()
    for _ in range(500):
        vault.check_key(token, "report")
    assert (time.process_time() - start) / 500 < 0.0005
