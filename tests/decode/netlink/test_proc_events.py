"""decode/netlink/proc_events.py"""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.netlink.proc_events import (
    COMM,
    COREDUMP,
    EXEC,
    EXIT,
    FORK,
    GID,
    NONE,
    PTRACE,
    SID,
    UID,
    Answered,
    Became,
    Dumped,
    Execed,
    Exited,
    Forked,
    Led,
    Named,
    ProcEvent,
    Traced,
    decode,
)

PIDS = st.integers(1, 4_194_304)


def datagram(what: int, data: bytes, when: int = 7, ack: int = 0, connector: tuple[int, int] = (1, 1)) -> bytes:
    """As the kernel sends it: always of full size."""
    event = struct.pack("=IIQ", what, 1, when) + data.ljust(24, b"\0")
    return struct.pack("=IHHII", 36 + len(event), 3, 0, 0, 0) + struct.pack("=IIIIHH", *connector, 5, ack, len(event), 0) + event


def forked(pid: int, parent: int, when: int) -> bytes:
    return datagram(FORK, struct.pack("=iiii", parent, parent, pid, pid), when)


def exited(pid: int, when: int, status: int, tid: int = 0) -> bytes:
    return datagram(EXIT, struct.pack("=iiIIii", tid or pid, pid, status, 17, 1, 1), when)


@pytest.mark.parametrize(
    ("what", "data", "event"),
    [
        (NONE, struct.pack("=I", 1), Answered(1, 9)),
        (FORK, struct.pack("=iiii", 11, 10, 21, 20), Forked(7, 20, 21, 10)),
        (EXEC, struct.pack("=ii", 20, 20), Execed(7, 20)),
        (EXIT, struct.pack("=iiIIii", 20, 20, 127 << 8, 17, 10, 10), Exited(7, 20, 20, 127 << 8, 10)),
        (COMM, struct.pack("=ii16s", 21, 20, b"\x1b[2J"), Named(7, 20, 21, b"\x1b[2J")),
        (UID, struct.pack("=iiII", 20, 20, 33, 0), Became(7, 20, 33, 0, group=False)),
        (GID, struct.pack("=iiII", 20, 20, 33, 4_294_967_295), Became(7, 20, 33, 4_294_967_295, group=True)),
        (SID, struct.pack("=ii", 20, 20), Led(7, 20)),
        (PTRACE, struct.pack("=iiii", 20, 20, 0, 0), Traced(7, 20, 0)),
        (COREDUMP, struct.pack("=iiii", 20, 20, 10, 10), Dumped(7, 20)),
        (0x400, b"", None),
    ],
)
def test_each_kind(what: int, data: bytes, event: ProcEvent | None) -> None:
    assert decode(datagram(what, data, ack=9)) == event


def test_an_old_kernel_does_not_tell_the_parent_of_who_ended() -> None:
    whole = datagram(EXIT, struct.pack("=iiII", 20, 20, 9, 17))
    assert decode(whole[:-8]) == Exited(7, 20, 20, 9, 0)


def test_a_message_of_another_connector_is_none_of_ours() -> None:
    assert decode(datagram(EXEC, struct.pack("=ii", 20, 20), connector=(3, 1))) is None


@given(PIDS, PIDS, PIDS, st.integers(0, 2**64 - 1), st.integers(0, 0xFFFF))
def test_births_and_ends_come_out_as_they_went_in(pid: int, tid: int, parent: int, when: int, status: int) -> None:
    assert decode(datagram(FORK, struct.pack("=iiii", parent, parent, tid, pid), when)) == Forked(when, pid, tid, parent)
    assert decode(datagram(EXIT, struct.pack("=iiIIii", tid, pid, status, 17, 1, parent), when)) == Exited(when, pid, tid, status, parent)


@settings(max_examples=200)
@given(st.sampled_from([NONE, FORK, EXEC, UID, GID, SID, PTRACE, COMM, COREDUMP, EXIT]), st.binary(max_size=24), st.integers(0, 76))
def test_what_is_cut_short_or_odd_never_raises(what: int, data: bytes, size: int) -> None:
    decode(datagram(what, data)[:size])


@settings(max_examples=200)
@given(st.binary(max_size=120))
def test_never_raises(raw: bytes) -> None:
    decode(raw)
