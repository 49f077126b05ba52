"""kernel/ptrace.py: what a tracer asks of the kernel; the rest through the engine."""

import ctypes
import errno
import os
import signal
import subprocess
import sys

from explorer.kernel.ptrace import Remote, Stops, seize, signed

PAGE = os.sysconf("SC_PAGE_SIZE")

TRACER = """
import os, signal, subprocess, sys
sys.path[:0] = sys.argv[1:]
from explorer.kernel import ptrace
child = subprocess.Popen(["sleep", "60"])
while b"S" not in open(f"/proc/{child.pid}/stat", "rb").read().split()[2]:
    pass
stops = ptrace.Stops()
print("seize", ptrace.seize(child.pid), ptrace.seize(4_000_000))
print("nothing yet", stops.next(os.WNOHANG))
ptrace.interrupt(child.pid)
code, tid, status = stops.next()
print("stopped", tid == child.pid, status >> 8 == ptrace.EVENT_STOP, stops.next() == (code, tid, status))
stops.op(tid)
number, args, result = ptrace.registers(tid, stops.arch())
print("in", number in {35, 230}, len(args), result in ptrace.RESTARTS)
ptrace.resume(tid)
code, tid, status = stops.next()
print("goes on", status == ptrace.SYSCALL_STOP, stops.op(tid) == ptrace.ENTRY, stops.called()[1] in {219, number})
ptrace.resume(tid)
os.kill(tid, signal.SIGUSR1)
code, tid, status = stops.next()
print("interrupted", stops.op(tid) == ptrace.EXIT, stops.returned() in ptrace.RESTARTS)
ptrace.resume(tid)
code, tid, status = stops.next()
print("signal", status == signal.SIGUSR1, ptrace.siginfo(tid)[:4] == bytes([signal.SIGUSR1, 0, 0, 0]))
ptrace.detach(tid, signal.SIGUSR1)
print("ended by it", child.wait())
"""


def test_a_tracee_from_seizure_to_detach() -> None:
    told = subprocess.run([sys.executable, "-c", TRACER, *sys.path], capture_output=True, text=True, timeout=20, check=True)
    assert told.stdout.splitlines() == [
        f"seize 0 {errno.ESRCH}",
        "nothing yet None",
        "stopped True True True",
        "in True 6 True",
        "goes on True True True",
        "interrupted True True",
        "signal True True",
        f"ended by it {-signal.SIGUSR1}",
    ]


def test_memory_up_to_where_it_faults() -> None:
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_void_p
    at = libc.mmap(None, ctypes.c_size_t(2 * PAGE), 3, 0x22, -1, ctypes.c_long(0))
    libc.munmap(ctypes.c_void_p(at + PAGE), ctypes.c_size_t(PAGE))
    remote = Remote()
    remote.tid = os.getpid()
    assert remote.read(at + PAGE - 10, 20) == bytes(10)
    assert remote.read(at + PAGE, 20) == b""
    assert remote.read(0, 20) == remote.read(1 << 63, 20) == remote.read(at, 0) == b""
    libc.munmap(ctypes.c_void_p(at), ctypes.c_size_t(PAGE))


def test_refused_by_errno() -> None:
    assert seize(4_000_000) == errno.ESRCH
    assert seize(os.getpid()) == errno.EPERM


def test_twos_complement() -> None:
    assert [signed(0xFFFFFFFE, 32), signed(5, 32), signed((1 << 64) - 512, 64)] == [-2, 5, -512]


def test_no_tracees_to_wait_for() -> None:
    program = "import sys; sys.path[:0] = sys.argv[1:]\nfrom explorer.kernel.ptrace import Stops\nStops().next()"
    told = subprocess.run([sys.executable, "-c", program, *sys.path], capture_output=True, text=True, timeout=20)
    assert "ChildProcessError" in told.stderr
    assert Stops().arch() == 0
