"""The app's key that shows the files of all processes, and what else works while they are shown. Loaded when they are first shown."""

from typing import TYPE_CHECKING, Any, Final

from explorer.ui.command import Command
from explorer.ui.fault import Fault
from explorer.ui.feed import Feed, Wish
from explorer.ui.machine.told import Pictured, ShowMachine
from explorer.ui.messages import Fetched

if TYPE_CHECKING:
    from explorer.model.opened import Opened
    from explorer.ui.machine.area import Machine
    from explorer.ui.machine.looking import Looking
    from explorer.ui.screen import Main
    from explorer.ui.state import State
    from explorer.ui.subject import Subject

MACHINE: Final = Command("A", "machine", "all files: of every process", "A", "Move", rank=64)
ALONE: Final = frozenset({"copy", "copy_shell", "palette", "settings", "pause", "open", "machine"})
"""What of the app's keys works while they are shown; all others would mean a process that is not to be seen."""
BEAT: Final = 1.0
"""Seconds between two pictures once all were read."""


class Machines:
    """Of Explorer."""

    main: "Main"
    state: "State"
    subject: "Subject"
    system: Any
    say: Any
    post_message: Any
    _machine: "Machine | None" = None
    _looking: "Looking | None" = None
    _machine_feed: Feed | None = None

    async def action_machine(self) -> None:
        """Show them, or leave them."""
        if self.main.whole is not None:
            self.main.give(self.main.processes)
            self._forget_machine()
            return
        await self._show_machine()

    async def _show_machine(self) -> None:
        from explorer.resolve.names import Names
        from explorer.ui.machine.area import Machine
        from explorer.ui.machine.looking import Looking

        names = Names(self.system.reader)
        before = self._machine
        area = Machine(self._machine_changed, names=names, user="" if self.subject.sources.root else self.subject.sources.user)
        if self._looking is None:
            self._looking = Looking(self.subject.sources.rounds(), names)
        if before is not None:
            area.resume(before)
        self._machine = area
        self.main.left_whole = self._machine_left
        self._machine_changed(area)
        self._watch_machine()
        await self.main.show_whole(area)

    def _watch_machine(self) -> None:
        looking = self._looking
        if looking is None:
            return
        if self._machine_feed is None:
            self._machine_feed = Feed(self._machine_post)
        reads, arranges = 0.0 if looking.reads else BEAT, 0.0 if looking.arranges else BEAT
        self._machine_feed.wish("read", Wish("the files of all processes", looking, looking.read, reads, repeat=True))
        self._machine_feed.wish("machine", Wish("the list of all files", looking, looking.step, arranges, repeat=True))

    def _machine_post(self, message: Any) -> None:
        """From the feed's thread."""
        assert isinstance(message, Fetched)
        self.post_message(Pictured(message.slot, message.key, message.facts))  # type: ignore[arg-type]

    def _machine_changed(self, area: "Machine") -> None:
        """Something else is wanted, or seen."""
        looking, feed = self._looking, self._machine_feed
        if looking is None or area is not self._machine:
            return
        at_once = area.demand != looking.demand or area.held != looking.held
        looking.demand, looking.chosen, looking.held = (
            area.demand,
            area.row if area.chosen is not None else None,
            area.held or self.state.paused,
        )
        looking.visible = area.seen()
        if at_once and feed is not None:
            feed.now("machine")
            feed.now("read")

    def on_pictured(self, message: Pictured) -> None:
        area, feed = self._machine, self._machine_feed
        if feed is None:
            return
        if area is not None and message.key is self._looking and self.main.whole is area:
            if isinstance(message.facts, Fault):
                self.say(message.facts.line)
            elif isinstance(message.facts, int):
                feed.now("machine")
            else:
                area.show(message.facts)
                self._machine_changed(area)
            self._watch_machine()
        feed.taken(message.slot)

    async def on_show_machine(self, message: ShowMachine) -> None:  # noqa: ARG002
        if self.main.whole is None:
            await self._show_machine()

    def _machine_left(self) -> None:
        """Another area has the keys: nothing is read any more, but it can be come back to."""
        if self._machine_feed is not None:
            self._machine_feed.wish("read", None)
            self._machine_feed.wish("machine", None)
        if not self.state.back or self.state.back[-1][1]:
            self._forget_machine()

    def _forget_machine(self) -> None:
        self._looking = None

    def machine_stop(self) -> None:
        """Read nothing more."""
        if self._machine_feed is not None:
            self._machine_feed.stop()

    def machine_row(self) -> "Opened | None":
        """The row that is selected in them, while they are shown."""
        if self._machine is None or self.main.whole is not self._machine:
            return None
        return self._machine.row
