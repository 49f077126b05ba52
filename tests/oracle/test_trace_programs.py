"""procdive trace and strace -f -y on programs that do the same twice: what they write is equal."""

import os
import re
import signal
import subprocess
import time
import urllib.request
from collections import Counter
from pathlib import Path

import pytest

from tests.engines import bpf
from tests.engines.watched import NAMES, engine
from tests.loopback import until
from tests.nginx import Nginx
from tests.oracle.traces import OURS, THEIRS, TREE, by_strace, by_us, compared, threads

SPECIMEN = Path(__file__).parent.parent / "specimens/traced.c"
pytestmark = [pytest.mark.oracle("strace")]
ENOUGH = 0.95
EXPLAINED = {
    r"^rt_sigreturn\(": "its mask lies on the stack, and where that is no register of the call tells",
    r"^(futex\(|<\.\.\. futex resumed>)": "whether a thread has ended before somebody waits for it is chance",
    r"^(--- SIGCHLD|wait4|\+\+\+)": "the shell's children end in any order",
}
"""Lines that differ, and why."""
REQUESTS = ("index.html", "none", "index.html", "", "other") * 3


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    """Of each engine that can be used here."""
    engine(request.param)
    return str(request.param)


def both(folder: Path, command: list[str], name: str) -> tuple[float, list[str], int]:
    theirs, ours = threads(by_strace(command, folder / "a")), threads(by_us(command, folder / "b", "--engine", name))
    share, rest = compared(theirs, ours)
    print(f"{share:.1%}")
    return share, [line for line in rest if not any(re.search(why, line[2:]) for why in EXPLAINED)], sum(map(len, theirs))


def test_python_starting(tmp_path: Path, name: str) -> None:
    share, rest, lines = both(tmp_path, ["/usr/bin/python3", "-I", "-S", "-c", "pass"], name)
    assert share >= ENOUGH, rest
    assert rest == []
    assert lines > 200


def test_a_pipeline(tmp_path: Path, name: str) -> None:
    share, rest, lines = both(tmp_path, ["sh", "-c", "ls /usr | sort | head -3"], name)
    assert share >= ENOUGH, rest
    assert rest == []
    assert lines > 300


@pytest.mark.oracle("gcc")
def test_threads_a_fork_a_signal_and_a_death(tmp_path: Path, name: str) -> None:
    program = tmp_path / "traced"
    subprocess.run(["gcc", "-O1", "-w", "-pthread", str(SPECIMEN), "-o", str(program)], check=True)
    share, rest, lines = both(tmp_path, [str(program)], name)
    assert share >= ENOUGH, rest
    assert rest == []
    assert lines > 350


@pytest.mark.root
@pytest.mark.oracle("nginx")
def test_nginx_under_requests(tmp_path: Path, name: str) -> None:
    with Nginx() as nginx:
        pids = ",".join(map(str, (nginx.master, *nginx.workers)))
        ask(nginx)  # what only a first request does is over
        theirs = attached([*THEIRS, "-o", str(tmp_path / "a"), "-p", pids], nginx)
        ours = attached([*OURS, "--engine", name, "-o", str(tmp_path / "b"), "-p", pids], nginx)
    assert (theirs, ours) == (0, 0)
    # Which worker takes a request is chance, and so are its descriptors' numbers and how often another one wakes; what is done is not.
    one, other = (
        Counter(
            re.sub(r"\b\d+<", "FD<", line)
            for mine in threads((tmp_path / name).read_text().splitlines())
            for line in mine
            if not line.startswith("epoll_wait")
        )
        for name in ("a", "b")
    )
    share = (one & other).total() / one.total()
    print(f"{share:.1%}")
    assert share >= ENOUGH, (one - other, other - one)
    assert one.total() >= 150


def descriptors(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/fd"))


def ask(nginx: Nginx) -> None:
    idle = {pid: descriptors(pid) for pid in nginx.workers}
    for path in REQUESTS:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{nginx.port}/{path}", timeout=10).read()
        except urllib.error.HTTPError:
            pass
        # The worker is done with this connection before it takes another: descriptors have the same numbers.
        until(lambda: all(descriptors(pid) <= before for pid, before in idle.items()), "connections to be closed")


def attached(argv: list[str], nginx: Nginx) -> int:
    """Ask while that traces; its exit status after Ctrl-C."""
    env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(TREE)}
    tracer = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    try:
        until(lambda: all(traced(pid) for pid in nginx.workers) or links(tracer.pid), "the workers to be traced")
        # Traced is not yet attached to whole: strace tells of nobody before it has them all.
        time.sleep(0.5)
        ask(nginx)
        time.sleep(0.5)
        tracer.send_signal(signal.SIGINT)
        status = tracer.wait(20)
    finally:
        tracer.kill()
        tracer.wait()
    until(lambda: not any(traced(pid) for pid in nginx.workers), "the workers to be let go")
    return 0 if status == -signal.SIGINT else status


def links(pid: int) -> bool:
    """Whether BPF programs of a process run."""
    return any(kind == "link" for kind, _ in bpf.held(pid))


def traced(pid: int) -> bool:
    return "TracerPid:\t0\n" not in Path(f"/proc/{pid}/status").read_text()
