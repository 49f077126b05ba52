"""Bytes of keyboard and mouse become events; what is unknown is swallowed, never obeyed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from explorer.ui.keys import Background, Keyboard


def keys(*data: bytes) -> list[str]:
    board = Keyboard()
    return [event.key for part in data for event in board.feed(part) if isinstance(event, events.Key)]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"q", "q"), (b"L", "L"), (b"\x1b[A", "up"), (b"\x1bOA", "up"), (b"\x1bOP", "f1"), (b"\x1b[11~", "f1"), (b"\x1b[[A", "f1"),
        (b"\x1b[[D", "f4"), (b"\x1b[1;5A", "ctrl+up"), (b"\x1b[5~", "pageup"), (b"\x1b[Z", "shift+tab"),
        (b"\x03", "ctrl+c"), (b"\x1a", "ctrl+z"),
        (b"\t", "tab"),
        (b"\r", "enter"), (b"\x7f", "backspace"), (b" ", "space"), (b"/", "slash"), (b"\\", "backslash"), (b"|", "vertical_line"),
        (b"?", "question_mark"), (b"[", "left_square_bracket"), (b"]", "right_square_bracket"), (b"+", "plus"), (b"*", "asterisk"),
        (b"\x10", "ctrl+p"), (b"\x0c", "ctrl+l"), (b"\x07", "ctrl+g"), (b"\x1b[21~", "f10"), (b"\x1b[H", "home"), (b"\x1b[4~", "end"),
        ("é".encode(), "é"), (b"\x1bx", "alt+x"),
    ],
)  # fmt: skip
def test_keys_have_textuals_names(data: bytes, name: str) -> None:
    assert keys(data) == [name]
    assert keys(*(data[at : at + 1] for at in range(len(data)))) == [name]


@pytest.mark.parametrize(
    "data",
    [
        b"\x1b[?2026;2$y", b"\x1b[?62;1;6c", b"\x1b[>0;276;0c", b"\x1b[9;9;9;9R", b"\x1bP>|XTerm(388)\x1b\\",
        b"\x1b]52;c;a2lsbA==\x07", b"\x1b_Gi=31;OK\x1b\\",
        b"\x1b[I", b"\x1b[O", b"\x1b]4;1;rgb:1/2/3\x1b\\", b"\x1b[31;1:2u",
    ],
)  # fmt: skip
def test_what_a_terminal_answers_is_never_obeyed_as_keys(data: bytes) -> None:
    assert keys(data) == []


def test_escape_alone_comes_when_nothing_more_does() -> None:
    board = Keyboard()
    assert list(board.feed(b"\x1b")) == []
    assert board.waiting
    assert [event.key for event in board.late() if isinstance(event, events.Key)] == ["escape"]
    assert not board.waiting


def test_two_escapes_are_two() -> None:
    board = Keyboard()
    found = [*board.feed(b"\x1b\x1b"), *board.late()]
    assert [event.key for event in found if isinstance(event, events.Key)] == ["escape", "escape"]


def test_pasted_text_is_one_event_and_no_keys() -> None:
    board = Keyboard()
    found = [*board.feed(b"\x1b[200~k\r9"), *board.feed(b"q\x1b"), *board.feed(b"[201~x")]
    assert [type(event).__name__ for event in found] == ["Paste", "Key"]
    assert isinstance(found[0], events.Paste)
    assert found[0].text == "k\r9q"
    assert list(board.late()) == []


def test_clicks_and_wheel() -> None:
    board = Keyboard()
    found = list(board.feed(b"\x1b[<0;10;5M\x1b[<0;10;5m\x1b[<64;1;1M\x1b[<65;1;1M\x1b[<35;4;4M"))
    assert [type(event).__name__ for event in found] == ["MouseDown", "MouseUp", "MouseScrollUp", "MouseScrollDown"]
    assert isinstance(found[0], events.MouseDown)
    assert (found[0].x, found[0].y, found[0].button) == (9, 4, 1)


@pytest.mark.parametrize(("data", "light"), [(b"\x1b]11;rgb:ffff/fafa/eeee\x07", True), (b"\x1b]11;rgb:00/00/20\x1b\\", False)])
def test_the_terminal_tells_its_background(data: bytes, light: bool) -> None:
    (found,) = Keyboard().feed(data)
    assert isinstance(found, Background)
    assert found.light is light


@given(st.lists(st.binary(max_size=30), max_size=5))
def test_any_bytes_at_all_raise_nothing(parts: list[bytes]) -> None:
    board = Keyboard()
    for part in parts:
        list(board.feed(part))
        list(board.late())
