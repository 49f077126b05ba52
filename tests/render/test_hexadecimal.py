"""Text in hexadecimal."""

from hypothesis import given
from hypothesis import strategies as st

from explorer.decode.syscall.args.text import hexed, quoted
from explorer.render.hexadecimal import in_hex, meant


@given(st.binary())
def test_it_means_the_same_bytes(raw: bytes) -> None:
    assert meant(quoted(raw)[1:-1]) == raw
    assert in_hex(quoted(raw), every=True) == hexed(raw)


def test_what_is_plain_stays() -> None:
    assert in_hex(r'[{iov_base="a\tb\n", iov_len=4}]', every=False) == r'[{iov_base="a\tb\n", iov_len=4}]'
    assert in_hex(r'"a\0"..., "\"b"', every=False) == r'"\x61\x00"..., "\"b"'


def test_text_outside_of_quotes_stays() -> None:
    assert in_hex('O_RDONLY, 1 << 3, "a"...', every=True) == r'O_RDONLY, 1 << 3, "\x61"...'


def test_what_descriptors_are() -> None:
    assert in_hex('3</a>, AT_FDCWD</b>, "a"', every=True) == r'3<\x2f\x61>, AT_FDCWD<\x2f\x62>, "\x61"'
    assert in_hex("3</a>", every=False) == "3</a>"
