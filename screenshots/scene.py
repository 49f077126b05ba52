"""A small web server as a person finds it, and procdive looking at it: a real nginx under wrk, a program with threads, a pipeline."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from screenshots.svg import svg
from tests.loopback import until
from tests.nginx import Nginx
from tests.terminal import PROCDIVE, Terminal

FOLDER = Path(__file__).parent
POOL = """
import os, threading, time
locked = threading.Lock()
locked.acquire()
queue, _ = os.pipe()
work = {"timer": lambda: time.sleep(3600), "queue": lambda: os.read(queue, 1), "pool-0": locked.acquire, "pool-1": locked.acquire}
for name, target in work.items():
    def run(name=name, target=target):
        open(f"/proc/self/task/{threading.get_native_id()}/comm", "w").write(name)
        target()
    threading.Thread(target=run, daemon=True).start()
os.wait4(os.posix_spawn("/bin/sleep", ["sleep", "3600"], {}), 0)
"""
PIPELINE = "tail -f {log} | grep --line-buffered ' 404 ' | tee -a {folder}/missing.log >/dev/null"


def shot(name: str, title: str, terminal: Terminal) -> None:
    """Keep the screen as it is."""
    for _ in range(20):
        if not terminal.pump(0.1):
            break  # one that traces is never silent for long
    (FOLDER / f"{name}.svg").write_text(svg(terminal.screen, title))
    print(f"{name}.svg: {title}")


def choose(terminal: Terminal, pid: int, *texts: str) -> None:
    """Go to a process of the tree by its number, and wait until these stand on the screen too."""
    terminal.wait_for("COMMAND", "nginx: worker")
    terminal.send(str(pid))
    terminal.wait_for(f"PID {pid}")
    terminal.press("escape")
    terminal.wait_for("F1 help", *texts)


def look_for(terminal: Terminal, text: str) -> None:
    """Search in a pane, as with less."""
    terminal.press("/")
    terminal.wait_for("Search:")
    terminal.press("ctrl+u")
    terminal.send(text)
    terminal.press("enter")
    terminal.wait(lambda: "Search:" not in terminal.text and f"/{text}" in terminal.text)


def busy(nginx: Nginx) -> int:
    """The worker that has the most connections: with two idle ones they may all go to one, and a traced one takes fewer."""

    def found() -> int:
        most, pid = max((len(os.listdir(f"/proc/{pid}/fd")), pid) for pid in nginx.workers)
        return pid if most > 10 else 0

    return until(found, "a worker with connections")


def wide(nginx: Nginx) -> None:
    with Terminal(PROCDIVE, columns=140, rows=36) as terminal:
        choose(terminal, busy(nginx), "eventpoll", "tcp estab", "now epoll_wait(")
        shot("wide", "The tree of processes, and the descriptors of an nginx worker with who is at their other end", terminal)


def tree(nginx: Nginx) -> None:
    with Terminal(PROCDIVE, columns=110, rows=16) as terminal:
        choose(terminal, nginx.master)
        terminal.press("z")
        terminal.settle()
        terminal.press("f4")
        terminal.wait_for("Filter:")
        terminal.send("nginx")
        terminal.wait_for("filter nginx")
        terminal.press("enter")
        terminal.wait(lambda: "Filter:" not in terminal.text)
        shot("tree", "The tree, filtered: what matches, its ancestors dim, its descendants", terminal)


def files(nginx: Nginx) -> None:
    with Terminal(PROCDIVE, columns=110, rows=30) as terminal:
        choose(terminal, busy(nginx), "eventpoll")
        terminal.press("l")
        terminal.wait_for("unfold")
        terminal.press("z")
        terminal.wait_for("tcp listen", "tcp estab")
        look_for(terminal, "tcp listen")
        terminal.press("enter")
        terminal.wait_for("LISTEN", "also")
        shot("files", "The descriptors of an nginx worker; the listening socket unfolded, with the processes that have it too", terminal)


def stack(pool: int) -> None:
    with Terminal([*PROCDIVE, str(pool)], columns=110, rows=32) as terminal:
        terminal.wait_for("now wait4(", "b Stack")
        terminal.press("b")
        terminal.wait_for("unfold")
        terminal.press("z")
        terminal.wait_for("pool-1", "futex(", "wait4(")
        for thread, shown in (("queue", "vfs_read"), ("pool-1", "do_futex")):
            look_for(terminal, thread)
            terminal.press("enter")
            terminal.wait_for("waits for", shown)
        terminal.press("escape")
        shot("stack", "The threads of a program: the system call that each is in, and what it waits for", terminal)


def narrow(nginx: Nginx) -> None:
    with Terminal(PROCDIVE, columns=80, rows=24) as terminal:
        choose(terminal, busy(nginx), "eventpoll", "now epoll_wait(")
        shot("narrow", "The same on a terminal of 80x24", terminal)


def traced(terminal: Terminal) -> None:
    """Trace the selected process, load or no load, and give the trace the keys."""
    terminal.press("s")
    terminal.wait(lambda: "y  attach" in terminal.text or "● live" in terminal.text)
    terminal.press(*("y" if "y  attach" in terminal.text else ""))
    terminal.wait_for("● live")
    for _ in range(9):
        if "Space pause" in terminal.text:
            return
        terminal.press("tab")
        with suppress(TimeoutError):  # that one went to another area
            terminal.wait_for("Space pause", deadline=2)
    raise AssertionError(terminal.text)


def still(terminal: Terminal, *texts: str) -> None:
    """Some seconds of a trace, then the view stands still with these on it."""
    terminal.wait_for(*texts)
    for _ in range(20):
        terminal.pump(0.1)
    terminal.press("space")
    terminal.wait_for("paused")
    for _ in range(5):
        terminal.pump(0.1)


def trace(nginx: Nginx) -> None:
    with Terminal(PROCDIVE, columns=140, rows=40) as terminal:
        choose(terminal, busy(nginx), "eventpoll", "tcp estab")
        traced(terminal)
        for _ in range(25):
            terminal.pump(0.1)
        terminal.wait(lambda: "sendfile(" in terminal.text and "recvfrom(" in terminal.text)
        shot("trace", "An nginx worker under requests, traced: a line a call, as strace -f -y writes them", terminal)


def unfolded(nginx: Nginx) -> None:
    with Terminal(PROCDIVE, columns=110, rows=30) as terminal:
        choose(terminal, busy(nginx), "eventpoll")
        traced(terminal)
        terminal.press("z")
        still(terminal, "writev(", "sendfile(")
        look_for(terminal, "writev")
        terminal.press("enter")
        terminal.wait_for("other uses of it")
        shot("unfolded", "A call of it, unfolded: its arguments by name, what was sent, who used the descriptor before", terminal)


def narrow_trace(nginx: Nginx) -> None:
    with Terminal(PROCDIVE, columns=80, rows=24) as terminal:
        choose(terminal, busy(nginx), "eventpoll")
        traced(terminal)
        terminal.press("z")
        still(terminal, "recvfrom(", "openat(")
        shot("narrow-trace", "A trace on a terminal of 80x24", terminal)


def summary(nginx: Nginx) -> None:
    with Terminal(PROCDIVE, columns=140, rows=40) as terminal:
        choose(terminal, busy(nginx), "eventpoll")
        traced(terminal)
        terminal.press("c")
        terminal.wait_for("~p95", "sendfile", "writev")
        for _ in range(30):
            terminal.pump(0.1)
        look_for(terminal, "writev")
        terminal.press("enter")
        terminal.wait_for("writev: ", "~p99 ")
        shot("summary", "Where the worker's time goes: its system calls counted in the kernel, one of them unfolded", terminal)


def access(nginx: Nginx) -> None:
    with Terminal(PROCDIVE, columns=140, rows=40) as terminal:
        choose(terminal, busy(nginx), "eventpoll")
        traced(terminal)
        terminal.press("a")
        terminal.wait_for("index.html", "access.log")
        for _ in range(30):
            terminal.pump(0.1)
        shot("access", "The files and sockets that the worker uses: opens, reads, writes, bytes, time", terminal)


def main() -> None:
    socket.sethostname("web1")
    programs: list[subprocess.Popen[bytes]] = []
    folder = Path(tempfile.mkdtemp(prefix="shop-"))
    python = next(path for path in ("/usr/bin/python3", sys.executable) if os.path.exists(path))
    try:
        with Nginx() as nginx, open(os.devnull, "r+b") as nothing:

            def start(*argv: str) -> int:
                programs.append(subprocess.Popen(argv, stdin=nothing, stdout=nothing, stderr=nothing, cwd=folder))
                return programs[-1].pid

            (folder / "shop.py").write_text(POOL)
            pool = start(python, "shop.py")
            start("sh", "-c", PIPELINE.format(log=nginx.prefix / "access.log", folder=folder))
            programs.append(nginx.load(seconds=120, connections=6, delay=20))
            wide(nginx)
            tree(nginx)
            files(nginx)
            stack(pool)
            narrow(nginx)
            trace(nginx)
            unfolded(nginx)
            narrow_trace(nginx)
            summary(nginx)
            access(nginx)
    finally:
        for program in programs:
            program.kill()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
