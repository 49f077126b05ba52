"""render/peek.py: lines of text with their numbers, hexdumps, and the place between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.model.missing import Missing, Reason
from explorer.model.peek import Peeked, Waiting
from explorer.render.peek import as_text, footer, is_binary, shown, title
from explorer.render.piece import plain
from explorer.render.width import width


def look(data: bytes, place: int, *, start: int = 0, line: int = 1, **more: object) -> Peeked:
    facts = {"access": "r", "position": place, "size": start + len(data), **more}
    return Peeked(number=3, name="/x", place=place, start=start, data=data, line=line, **facts)  # type: ignore[arg-type]


def lines(found: Peeked | Waiting, columns: int = 60, *, hexadecimal: bool | None = None) -> list[str]:
    return [plain(each) for each in shown(found, columns, hexadecimal=hexadecimal).lines]


def test_text_with_numbers_and_the_place() -> None:
    assert lines(look(b"one\ntwo\nthree\n", 8, line=99)) == [
        " 99 one",
        "100 two",
        "── 8 of 14 bytes (57%): here it reads on ───────────────────",
        "101 three",
    ]
    assert shown(look(b"one\ntwo\nthree\n", 8), 60).place == 2


def test_a_place_within_a_line() -> None:
    assert lines(look(b"one\ntwo\nthree\n", 6)) == [
        "1 one",
        "2 tw",
        "── 6 of 14 bytes (42%): here it reads on ───────────────────",
        "2 o",
        "3 three",
    ]


def test_without_numbers_and_at_the_end() -> None:
    found = lines(look(b"a\nb\n", 1004, start=1000, line=0, access="w"))
    assert found == ["a", "b", "── 1,004 of 1,004 bytes: here it writes on ─────────────────"]


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("beyond", "the end; its position is beyond it, at 99"),
        ("appends", "the end, where it appends"),
        ("asked", "the end of the file; the process stands at 99"),
        ("wrote", "here its last write ended; it appends at the end"),
    ],
)
def test_the_end_says_why(why: str, said: str) -> None:
    assert said in lines(look(b"a\n", 2, at_end=why, position=99), 90)[-1]


def test_an_empty_file() -> None:
    assert lines(look(b"", 0)) == ["── 0 of 0 bytes: here it reads on ──────────────────────────"]


def test_long_lines_are_wrapped_and_a_broken_one_says_so() -> None:
    assert lines(look(b"0123456789" * 2, 20), 12)[:2] == ["1 0123456789", "  0123456789"]
    assert lines(look(b"0123456789", 10, start=0, line=0, broken=True), 12)[0].startswith("…0123")


def test_what_strangers_wrote_is_escaped() -> None:
    found = as_text(shown(look(b"\x1b]0;x\x07\xff\tz\r\n", 11), 60, hexadecimal=False).lines)
    assert "\x1b" not in found
    assert r"\e]0;x\x07\xff" in found


def test_a_hexdump() -> None:
    assert lines(look(bytes(range(20)), 18), 80) == [
        "00000000  00 01 02 03 04 05 06 07  08 09 0a 0b 0c 0d 0e 0f  |................|",
        "00000010  10 11                                             |..|",
        "── 18 of 20 bytes (90%): here it reads on ──────────────────────────────────────",
        "00000010        12 13                                       |  ..|",
    ]
    assert lines(look(b"text\n", 5), 50, hexadecimal=True)[0] == "00000000  74 65 78 74  0a           |text.|"
    assert lines(look(b"A\0B", 8, start=5), 50)[0] == "00000000                  41 00 42  |     A.B|"


def test_what_is_text() -> None:
    assert not is_binary(b"")
    assert not is_binary("häß\n".encode() * 100)
    assert not is_binary(b"\x1b[31mred\x1b[0m\n" * 10)
    assert is_binary(b"abc\0")
    assert is_binary(bytes(range(128, 256)))


def test_titles() -> None:
    assert plain(title(look(b"a", 1))) == "Peek 3 /x   1"
    gone = Peeked(3, "/x (deleted)", "r", 0, 2048, 0, 0, b"", deleted=True)
    assert plain(title(gone)) == "Peek 3 /x   2.0K deleted"
    assert plain(title(Waiting(3, "socket:[1]", "unix stream", 41, unsent=0))).endswith("unix stream   41 bytes to be read, 0 not sent yet")
    assert plain(title(Waiting(3, "socket:[1]", "tcp", 3, 511, count="connections"))).endswith("3 of 511 connections wait to be accepted")
    assert "65,536 bytes to be read in 2" in plain(title(Waiting(3, "pipe:[1]", "pipe", 41, 65536, pieces=2)))


def test_ends_of_a_pipe() -> None:
    def said(readers: int, writers: int) -> str:
        return plain(title(Waiting(3, "pipe:[1]", "pipe", 5, readers=readers, writers=writers)))

    assert said(1, 2).endswith("5 bytes to be read, 1 reads, 2 write")
    assert said(0, 0).endswith("nobody reads, nobody writes")


def test_what_waits() -> None:
    unknown = Missing(Reason.UNSUPPORTED, "how much waits in it", "why")
    assert lines(Waiting(3, "pipe:[1]", "pipe", unknown, data=unknown)) == ["how much waits in it: unsupported — why"]
    assert lines(Waiting(3, "socket:[1]", "tcp", 5, data=unknown))[0].startswith("5 bytes wait; ")
    assert lines(Waiting(3, "socket:[1]", "tcp", 0)) == ["Nothing waits to be read."]
    assert lines(Waiting(3, "socket:[1]", "tcp", 0, 5, count="connections")) == ["Nobody waits to be accepted."]
    assert lines(Waiting(3, "pipe:[1]", "pipe", 12, data=b"one\ntwo\n")) == ["one", "two", "and 4 bytes more"]
    assert lines(Waiting(3, "pipe:[1]", "pipe", 2, data=b"\0\1"), 80) == [
        "00000000  00 01                                             |..|",
    ]


def test_why_something_is_not_known_is_wrapped() -> None:
    why = Missing(Reason.UNSUPPORTED, "what they are", "they lie in pages of the kernel")
    assert lines(Waiting(3, "pipe:[1]", "pipe", 7, data=why), 30) == [
        "7 bytes wait; what they are:",
        "unsupported — they lie in",
        "pages of the kernel",
    ]


def test_what_has_ended_is_said_below() -> None:
    ended = Missing(Reason.GONE, "descriptor 3 of 812")
    assert plain(footer(look(b"", 0, ended=ended))) == "As it was seen last: descriptor 3 of 812: gone"
    assert footer(look(b"", 0)) == ()


@given(
    st.binary(max_size=400),
    st.integers(0, 500),
    st.integers(0, 50),
    st.integers(0, 9),
    st.integers(20, 100),
    st.sampled_from([None, True, False]),
)
def test_any_bytes_make_lines_that_fit(data: bytes, at: int, start: int, line: int, columns: int, hexadecimal: bool | None) -> None:
    found = shown(look(data, min(start + at, start + len(data)), start=start, line=line), columns, hexadecimal=hexadecimal)
    assert 0 <= found.place < len(found.lines)
    for each in found.lines:
        text = plain(each)
        assert text.isprintable()
        assert width(text) <= max(columns, 30)
