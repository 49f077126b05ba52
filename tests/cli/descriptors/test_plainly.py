"""cli/descriptors/plainly.py: the same rows as by the way that everything else takes."""

import os
from io import StringIO
from pathlib import Path

import pytest

from explorer.cli import fds
from explorer.cli.descriptors import plainly
from explorer.cli.descriptors.asked import Asked
from explorer.cli.descriptors.taken import Told
from explorer.cli.output import Output
from explorer.query.selection import Selection
from explorer.query.terms import pid
from explorer.resolve.system import System
from tests.specimens.holds import Holds


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def everything(selection: Selection = Selection()) -> Asked:  # noqa: B008
    return Asked(selection, anything=True)


def test_when() -> None:
    assert plainly.fits(everything(), Output(StringIO()))
    assert not plainly.fits(everything(), Output(StringIO(), json_lines=True))
    assert not plainly.fits(everything(), Output(Terminal()))
    assert not plainly.fits(everything(Selection((pid(7),))), Output(StringIO()))
    assert not plainly.fits(everything()._replace(pids=(7,)), Output(StringIO()))


def listing(monkeypatch: pytest.MonkeyPatch, system: System, *, plain: bool) -> list[str]:
    import argparse

    parser = argparse.ArgumentParser()
    fds.arguments(parser)
    out = Output(StringIO(), StringIO())
    with monkeypatch.context() as patched:
        if not plain:
            patched.setattr(plainly, "fits", lambda *_: False)
        assert fds.run(parser.parse_args(["--all"]), system, out) == 0
    assert isinstance(out.out, StringIO)
    return out.out.getvalue().splitlines()


def test_the_same_rows(monkeypatch: pytest.MonkeyPatch, system: System, tmp_path: Path) -> None:
    with Holds("names", str(tmp_path)) as it, Holds("unix", str(tmp_path)) as other:
        mine = (f"{it.pid:>7} ", f"{other.pid:>7} ", f"{other.partner:>7} ")
        plain, whole = ([row for row in listing(monkeypatch, system, plain=way) if row.startswith(mine)] for way in (True, False))
        assert plain == whole
        assert len(plain) > 20


def test_titles_stand_once_and_what_was_shown_is_counted(system: System) -> None:
    out, told = Output(StringIO()), Told()
    plainly.show(system, out, told)
    assert isinstance(out.out, StringIO)
    rows = out.out.getvalue().splitlines()
    assert rows[0].split()[:3] == ["PID", "COMMAND", "fd"]
    assert told.shown == len(rows) - 1
    assert sum(row.startswith("    PID") for row in rows) == 1
    assert any(row.startswith(f"{os.getpid():>7} ") for row in rows)
