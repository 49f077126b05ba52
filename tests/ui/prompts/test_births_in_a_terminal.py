"""Births in a terminal, of more processes than anybody could be told of meanwhile."""

import os
import re
import signal
import subprocess

import pytest

from tests.namespaces import first_pids
from tests.ordinary import UID, python
from tests.terminal import PROCDIVE, Terminal

MADE = 700
TITLE = re.compile(r"Births +([\d,]+) since procdive listens")
MISSED = re.compile(r"≤ ([\d,]+) more missed")


def counted(terminal: Terminal) -> tuple[int, int]:
    """How many were told, and how many more there may have been."""
    told, missed = TITLE.search(terminal.text), MISSED.search(terminal.text)
    return int(told[1].replace(",", "")) if told else 0, int(missed[1].replace(",", "")) if missed else 0


@first_pids
@pytest.mark.root
@pytest.mark.parametrize("ordinary", [False, True], ids=["root", "nobody"])
def test_case_56_a_burst_while_it_stands_still(ordinary: bool) -> None:
    """It goes on, tells of those that it was not told of, and knows who was born since."""
    who = ("setpriv", f"--reuid={UID}", f"--regid={UID}", "--clear-groups", *python(), "-m", "explorer") if ordinary else PROCDIVE
    with Terminal(who, columns=100, rows=60, environment={"HOME": "/", "PYTHONPATH": None} if ordinary else {}) as terminal:
        terminal.wait_for("F1 help")
        terminal.press("B")
        terminal.wait_for("since procdive listens")
        before = sum(counted(terminal))
        os.kill(terminal.process.pid, signal.SIGSTOP)
        subprocess.run(["sh", "-c", f"i=0; while [ $i -lt {MADE} ]; do /bin/true; i=$((i+1)); done"], check=True)
        os.kill(terminal.process.pid, signal.SIGCONT)
        terminal.wait(lambda: sum(counted(terminal)) >= before + MADE)
        with subprocess.Popen(["sleep", "7777"]) as sleep:
            try:
                terminal.wait_for("sleep 7777")
                terminal.press("escape", "/", *"sleep 7777")
                terminal.wait(lambda: any(str(sleep.pid) in line and "7777" in line for line in terminal.lines))
            finally:
                sleep.kill()
        terminal.press("ctrl+c")
        assert terminal.exit() == 0
        assert b"Traceback" not in terminal.raw
