"""From an nginx worker to its listening socket, to who else has it, to a connection, to wrk at its other end, to wrk's files."""

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import run
from tests.loopback import until
from tests.nginx import Nginx
from tests.terminal import PROCDIVE, Terminal

pytestmark = [pytest.mark.oracle("nginx", "wrk"), pytest.mark.root]


@pytest.fixture
def connected() -> Iterator[tuple[Nginx, int, int]]:
    """nginx, a worker that has connections, and wrk, which is stopped so that they stay."""
    with Nginx() as nginx:
        wrk = nginx.load(seconds=60)
        try:
            until(lambda: (nginx.prefix / "access.log").stat().st_size > 1 << 12, "requests", 40.0)
            worker = until(lambda: next(iter(busy(nginx, wrk.pid)), 0), "wrk to be connected", 60.0)
            yield nginx, worker, wrk.pid
        finally:
            wrk.kill()
            wrk.wait(10)


def busy(nginx: Nginx, wrk: int) -> list[int]:
    """Workers that have connections while wrk is stopped; where there are none it goes on."""
    os.kill(wrk, signal.SIGSTOP)
    found = [worker for worker in nginx.workers if established(worker)]
    if not found:
        os.kill(wrk, signal.SIGCONT)
    return found


def established(pid: int) -> list[dict[str, object]]:
    """Its connections."""
    return run("fds", "--json", "-a", "-p", str(pid), "-i", "tcp:ESTABLISHED").records


def test_by_commands(connected: tuple[Nginx, int, int]) -> None:
    nginx, worker, wrk = connected
    listening = next(record["fd"] for record in run("fds", "--json", "-a", "-p", str(worker), "-i", "tcp:LISTEN").records)
    assert set(run("who", "-t", f"{worker}/fd/{listening}").out.split()) == {str(pid) for pid in (nginx.master, *nginx.workers)}
    connection = established(worker)[0]["fd"]
    rows = {record["pid"]: record["uses"] for record in run("who", "--json", f"{worker}/fd/{connection}").records}
    assert rows.keys() == {worker, wrk}
    assert rows[wrk][0]["how"] == "other end"
    back = {record["pid"]: record["uses"] for record in run("who", "--json", f"{wrk}/fd/{rows[wrk][0]['fd']}").records}
    assert [(use["how"], use["fd"]) for use in back[worker]] == [("other end", connection)]


def on_card(terminal: Terminal, name: str) -> int:
    """Whose card it is, where that is a process of this name."""
    for line in terminal.lines:
        if found := re.match(rf"(?:.*│)? *(\d+) {name}", line):
            return int(found[1])
    return 0


def search(terminal: Terminal, words: str) -> None:
    terminal.press("/")
    terminal.wait_for("Search:")
    terminal.press(*["backspace"] * 20)  # what was looked for before
    terminal.send(words)
    terminal.press("enter")
    terminal.wait(lambda: f"/{words}" in terminal.text)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (160, 45)])
def test_in_the_screen(connected: tuple[Nginx, int, int], tmp_path: Path, columns: int, rows: int) -> None:
    nginx, worker, wrk = connected
    env = ["env", "LANG=C.UTF-8", f"XDG_STATE_HOME={tmp_path}", f"XDG_CONFIG_HOME={tmp_path}"]
    with Terminal([*env, *PROCDIVE, str(worker)], columns=columns, rows=rows) as terminal:
        terminal.wait(lambda: on_card(terminal, "nginx: worker") == worker)
        terminal.press("l")
        terminal.wait_for("tcp listen")

        search(terminal, "tcp listen")
        terminal.press("w")
        terminal.wait_for("Who has", "3 have it")
        for pid in (nginx.master, *nginx.workers):
            assert re.search(rf"^ *{pid} \S+ +nginx +fd \d+ rw", terminal.text, re.MULTILINE), terminal.text
        terminal.press("escape")
        terminal.wait(lambda: "Who has" not in terminal.text)

        search(terminal, "tcp estab")
        terminal.press("enter")
        terminal.wait_for("ESTABLISHED")
        terminal.press("enter")
        terminal.wait(lambda: on_card(terminal, "wrk") == wrk)
        terminal.wait(lambda: re.search(rf"tcp estab .*{nginx.port}", terminal.text))
        terminal.press("backspace")
        terminal.wait(lambda: on_card(terminal, "nginx: worker") == worker)
        terminal.press("f10")
        assert terminal.exit() == 0
