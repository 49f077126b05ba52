"""The whole of it, as a person does it: over SSH, find an nginx worker, read all of it, follow its socket, trace it, leave."""

import os
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.loopback import until
from tests.nginx import Nginx, children
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


def subject(terminal: Terminal) -> int:
    """Whose card it is: the number before the command, at the line's begin or right of the tree."""
    for line in terminal.lines:
        found = re.match(r"(?:.*│)? *(\d+) nginx: (?:master|worker) process", line)
        if found:
            return int(found[1])
    return 0


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (140, 40)])
def test_a_worker_is_found_read_and_its_socket_followed(nginx: Nginx, sshd: Sshd, tmp_path: Path, columns: int, rows: int) -> None:
    # What somebody has chosen on this machine must not be chosen here.
    remote = f"cd {TREE} && LANG=C.UTF-8 XDG_STATE_HOME={tmp_path} XDG_CONFIG_HOME={tmp_path} {' '.join(PROCDIVE)}"
    before_after = f"stty -a; {remote}; echo status=$?; stty -a"
    with Terminal(sshd.command(before_after), columns=columns, rows=rows) as terminal:
        terminal.wait_for("PID", "COMMAND")

        terminal.press("f4")
        terminal.wait_for("Filter:")
        terminal.send("worker process")
        terminal.wait(lambda: re.search(r"filter worker process +\d+ of \d+", terminal.text))
        terminal.press("enter")
        worker, other = nginx.workers
        terminal.send(str(worker))
        terminal.wait_for("epoll_wait(", "eventpoll")
        assert "nginx" in terminal.text
        assert subject(terminal) == worker

        terminal.press("l")
        terminal.wait_for(f"127.0.0.1:{nginx.port}", "tcp listen", "eventpoll")
        assert "access.log" in terminal.text

        terminal.press("b")
        terminal.wait_for(f"{worker} nginx  ", "epoll_wait(")
        terminal.press("enter")
        terminal.wait_for("waits for", f"tcp 127.0.0.1:{nginx.port}")

        # The listening socket's other holders: to its row in Files, then across, and back.
        terminal.press("l")
        terminal.wait_for("tcp listen")
        terminal.press("/")
        terminal.wait_for("Search:")
        terminal.send("tcp listen")
        terminal.press("enter")
        terminal.wait(lambda: "/tcp listen" in terminal.text)
        terminal.press("enter")
        terminal.wait_for("LISTEN")
        terminal.press("enter")
        terminal.wait(lambda: subject(terminal) in {nginx.master, other})
        terminal.press("backspace")
        terminal.wait(lambda: subject(terminal) == worker)

        trace(terminal, nginx, worker)

        terminal.press("f10")
        terminal.wait(lambda: b"status=" in terminal.raw)
        terminal.exit()
        said = terminal.raw.decode("utf-8", "replace")
    assert "status=0" in said
    assert get(nginx.url) == 200
    assert (tracer(worker), state(worker)) == (0, "S")
    before, _, rest = said.partition("\x1b[?1049h")
    assert rest, "procdive never took the other screen"
    after = rest.rpartition("status=0")[2]
    assert settings(before) == settings(after)
    assert settings(after)
    for on, off in (("1049h", "1049l"), ("1000h", "1000l"), ("1003h", "1003l"), ("1006h", "1006l"), ("2004h", "2004l"), ("25l", "25h")):
        last_on, last_off = said.rfind(f"\x1b[?{on}"), said.rfind(f"\x1b[?{off}")
        assert last_off > last_on or last_on == -1, off


def trace(terminal: Terminal, nginx: Nginx, worker: int) -> None:
    """Attach by key, see requests, open one call, leave only the failed ones, let go."""
    terminal.press("s")
    terminal.wait_for("● live")
    # BPF where it can run: then nobody stops it.
    assert ("bpf" in terminal.text) == (tracer(worker) == 0)
    for _ in range(5):
        if "Space pause" in terminal.text:
            break
        terminal.press("tab")
        terminal.settle()
    terminal.press("z")
    terminal.wait_for("Space pause")

    # Sockets by their addresses, or as strace has them where closed already; where it is narrow, long names are cut.
    socket, page = r"\d+<(so|12|tcp|…)[^>/]*>", r"\d+</tm\S*tml>"
    sends = rf"(sendfile\({socket}, {page}|writev\({socket})"
    wanted = {rf"accept4\({socket}", rf"recvfrom\({socket}", r'openat\(.*index.html", .*\) = \d+', sends}

    def seen() -> bool:
        """Each request is taken by either worker: several at once are taken by both."""
        assert set(get_all(nginx.url)) == {200}
        terminal.pump(0.3)
        wanted.difference_update([pattern for pattern in wanted if re.search(pattern, terminal.text)])
        return not wanted

    until(seen, "whole requests on the screen", 30)

    terminal.press("/")
    terminal.wait_for("Search:")
    terminal.send("openat")
    terminal.press("enter")
    terminal.wait_for("/openat")
    terminal.press("enter")
    terminal.wait_for("other uses of it")
    terminal.press("enter")
    terminal.wait(lambda: "other uses of it" not in terminal.text)

    terminal.press("escape")
    terminal.wait(lambda: "/openat" not in terminal.text)
    terminal.press("!")
    terminal.wait(lambda: re.search(r"filter .*failed|\d+ of \d+", terminal.text))

    def failed() -> bool:
        assert set(get_all(nginx.url + ".missing")) == {404}
        terminal.press("end")
        terminal.pump(0.3)
        calls = [line for line in terminal.lines if re.search(r"\) += ", line)]
        return any("ENOENT" in line for line in calls) and all("= -1 " in line for line in calls)

    until(failed, "only failed calls on the screen", 30)

    terminal.press("s")
    terminal.wait_for("detached at")
    until(lambda: not tracer(worker), "the worker to be traced by nobody")


def get(url: str) -> int:
    """A request of a connection of its own; the status."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def get_all(url: str) -> list[int]:
    """Several at once."""
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(get, [url] * 4))


def tracer(pid: int) -> int:
    """TracerPid."""
    return int(Path(f"/proc/{pid}/status").read_text().split("TracerPid:")[1].split()[0])


def state(pid: int) -> str:
    """S once it waits again."""
    until(lambda: Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "S", "it to sleep")
    return "S"


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


def test_a_connection_that_breaks_leaves_nothing(sshd: Sshd) -> None:
    with Terminal(sshd.command(f"cd {TREE}; echo pid=$$; LANG=C.UTF-8 exec {' '.join(PROCDIVE)}")) as terminal:
        terminal.wait_for("PID", "COMMAND")
        started = re.search(rb"pid=(\d+)", terminal.raw)
        assert started
        procdive = int(started[1])
        family = [procdive, *children(procdive)]
        terminal.process.kill()
        until(lambda: not [pid for pid in family if os.path.exists(f"/proc/{pid}")], "procdive and what it started to end")
