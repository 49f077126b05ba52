"""kernel/proc_connector.py"""

import errno
import os
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from explorer.decode.netlink.proc_events import Execed, Exited, Forked, ProcEvent, decode
from explorer.kernel.proc_connector import BIRTHS_AND_ENDS, EXECS, Connector, answered, refused
from explorer.model.missing import Reason, Unreadable
from tests.loopback import until
from tests.namespaces import first_pids

ROOM = 1 << 22


@pytest.fixture
def ends() -> Iterator[Connector]:
    with Connector(BIRTHS_AND_ENDS, ROOM) as made:
        yield made


def gathered(line: Connector, wanted: int, what: str) -> list[ProcEvent]:
    """All that came until that process has ended."""
    found: list[ProcEvent] = []

    def ended() -> bool:
        found.extend(event for event in map(decode, line.read()[0]) if event is not None)
        return any(isinstance(event, Exited) and event.pid == event.tid == wanted for event in found)

    until(ended, what)
    return found


@first_pids
@pytest.mark.root
@pytest.mark.parametrize(("script", "status"), [("exit 127", 127 << 8), ("kill -SEGV $$", 11), ("exit 0", 0)])
def test_births_and_ends(ends: Connector, script: str, status: int) -> None:
    child = subprocess.Popen(["sh", "-c", f"ulimit -c 0; {script}"])
    child.wait()
    mine = [event for event in gathered(ends, child.pid, script) if getattr(event, "pid", 0) == child.pid]
    born = next(event for event in mine if isinstance(event, Forked))
    end = next(event for event in mine if isinstance(event, Exited))
    assert (born.parent, end.status & ~0x80, end.parent) == (os.getpid(), status, os.getpid())
    assert born.when < end.when


@first_pids
@pytest.mark.root
def test_threads_that_come_and_go_are_kept_out_by_the_kernel(ends: Connector) -> None:
    for _ in range(20):
        thread = threading.Thread(target=lambda: None)
        thread.start()
        thread.join()
    child = subprocess.Popen(["true"])
    child.wait()
    assert not [event for event in gathered(ends, child.pid, "true") if getattr(event, "pid", 0) == os.getpid()]


@first_pids
@pytest.mark.root
def test_the_end_of_all_after_that_of_the_first_thread(ends: Connector) -> None:
    code = (
        "import ctypes, os, threading, time\n"
        "threading.Thread(target=lambda: (time.sleep(0.2), os._exit(5))).start()\n"
        "ctypes.CDLL(None).pthread_exit(None)"
    )
    child = subprocess.Popen([sys.executable, "-c", code])
    assert child.wait() == 5
    found: list[Exited] = []

    def told() -> bool:
        found.extend(event for event in map(decode, ends.read()[0]) if isinstance(event, Exited) and event.pid == child.pid)
        return len(found) == 2

    until(told, "two ends")
    assert [(event.tid == event.pid, event.status) for event in found] == [(True, 0), (False, 5 << 8)]


@first_pids
@pytest.mark.root
def test_execs_alone_and_somebody_else_can_stop_the_waiting() -> None:
    stop = os.eventfd(0)
    with Connector(EXECS, ROOM) as execs:
        child = subprocess.Popen(["true"])
        assert execs.wait(stop)
        found: list[ProcEvent] = []

        def told() -> bool:
            found.extend(event for event in map(decode, execs.read()[0]) if event is not None)
            return any(isinstance(event, Execed) and event.pid == child.pid for event in found)

        until(told, "its exec")
        child.wait()
        assert all(isinstance(event, Execed) for event in found if getattr(event, "ack", 0) == 0)
        os.eventfd_write(stop, 1)
        assert not execs.wait(stop)
    os.close(stop)


@first_pids
@pytest.mark.root
def test_what_was_not_read_in_time_is_said_and_it_goes_on() -> None:
    with Connector(BIRTHS_AND_ENDS, 1 << 14) as small:
        for _ in range(100):
            subprocess.run(["true"], check=True)
        found, lost = small.read()
        assert found
        assert lost
        child = subprocess.Popen(["true"])
        child.wait()
        gathered(small, child.pid, "the next one")


@first_pids
@pytest.mark.root
@pytest.mark.parametrize(
    ("flags", "word"),
    [(("-pf", "--mount-proc"), "pids of the first namespace"), (("-n",), "network namespace"), (("-Ur",), "proc connector")],
)
def test_in_a_namespace_it_says_why_not(flags: tuple[str, ...], word: str) -> None:
    code = (
        "from explorer.kernel.proc_connector import *\n"
        "try: Connector(EXECS, 1 << 14); print('open')\n"
        "except Unreadable as no: print(no.missing.detail, '/', no.missing.cure)"
    )
    done = subprocess.run(["unshare", *flags, sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert word in done.stdout, done.stderr
    assert done.stdout.split("/")[1].strip()


def test_refusals_have_words() -> None:
    assert refused(OSError(errno.EPERM, "")).missing.reason is Reason.DENIED
    assert refused(OSError(errno.ECONNREFUSED, "")).missing.reason is Reason.UNSUPPORTED
    assert isinstance(refused(OSError(errno.EMFILE, "")), Unreadable)


def test_short_answers_are_none() -> None:
    assert not answered(b"")
    assert not answered(bytes(76))
