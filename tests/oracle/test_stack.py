"""What threads are in: as strace, gdb and nginx itself have it."""

import re
import signal
import subprocess

import pytest

from explorer.model.missing import Missing
from explorer.model.stack import Doing
from explorer.render.strace import UNFINISHED, strace_text
from explorer.resolve.system import System
from tests.collect.threads import thread_of, wait_of
from tests.loopback import until
from tests.nginx import Nginx
from tests.specimens.waits import Waits

KINDS = (
    "held", "robust", "any_child", "stopped_child", "connected unix", "connected tcp", "accepts", "polls epoll 0", "signals",
    "reads eventfd",
)  # fmt: skip


@pytest.fixture
def system() -> System:
    return System()


def strace_of(tid: int) -> str:
    """The call that strace -p finds a thread in, as far as it writes it: arguments that the kernel has yet to fill are missing."""
    strace = subprocess.Popen(["strace", "-p", str(tid)], stderr=subprocess.PIPE)
    assert strace.stderr is not None
    said = b""
    while b"(" not in said.partition(b"attached\n")[2]:
        more = strace.stderr.read1(4096)  # type: ignore[attr-defined]
        assert more, said
        said += more
    strace.send_signal(signal.SIGINT)
    said += strace.stderr.read()
    strace.wait()
    strace.stderr.close()
    return said.decode().partition("attached\n")[2].partition("strace: Process")[0].rstrip(" ,")


def without_notes(text: str) -> str:
    return re.sub(r"(?<=\d)<[^<>]*>", "", text.removesuffix(UNFINISHED))


@pytest.mark.oracle("strace")
@pytest.mark.parametrize("kind", KINDS)
def test_the_call_is_what_strace_says(system: System, kind: str) -> None:
    with Waits(*kind.split()) as it:
        tid = it.said.get("tids", [it.pid])[0]
        thread = thread_of(system, it.pid, tid)
        assert thread.call is not None
        theirs = strace_of(tid)
        assert theirs.partition("(")[0] == thread.call.name
        assert without_notes(strace_text(thread.call)).startswith(theirs)


@pytest.mark.oracle("nginx")
def test_nginx_master_and_worker(system: System) -> None:
    with Nginx() as nginx:
        master = thread_of(system, nginx.master)
        assert master.call is not None
        assert master.call.name == "rt_sigsuspend"
        assert master.waits is not None
        assert master.waits.text.startswith("waits for a signal: it catches HUP, INT, ")

        worker = nginx.workers[0]
        wait = wait_of(system, worker, ready=lambda found: "unix to" in found.text and str(nginx.port) in found.text)
        assert f"tcp 127.0.0.1:{nginx.port}" in wait.text
        assert f"{nginx.master} nginx" in wait.text
        thread = thread_of(system, worker)
        assert thread.call is not None
        assert thread.call.name == "epoll_wait"
        number, epoll = thread.call.args[0][1].raw, thread.call.args[0][1].note
        watched = system.proc.read(worker, "fdinfo", number).count(b"tfd:")
        assert epoll == f"eventpoll, {watched} watched"
        assert watched >= 2
        if nginx.uid is None and not isinstance(thread.frames, Missing):
            assert any("ep" in frame.symbol for frame in thread.frames)


@pytest.mark.oracle("gdb")
def test_the_threads_are_those_that_gdb_lists(system: System) -> None:
    with Waits("held") as it:
        thread_of(system, it.pid, it.tids[-1])
        argv = ["gdb", "-q", "-nx", "-batch", "-p", str(it.pid), "-ex", "info threads"]
        listed = subprocess.run(argv, capture_output=True, text=True, stdin=subprocess.DEVNULL).stdout
        theirs = {int(number) for number in re.findall(r"LWP (\d+)", listed)}
        until(lambda: thread_of(system, it.pid).doing is Doing.CALL, "it to go on")
        assert theirs == {it.pid, it.owner, *it.tids}
