"""The trace area alone, with a session that is told what a test says."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot

from explorer.model.batch import UNKNOWN, Batch, Kind
from explorer.model.missing import Missing
from explorer.model.process import ProcessId
from explorer.trace.payload import pack
from explorer.ui.trace.header import Tab
from explorer.ui.trace.panel import TracePanel
from explorer.ui.trace.session import Session, State
from explorer.ui.trace.sifting import Sifting
from tests.traces import nginx
from tests.ui.stage import Stage, drawn

NOON = 1_764_080_527_000_000_000
"""14:22:07 UTC: when the first row of a session here began, and when it was attached."""


def session(state: State = "live", why: Missing | str = "", label: str = "812 nginx") -> Session:
    """Of nginx's two workers, or what label says."""
    made = Session(label, (ProcessId(812, 81200),))
    made.state, made.why, made.since = state, why, NOON / 1e9
    made.log.epoch = NOON
    return made


def pending(tid: int = 812) -> Batch:
    """In epoll_wait."""
    batch = Batch()
    batch.add(Kind.PENDING, tid, tid, time.monotonic_ns() - 2_000_000_000, 232, 0, UNKNOWN, EPOLL)
    return batch


EPOLL = pack((8, 0, 512, 4800, 0, 0), [(8, False, b"anon_inode:[eventpoll]")], [])


class Traced:
    """What a person does in the area, and sees."""

    def __init__(self, panel: TracePanel, stage: Stage, pilot: Pilot[None]) -> None:
        self.panel, self.stage, self.pilot = panel, stage, pilot

    @property
    def lines(self) -> list[str]:
        """The area's, header first."""
        return [line for line in drawn(self.panel) if line]

    @property
    def header(self) -> str:
        """The first of them."""
        return self.lines[0]

    @property
    def current(self) -> str:
        """The selected line."""
        return drawn(self.panel)[1 + self.panel.selected - self.panel.top]

    async def tell(self, batch: Batch) -> None:
        """This has happened."""
        assert self.panel.session is not None
        self.panel.session.log.append(batch)
        self.panel.told(self.panel.session)
        await self.until(lambda: self.panel.watched is not None and not self.panel.watched.more)
        self.panel.catch_up()
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Keys, by Textual's names; what they begin is done afterwards."""
        await self.pilot.press(*keys)
        await self.pilot.pause()
        await self.until(lambda: self.panel._seek is None and not (self.panel.watched and self.panel.watched.more))

    async def until(self, satisfied: Callable[[], object]) -> None:
        """Wait until that is so."""
        end = time.monotonic() + 20
        while not satisfied():
            assert time.monotonic() < end, "\n".join(drawn(self.panel))
            await self.pilot.pause()
            await asyncio.sleep(0.01)


class Faces(Stage):
    """A stage with all tabs of the area, one of them to be seen."""

    def __init__(self, panel: TracePanel) -> None:
        super().__init__(panel)
        self.panel = panel

    def compose(self) -> Iterable[Any]:
        yield from self.panel.faces
        yield self.line

    def turn(self) -> None:
        """As the screen does it."""
        for face in self.panel.faces:
            face.display = face is self.panel.face
            face.show_again(face.display)
        self.area = self.panel.face
        self.panel.face.focus()


class Tabled(Traced):
    """What a person does in a table, and sees."""

    stage: Faces

    @property
    def table(self) -> Sifting:
        """The one that is shown."""
        found = self.panel.face
        assert isinstance(found, Sifting)
        return found

    @property
    def lines(self) -> list[str]:
        return [line for line in drawn(self.panel.face) if line]

    @property
    def current(self) -> str:
        table = self.panel.face
        return drawn(table)[table._frame()[0] + table.selected - table.top]

    async def tell(self, batch: Batch) -> None:
        assert self.panel.session is not None
        self.panel.session.log.append(batch)
        await self.settle()

    async def settle(self) -> None:
        """What came is counted and shown."""
        assert self.panel.session is not None
        session = self.panel.session
        self.panel.told(session)
        if self.panel.face is self.panel or session.state == "refused":
            await self.until(lambda: self.panel.watched is not None and not self.panel.watched.more)
            self.panel.catch_up()
            return
        counting = self.table.counting(session)
        await self.until(lambda: not counting.more)
        self.table.show_now()
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        for key in keys:
            if key == "escape":  # the screen's key
                self.table.action_clear()
            else:
                await self.pilot.press(key)
        await self.pilot.pause()

    def rows(self) -> list[str]:
        """The lines below header and titles."""
        return self.lines[self.table._frame()[0] :]


@asynccontextmanager
async def tabled(tab: Tab, shown: Session | None = None, rows: int = 400, size: tuple[int, int] = (140, 24)) -> AsyncIterator[Tabled]:
    """A table on a session, with so many of nginx's rows."""
    stage: list[Faces] = []
    panel = TracePanel(lambda: stage[0].turn() if stage else None)
    stage.append(Faces(panel))
    async with stage[0].run_test(size=size) as pilot:
        made = shown or session()
        made.log.append(nginx(rows) if rows else Batch())
        panel.show(made, tab)
        stage[0].turn()
        found = Tabled(panel, stage[0], pilot)
        await pilot.pause()
        await found.settle()
        yield found


@asynccontextmanager
async def traced(shown: Session | None = None, rows: int = 0, size: tuple[int, int] = (140, 16)) -> AsyncIterator[Traced]:
    """The area on a session, with so many of nginx's rows."""
    panel = TracePanel()
    stage = Stage(panel)
    async with stage.run_test(size=size) as pilot:
        panel.show(shown or session())
        found = Traced(panel, stage, pilot)
        if rows:
            await found.tell(nginx(rows))
        await pilot.pause()
        yield found
