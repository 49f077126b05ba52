"""Every pane on every process of the machine, as root and as an ordinary user: nothing is raised, and what is shown is what /proc has."""

import subprocess
import sys

import pytest

from explorer.ui.panes import PANES
from tests.every_process import EXPECTED
from tests.ordinary import TREE, as_user, python

pytestmark = pytest.mark.xdist_group("machine")


def test_each_pane_is_compared_with_proc() -> None:
    assert {pane.name for pane in PANES} == set(EXPECTED)


@pytest.mark.timeout(600)
def test_as_who_we_are() -> None:
    done = subprocess.run([sys.executable, "-m", "tests.every_process"], capture_output=True, text=True, cwd=TREE)
    assert (done.stdout + done.stderr, done.returncode) == ("", 0)


@pytest.mark.timeout(600)
@pytest.mark.root
def test_as_an_ordinary_user() -> None:
    done = subprocess.run([*python(), "-m", "tests.every_process"], capture_output=True, text=True, **as_user())  # type: ignore[call-overload]
    assert (done.stdout + done.stderr, done.returncode) == ("", 0)
