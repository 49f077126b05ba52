"""The screen on the standing machine of fakes.py, as a program for a pseudo-terminal: `python -m tests.ui.program [OPTIONS]`."""

import os
import sys
import threading
from dataclasses import replace

from explorer.model.snapshot import Process
from explorer.ui import open as opening
from explorer.ui import panes, sources
from explorer.ui.panes.pane import Pane
from tests.ui.fakes import FAKE_PANES, ROWS, FakeLong, FakeSources, snapshot


class Hangs(FakeLong):
    """Its fetch never returns."""

    key = "o"
    name = "Overview"

    def fetch(self, *_: object) -> object:
        threading.Event().wait()
        return None


FAULTY: tuple[type[Pane], ...] = (*FAKE_PANES, Hangs)
WORDS = "\x1b[31mX\x1b]52;c;a2lsbA==\x07\x1b]0;t\x07[red]\u202e\x9b1m\n\r\t\x7f\udcff漢e\u0301\u200b"


def hostile(row: Process) -> Process:
    """The same process with names that want to be obeyed."""
    return replace(row, comm=row.comm[:2] + WORDS, argv=(f"{row.comm}{WORDS}", WORDS), user=row.user + WORDS)


def screen(target: str, **options: object) -> int:
    """What explorer.__main__ calls, with other facts."""
    shown = snapshot(*(hostile(row) for row in ROWS)) if os.environ.get("HOSTILE") else None
    sources.Sources = lambda _system: FakeSources(shown)  # type: ignore[assignment,misc]
    panes.PANES = tuple(pane for pane in FAKE_PANES if not pane.__name__.startswith("Failing")) if os.environ.get("FAULTLESS") else FAULTY
    return opening.open_screen(target, **options)  # type: ignore[arg-type]


def main() -> int:
    """In the environment: BREAK makes a fault that nobody catches, HOSTILE names that want to be obeyed, FAULTLESS leaves out
    the panes that fail."""
    from explorer.cli.start import start

    if os.environ.get("BREAK"):
        from explorer.ui.app import Explorer

        def broken(_self: Explorer) -> None:
            raise ZeroDivisionError("a fault made by the test\nin two lines")

        setattr(Explorer, "action_redraw", broken)  # noqa: B010
    return start(sys.argv[1:], screen)


if __name__ == "__main__":
    sys.exit(main())
