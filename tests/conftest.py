"""What all tests share: a fake /proc, and the oracle tools they need."""

import os
import shutil
from pathlib import Path

import pytest

from tests.fakeproc import FakeProc

LACKING: set[str] = set()


@pytest.fixture
def fakeproc(tmp_path: Path) -> FakeProc:
    return FakeProc(tmp_path)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("oracle"):
        lacking = [tool for tool in mark.args if not shutil.which(tool)]
        if lacking:
            LACKING.update(lacking)
            if os.environ.get("PROCDIVE_REQUIRE_ORACLES"):
                pytest.fail(f"needs {', '.join(lacking)}: make oracles")
            pytest.skip(f"needs {', '.join(lacking)}")
    if any(True for _ in item.iter_markers("root")) and os.geteuid() != 0:
        pytest.skip("needs root")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if LACKING:
        terminalreporter.write_line(f"skipped for want of {', '.join(sorted(LACKING))}: `make oracles` (as root) brings them")
