"""The layout keeps its promises: sizes, registries, a test beside each file, what a command loads."""

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

from explorer import cli
from explorer.cli import COMMANDS
from explorer.decode import fd
from explorer.ui import panes
from explorer.ui.panes.pane import Pane

TREE = Path(__file__).parent.parent
TABLES = {"constants", "numbers", "signatures"}
SOURCES = sorted(path for path in (TREE / "explorer").rglob("*.py") if not TABLES & set(path.relative_to(TREE).parts))
SHARED_BY_COMMANDS = {"completion", "descriptors", "main", "output", "sections", "start", "targets", "tracing"}


def test_no_file_is_longer_than_400_lines() -> None:
    long = {str(path): lines for path in SOURCES if (lines := len(path.read_text().splitlines())) > 400}
    assert long == {}


def test_every_file_says_what_it_is() -> None:
    silent = [str(path) for path in SOURCES if path.read_text().strip() and not path.read_text().lstrip().startswith(('"""', 'r"""'))]
    assert silent == []


def test_every_file_has_its_test_file() -> None:
    without = set()
    for path in SOURCES:
        place = path.relative_to(TREE / "explorer")
        if path.name not in {"__init__.py", "__main__.py"} and not (TREE / "tests" / place.parent / f"test_{place.name}").exists():
            without.add(str(place))
    assert without == set()


def test_every_command_is_registered() -> None:
    files = {found.name for found in pkgutil.iter_modules(cli.__path__)} - SHARED_BY_COMMANDS
    assert files == {command.name for command in COMMANDS}


def test_every_pane_is_registered() -> None:
    registered = {pane.__module__.rpartition(".")[2] for pane in panes.PANES}
    assert registered == {found.name for found in pkgutil.iter_modules(panes.__path__) if defines(f"explorer.ui.panes.{found.name}", Pane)}


def test_every_kind_of_descriptor_is_registered() -> None:
    modules = {found.name for found in pkgutil.iter_modules(fd.__path__)}
    decoders = {name for name in modules if hasattr(importlib.import_module(f"explorer.decode.fd.{name}"), "decode")}
    assert decoders == {kind.name for kind in fd.KINDS}


def defines(module: str, base: type) -> bool:
    """Whether a module has a class of its own that is derived from base."""
    values = vars(importlib.import_module(module)).values()
    return any(isinstance(value, type) and value.__module__ == module and value is not base and issubclass(value, base) for value in values)


def test_tables_of_constants_name_their_header() -> None:
    nameless = []
    for path in (TREE / "explorer").rglob("constants/*.py"):
        tree = ast.parse(path.read_text())
        has_table = any(isinstance(statement, ast.Assign | ast.AnnAssign) for statement in tree.body)
        if has_table and not re.search(r"\.[hc]\b|the kernel", ast.get_docstring(tree) or ""):
            nameless.append(str(path.relative_to(TREE)))
    assert nameless == []


def test_a_command_loads_no_screen() -> None:
    program = """
import importlib, os, sys
for name in sys.argv[1:]:
    if not os.fork():
        importlib.import_module(f"explorer.cli.{name}")
        loaded = sorted({module.partition(".")[0] for module in sys.modules} & {"textual", "rich"})
        if loaded:
            print(name, "loads", *loaded, flush=True)
        os._exit(0)
    os.wait()
"""
    names = ["main", *(command.name for command in COMMANDS)]
    out = subprocess.run([sys.executable, "-c", program, *names], capture_output=True, text=True, check=True, cwd=TREE)
    assert out.stdout + out.stderr == ""


def test_help_and_version_load_no_screen() -> None:
    program = """
import sys
from explorer.__main__ import main
sys.argv = ["procdive", sys.argv[1]]
try:
    main()
except SystemExit:
    pass
print(sorted({module.partition(".")[0] for module in sys.modules} & {"textual", "rich"}))
"""
    for option in ("--help", "--version"):
        out = subprocess.run([sys.executable, "-c", program, option], capture_output=True, text=True, check=True, cwd=TREE)
        assert out.stdout.splitlines()[-1] == "[]"
        assert "procdive" in out.stdout
