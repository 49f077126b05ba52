"""The files of the whole machine, as a person looks at them: find who listens, go there, come back, as root and as an ordinary user."""

import os
import re
from pathlib import Path

import pytest

from tests.nginx import Nginx
from tests.ordinary import UID, python
from tests.processes import HELD, Processes
from tests.terminal import Terminal

MANY = 900
HOLDS_MANY = f"import os, sys; kept = [os.open('/dev/null', os.O_RDONLY) for _ in range({MANY})]; {HELD}"


def shown(terminal: Terminal) -> None:
    """They are on the screen, and all were looked at."""
    terminal.wait_for("PID", "COMMAND")
    terminal.press("A")
    terminal.wait_for("Files of all processes")


def count(terminal: Terminal) -> int:
    """How many rows the filter leaves, by what is said below them."""
    found = re.search(r"([\d,]+) of [\d,]+ · ", terminal.text)
    return int(found[1].replace(",", "")) if found else -1


@pytest.mark.oracle("nginx")
@pytest.mark.root
@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (160, 45)])
def test_who_listens_is_found_gone_to_and_come_back_from(columns: int, rows: int) -> None:
    with Nginx() as nginx, Terminal(columns=columns, rows=rows) as terminal:
        shown(terminal)
        terminal.press("f")
        terminal.wait_for("Filter:")
        terminal.send(f"tcp:{nginx.port},LISTEN")
        terminal.wait(lambda: count(terminal) == 3, 60.0)
        terminal.press("enter", "end")
        worker = max(nginx.workers)
        found = next(line for line in terminal.lines if re.match(rf".? *{worker} nginx", line))
        assert f"127.0.0.1:{nginx.port}" in found
        told = re.search(r" (\d+) tcp listen", found)
        assert told is not None
        number = int(told[1])
        terminal.press("enter")
        terminal.wait(lambda: "Files of all" not in terminal.text)
        terminal.wait(lambda: any(re.search(rf"\b{number} tcp listen", line) for line in terminal.lines))
        assert f"{worker} nginx: worker process" in terminal.text
        terminal.press("backspace")
        terminal.wait_for("Files of all processes", f"filter tcp:{nginx.port},LISTEN")
        terminal.press("w")
        terminal.wait(lambda: all(re.search(rf"{pid} +\S+ +nginx +fd {number}", terminal.text) for pid in (nginx.master, *nginx.workers)))
        terminal.press("escape")
        terminal.wait(lambda: "Who has" not in terminal.text)
        terminal.press("g")
        terminal.wait_for("ROWS  PROCESS")
        terminal.press("q")
        terminal.wait(lambda: "Files of all" not in terminal.text)
        terminal.press("q")
        assert terminal.exit() == 0


def test_what_is_opened_and_closed_shows_while_they_are_looked_at(processes: Processes, tmp_path: Path) -> None:
    ours = tmp_path / "opened-later"
    program = f"""
import sys
print(flush=True)
for line in sys.stdin:
    kept = open({str(ours)!r}, "w") if "open" in line else None
"""
    process = processes.python(program)
    assert process.stdin is not None
    with Terminal(columns=160, rows=45) as terminal:
        shown(terminal)
        terminal.wait_for("● live", deadline=60.0)
        terminal.press("f")
        terminal.wait_for("Filter:")
        terminal.send(f"pid:{process.pid}")
        terminal.wait(lambda: count(terminal) == 3, 30.0)
        terminal.press("enter")
        process.stdin.write(b"open\n")
        process.stdin.flush()
        terminal.wait(lambda: any(line.startswith("+") and "opened-later" in line for line in terminal.lines), 30.0)
        process.stdin.write(b"close\n")
        process.stdin.flush()
        terminal.wait(lambda: any(line.startswith("-") and "closed" in line for line in terminal.lines), 30.0)


def test_an_ordinary_user_is_told_what_root_would_see() -> None:
    program = [*python(), "-m", "explorer"]
    if os.geteuid() == 0:
        program = ["setpriv", "--reuid", str(UID), "--regid", str(UID), "--clear-groups", *program]
    with Terminal(program, columns=160, rows=45) as terminal:
        shown(terminal)
        terminal.wait_for("may not be read: as root they show", deadline=60.0)
        terminal.wait(lambda: re.search(r"^ *\d+ \S+ +\S+ +\d+ (chr|pipe|regular|socket)", terminal.text, re.MULTILINE))


def test_keys_are_answered_while_very_many_are_read(processes: Processes) -> None:
    pids = [processes.python(HOLDS_MANY).pid for _ in range(4)]
    with Terminal(columns=120, rows=40) as terminal:
        shown(terminal)
        terminal.press("f")
        terminal.wait_for("Filter:")
        terminal.send(f"/dev/null pid:{','.join(map(str, pids))}")
        terminal.press("enter")
        terminal.wait(lambda: count(terminal) == 4 * MANY, 60.0)
        terminal.press("f6")
        terminal.wait_for("Sort by")
        terminal.press("escape")
        terminal.wait(lambda: "Sort by" not in terminal.text)
        terminal.press("end")
        terminal.wait(lambda: str(max(pids)) in terminal.lines[-3])
        terminal.press("q", "q")
        assert terminal.exit() == 0
