"""A small web server as a person finds it, and procdive looking at it: a real nginx under wrk, a program with threads, a pipeline."""

import socket
import subprocess
import sys
from pathlib import Path

from screenshots.svg import svg
from tests.nginx import Nginx
from tests.terminal import PROCDIVE, Terminal

FOLDER = Path(__file__).parent
WORKERS = """
import concurrent.futures, os, threading, time
ours, theirs = os.pipe()
lock = threading.Lock(); lock.acquire()
pool = concurrent.futures.ThreadPoolExecutor(4, "pool")
for work in (lambda: time.sleep(600), lambda: os.read(ours, 1), lock.acquire, lock.acquire):
    pool.submit(work)
time.sleep(600)
"""


def shot(name: str, title: str, terminal: Terminal) -> None:
    """Keep the screen as it is."""
    terminal.settle(0.2)
    (FOLDER / f"{name}.svg").write_text(svg(terminal.screen, title))


def choose(terminal: Terminal, pid: int) -> None:
    """Go to a process of the tree by its number, and wait until the card is its."""
    terminal.send(str(pid))
    terminal.wait(lambda: any(f" {pid} " in line and "nginx" in line for line in terminal.lines))


def draw(nginx: Nginx, pool: int) -> None:
    worker = nginx.workers[0]
    with Terminal(PROCDIVE, columns=140, rows=40) as wide:
        wide.wait_for("PID", "nginx: worker")
        choose(wide, worker)
        wide.press("l")
        wide.wait_for("eventpoll")
        shot("wide", "The tree of processes, and the descriptors of an nginx worker", wide)


def main() -> None:
    socket.sethostname("web1")
    programs: list[subprocess.Popen[bytes]] = []
    try:
        with Nginx() as nginx:
            programs.append(nginx.load(seconds=60, connections=8))
            programs.append(subprocess.Popen([sys.executable, "-c", WORKERS]))
            log = nginx.prefix / "access.log"
            programs.append(subprocess.Popen(["sh", "-c", f"tail -f {log} | grep ' 404 '"]))
            draw(nginx, programs[1].pid)
    finally:
        for program in programs:
            program.kill()


if __name__ == "__main__":
    main()
