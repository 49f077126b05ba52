"""The whole screen on the standing machine, without a terminal: press keys, look at the text."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from textual.pilot import Pilot

from explorer.ui.app import Explorer
from explorer.ui.feed import Feed
from explorer.ui.panes.pane import Pane
from tests.ui.fakes import FAKE_PANES, FakeSources

DEADLINE = 20.0


class Shown:
    """app, and what a person does and sees."""

    def __init__(self, app: Explorer, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def lines(self) -> list[str]:
        """The screen's lines, without trailing blanks."""
        return [strip.text.rstrip() for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines)

    @property
    def opened(self) -> tuple[bool, bool]:
        """Whether a question is open, and whether something stands over everything."""
        return self.app.main.asked is not None, self.app.main.over is not None

    async def press(self, *keys: str) -> None:
        """Keys, by Textual's names."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def until(self, satisfied: Callable[[], object]) -> None:
        """Wait until that is so; a failure shows the screen."""
        end = time.monotonic() + DEADLINE
        while not satisfied():
            if time.monotonic() > end:
                raise AssertionError(f"the screen was\n{self.text}")
            await self.pilot.pause()
            await asyncio.sleep(0.01)

    async def beat(self) -> None:
        """It is time for every thread that asks; at the end each has asked what it had to, if anything, and waits again."""
        feed = self.app.feed
        for slot in feed._slots:
            feed.now(slot)
        await self.until(lambda: all(rests(feed, slot) for slot in feed._slots))

    async def until_text(self, *texts: str) -> None:
        """Wait until all of these stand on the screen."""
        await self.until(lambda: all(text in self.text for text in texts))


def rests(feed: Feed, slot: str) -> bool:
    """Whether a slot's thread waits, and has nothing to do first: whoever wakes it takes it from those that wait at once."""
    turn = feed._slots[slot].turn
    with turn:
        return bool(turn._waiters)  # type: ignore[attr-defined]


@asynccontextmanager
async def shown(
    size: tuple[int, int] = (80, 24), sources: FakeSources | None = None, panes: tuple[type[Pane], ...] = FAKE_PANES, **options: Any
) -> AsyncIterator[Shown]:
    """Open until the end of the block; ready when table, card and first pane stand there (as far as the size has room for them)."""
    app = Explorer(sources or FakeSources(), lambda: tuple(pane() for pane in panes), **options)
    async with app.run_test(size=size) as pilot:
        screen = Shown(app, pilot)
        await screen.until(lambda: app.panes and app.state.snapshot is not None and app.state.process is not None)
        if app.main.plan.first is not None:
            await screen.until(lambda: bool(app.main.panels[0]._facts))
        if app.main.plan.card is not None:
            await screen.until(lambda: app.main.card._facts is not None)
        await pilot.pause()
        try:
            yield screen
        finally:
            app.feed.stop()
            app.system.close()
