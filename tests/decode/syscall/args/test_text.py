"""Strings and buffers."""

import pytest

from explorer.decode.syscall.args.text import hexed, quoted
from explorer.decode.syscall.call import Style
from tests.decode.syscall.decoded import AT_FDCWD, text
from tests.memory import Written


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"plain", '"plain"'),
        (b'say "x"\\', r'"say \"x\"\\"'),
        (b"\t\n\v\f\r", r'"\t\n\v\f\r"'),
        (b"\x001\x00a", r'"\0001\0a"'),
        (b"\x1b[31m\xff\x7f", r'"\33[31m\377\177"'),
        (b'\n\x019"\\', r'"\n\19\"\\"'),
        (b"\r\n\t\x80\xff7", r'"\r\n\t\200\3777"'),
        (b"", '""'),
    ],
)
def test_quoted_as_in_c(raw: bytes, text: str) -> None:
    assert quoted(raw) == text
    assert quoted(raw, cut=True) == text + "..."


def test_random_bytes_are_all_hexadecimal() -> None:
    assert hexed(b"a\x00") == r'"\x61\x00"'


def test_cut_after_as_many_bytes_as_asked() -> None:
    memory = Written(at_1000=b"x" * 100)
    assert text("write", 1, 0x1000, 100, memory=memory) == 'write(1, "' + "x" * 32 + '"..., 100'
    assert text("write", 1, 0x1000, 100, memory=memory, style=Style(string=4)) == 'write(1, "xxxx"..., 100'
    assert text("write", 1, 0x1000, 0, memory=memory) == 'write(1, "", 0'


def test_what_came_is_as_long_as_the_result() -> None:
    memory = Written(at_1000=b"abcdef")
    assert text("read", 0, 0x1000, 100, memory=memory, result=3) == 'read(0, "abc", 100) = 3'
    assert text("read", 0, 0x1000, 100, memory=memory) == "read(0, 0x1000, 100"
    assert text("getrandom", 0x1000, 2, 0, memory=memory, result=2) == r'getrandom("\x61\x62", 2, 0) = 2'


def test_a_path_is_never_cut_before_its_limit() -> None:
    memory = Written(at_1000=b"p" * 4095 + b"\0", at_9000=b"q" * 5000)
    assert text("chdir", 0x1000, memory=memory) == f'chdir("{"p" * 4095}"'
    assert text("chdir", 0x9000, memory=memory) == f'chdir("{"q" * 4095}"...'
    assert text("openat", AT_FDCWD, 0x77, 0) == "openat(AT_FDCWD, 0x77, O_RDONLY"
    assert text("getcwd", 0x1000, 4096, memory=memory, result=4096) == f'getcwd("{"p" * 4095}", 4096) = 4096'
