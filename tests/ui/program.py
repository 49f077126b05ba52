"""The screen on the standing machine of fakes.py, as a program for a pseudo-terminal: `python -m tests.ui.program [OPTIONS]`."""

import os
import sys
import threading

from explorer.ui import open as opening
from explorer.ui import panes, sources
from tests.ui.fakes import FAKE_PANES, FakeLong, FakeSources


class Hangs(FakeLong):
    """Its fetch never returns."""

    key = "o"
    name = "Overview"

    def fetch(self, *_: object) -> object:
        threading.Event().wait()
        return None


def screen(target: str, **options: object) -> int:
    """What explorer.__main__ calls, with other facts."""
    sources.Sources = lambda _system: FakeSources()  # type: ignore[assignment,misc]
    panes.PANES = (*FAKE_PANES, Hangs)
    return opening.open_screen(target, **options)  # type: ignore[arg-type]


def main() -> int:
    """BREAK in the environment makes a fault that nobody catches."""
    from explorer.cli.start import start

    if os.environ.get("BREAK"):
        from explorer.ui.app import Explorer

        def broken(_self: Explorer) -> None:
            raise ZeroDivisionError("a fault made by the test\nin two lines")

        setattr(Explorer, "action_redraw", broken)  # noqa: B010
    return start(sys.argv[1:], screen)


if __name__ == "__main__":
    sys.exit(main())
