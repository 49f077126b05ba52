"""child/tracer/grasp.py: what of a call is taken along; more through the engine."""

import ctypes
import os

from explorer.child.tracer.grasp import Names, Recorder, link
from explorer.kernel.ptrace import Remote

TEXT = ctypes.create_string_buffer(b"hello, world")
AT = ctypes.addressof(TEXT)


def ours() -> Remote:
    remote = Remote()
    remote.tid = os.getpid()
    return remote


def test_memory_that_was_read_is_kept() -> None:
    pieces: list[tuple[int, bytes]] = []
    recorder = Recorder(ours(), pieces)
    assert recorder.read(AT, 5) == b"hello"
    assert recorder.read(AT, 3) == b"hel"
    assert pieces == [(AT, b"hello")]
    assert recorder.read(AT + 3, 5) == b"lo, w"
    assert pieces == [(AT, b"hello"), (AT + 5, b", w")]
    assert Recorder(ours(), pieces, live=False).read(AT, 100) == b"hello, w"


def test_names_are_looked_up_when_asked_for() -> None:
    with open("/dev/zero") as zero:
        names = Names(os.getpid())
        assert names.get(zero.fileno()) == "/dev/zero"
        assert names.get(9999) == ""
        assert names == {zero.fileno(): "/dev/zero"}
    assert link(os.getpid(), -100) == os.fsencode(os.getcwd())
