"""Open the screen on the terminal, and put everything back when it ends."""

import gc
import locale
import logging
import os
import sys
from typing import TYPE_CHECKING, Any

from explorer import keep
from explorer.render.printable import printable
from explorer.ui.lean import lean
from explorer.ui.tty import NoTerminal, Tty, open_terminal

if TYPE_CHECKING:
    import asyncio

    from explorer.ui.fault import Fault
    from explorer.ui.panes.pane import Pane


def open_screen(
    target: str = "", *, note: str = "", theme: str = "", mouse: bool | None = None, interval: float = 0.0, trace: str = ""
) -> int:
    """The exit status. Where there is no terminal: one line on stderr, and 1. What is given here holds this time only.

    target: a pid or a name. note: what has to be said about it. trace: the file of a saved one that is to be shown.
    """
    try:
        tty = open_terminal()
    except NoTerminal as error:
        sys.stderr.write(f"procdive: {error}\n")
        return 1
    try:
        fault = _on(tty, target, note, theme, mouse, interval, trace)
    except Exception as error:  # noqa: BLE001 no traceback ever reaches the user
        from explorer.ui.fault import Fault

        fault = Fault.of(error, "the start")
    finally:
        tty.leave()
    if isinstance(fault, int):
        return fault
    where = f"; details in {fault.log}" if fault.log else ""
    sys.stderr.write(f"procdive: ended by a fault of its own in {fault.what}: {printable(fault.error)}{where}\n")
    return 1


def _on(tty: Tty, target: str, note: str, theme: str, mouse: bool | None, interval: float, trace: str) -> "int | Fault":
    gc.disable()  # until the first picture stands: what is imported stays anyway
    with lean():
        import asyncio

        import textual.app  # noqa: F401
    from explorer.resolve.system import System
    from explorer.ui.app import Explorer
    from explorer.ui.kept import Kept
    from explorer.ui.sources import Sources

    sys.setswitchinterval(0.001)  # a thread that reads gives way to a key within a millisecond, not five
    logging.lastResort = None  # asyncio and Textual would write on the screen
    kept = Kept(theme=theme, mouse=mouse, interval=interval)
    sources = Sources(System())
    try:
        app = Explorer(
            sources,
            _panes,
            tty=tty,
            preferences=kept.preferences,
            state=kept.state,
            target=target,
            note=note,
            encoding=_encoding(),
            keep=kept.save,
            trace=trace,
        )
        with asyncio.Runner() as runner:
            runner.get_loop().set_exception_handler(_unexpected)
            runner.run(app.run_async(mouse=kept.preferences.mouse))
    finally:
        tty.leave()
        sources.close()
    return app.fault or app.return_code or 0


def _panes() -> "tuple[Pane, ...]":
    from explorer.ui.panes import PANES

    return tuple(pane() for pane in PANES)


def _unexpected(_loop: "asyncio.AbstractEventLoop", context: dict[str, Any]) -> None:
    """What asyncio would print goes to the log."""
    from explorer.ui.fault import Fault

    error = context.get("exception")
    if isinstance(error, Exception):
        Fault.of(error, str(context.get("message", "asyncio")))
    else:
        keep.log(f"{context.get('message')}\n")


def _encoding() -> str:
    """Of the terminal's text, by the locale that we were started in; "C" and "POSIX" mean ASCII."""
    given = _given()
    name = next((given[each] for each in ("LC_ALL", "LC_CTYPE", "LANG") if given.get(each)), "C")
    if name in {"C", "POSIX"}:
        return "ascii"
    return name.partition(".")[2].partition("@")[0] or locale.getencoding()


def _given() -> dict[str, str]:
    """The environment as we were given it: in the C locale Python sets LC_CTYPE=C.UTF-8 for itself (PEP 538)."""
    try:
        with open("/proc/self/environ", "rb") as file:
            pairs = (os.fsdecode(pair).partition("=") for pair in file.read().split(b"\0"))
            return {name: value for name, _, value in pairs}
    except OSError:
        return dict(os.environ)
