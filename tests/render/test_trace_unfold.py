"""An event opened."""

from hypothesis import given
from hypothesis import strategies as st

from explorer.decode.syscall import decode_syscall, numbers
from explorer.model.event import Exited, TraceEvent, Unfinished
from explorer.model.trace import Call, Syscall, Value
from explorer.render.piece import line, plain
from explorer.render.trace_unfold import dump, unfolded
from explorer.render.width import width
from explorer.trace.decoded import event_of
from explorer.trace.payload import call_of
from tests.memory import Written
from tests.traces import PALETTE

CWD = (1 << 64) - 100


def made(name: str, *args: int, memory: Written, result: int | None = None, fds: dict[int, str] | None = None) -> Syscall:
    return decode_syscall(Call(numbers.numbers("x86_64")[name], args, "x86_64", result, memory, fds or {}))


def opened(call: Syscall, columns: int = 110, **rest: object) -> list[str]:
    event = TraceEvent(10**18 + 12_000, 813, 812, call, 6_000, 1)
    return [plain(found).rstrip() for found in unfolded(event, columns, rest.pop("read", lambda _value: b""), **rest)]  # type: ignore[arg-type]


def test_a_path_that_is_not_there() -> None:
    call = made("openat", CWD, 0x10, 0o4000, memory=Written(at_10=b"favicon.ico\0"), result=-2, fds={-100: "/srv/www"})
    assert opened(call, 140, path="/srv/www/favicon.ico", earlier=10**18, history=(line("this path failed"),), hints="! failed only") == [
        "  ┌ openat: open a file, relative to a directory descriptor",
        "  │ dirfd      AT_FDCWD              the working directory, /srv/www",
        '  │ pathname   "favicon.ico"         → /srv/www/favicon.ico',
        "  │ flags      O_RDONLY|O_NONBLOCK   0x800",
        "  │ result     -1 ENOENT             "
        "No such file or directory · /srv/www/favicon.ico, or a directory on the way to it, is not there",
        "  │ took       6 µs                  on thread 813 of 812 · cpu 1 · 12 µs after the call before",
        "  │ this path failed",
        "  └ ! failed only",
    ]


def test_structures_and_buffers_are_opened() -> None:
    call = made("write", 5, 0x10, 20, memory=Written(at_10=b"GET / HTTP/1.1\r\nHost"), result=20, fds={5: "/tmp/x"})
    found = opened(call, read=lambda _value: b"GET / HTTP/1.1\r\nHost")
    assert "  │ fd         5</tmp/x>" in found
    assert "  │            0000  47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a  GET / HTTP/1.1··" in found
    assert any(entry.endswith("Host") and "0010" in entry for entry in found)
    poll = made("poll", 0x10, 1, 5, memory=Written(at_10=b"\x03\0\0\0\x01\0\x01\0"), result=1, fds={3: "tcp"})
    assert "  │     fd         3<tcp>" in opened(poll)


def test_not_now_is_said_to_be_no_failure() -> None:
    call = made("read", 3, 0x10, 5, memory=Written(), result=-11)
    assert any("no failure" in entry for entry in opened(call))


def test_in_flight_and_never_to_return() -> None:
    call = made("read", 3, 0x10, 5, memory=Written())
    for what, words in ((Unfinished(call), "in flight"), (Unfinished(call, ended=True), "it never returns")):
        found = [plain(entry) for entry in unfolded(TraceEvent(0, 1, 1, what), 80, lambda _value: b"")]
        assert any(words in entry for entry in found)
        assert any("not timed" in entry for entry in found)


def test_what_is_no_call_says_whom_it_happened_to() -> None:
    found = [plain(entry) for entry in unfolded(TraceEvent(0, 813, 812, Exited(0)), 80, lambda _value: b"")]
    assert found == ["  ┌ +++ exited with 0 +++", "  └ thread     813 of process 812"]


def test_a_long_buffer_is_shown_in_part() -> None:
    lines = dump(bytes(300))
    assert len(lines) == 17
    assert plain(lines[-1]) == "… 44 bytes more"
    assert dump(b"") == []


@given(st.integers(0, len(PALETTE) - 1), st.integers(20, 160))
def test_any_event_stays_within_its_columns_and_is_printable(row: int, columns: int) -> None:
    event = event_of(PALETTE, row, 0, call_of)
    for found in unfolded(event, columns, lambda _value: b"\x1b]52;c;x\x07"):
        assert width(plain(found)) <= columns
        assert plain(found).isprintable()


def test_hostile_text_is_escaped() -> None:
    call = Syscall("open", (("pathname", Value(1, '"\x1b[31m\u202e"', kind="path")),), Value(-1, "-1", note="\x1b]0;x\x07"), "ENOENT")
    found = opened(call, path="/\x1b[2J", hints="\x9b1m")
    assert all(entry.isprintable() for entry in found)
