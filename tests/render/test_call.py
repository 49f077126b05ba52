"""A call on a line of the screen."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.syscall import decode_syscall, numbers
from explorer.model.trace import Call, Memory, Syscall
from explorer.render.call import call_details, call_line, is_failure, longest_allowed
from explorer.render.piece import Role, plain
from explorer.render.width import width
from tests.memory import Noise, Written

PATH = b"/srv/www/" + b"very-long-name-of-a-folder/" * 4 + b"index.html\0"


def made(name: str, *args: int, memory: Memory | None = None, result: int | None = None, fds: dict[int, str] | None = None) -> Syscall:
    return decode_syscall(Call(numbers.numbers("x86_64")[name], args, "x86_64", result, memory or Written(), fds or {}))


def test_whole_where_no_width_is_given() -> None:
    call = made("epoll_wait", 8, 0x10, 512, 4800, fds={8: "eventpoll, 5 watched"})
    assert plain(call_line(call)) == "epoll_wait(8<eventpoll, 5 watched>, 0x10, 512, 4800)"
    roles = [(part.text, part.role) for part in call_line(call)]
    assert ("epoll_wait", Role.NAME) in roles
    assert ("<eventpoll, 5 watched>", Role.SECONDARY) in roles


def test_the_errno_without_its_words_and_red() -> None:
    call = made("openat", (1 << 64) - 100, 0x10, 0, memory=Written(at_10=b"x\0"), result=-2)
    line = call_line(call)
    assert plain(line) == 'openat(AT_FDCWD, "x", O_RDONLY) = -1 ENOENT'
    assert line[-1].role is Role.FAILED
    assert [part.role for part in line if part.text == '"x"'] == [Role.PATH]


@pytest.mark.parametrize(("number", "failed"), [(-11, False), (-4, False), (-115, False), (-512, False), (-2, True), (-32, True)])
def test_not_now_is_no_failure(number: int, failed: bool) -> None:
    call = made("read", 0, 0x10, 1, result=number)
    assert is_failure(call) is failed
    assert (call_line(call)[-1].role is Role.FAILED) is failed


def test_the_longest_argument_loses_its_middle_never_the_result() -> None:
    call = made("openat", (1 << 64) - 100, 0x10, 0o4000, memory=Written(at_10=PATH), result=13, fds={13: "/srv/x"})
    assert width(plain(call_line(call))) > 140
    shown = plain(call_line(call, 80))
    assert width(shown) <= 80
    assert shown.startswith('openat(AT_FDCWD, "/srv/www/ver')
    assert 'index.html", O_RDONLY|O_NONBLOCK) = 13</srv/x>' in shown
    assert "…" in shown


def test_where_even_short_arguments_are_too_many_the_last_go() -> None:
    call = made("mmap", 0x7F0000000000, 4096, 3, 0x22, 5, 0x1000, result=0x7F0000000000)
    shown = plain(call_line(call, 40))
    assert width(shown) <= 40
    assert shown.endswith(" = 0x7f0000000000")
    assert plain(call_line(made("getppid", result=123456), 12)).endswith("= 123456")


def test_descriptors_inside_lists_are_dimmed() -> None:
    call = made("poll", 0x10, 1, 5, memory=Written(at_10=b"\x03\0\0\0\x01\0\0\0"), fds={3: "tcp :80"})
    line = call_line(call)
    assert plain(line) == "poll([{fd=3<tcp :80>, events=POLLIN}], 1, 5)"
    assert [part.role for part in line if part.text == "<tcp :80>"] == [Role.SECONDARY]


def test_32_bit_calls_say_so() -> None:
    call = decode_syscall(Call(4, (1, 0x10, 2), "i386", 2, Written(at_10=b"hi")))
    assert plain(call_line(call)) == 'write(1, "hi", 2) 32-bit = 2'


def test_opened() -> None:
    memory = Written(at_10=b"\x03\0\0\0\x01\0\0\0")
    lines = [plain(line).rstrip() for line in call_details(made("poll", 0x10, 1, 5, memory=memory, result=-22), 70)]
    assert lines == [
        "fds        [{fd=3, events=POLLIN}]",
        "  0          {fd=3, events=POLLIN}",
        "    fd         3",
        "    events     POLLIN",
        "nfds       1",
        "timeout_ms 5",
        "result    -1 EINVAL  Invalid argument",
    ]


def test_no_escape_passes() -> None:
    call = made("close", 3, fds={3: "/tmp/\x1b]52;c;x\x07"})
    assert "\x1b" not in plain(call_line(call))
    assert "\x1b" not in plain(call_line(call, 20))


@given(st.lists(st.integers(0, 100), max_size=8), st.integers(-10, 300))
def test_the_cap_makes_it_fit(sizes: list[int], room: int) -> None:
    cap = longest_allowed(sizes, room)
    if cap > 0 and sizes and sum(sizes) > room:
        assert sum(min(size, cap) for size in sizes) <= room


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(numbers.names("x86_64"))),
    st.tuples(*[st.integers(0, (1 << 64) - 1)] * 6),
    st.binary(min_size=1, max_size=20),
    st.one_of(st.none(), st.integers(-4095, 1 << 50)),
    st.integers(1, 200),
)
def test_never_wider_than_asked(number: int, args: tuple[int, ...], raw: bytes, result: int | None, columns: int) -> None:
    call = decode_syscall(Call(number, args, "x86_64", result, Noise(raw), {3: "a" * 50}))
    assert width(plain(call_line(call, columns))) <= columns
    assert all(width(plain(line)) <= columns for line in call_details(call, columns))
