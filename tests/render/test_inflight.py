"""render/inflight.py"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.model.trace import Syscall, Value
from explorer.render.inflight import inflight
from explorer.render.piece import Role, plain
from explorer.render.width import width

EPOLL = Syscall(
    "epoll_wait",
    (
        ("epfd", Value(8, "8", (), "fd", "eventpoll, 5 watched")),
        ("events", Value(0x7F0000001000, "0x7f0000001000", (), "address")),
        ("maxevents", Value(512, "512")),
        ("timeout", Value(4800, "4800")),
    ),
)
WAIT4 = Syscall(
    "wait4",
    (
        ("pid", Value(1302, "1302", (), "pid", "rsync")),
        ("wstatus", Value(0x7FFC00000000, "0x7ffc00000000", (), "address")),
        ("options", Value(0, "0")),
        ("rusage", Value(0, "NULL", (), "address")),
    ),
)
FUTEX = Syscall(
    "futex",
    (("uaddr", Value(0x7F3C00000040, "0x7f3c00000040", (), "address")), ("op", Value(0, "FUTEX_WAIT")), ("val", Value(2, "2"))),
)
PATH = '"/srv/' + "long/" * 20 + 'end"'
OPEN = Syscall("openat", (("dirfd", Value(0, "AT_FDCWD")), ("pathname", Value(1, PATH, (), "path")), ("flags", Value(0, "O_RDONLY"))))


def timespec(seconds: int, nanoseconds: int = 0) -> Value:
    text = f"{{tv_sec={seconds}, tv_nsec={nanoseconds}}}"
    return Value(1, text, (("tv_sec", Value(seconds, str(seconds))), ("tv_nsec", Value(nanoseconds, str(nanoseconds)))), "struct")


def test_as_the_sketches_show_it() -> None:
    assert plain(inflight(EPOLL, 80)) == "epoll_wait(8<eventpoll, 5 watched>, …, 512, 4.8 s)"
    assert plain(inflight(WAIT4, 80)) == "wait4(1302<rsync>, …, 0, NULL)"
    assert plain(inflight(FUTEX, 80)) == "futex(0x7f3c…40, FUTEX_WAIT, 2)"


def test_what_goes_first_where_there_is_little_room() -> None:
    assert plain(inflight(EPOLL, 44)) == "epoll_wait(8<eventp…watched>, …, 512, 4.8 s)"
    assert plain(inflight(EPOLL, 30)) == "epoll_wait(8<event…atched>, …)"
    assert plain(inflight(EPOLL, 20)) == "epoll_wait(8, …)"
    assert plain(inflight(OPEN, 60)) == 'openat(AT_FDCWD, "/srv/long/long…g/long/long/end", O_RDONLY)'


def test_times() -> None:
    sleep = Syscall("nanosleep", (("req", timespec(0, 250_000_000)),))
    assert plain(inflight(sleep, 80)) == "nanosleep(250 ms)"
    clock, flags = Value(1, "CLOCK_MONOTONIC"), Value(1, "TIMER_ABSTIME")
    until = Syscall("clock_nanosleep", (("clockid", clock), ("flags", flags), ("t", timespec(99))))
    assert "{tv_sec=99, tv_nsec=0}" in plain(inflight(until, 90))
    nothing, none, forever = Value(0, "NULL", (), "address"), Value(0, "0"), Value(0xFFFFFFFF, "-1")
    for_ever = Syscall("poll", (("fds", nothing), ("nfds", none), ("timeout", forever)))
    assert plain(inflight(for_ever, 80)) == "poll(NULL, 0, -1)"


def test_another_architecture_is_said() -> None:
    line = inflight(Syscall("write", (("fd", Value(1, "1", (), "fd")),), arch="i386"), 80)
    assert plain(line) == "write(1) 32-bit"
    assert line[-1].role is Role.MIND


VALUES = st.builds(
    Value,
    st.integers(-1, 1 << 64),
    st.text(max_size=40),
    st.just(()),
    st.sampled_from(["", "fd", "path", "string", "address", "struct", "list", "pid"]),
    st.text(max_size=20),
)


CALLS = st.builds(Syscall, st.text(max_size=20), st.lists(st.tuples(st.text(max_size=5), VALUES), max_size=6).map(tuple))


@settings(max_examples=80, deadline=None)
@given(CALLS, st.integers(1, 120))
def test_never_wider_than_asked(call: Syscall, columns: int) -> None:
    line = inflight(call, columns)
    assert width(plain(line)) <= columns
    assert all(part.text.isprintable() for part in line)


@pytest.mark.parametrize("columns", [1, 5, 10])
def test_hardly_any_room(columns: int) -> None:
    assert width(plain(inflight(EPOLL, columns))) <= columns
