"""trace/view.py: whatever is asked, and however rows come and go, a view is what asking each row by itself gives."""

import posixpath
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.syscall.call import Style
from explorer.model.batch import Batch, Kind
from explorer.model.event import Lost, Notice, Signal, Stopped, TraceEvent, Unfinished
from explorer.model.trace import Syscall
from explorer.query.trace import TraceFilter
from explorer.render.call import is_failure
from explorer.trace.filters import parse
from explorer.trace.log import Log
from explorer.trace.payload import call_of
from explorer.trace.text import text
from explorer.trace.touched import descriptors, paths
from explorer.trace.view import View
from tests.traces import batches, nginx

STYLE = Style(string=4096)


def wish(line: str) -> TraceFilter:
    found = parse(line)
    assert isinstance(found, TraceFilter), found
    return found


SIMPLE: dict[str, Callable[[TraceEvent, Syscall | None], bool]] = {
    "": lambda event, call: True,
    "read": lambda event, call: call is None or call.name == "read",
    "!read !%network": lambda event, call: (
        call is None
        or (
            call.name != "read"
            and call.name
            not in {
                "recv",
                "send",
                "socket",
                "bind",
                "connect",
                "listen",
                "accept",
                "getsockname",
                "getpeername",
                "socketpair",
                "sendto",
                "recvfrom",
                "shutdown",
                "setsockopt",
                "getsockopt",
                "sendmsg",
                "recvmsg",
                "accept4",
                "recvmmsg",
                "sendmmsg",
            }
        )
    ),
    "trace=/^open": lambda event, call: call is None or call.name.startswith("open"),
    "trace=open@32": lambda event, call: call is None or (call.name, call.arch) == ("open", "i386"),
    "trace=none": lambda event, call: call is None,
    "syscall_0x3e7": lambda event, call: call is None or call.name == "syscall_0x3e7",
    "!syscall_0x3e7,close": lambda event, call: call is None or call.name not in {"syscall_0x3e7", "close"},
    "accept,getsockname": lambda event, call: call is None or call.name in {"accept", "getsockname"},
    "failed": lambda event, call: call is not None and is_failure(call),
    "!failed": lambda event, call: call is not None and not is_failure(call),
    "status=failed": lambda event, call: call is None or (call.result is not None and bool(call.error)),
    "status=successful": lambda event, call: call is None or (call.result is not None and not call.error),
    "status=unfinished": lambda event, call: call is None or call.result is None,
    "status=!failed": lambda event, call: call is None or not call.error,
    "errno=EAGAIN,ENOENT": lambda event, call: call is not None and call.error in {"EAGAIN", "ENOENT"},
    "errno=!EAGAIN": lambda event, call: call is not None and call.error != "EAGAIN",
    "tid=8": lambda event, call: event.tid == 8,
    "pid=7 !write": lambda event, call: event.pid == 7 and (call is None or call.name != "write"),
    "pid=!7": lambda event, call: event.pid != 7,
    "slower=1ms": lambda event, call: call is not None and event.took is not None and event.took >= 1_000_000,
    "signal=CHLD": lambda event, call: not isinstance(event.what, Signal | Stopped) or event.what.number == 17,
    "index.html": lambda event, call: "index.html" in text(event.what).lower(),
    "!index.html": lambda event, call: "index.html" not in text(event.what).lower(),
    "ENOENT": lambda event, call: "ENOENT" in text(event.what),
    '"O_RDONLY|O_NONBLOCK"': lambda event, call: "O_RDONLY|O_NONBLOCK" in text(event.what),
    "etc/ failed": lambda event, call: call is not None and is_failure(call) and "etc/" in text(event.what).lower(),
}


def decided(line: str, event: TraceEvent) -> bool:
    """What a person would say of one event."""
    call = event.what if isinstance(event.what, Syscall) else event.what.call if isinstance(event.what, Unfinished) else None
    return isinstance(event.what, Lost | Notice) or bool(SIMPLE[line](event, call))


def seen(view: View) -> list[int]:
    return [view[index] for index in range(len(view))]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(list(SIMPLE)), st.lists(st.tuples(batches(), st.integers(0, 2)), max_size=6), st.integers(1, 40))
def test_it_equals_asking_each_row(line: str, steps: list[tuple[Batch, int]], most_rows: int) -> None:
    log = Log(most_rows=most_rows)
    begun = len(steps) // 2
    view = View(log, wish(line))
    for number, (batch, how) in enumerate(steps):
        log.append(batch)
        if number == begun:
            view = View(log, wish(line))
        if how == 1:
            view.update()
        elif how == 2:
            view.work(0)
    while view.work() < 1:
        pass
    rows = {place: log.event(place, STYLE) for place in range(log.first, log.end)}
    expected = [place for place, event in rows.items() if decided(line, event)]
    assert seen(view) == expected
    assert view.hidden == len(rows) - len(expected)
    whats = [rows[place].what for place in expected]
    assert view.failed == sum(isinstance(what, Syscall) and is_failure(what) for what in whats)
    assert [view.index(place) for place in expected] == list(range(len(expected)))
    assert all((place in view) == (place in expected) for place in rows)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["fd=7", "fd=!7", "-P /etc/hosts", "fd=7 -P /etc/hosts", "path=/etc", "path=!/etc", "path=/"]), batches())
def test_what_a_call_touches_decides(line: str, batch: Batch) -> None:
    log = Log()
    log.append(batch)
    view = View(log, wish(line))
    view.work()
    asked = wish(line)
    expected = []
    for place in range(log.end):
        rows, row = log.place(place)
        if rows.kinds[row] != Kind.CALL:
            if rows.kinds[row] in {Kind.LOST, Kind.NOTICE} or "path" not in line:
                expected.append(place)
            continue
        call = call_of(rows.numbers[row], rows.arches[row], rows.results[row], rows.payload(row))
        fds = 7 in descriptors(call)
        names = set(paths(call))
        if asked.folders is not None:
            inside = any(
                posixpath.commonpath([name, next(iter(asked.folders.items))]) in asked.folders.items
                for name in names
                if name.startswith("/")
            )
            hit = inside != asked.folders.but
        else:
            hit = (asked.fds is not None and fds != asked.fds.but) or ("/etc/hosts" in names and bool(asked.files))
        if hit:
            expected.append(place)
    assert seen(view) == expected


def test_the_newest_rows_are_looked_at_first() -> None:
    log = Log()
    for first in range(0, 2_000, 500):
        log.append(nginx(4_000, first))
    view = View(log, wish("path=/"))
    view.work(0.002)
    assert 0 < view.progress < 1
    assert view.low > 0
    assert view.high == log.end
    before = seen(view)
    log.append(nginx(100, 7))
    view.update()
    assert seen(view)[: len(before)] == before
    assert len(view) > len(before)
    view.work()
    assert view.progress == 1
    assert len(before) < len(view)


def test_another_filter_begins_anew() -> None:
    log = Log()
    log.append(nginx(1_000))
    view = View(log)
    view.work()
    assert (len(view), view.hidden, view[0], view[999]) == (1_000, 0, 0, 999)
    view.filter(wish("failed"))
    assert (len(view), view.progress) == (0, 0)
    view.work()
    assert len(view) == view.failed > 0
    assert all(log.event(place).what.error == "ENOENT" for place in seen(view))  # type: ignore[union-attr]


def test_a_cleared_log_leaves_nothing() -> None:
    log = Log()
    log.append(nginx(100))
    view = View(log)
    view.work()
    log.clear()
    view.work()
    assert (len(view), view.hidden, view.progress) == (0, 0, 1.0)
    log.append(nginx(10))
    view.update()
    assert seen(view) == list(range(100, 110))
    with pytest.raises(IndexError):
        view[10]


def test_calls_in_flight_pass_the_filter_too() -> None:
    log = Log()
    batch = Batch()
    batch.add(Kind.PENDING, 8, 7, 50, 232, payload=b"")
    batch.add(Kind.PENDING, 9, 7, 40, 0, payload=b"")
    log.append(batch)
    assert [flight.tid for flight in View(log).flights()] == [9, 8]
    assert [event.tid for event in View(log, wish("!read")).flying()] == [8]
    assert View(log, wish("failed")).flights() == []
    assert len(View(log, wish("status=unfinished")).flights()) == 2
