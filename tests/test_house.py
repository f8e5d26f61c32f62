"""The rules of the house, held by machine."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("api", "cli", "coalition", "flows", "forecast", "ingest", "nlp", "reports", "store")
SOURCES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
MODULES = [path for path in SOURCES if path.name != "__init__.py"]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    first = function.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: the tracked files can't be listed")
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_its_job_in_its_first_line_and_stays_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "no module docstring"
    limit = 900 if path.name == "records.py" else 300  # the vocabulary is one page on purpose
    assert text.count("\n") <= limit


def test_package_markers_are_empty() -> None:
    assert [str(path) for path in SOURCES if path.name == "__init__.py" and path.read_text(encoding="utf-8").strip()] == []


def test_nine_functions_in_ten_are_under_25_lines() -> None:
    sizes = [lines_of(function) for path in MODULES for function in functions(path)]
    assert sum(size < 25 for size in sizes) >= 0.9 * len(sizes)
    assert max(sizes) <= 60


def test_no_room_is_a_cupboard() -> None:
    assert [str(path) for path in MODULES if path.stem in {"util", "utils", "helpers", "common", "manager", "misc"}] == []


def test_only_settings_read_the_environment() -> None:
    reading = re.compile(r"\bos\.(environ|getenv)\b|\bgetenv\(")
    allowed = {ROOT / "flows" / "settings.py"}
    assert [str(path) for path in MODULES if path not in allowed and reading.search(path.read_text(encoding="utf-8"))] == []


def test_no_tracked_file_names_a_machine_or_a_package_index() -> None:
    named = re.compile("|".join([re.escape(f"{ROOT}/"), "index" + "-url", "find" + "-links", "pypi" + r"\.org", "registry" + r"\.npmjs"]))
    texts = [path for path in tracked() if path.suffix in {".py", ".md", ".toml", ".lock", ".sh", ".yml", ""} and path.stat().st_size < 2_000_000]
    assert [str(path) for path in texts if named.search(path.read_text(encoding="utf-8", errors="replace"))] == []


def test_the_lock_pins_the_versions_that_work_together() -> None:
    pins = dict(line.split("==") for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines() if "==" in line)
    lowered = {name.lower(): version for name, version in pins.items()}
    assert lowered["torch"] == "2.13.0"
    assert lowered["duckdb"] == "1.5.5"
    assert lowered["prefect"] == "3.8.8"
    assert lowered["sqlalchemy"].startswith("2.0.")
    assert (0, 139) <= tuple(int(part) for part in lowered["fastapi"].split(".")[:2]) < (0, 151)


def test_the_changelog_speaks_of_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
