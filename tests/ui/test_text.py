"""Lines of pieces become strips; nothing in them is markup, and C-locale lines keep their columns."""

from explorer.render.piece import Line, Piece, Role, line, piece, plain
from explorer.ui.text import Pen, in_ascii
from explorer.ui.themes import Look, theme

DARK = Pen(theme("dark"))


def test_text_from_strangers_is_never_markup_and_never_raw() -> None:
    hostile = Piece("[red]x[/red] [@click=app.exit]y\x1b[31m\x07\u202e", Role.NAME)  # as if somebody had forgotten piece()
    text = "".join(segment.text for segment in DARK.strip((hostile,), 60))
    assert text.rstrip() == r"[red]x[/red] [@click=app.exit]y\e[31m\x07\u202e"


def test_a_strip_is_cut_and_padded_to_its_columns() -> None:
    for columns in range(1, 12):
        strip = DARK.strip((piece("漢字"), piece("abc")), columns, mark="+")
        assert strip.cell_length == columns
    assert "".join(segment.text for segment in DARK.strip((piece("漢字"),), 3)) == "漢 "


def test_the_mark_has_the_colour_of_its_meaning() -> None:
    first = next(iter(DARK.strip((piece("x"),), 5, mark="+")))
    assert first.style == next(iter(DARK.strip((piece("x", Role.NEW),), 5))).style


def test_a_header_is_drawn_in_one_ink_whatever_its_roles() -> None:
    strip = DARK.strip((piece("PID", Role.NAME), piece(" "), piece("USER", Role.SECONDARY)), 10, Look.HEADER)
    assert {segment.style.bgcolor.name for segment in strip if segment.style and segment.style.bgcolor} == {"#79c0ff"}


def test_in_ascii_columns_stay_where_they_are() -> None:
    before: Line = line("  11 tcp estab   rw :80 ← 10.0.0.9:51122        queue 0/14K")
    after = plain(in_ascii(before))
    assert after.isascii()
    assert after.index("queue") == plain(before).index("queue")
    right: Line = line("now epoll_wait(8, …)", "      for 2.1 s")
    assert len(plain(in_ascii(right))) == len(plain(right))


def test_in_ascii_there_is_a_sign_for_each_of_ours() -> None:
    pen = Pen(theme("mono"), ascii=True)
    text = "".join(segment.text for segment in pen.strip(line("├─ └─ │ ▲ ▼ µs ≥ ● ‖ ▏ ·"), 40))
    assert text.rstrip() == "|- `- | ^ v us >= @ || _ -"
