"""The whole of it, as a person does it: over SSH, find an nginx worker, read all of it, go to the other end of its socket, leave."""

import os
import subprocess
from collections.abc import Iterator

import pytest

from tests.nginx import Nginx
from tests.sshd import Sshd
from tests.terminal import PROCDIVE, TREE, Terminal

pytestmark = [pytest.mark.oracle("nginx", "sshd", "ssh"), pytest.mark.root]


@pytest.fixture(scope="module")
def nginx() -> Iterator[Nginx]:
    with Nginx() as running:
        yield running


@pytest.fixture(scope="module")
def sshd() -> Iterator[Sshd]:
    with Sshd() as running:
        yield running


def ours(sshd: Sshd) -> set[str]:
    """The processes that sessions of this sshd have started."""
    family = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, timeout=20).stdout
    return {line for line in family.splitlines() if "explorer" in line and "pytest" not in line and str(sshd.port) in line}


def card_is_of(terminal: Terminal, pid: int) -> bool:
    """Whether the card, not only the tree, is that process's: the line with its number and its command, at the card's place."""
    return any(line.partition("│")[2].lstrip().startswith(f"{pid} ") for line in terminal.lines)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (140, 40)])
def test_a_worker_is_found_read_and_its_socket_followed(nginx: Nginx, sshd: Sshd, columns: int, rows: int) -> None:
    remote = f"cd {TREE} && LANG=C.UTF-8 {' '.join(PROCDIVE)}"
    before_after = f"stty -a; {remote}; echo status=$?; stty -a"
    with Terminal(sshd.command(before_after), columns=columns, rows=rows) as terminal:
        terminal.wait_for("PID", "COMMAND")

        terminal.press("f4")
        terminal.send("worker process")
        terminal.wait_for("nginx: worker", "nginx: master")
        terminal.press("enter")
        worker, other = nginx.workers
        terminal.send(str(worker))
        terminal.wait_for("epoll_wait(", "eventpoll")
        assert "nginx" in terminal.text
        assert str(worker) in terminal.text

        terminal.press("l")
        terminal.wait_for(f"127.0.0.1:{nginx.port}", "tcp listen", "eventpoll")
        assert "access.log" in terminal.text

        terminal.press("b")
        terminal.wait_for("epoll_wait(", "waits for")
        terminal.wait(lambda: "eventpoll" in terminal.text)

        # The listening socket's other holders: down to its row in Files, then across.
        terminal.press("l")
        terminal.wait_for("tcp listen")
        terminal.press("/")
        terminal.send("listen")
        terminal.press("enter")
        terminal.settle()
        terminal.wait_for("also")
        terminal.press("enter")
        terminal.settle()
        assert str(nginx.master) in terminal.text or str(other) in terminal.text

        terminal.press("f10")
        terminal.wait_for("status=0")
        terminal.exit()
        said = terminal.raw.decode("utf-8", "replace")
    before, _, rest = said.partition("\x1b[?1049h")
    assert rest, "procdive never took the other screen"
    after = rest.rpartition("status=0")[2]
    assert settings(before) == settings(after)
    assert settings(after)
    for on, off in (("1049h", "1049l"), ("1000h", "1000l"), ("1003h", "1003l"), ("1006h", "1006l"), ("2004h", "2004l"), ("25l", "25h")):
        last_on, last_off = said.rfind(f"\x1b[?{on}"), said.rfind(f"\x1b[?{off}")
        assert last_off > last_on or last_on == -1, off


def settings(text: str) -> list[str]:
    """What stty -a said: every word of it."""
    start = text.find("speed ")
    return sorted(text[start : text.find("-extproc", start)].replace("\r\n", " ").split()) if start >= 0 else []


@pytest.mark.parametrize(("columns", "rows"), [(140, 40)])
def test_the_master_sleeps_for_signals(nginx: Nginx, columns: int, rows: int) -> None:
    with Terminal([*PROCDIVE, str(nginx.master)], columns=columns, rows=rows) as terminal:
        terminal.wait_for("rt_sigsuspend(")
        terminal.press("b")
        terminal.wait_for("Stack", "rt_sigsuspend(")
        terminal.press("f10")
        assert terminal.exit() == 0
        assert terminal.flags() == (True, True)


def test_nothing_of_ours_is_left(sshd: Sshd) -> None:
    with Terminal(sshd.command(f"cd {TREE} && LANG=C.UTF-8 exec {' '.join(PROCDIVE)}")) as terminal:
        terminal.wait_for("PID", "COMMAND")
        assert os.path.exists(f"/proc/{terminal.process.pid}")
    # The connection is gone: what ran at its other end has had its hang-up.
    assert not ours(sshd)
