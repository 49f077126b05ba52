"""A tracee whose memory never comes (userfaultfd, as a dead FUSE would): others go on, traced. And a tracer that was stopped."""

import os
import signal
import subprocess
import sys

import pytest

from explorer.model.event import Notice
from tests.loopback import until
from tests.processes import Processes
from tests.tracing import Traced, runs_free, state

HUNG = """
import ctypes, fcntl, mmap, os, struct, sys
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
fd = libc.syscall(323, os.O_CLOEXEC)
if fd < 0:
    sys.exit(77)
at = libc.mmap(None, 4096, 3, 0x22, -1, 0)
fcntl.ioctl(fd, 0xC018AA3F, struct.pack("QQQ", 0xAA, 0, 0))
fcntl.ioctl(fd, 0xC020AA00, bytearray(struct.pack("QQQQ", at, 4096, 1, 0)))
null = os.open("/dev/null", 1)
print("ready", flush=True)
sys.stdin.readline()
libc.write(null, ctypes.c_void_p(at), 10)
print("written", flush=True)
sys.stdin.readline()
"""
"""write(2) to /dev/null does not look at the page, so the program itself never waits for it."""


@pytest.mark.root
@pytest.mark.skipif(os.uname().machine != "x86_64", reason="the number of userfaultfd(2)")
def test_a_page_that_never_comes_holds_nobody(processes: Processes) -> None:
    other = processes.start("dd", "if=/dev/zero", "of=/dev/null", "bs=1")
    with subprocess.Popen([sys.executable, "-ISc", HUNG], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            if child.stdout.readline() != "ready\n":
                pytest.skip("no userfaultfd for us")
            with Traced([child.pid, other.pid]) as traced:
                until(lambda: traced.log.end > 100, "calls of the other one")
                child.stdin.write("go\n")
                child.stdin.flush()
                assert child.stdout.readline() == "written\n"
                traced.until(lambda: bool(traced.of(Notice)), "word of it")
                assert f"memory of process {child.pid} does not end" in str(traced.of(Notice)[0].what)
                seen = traced.log.end
                until(lambda: traced.log.end > seen + 100, "calls of the other one, once more")
                assert runs_free(child.pid)
            assert traced.tracer.why == "detached"
            assert runs_free(other.pid)
        finally:
            child.kill()


def test_a_tracer_that_was_stopped_goes_on(processes: Processes) -> None:
    child = processes.start("dd", "if=/dev/zero", "of=/dev/null", "bs=1")
    with Traced([child.pid]) as traced:
        until(lambda: traced.log.end > 100, "calls")
        os.kill(traced.helper, signal.SIGSTOP)
        seen = traced.log.end
        until(lambda: traced.log.end > seen + 1000, "calls, once more")
        until(lambda: state(traced.helper) in {"R", "S", "D"}, "it to run")
    assert runs_free(child.pid)
