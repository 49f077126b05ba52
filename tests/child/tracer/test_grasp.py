"""child/tracer/grasp.py: what of a call is taken along; more through the engine."""

import ctypes
import os

import pytest

from explorer.child.tracer.grasp import Grasp, link, packed
from explorer.child.tracer.tracee import Flight
from explorer.decode.syscall import decode_syscall
from explorer.kernel.ptrace import Remote
from explorer.render.strace import strace_text
from explorer.trace.payload import call_of

TEXT = ctypes.create_string_buffer(b"hello, world")
AT = ctypes.addressof(TEXT)
WRITE, SENDMSG = (1, 46) if os.uname().machine == "x86_64" else (64, 211)
ARCH = 0 if os.uname().machine == "x86_64" else 3


def text(grasp: Grasp, flight: Flight, result: int) -> str:
    """The line of a call that is taken from ourselves, and decoded from what was taken."""
    grasp.begin(flight)
    return strace_text(decode_syscall(call_of(flight.number, flight.arch, result, packed(flight, grasp.end(flight, result))), grasp.style))


@pytest.mark.parametrize("verbose", [False, True])
def test_memory_and_names_are_taken_along(verbose: bool) -> None:
    grasp = Grasp(Remote())
    grasp.take(5, verbose)
    with open("/dev/zero") as zero:
        flight = Flight(os.getpid(), WRITE, ARCH, (zero.fileno(), AT, 12, 0, 0, 0), 0)
        assert text(grasp, flight, 12) == f'write({zero.fileno()}</dev/zero>, "hello"..., 12) = 12'
    assert (flight.reach is None) == verbose


def test_what_only_decoding_tells() -> None:
    vector = (ctypes.c_ulong * 2)(AT, 12)
    header = (ctypes.c_ulong * 7)(0, 0, ctypes.addressof(vector), 1, 0, 0, 0)
    flight = Flight(os.getpid(), SENDMSG, ARCH, (9999, ctypes.addressof(header), 0, 0, 0, 0), 0)
    shown = text(Grasp(Remote()), flight, 12)
    assert shown.startswith("sendmsg(9999, {msg_name=NULL")
    assert '{iov_base="hello, world", iov_len=12}' in shown
    assert flight.reach is None


def test_what_a_call_in_flight_has_to_show() -> None:
    grasp = Grasp(Remote())
    flight = Flight(os.getpid(), WRITE, ARCH, (9999, AT, 12, 0, 0, 0), 0)
    grasp.begin(flight)
    assert '"hello, world"' in strace_text(decode_syscall(call_of(WRITE, ARCH, None, packed(flight))))


def test_names() -> None:
    with open("/dev/zero") as zero:
        assert link(os.getpid(), zero.fileno()) == b"/dev/zero"
    assert link(os.getpid(), 9999) == b""
    assert link(os.getpid(), -100) == os.fsencode(os.getcwd())
