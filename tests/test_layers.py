"""The layout keeps its promises: sizes, registries, what a command loads."""

import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

from explorer import cli
from explorer.cli import COMMANDS

TREE = Path(__file__).parent.parent
TABLES = {"constants", "numbers", "signatures"}
SOURCES = [path for path in (TREE / "explorer").rglob("*.py") if not TABLES & set(path.parts)]


def test_no_file_is_longer_than_400_lines() -> None:
    long = {str(path): lines for path in SOURCES if (lines := len(path.read_text().splitlines())) > 400}
    assert long == {}


def test_every_file_says_what_it_is() -> None:
    silent = [str(path) for path in SOURCES if path.read_text().strip() and not path.read_text().lstrip().startswith(('"""', 'r"""'))]
    assert silent == []


SHARED_BY_COMMANDS = {"main", "output", "start", "targets"}


def test_every_command_is_registered() -> None:
    files = {found.name for found in pkgutil.iter_modules(cli.__path__)} - SHARED_BY_COMMANDS
    assert files == {command.name for command in COMMANDS}


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_a_command_loads_no_screen(name: str) -> None:
    program = f"import sys, explorer.cli.{name}; print(sorted({{m.partition('.')[0] for m in sys.modules}} & {{'textual', 'rich'}}))"
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=TREE)
    assert out.stdout == "[]\n"
