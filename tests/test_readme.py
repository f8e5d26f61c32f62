"""What README and docs tell people to type works."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from cli.main import app
from flows.demo import HISTORY

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
COMMAND = re.compile(r"(?:^|[`\s/])hivecast ((?:[a-z]+)(?: [^`\n#|]*)?)")
MAKE = re.compile(r"(?:^|`)make ([a-z]+)", re.MULTILINE)


def told_commands() -> list[tuple[str, str]]:
    return [(page.name, found.strip()) for page in PAGES for found in COMMAND.findall(page.read_text(encoding="utf-8"))]


def words_of(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError:
        return line.split()


@pytest.mark.parametrize(("page", "line"), told_commands())
def test_every_command_that_is_told_exists_with_its_options(page: str, line: str) -> None:
    words = words_of(line)
    command = get_command(app)
    while words and hasattr(command, "commands") and words[0] in command.commands:
        command = command.commands[words.pop(0)]
    assert not hasattr(command, "commands"), f"{page}: no command {line!r}"
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)} | {"--help"}
    used = {word.split("=")[0] for word in words if word.startswith("--")}
    assert used <= known, f"{page}: {line!r} uses {sorted(used - known)}"


def test_every_make_target_that_is_told_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    told = {target for page in PAGES for target in MAKE.findall(page.read_text(encoding="utf-8"))}
    assert {"demo", "test", "check"} <= told
    assert told <= targets


def test_every_link_leads_somewhere() -> None:
    for page in PAGES:
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_the_first_steps_work_in_an_empty_folder(tmp_path: Path) -> None:
    runner, home = CliRunner(), {"HIVECAST_HOME": str(tmp_path / "home")}
    steps = [
        ["init"],
        ["keys", "create", "Example Relief", "--kind", "ngo"],
        ["objectives", "import", str(HISTORY / "objective.json")],
        ["partners", "import", str(HISTORY / "partners.json")],
        ["objectives", "list", "--json"],
        ["keys", "list"],
        ["sources"],
        ["quarantine", "list"],
    ]
    for step in steps:
        done = runner.invoke(app, step, env=home)
        assert done.exit_code == 0, (step, done.output)


def test_the_formats_shown_to_operators_are_taken_in(tmp_path: Path) -> None:
    blocks = re.findall(r"```json\n(.*?)```", (ROOT / "docs" / "operators.md").read_text(encoding="utf-8"), re.DOTALL)
    runner, home = CliRunner(), {"HIVECAST_HOME": str(tmp_path / "home")}
    for group, block in zip(("objectives", "partners", "objectives"), blocks, strict=True):
        file = tmp_path / f"{group}.json"
        file.write_text(json.dumps(json.loads(block)), encoding="utf-8")
        assert runner.invoke(app, [group, "import", str(file)], env=home).exit_code == 0


def test_the_console_script_answers_help() -> None:
    done = subprocess.run([sys.executable, "-m", "cli.main", "--help"], capture_output=True, text=True, timeout=60, check=True)
    assert "Example" in subprocess.run([sys.executable, "-m", "cli.main", "run", "--help"], capture_output=True, text=True, timeout=60, check=True).stdout
    assert "ingest" in done.stdout
