"""The selected process: what is fetched of it, and in which panel it is shown."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from explorer.model.family import Family
from explorer.model.process import ProcessId
from explorer.model.snapshot import Process, Snapshot
from explorer.render.machine import states
from explorer.render.missing import sentence
from explorer.render.piece import Line, Role, piece
from explorer.render.sheet import Target
from explorer.ui.fault import Fault
from explorer.ui.feed import Feed, Wish
from explorer.ui.machine.told import ShowMachine
from explorer.ui.messages import Fetched
from explorer.ui.panel import Panel
from explorer.ui.places import Places
from explorer.ui.state import State

if TYPE_CHECKING:
    from explorer.ui.card import CardArea
    from explorer.ui.panes.pane import Pane
    from explorer.ui.screen import Main
    from explorer.ui.sources import Sources
    from explorer.ui.tree.tree import Tree

CARD_INTERVAL: Final = 1.0


class Subject:
    """It is told what happened by the app, and tells areas what to show; the feed does the reading."""

    def __init__(self, state: State, sources: "Sources", feed: Feed, say: Callable[[Line], object], interval: float) -> None:
        self.state = state
        self.sources = sources
        self.panes: dict[str, Pane] = {}
        self.feed = feed
        self.interval = interval
        self._say = say
        self.places = Places((), "", "")
        self._told_hidden = False
        self._counted: Family | None = None
        """What state.counts were counted from."""
        self.main: Main
        self.tree: Tree
        self.card: CardArea
        self.panels: tuple[Panel, Panel]

    def begin(self, main: "Main", tree: "Tree", card: "CardArea", panels: tuple[Panel, Panel]) -> None:
        """These are the areas; ask for the table."""
        self.main, self.tree, self.card, self.panels = main, tree, card, panels
        self.table()

    def table(self) -> None:
        """Ask for the table at the present interval."""
        self.feed.wish("table", Wish("the process table", "table", self._fetch_table, self.interval, repeat=True))

    def _fetch_table(self) -> Snapshot:
        return self.sources.table(tuple(self.tree.on_screen()), self.tree.threads)

    def load(self, panes: "Sequence[Pane]") -> None:
        """These are the panes; they come after the first picture, for what they import takes longer than the tree."""
        self.panes = {pane.key: pane for pane in panes}
        self.feed.beside("programs", self.sources.watch_programs)
        letters = tuple(self.panes)
        if letters:
            self.places = Places(letters, letters[0], letters[min(1, len(letters) - 1)])
            self.watch()
            # The first table came without what takes psutil.
            self.feed.now("table")

    # what happened

    def tabled(self, snapshot: Snapshot) -> None:
        """A new table of processes."""
        self.state.snapshot = snapshot
        if snapshot.hidden is not None and not self._told_hidden:
            self._told_hidden = True
            self._say(sentence(snapshot.hidden))
        self.tree.show(snapshot)
        forest = self.tree.outline.forest
        if forest is not None and forest.family is not self._counted:
            self._counted = forest.family
            self.state.counts = states(forest.family.live.values())
        self.main.top_line.changed()
        if self.main.asked is not None:
            self.main.asked.changed()
        self._tell()

    def selected(self, process: ProcessId | None) -> None:
        """Another process is selected: show it, and read of it once the selection stands still."""
        self.state.process = process
        self._tell()
        self.watch()

    def fetched(self, message: Fetched) -> None:
        """An answer of the feed; one about another process or pane than is shown now is dropped."""
        slot, facts = message.slot, message.facts
        if slot == "table":
            if isinstance(facts, Snapshot):
                self.tabled(facts)
            elif isinstance(facts, Fault):
                self._say(facts.line)
        elif slot == "card":
            if message.key == self.state.process:
                self.card.show(facts)
        elif isinstance(message.key, tuple) and message.key[0] == self.state.process:
            panel = self.panels[slot == "second"]
            panel.show(message.key[1], facts)
        self.feed.taken(slot)

    # what to show

    def row(self) -> Process | None:
        """The selected process in the table; None where it has ended."""
        process, snapshot = self.state.process, self.state.snapshot
        if process is None or snapshot is None:
            return None
        row = snapshot.processes.get(process.pid)
        return row if row is not None and row.id == process else None

    def _tell(self) -> None:
        row = self.row()
        self.card.about(self.state.process, row)
        for panel in self.panels:
            panel.about(self.state.process, row)

    def watch(self) -> None:
        """Ask the feed for what is on the screen now, and for nothing else."""
        two = self.main.two
        for name, panel, letter in (("first", self.panels[0], self.places.first), ("second", self.panels[1], self.places.second)):
            if letter:
                panel.offer(tuple(self.panes[each] for each in self.places.tabs(name, both=two)), self.panes[letter])
        process = self.state.process
        plan = self.main.plan
        alive = process is not None and (self.row() is not None or self.state.snapshot is None)
        self.feed.wish("card", self._card_wish(process) if plan.card is not None and process is not None else None)
        for name, rect, panel in (("first", plan.first, self.panels[0]), ("second", plan.second, self.panels[1])):
            shown = rect is not None and process is not None and panel.pane is not None and alive
            self.feed.wish(name, self._pane_wish(process, panel.pane) if shown else None)  # type: ignore[arg-type]

    def _card_wish(self, process: ProcessId) -> Wish:
        return Wish("the card", process, lambda: self.sources.card(process), CARD_INTERVAL)

    def _pane_wish(self, process: ProcessId, pane: "Pane") -> Wish:
        return Wish(f"pane {pane.name}", (process, pane.key), lambda: pane.fetch(self.sources.system, process), pane.interval)

    # where to show it

    def open(self, letter: str, panel: str = "", *, give: bool = True) -> None:
        """Show the pane with this letter, and give its panel the keys where it has not been asked from there."""
        asked = panel or (self.main.area.id or "")
        self.places, where = self.places.opened(letter, asked if asked in {"first", "second"} else "", both=self.main.two)
        if self.state.zoomed and self.state.zoomed != where:
            self.state.zoomed = where
        self.watch()
        if give:
            self.main.give(self.panels[where == "second"])
        self.main.keys.changed()

    def panel_of(self, letter: str) -> Panel:
        """The panel in which this pane is."""
        return self.panels[self.places.second == letter and self.main.two]

    def jump(self, target: Target) -> bool:
        """Go to that process, and to that descriptor of it; Backspace comes back. False, and why is said, where that cannot be."""
        before, area = self.state.process, self.main.area
        whole = self.main.whole is not None
        letter = area.letter if isinstance(area, Panel) else "" if whole else self.places.first
        if not self.tree.choose(target.pid):
            self._say((piece(f"{target.pid} is not shown in the tree", Role.MIND), piece(": hidden by its filter, or gone")))
            return False
        process = self.tree.outline.process
        # The list of all files may have been opened before anybody was selected.
        if (before := before or process) is not None:
            self.state.back.append((before, letter))
        self.selected(process)
        if target.fd is not None and "l" in self.panes:
            self.open("l")
            self.panel_of("l").choose(str(target.fd))
        elif whole:
            self.main.give(self.tree)
        return True

    def back(self) -> None:
        """To where the last jump came from."""
        if not self.state.back:
            self._say((piece("no jump to come back from", Role.MIND),))
            return
        process, letter = self.state.back.pop()
        if self.tree.choose(process.pid):
            self.selected(self.tree.outline.process)
        if letter:
            self.open(letter)
        else:
            self.main.post_message(ShowMachine())

    def find(self, target: str) -> bool:
        """Select the process that a person named at the start: a pid, or the beginning of a name."""
        snapshot = self.state.snapshot
        if snapshot is None:
            return False
        if target.isdigit():
            return self.tree.choose(int(target))
        named = [process for process in snapshot.processes.values() if process.comm == target or _program(process) == target]
        named = named or [process for process in snapshot.processes.values() if target in process.comm or target in _program(process)]
        chosen = min(named, key=lambda process: (process.id.start, process.id.pid), default=None)
        return chosen is not None and self.tree.choose(chosen.id.pid)


def _program(process: Process) -> str:
    argv = process.argv
    if not isinstance(argv, tuple) or not argv:
        return ""
    return argv[0].partition(" ")[0].rstrip("/").rpartition("/")[2]
