"""A table that is drawn in its place."""

import io
import os
import pty
import termios

import pyte
import pytest

from explorer.cli.output import Output
from explorer.cli.tracing.live import ENTER, LEAVE, Live, size
from explorer.render.piece import Line, Role, piece
from tests.commands import Coloured


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")


def picture(columns: int, rows: int) -> list[Line]:
    return [(piece("x" * columns),), (piece("late", Role.MIND),), *[(piece(f"row {row}"),) for row in range(rows)]]


def written(out: Output) -> str:
    assert isinstance(out.out, io.StringIO)
    return out.out.getvalue()


def seen(text: str) -> list[str]:
    screen = pyte.Screen(80, 24)
    pyte.Stream(screen).feed(text)
    return [line.rstrip() for line in screen.display]


def test_it_is_drawn_over_itself_and_taken_away() -> None:
    out = Output(Coloured(), io.StringIO())
    out.ascii = False
    with Live(out, every=0) as live:
        live.draw(lambda columns, rows: [(piece("a longer line"),), (piece("two"),), (piece("three"),)])
        live.draw(picture)
        lines = seen(written(out))
        assert lines[:4] == ["x" * 80, "late", "row 0", "row 1"]
        assert lines[23] == "row 21"
        live.draw(lambda columns, rows: [(piece("short"),)])
        assert seen(written(out)) == ["short"] + [""] * 23
    whole = written(out)
    assert (whole.count(ENTER), whole.count(LEAVE), whole.endswith(LEAVE)) == (1, 1, True)


def interrupted(out: Output) -> None:
    with Live(out, every=0) as live:
        live.draw(picture)
        raise KeyboardInterrupt


def test_it_is_left_whatever_happens() -> None:
    out = Output(Coloured(), io.StringIO())
    with pytest.raises(KeyboardInterrupt):
        interrupted(out)
    assert written(out).endswith(LEAVE)


def test_not_before_it_is_time_and_not_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    out = Output(Coloured(), io.StringIO())
    with Live(out, every=1000) as live:
        live.draw(picture)
    with Live(out, wanted=False, every=0) as live:
        live.draw(picture)
    monkeypatch.setenv("TERM", "dumb")
    with Live(out, every=0) as live:
        live.draw(picture)
    assert written(out) == ""
    out = Output(io.StringIO(), io.StringIO())
    with Live(out, every=0) as live:
        assert not live.on
        live.draw(picture)
    assert written(out) == ""


def test_the_size_is_asked_for_each_time() -> None:
    assert size(Output(io.StringIO(), io.StringIO())) == (0, 0)
    assert size(Output(Coloured(), io.StringIO())) == (80, 24)
    master, slave = pty.openpty()
    try:
        with os.fdopen(slave, "w", closefd=False) as terminal:
            termios.tcsetwinsize(slave, (30, 132))
            assert size(Output(terminal, io.StringIO())) == (132, 30)
            termios.tcsetwinsize(slave, (0, 0))
            assert size(Output(terminal, io.StringIO())) == (80, 24)
    finally:
        os.close(master)
        os.close(slave)
