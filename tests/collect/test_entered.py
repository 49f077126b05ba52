"""collect/entered.py"""

import os
import platform
import signal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.collect import entered as module
from explorer.collect.entered import entered, restarted
from explorer.model.stack import Doing, Frame
from explorer.model.trace import NoMemory
from explorer.resolve.system import System
from tests.collect.threads import entry, thread_of

X86 = platform.machine() == "x86_64"


class Bytes:
    """Memory that ends at address 100."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def read(self, address: int, size: int) -> bytes:
        start = address - (100 - len(self.data))
        return self.data[max(0, start) : start + size] if start + size > 0 else b""


@pytest.mark.parametrize(
    ("machine", "code", "arch"),
    [
        ("x86_64", b"\x00\x00\x0f\x05", "x86_64"),
        ("x86_64", b"\x00\x00\xcd\x80", "i386"),
        ("x86_64", b"\x00\x00\x90\x90", ""),
        ("aarch64", b"\x01\x00\x00\xd4", "aarch64"),
        ("aarch64", b"\x00\x00\x00\xef", "arm"),
        ("aarch64", b"\x00\x00\x00\xdf", "arm"),
    ],
)
def test_the_instruction_tells(monkeypatch: pytest.MonkeyPatch, machine: str, code: bytes, arch: str) -> None:
    monkeypatch.setattr(module, "native", lambda: machine)
    assert entered(Bytes(code), 100, ()) == arch


def test_the_kernels_frames_tell_where_memory_does_not() -> None:
    assert entered(NoMemory(), 100, (Frame("x"), Frame("__ia32_sys_nanosleep_time32"), Frame("do_int80_emulation"))) == "i386"
    assert entered(NoMemory(), 100, (Frame("x"), Frame("do_syscall_64", 1, 2))) == "x86_64"
    assert entered(NoMemory(), 100, ()) == ""


def test_what_a_restart_goes_on_with() -> None:
    poll = Bytes(b"\xb8\x07\x00\x00\x00\x0f\x05")
    assert restarted(poll, "x86_64", 219, 100, ()) == 7
    assert restarted(poll, "x86_64", 1, 100, ()) == 1
    assert restarted(NoMemory(), "x86_64", 219, 100, (Frame("do_restart_poll"),)) == 7
    assert restarted(NoMemory(), "aarch64", 128, 100, (Frame("hrtimer_nanosleep"),)) == 115
    assert restarted(NoMemory(), "x86_64", 219, 100, ()) == 219


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=12), st.integers(-1, 1 << 64), st.sampled_from(["x86_64", "i386", "aarch64", ""]), st.integers(-1, 1 << 32))
def test_never_raises(code: bytes, pc: int, arch: str, number: int) -> None:
    entered(Bytes(code), pc, ())
    restarted(Bytes(code), arch, number, pc, ())


@pytest.mark.oracle("gcc")
@pytest.mark.skipif(not X86, reason="int $0x80 is of x86")
def test_a_32_bit_call_of_a_64_bit_program(system: System) -> None:
    with entry("int80") as pid:
        thread = thread_of(system, pid)
        assert thread.call is not None
        assert (thread.call.name, thread.call.arch, thread.entered) == ("nanosleep", "i386", "i386")
        assert thread.waits is not None
        assert thread.waits.due is not None
        assert 900 < thread.waits.due <= 1000


@pytest.mark.oracle("gcc")
def test_a_call_that_goes_on_after_a_stop(system: System) -> None:
    with entry("poll") as pid:
        thread_of(system, pid)
        os.kill(pid, signal.SIGSTOP)
        stopped = thread_of(system, pid, ready=lambda one: one.doing is Doing.STOPPED)
        assert stopped.call is not None
        assert stopped.call.name in {"poll", "ppoll"}
        os.kill(pid, signal.SIGCONT)
        going_on = thread_of(system, pid, ready=lambda one: one.doing is Doing.CALL)
        assert going_on.call is not None
        assert going_on.call.name in {"poll", "ppoll"}
        assert going_on.restarted == X86 or going_on.call.name == "ppoll"
