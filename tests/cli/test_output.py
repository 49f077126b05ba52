"""cli/output.py"""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.cli.output import Output
from explorer.model.missing import Missing, Reason
from explorer.render.piece import Piece, Role, piece

TREE = Path(__file__).parent.parent.parent


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def test_plain_text_where_nobody_looks() -> None:
    out = Output(io.StringIO(), io.StringIO())
    out.line((piece("a", Role.FAILED), piece("b\x1b[31m")))
    assert isinstance(out.out, io.StringIO)
    assert out.out.getvalue() == "ab\\e[31m\n"


def test_colour_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    out = Output(Terminal(), Terminal())
    out.line((piece("a", Role.FAILED), piece("b")))
    assert isinstance(out.out, Terminal)
    assert out.out.getvalue() == "\x1b[1;31ma\x1b[0mb\n"
    for name, value in (("NO_COLOR", "1"), ("TERM", "dumb")):
        with monkeypatch.context() as here:
            here.setenv(name, value)
            assert not Output(Terminal(), Terminal()).colour


def test_raw_pieces_are_escaped_too() -> None:
    """Whoever made a Piece without piece() does no harm."""
    out = Output(io.StringIO(), io.StringIO())
    out.colour = True
    out.line((Piece("\x1b]0;PWN\x07", Role.NAME),))
    out.complain("\x1b]52;c;x\x07\nsecond")
    assert isinstance(out.out, io.StringIO)
    assert isinstance(out.err, io.StringIO)
    assert out.out.getvalue() == "\x1b[1m\\e]0;PWN\\x07\x1b[0m\n"
    assert out.err.getvalue() == "procdive: \\e]52;c;x\\x07\\nsecond\n"


def test_ascii_where_the_terminal_has_no_more() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    out = Output(stream, io.StringIO())
    out.line((piece("├─ µ 日"),))
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    assert stream.buffer.getvalue() == b"|- u \\u65e5\n"


def test_json_is_ascii_on_one_line() -> None:
    out = Output(io.StringIO(), io.StringIO())
    out.record({"x": "日\n\udcff", "m": Missing(Reason.GONE, "d")})
    assert isinstance(out.out, io.StringIO)
    said = out.out.getvalue()
    assert said.isascii()
    assert said.count("\n") == 1
    assert json.loads(said)["x_hex"] == "e697a50aff"


def test_a_missing_says_all_of_it() -> None:
    out = Output(io.StringIO(), io.StringIO())
    out.ascii = False
    out.complain(Missing(Reason.DENIED, "/proc/1/exe", "run as root"))
    assert isinstance(out.err, io.StringIO)
    assert out.err.getvalue() == "procdive: /proc/1/exe: denied — run as root\n"


@pytest.mark.parametrize("closed", [(1,), (2,), (1, 2), (0, 1, 2)])
def test_closed_standard_streams(closed: tuple[int, ...]) -> None:
    def close() -> None:
        for fd in closed:
            os.close(fd)

    argv = [sys.executable, "-m", "explorer", "show", str(os.getpid()), "cmdline"]
    done = subprocess.run(argv, cwd=TREE, preexec_fn=close, capture_output=True, text=True, timeout=60)
    assert "Traceback" not in done.stderr
    assert done.returncode in {0, 1}
