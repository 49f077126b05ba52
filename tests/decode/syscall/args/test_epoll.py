"""epoll events."""

import struct

from tests.decode.syscall.decoded import text
from tests.memory import Written


def test_what_came() -> None:
    memory = Written(at_1000=struct.pack("<IQ", 1, 5) * 2)
    assert (
        text("epoll_wait", 3, 0x1000, 9, 0, memory=memory, result=1) == "epoll_wait(3, [{events=EPOLLIN, data={u32=5, u64=5}}], 9, 0) = 1"
    )
    assert text("epoll_wait", 3, 0x1000, 9, 0, memory=memory, result=0) == "epoll_wait(3, [], 9, 0) = 0"
    assert text("epoll_wait", 3, 0x1000, 9, 0, memory=memory, result=3) == "epoll_wait(3, 0x1000, 9, 0) = 3"


def test_events_are_not_packed_on_arm() -> None:
    memory = Written(at_1000=struct.pack("<I4xQ", 1, 5))
    assert "u64=5" in text("epoll_ctl", 3, 1, 4, 0x1000, memory=memory, arch="aarch64")


def test_a_removal_does_not_look_at_its_event() -> None:
    assert text("epoll_ctl", 3, 2, 4, 0x1000, memory=Written(at_1000=bytes(12))) == "epoll_ctl(3, EPOLL_CTL_DEL, 4, 0x1000"
