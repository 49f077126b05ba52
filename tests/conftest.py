"""What all tests share: a fake /proc, and the oracle tools they need."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from explorer.kernel.probes import handle
from explorer.model.missing import Unreadable
from explorer.resolve.system import System
from tests.fakeproc import FakeProc
from tests.processes import Processes

# A busy machine is no fault of the code; and who runs the tests may not be allowed to write here.
settings.register_profile("procdive", deadline=None, database=None)
settings.load_profile("procdive")

os.environ["PATH"] += ":/usr/sbin:/sbin"  # an ordinary user's PATH lacks where nginx and sshd are


@pytest.fixture
def fakeproc(tmp_path: Path) -> FakeProc:
    return FakeProc(tmp_path)


@pytest.fixture
def system() -> Iterator[System]:
    made = System()
    yield made
    made.close()


@pytest.fixture
def processes() -> Iterator[Processes]:
    with Processes() as made:
        yield made


@pytest.fixture
def handled(tmp_path: Path) -> Iterator[Path]:
    """A folder on a file system whose file handles lead back to its files: not overlayfs, where tmp_path may be; tmpfs is."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as shared:
        for folder in (tmp_path, Path(shared)):
            try:
                handle(str(folder))
            except Unreadable:
                continue
            yield folder
            return
    pytest.skip("no file system here has file handles")


LOOK_AT_ALL = {"ps", "pgrep", "pstree", "htop", "top", "lsof", "lsfd"}
"""tools that read every process, and hang at the hung ones of test_hostile.py"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What looks at the whole machine runs one after the other: with --dist loadgroup, on one worker."""
    for item in items:
        if any(LOOK_AT_ALL & set(mark.args) for mark in item.iter_markers("oracle")):
            item.add_marker(pytest.mark.xdist_group("machine"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("oracle"):
        lacking = [tool for tool in mark.args if not shutil.which(tool)]
        if lacking:
            if os.environ.get("PROCDIVE_REQUIRE_ORACLES"):
                pytest.fail(f"needs {', '.join(lacking)}: make oracles")
            item.user_properties.extend(("lacking", tool) for tool in lacking)
            pytest.skip(f"needs {', '.join(lacking)}")
    if next(item.iter_markers("root"), None) and os.geteuid() != 0:
        item.user_properties.append(("lacking", "root"))
        pytest.skip("needs root")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was skipped, and the command that would bring it. Works under xdist too, where skips happen in other processes."""
    skipped = terminalreporter.stats.get("skipped", [])
    without: dict[str, list[str]] = {}
    for report in skipped:
        for tool in {str(value) for name, value in report.user_properties if name == "lacking"}:
            without.setdefault(tool, []).append(report.nodeid)
    rest = [report for report in skipped if not any(name == "lacking" for name, _ in report.user_properties)]
    for tool in sorted(without, key=lambda tool: (tool == "root", tool)):
        terminalreporter.write_line(f"skipped for want of {tool}:")
        for nodeid in sorted(without[tool]):
            terminalreporter.write_line(f"  {nodeid}")
    for report in sorted(rest, key=lambda report: str(report.nodeid)):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        terminalreporter.write_line(f"skipped: {report.nodeid}: {reason}")
    if without.keys() - {"root"}:
        terminalreporter.write_line("`sudo make oracles` brings the tools.")
    if "root" in without:
        terminalreporter.write_line("`sudo make test` runs what needs root too.")
