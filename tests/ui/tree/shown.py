"""A tree on a stage, under keys."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from explorer.kernel.procfs import Procfs
from explorer.model.snapshot import Snapshot
from explorer.resolve.system import System
from explorer.ui.text import Pen
from explorer.ui.tree import Tree
from explorer.ui.tree.wish import Wish, wish
from tests.snapshots import table, web
from tests.ui.stage import Stage, drawn


class Shown:
    """A tree on a stage, and what one asks of it."""

    def __init__(self, stage: Stage, pilot: Pilot[None], tree: Tree) -> None:
        self.stage, self.pilot, self.tree = stage, pilot, tree

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        await self.press(*("space" if char == " " else "greater_than_sign" if char == ">" else char for char in text))

    async def show(self, snapshot: Snapshot) -> None:
        self.tree.show(snapshot)
        await self.pilot.pause()

    @property
    def pid(self) -> int:
        process = self.tree.process
        return process.id.pid if process else 0

    @property
    def lines(self) -> list[str]:
        return drawn(self.tree)

    @property
    def names(self) -> list[str]:
        """COMMAND of each row."""
        at = self.lines[0].index("COMMAND")
        return [line[at:] for line in self.lines[1:] if line]


@asynccontextmanager
async def shown(
    snapshot: Snapshot | None = None, size: tuple[int, int] = (80, 24), pen: Pen | None = None, proc: str = "/nonexistent"
) -> AsyncIterator[Shown]:
    tree = Tree(id="tree")
    stage = Stage(tree, System(Procfs(proc)), pen)
    async with stage.run_test(size=size) as pilot:
        tree.show(snapshot or table(*web()))
        await pilot.pause()
        yield Shown(stage, pilot, tree)


def wish_of(text: str) -> Wish:
    """What a person would have typed."""
    return wish(text)
