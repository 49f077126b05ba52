"""What reaches the terminal: exactly the picture, only what changed, and no code that the theme does not have."""

import re

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from explorer.render.piece import Line, Role, piece
from explorer.render.width import width
from explorer.ui.paint import Painter
from explorer.ui.text import Pen
from explorer.ui.themes import NAMES, Look, theme

COLUMNS, ROWS = 30, 4
SGR = re.compile(rb"\x1b\[([0-9;]*)m")
OURS = re.compile(rb"\x1b\[(?:[0-9;]*m|[0-9]+;[0-9]+H|[0-9]+C|K|2J)")


def unwrapped() -> pyte.Screen:
    """As tty.py has the terminal: what is written behind the last column begins no new line."""
    screen = pyte.Screen(COLUMNS, ROWS)
    screen.reset_mode(7, private=True)
    return screen


def cells(screen: pyte.Screen, row: int) -> str:
    return "".join(screen.buffer[row][column].data or "" for column in range(screen.columns))


def frame(painter: Painter, lines: list[Line], pen: Pen, look: Look = Look.PLAIN) -> bytes:
    return painter.frame({y: [(0, pen.strip(line, COLUMNS, look, " "))] for y, line in enumerate(lines)})


def cell_frame(painter: Painter, lines: list[Line], pen: Pen, look: Look) -> bytes:
    """The same from cells, as areas give them."""
    made = [painter.cells(pen.runs(line, COLUMNS, look, " "), COLUMNS) for line in lines]
    return painter.frame({y: [(0, cells)] for y, cells in enumerate(made)})


texts = st.text(st.sampled_from("ab  cä漢字…│é\u0301\x1b\x07\x9b\u202e\udcff\n"), max_size=40)
lines = st.lists(st.lists(st.tuples(texts, st.sampled_from(list(Role))), max_size=4), min_size=ROWS, max_size=ROWS)


@settings(max_examples=60, deadline=None)
@given(frames=st.lists(lines, min_size=1, max_size=4), name=st.sampled_from(NAMES), look=st.sampled_from(list(Look)))
def test_frames_one_after_the_other_show_what_the_last_one_alone_would(
    frames: list[list[list[tuple[str, Role]]]], name: str, look: Look
) -> None:
    pen = Pen(theme(name))
    colours = {"mono": 1, "ansi": 16}.get(name, 1 << 24)
    painter, screen = Painter(colours), unwrapped()
    painter.resize(COLUMNS, ROWS)
    stream = pyte.ByteStream(screen)
    for number, each in enumerate(frames):
        data = (cell_frame if number % 2 else frame)(painter, [tuple(piece(text, role) for text, role in line) for line in each], pen, look)
        assert not OURS.sub(b"", data).count(b"\x1b")
        stream.feed(data)
    alone, fresh = Painter(colours), unwrapped()
    alone.resize(COLUMNS, ROWS)
    last = [tuple(piece(text, role) for text, role in line) for line in frames[-1]]
    pyte.ByteStream(fresh).feed(frame(alone, last, pen, look))
    for row in range(ROWS):
        assert cells(screen, row) == cells(fresh, row)
        seen = [screen.buffer[row][column] for column in range(COLUMNS)]
        wanted = [fresh.buffer[row][column] for column in range(COLUMNS)]
        for ours, theirs in zip(seen, wanted, strict=True):
            assert (ours.bg, ours.reverse, ours.underscore) == (theirs.bg, theirs.reverse, theirs.underscore)
            if ours.data.strip():
                assert (ours.fg, ours.bold) == (theirs.fg, theirs.bold)


def test_nothing_is_sent_where_nothing_changed() -> None:
    painter, pen = Painter(1 << 24), Pen(theme("dark"))
    painter.resize(COLUMNS, ROWS)
    line = (piece("  812 "), piece("nginx", Role.NAME))
    assert frame(painter, [line] * ROWS, pen)
    assert frame(painter, [line] * ROWS, pen) == b""


def test_only_the_cells_that_changed_are_sent() -> None:
    painter, pen = Painter(1 << 24), Pen(theme("mono"))
    painter.resize(COLUMNS, ROWS)
    frame(painter, [(piece("  812 www-data   3.1   14M S"),)], pen)
    data = frame(painter, [(piece("  812 www-data   3.2   14M S"),)], pen)
    assert data == b"\x1b[1;21H2"


def test_a_wide_character_is_replaced_whole() -> None:
    painter, pen, screen = Painter(1), Pen(theme("mono")), pyte.Screen(COLUMNS, ROWS)
    painter.resize(COLUMNS, ROWS)
    stream = pyte.ByteStream(screen)
    for text in ("漢字x", "a字x", "漢字x", "漢x"):
        stream.feed(frame(painter, [(piece(text),)], pen))
        assert cells(screen, 0).rstrip() == " " + text


def test_the_rest_of_a_line_is_erased_not_overwritten() -> None:
    painter, pen = Painter(1), Pen(theme("mono"))
    painter.resize(COLUMNS, ROWS)
    frame(painter, [(piece("x" * 29),)], pen)
    assert frame(painter, [(piece("xx"),)], pen) == b"\x1b[1;4H\x1b[K"


@pytest.mark.parametrize(("name", "colours", "allowed"), [("ansi", 16, {0, 1, 4, 7, *range(30, 38)}), ("mono", 1, {0, 1, 4, 7})])
def test_sixteen_colours_and_none_use_their_own_codes_only_down_to_the_last_cell(name: str, colours: int, allowed: set[int]) -> None:
    painter, pen = Painter(colours), Pen(theme(name))
    painter.resize(COLUMNS, ROWS)
    data = b""
    for look in Look:
        for role in Role:
            data += frame(painter, [(piece("some text", role), piece(" and "), piece("more", role))], pen, look)
    foreign = Strip([Segment("textual's own", Style.parse("bold #abcdef on #123456")), Segment("x", Style.parse("bright_black on red"))])
    data += painter.frame({1: [(0, foreign)]})
    codes = {int(code) for found in SGR.findall(data) for code in found.split(b";") if code}
    assert codes <= allowed


def test_a_terminal_of_256_colours_gets_those() -> None:
    painter, pen = Painter(256), Pen(theme("dark"))
    painter.resize(COLUMNS, ROWS)
    data = frame(painter, [(piece("path", Role.PATH),)], pen, Look.SELECTED)
    assert b";2;" not in data
    assert b"38;5;" in data
    assert b"48;5;" in data


def test_what_a_strip_holds_is_printable_once_more() -> None:
    painter = Painter(1)
    painter.resize(COLUMNS, ROWS)
    data = painter.frame({0: [(0, Strip([Segment("a\x1b[31mb\x9b1m\x07")]))]})
    assert data.replace(b"\x1b[m\x1b[2J", b"").replace(b"\x1b[1;1H", b"").isascii()
    assert b"\x1b[31m" not in data
    assert b"\x07" not in data


def test_after_forgetting_the_whole_picture_is_drawn_again() -> None:
    painter, pen = Painter(1), Pen(theme("mono"))
    painter.resize(COLUMNS, ROWS)
    first = frame(painter, [(piece("line"),)] * ROWS, pen)
    painter.forget()
    assert frame(painter, [(piece("line"),)] * ROWS, pen) == first


def test_in_ascii_every_byte_is() -> None:
    painter, pen = Painter(1, "ascii"), Pen(theme("mono"), ascii=True)
    painter.resize(COLUMNS, ROWS)
    assert frame(painter, [(piece("├─漢 é ● ▲ … ←"),)], pen).isascii()


def test_a_line_is_as_wide_as_its_columns() -> None:
    for text in ("漢字漢字漢字漢字漢字漢字漢字漢字", "e\u0301" * 40, ""):
        strip = Pen(theme("dark")).strip((piece(text),), 21)
        assert strip.cell_length == 21
        assert sum(width(segment.text) for segment in strip) == 21
