"""collect/waits/stopped.py"""

import subprocess
from pathlib import Path

import pytest

from explorer.model.stack import Doing
from explorer.resolve.system import System
from tests.collect.threads import thread_of
from tests.loopback import until
from tests.specimens.waits import Waits


def test_by_a_signal(system: System) -> None:
    with Waits("stops") as it:
        thread = thread_of(system, it.pid, ready=lambda one: one.state == "T")
        assert thread.doing is Doing.STOPPED
        assert thread.call is not None
        assert thread.call.name in {"kill", "tgkill"}
        assert thread.waits is not None
        assert "SIGCONT" in thread.waits.text
        assert thread.waits.hopeless


@pytest.mark.oracle("gdb")
def test_by_a_tracer(system: System) -> None:
    with Waits("sleep", "100") as it:
        quiet = subprocess.DEVNULL
        gdb = subprocess.Popen(["gdb", "-q", "-nx", "-p", str(it.pid)], stdin=subprocess.PIPE, stdout=quiet, stderr=quiet)
        try:
            until(lambda: b"TracerPid:\t0\n" not in Path(f"/proc/{it.pid}/status").read_bytes(), "gdb to attach", 30)
            thread = thread_of(system, it.pid, ready=lambda one: one.state == "t")
            assert thread.waits is not None
            assert thread.waits.text == f"stopped by its tracer, {gdb.pid} gdb"
            assert thread.waits.parties[0].pid == gdb.pid
        finally:
            gdb.kill()
            gdb.wait()
            if gdb.stdin:
                gdb.stdin.close()
