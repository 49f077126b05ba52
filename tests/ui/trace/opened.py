"""The screen on the standing machine, opened on a process; its traces."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from explorer.ui.trace.session import Session
from tests.ui.shown import Shown, shown


@asynccontextmanager
async def at(pid: int, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Shown]:
    """Opened on a process, and there."""
    async with shown(size, target=str(pid)) as screen:
        await screen.until(lambda: screen.app.state.process is not None and screen.app.state.process.pid == pid)
        yield screen


def sessions(screen: Shown) -> list[Session]:
    return screen.app.tracing.sessions.all


def marked(screen: Shown) -> set[int]:
    """The pids in whose gutter a ● stands."""
    return {int(line[1:].split()[0]) for line in screen.lines if line.startswith("●")}
