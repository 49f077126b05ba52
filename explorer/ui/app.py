"""The explorer's screen: its areas, what happens on their messages, and the keys that work everywhere."""

import base64
import gc
import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events
from textual.binding import BindingType
from textual.screen import Screen

from explorer.render.piece import Line, Role, piece
from explorer.ui.card import CardArea
from explorer.ui.command import Command, bindings
from explorer.ui.drawn import Drawn
from explorer.ui.fault import Fault
from explorer.ui.feed import Feed, Wish
from explorer.ui.inturn import LOOK, Echo, InTurn
from explorer.ui.keyline import KeyLine
from explorer.ui.lines import Lines
from explorer.ui.machine.verbs import ALONE, MACHINE, Machines
from explorer.ui.messages import Again, AskPeek, AskWho, Back, Copy, CopyFile, Fetched, InPager, Jump, Manual, Offers, Open, Say, Selected
from explorer.ui.panel import TRACE as TRACE_TAB
from explorer.ui.panel import Panel
from explorer.ui.preferences import Preferences
from explorer.ui.screen import KEYS, Main
from explorer.ui.state import State
from explorer.ui.subject import Subject
from explorer.ui.topline import TopLine
from explorer.ui.trace.verbs import TRACE, Verbs
from explorer.ui.tree.tree import Tree

if TYPE_CHECKING:
    from explorer.ui.asides import Asides
    from explorer.ui.panes.pane import Pane
    from explorer.ui.sources import Sources
    from explorer.ui.tty import Tty

COMMANDS: Final = (
    Command("f1,question_mark", "help", "help", "F1 ?", "Screen", "F1 help", "F1 help", rank=0, least=0),
    Command("ctrl+p", "palette", "all by name", "Ctrl-P", "Screen", "Ctrl-P all", "", rank=90, palette=False),
    Command("q", "level_back", "back, quit", "q", "Screen", "q quit", "q quit", rank=99, least=0, palette=False),
    Command("f10", "leave", "quit", "F10", "Screen", first=True),
    Command("ctrl+c", "interrupt", "end traces: quit where there are none", "Ctrl-C", "Screen", first=True),
    Command("y", "copy", "copy line", "y", "Screen", "y copy", "", rank=75),
    Command("Y", "copy_shell", "copy command", "Y", "Screen"),
    Command("f2", "settings", "settings", "F2", "Screen"),
    Command("Z", "pause", "pause", "Z", "Screen"),
    Command("ctrl+l", "redraw", "draw again", "Ctrl-L", "Screen", first=True),
    Command("ctrl+z", "suspend", "suspend", "Ctrl-Z", "Screen", first=True),
    Command("ctrl+g", "mouse", "mouse: to the terminal and back", "Ctrl-G", "Screen"),
)
IN_TREE: Final = Command("enter", "enter", "to panes", "Enter", "Look", "Enter panes", "Enter panes", rank=70, least=4)
ALWAYS: Final = frozenset({"help", "level_back", "leave", "interrupt", "redraw", "suspend", "mouse", "escape"})
"""Actions that also work while a question waits for its answer."""
CLIPBOARD_LIMIT: Final = 74_000
"""Bytes that terminals take in one OSC 52."""


class Explorer(Machines, Verbs, Drawn):
    """sources: where facts come from. panes: makes them, called in a thread after the first picture.

    target: whom to open on, a pid or a name, "" for nobody; note: said then. keep: keeps what has changed, and says in words
    why it cannot. trace: the file of a saved one that is to be shown.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings((*COMMANDS, IN_TREE, TRACE, MACHINE))]

    def __init__(
        self,
        sources: "Sources",
        panes: Callable[[], Sequence["Pane"]],
        *,
        tty: "Tty | None" = None,
        preferences: Preferences | None = None,
        state: State | None = None,
        target: str = "",
        note: str = "",
        encoding: str = "utf-8",
        keep: Callable[[], str] = lambda: "",
        trace: str = "",
    ) -> None:
        super().__init__(tty, preferences or Preferences(), encoding)
        self.system = sources.system
        self.state = state or State()
        self._target, self._note, self._trace_file = target, note, trace
        self._keep = keep
        self.feed = Feed(self.post_message)
        self.turns = InTurn(lambda: self.focused, self._take)
        self.subject = Subject(self.state, sources, self.feed, self.say, self.preferences.interval)
        tree = Tree(id="tree")
        as_kept = self.state
        tree.outline.view = replace(
            tree.outline.view, kernel=self.preferences.kernel, sort=as_kept.sort, descending=as_kept.descending, flat=as_kept.flat
        )
        first, second = Panel("first"), Panel("second")
        top, card, keys = TopLine(self.state, sources), CardArea(), KeyLine(self.key_commands)
        self.main = Main(self.state, top, tree, card, (first, second), keys, self.subject.watch)
        self.subject.begin(self.main, tree, card, (first, second))
        self._make_panes = panes
        self._asked_panes = False
        self._early = ""
        self._asides: Asides | None = None

    def get_default_screen(self) -> Screen[Any]:
        return self.main

    @property
    def panes(self) -> "Sequence[Pane]":
        """Those that are loaded."""
        return tuple(self.subject.panes.values())

    def _load(self, panes: "Sequence[Pane]") -> None:
        self.feed.wish("panes", None)
        gc.freeze()  # what was imported and built so far stays
        gc.enable()
        self.subject.load(panes)
        for pane in panes:
            self.bind(pane.key, f"open('{pane.key}')", show=False)
        for key in {switch.key for pane in panes for switch in pane.switches}:
            self.bind(key, f"switch('{key}')", show=False)
        self.main.keys.changed()
        early, self._early = self._early, ""
        if early in self.subject.panes:
            self.action_open(early)

    @property
    def owner(self) -> Lines | None:
        """See Main.owner."""
        return self.main.owner

    # what the keys do here

    def key_commands(self) -> list[Command]:
        """All that work where the keys are, for key line, help and palette."""
        asked = self.main.over or self.main.asked
        if asked is not None:
            return list(asked.COMMANDS)
        area = self.main.area
        quits = area is self.main.processes and not self.state.zoomed
        own = [replace(each, label="q tree", short="q tree") if each.action == "level_back" and not quits else each for each in COMMANDS]
        if self.main.whole is not None:
            return [*area.COMMANDS, *self._pane_commands(area), MACHINE, *(each for each in own if each.action in ALONE | ALWAYS)]
        found = [*with_offers(area), *self._pane_commands(area), MACHINE, *self.trace_commands(), *KEYS, *own]
        if self.main.plan.lone:  # one area at a time: what Tab brings is what there is to know
            other = self.main.next_area
            found = [replace(each, label="", short="") if each.group == "Look" else each for each in found]
            found.append(Command("tab", "area(1)", "", label=f"Tab {other}", short=f"Tab {other}", rank=5, least=1, palette=False))
        return found

    def _pane_commands(self, area: Lines) -> list[Command]:
        found = [IN_TREE] if area is self.main.processes else []
        for index, pane in enumerate(self.panes):
            label = f"{pane.key} {pane.name.lower()}" if area is self.main.processes and index < 2 else ""
            name = pane.name.lower()
            found.append(Command(pane.key, f"open('{pane.key}')", name, pane.key, "Look", label, label, rank=60 + index, least=3))
            found += [
                Command(switch.key, f"switch('{switch.key}')", switch.words, switch.key, "Look")
                for switch in pane.switches
                if switch.everywhere or (isinstance(area, Panel) and area.pane is pane)
            ]
        return found

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """While a question is open, nothing else is done by a key."""
        if action in ALWAYS:
            return True
        return self.main.asked is None and self.main.over is None and (self.main.whole is None or action in ALONE)

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif not await self.turns.come(event):
            self.set_timer(LOOK, self._look_again)

    async def _look_again(self) -> None:
        await self.turns.late()
        if self.turns.waiting:
            self.set_timer(LOOK, self._look_again)

    async def _take(self, event: events.Event) -> None:
        if isinstance(event, events.Key):
            self.main.keys.say(())
            if not self.panes and not self.main.prompt.has_focus:
                self._early = event.character or ""  # of a pane, maybe, which is opened once it is loaded
        await super().on_event(event)
        if not (self.main.prompt.has_focus and isinstance(event, events.Key) and event.is_printable):
            self.turns.begun()  # a letter typed into the prompt leaves the keys where they are: the next need not wait

    async def on_echo(self, message: Echo) -> None:
        await self.turns.echoed(message)

    # what areas tell

    def on_fetched(self, message: Fetched) -> None:
        if message.slot == "panes":
            if isinstance(message.facts, Fault):
                self.say(message.facts.line)
            self._load(message.facts if isinstance(message.facts, tuple) else ())
            return
        if message.slot in {"who", "manual", "peek", "copy"}:
            self.asides.fetched(message)
            return
        self.gathers = bool(self.panes)  # table, card and panes are read at the same beat
        self.subject.fetched(message)
        self.gathers = False
        if message.slot == "table" and not self._asked_panes:
            self._asked_panes = True
            self.call_after_refresh(self.feed.wish, "panes", Wish("the panes", "panes", self._make_panes, 3600.0))
            if self._trace_file:
                self.tracing.open(self._trace_file)
        if message.slot == "table" and self._target and self.state.snapshot is not None:
            target, self._target = self._target, ""
            if not self.subject.find(target):
                self.say((piece(f"no process {target} here", Role.MIND),))
            elif self._note:
                self.say((piece(self._note, Role.MIND),))

    def on_selected(self, message: Selected) -> None:
        self.subject.selected(message.process)
        if self._tracing is not None:
            self.main.keys.changed()  # s starts or stops

    def on_jump(self, message: Jump) -> None:
        self.subject.jump(message.target)

    def on_again(self, message: Again) -> None:  # noqa: ARG002
        self.feed.now("table")

    def on_back(self, message: Back) -> None:  # noqa: ARG002
        self.subject.back()

    @property
    def asides(self) -> "Asides":
        """Made when first asked for."""
        if self._asides is None:
            from explorer.ui.asides import Asides

            self._asides = Asides(self)
        return self._asides

    def on_ask_who(self, message: AskWho) -> None:
        self.asides.who(message)

    def on_ask_peek(self, message: AskPeek) -> None:
        self.asides.peeking.open(message.process, message.thing)

    def on_in_pager(self, message: InPager) -> None:
        self.asides.peeking.pager(message.look)

    def on_copy_file(self, message: CopyFile) -> None:
        self.asides.peeking.copy(message.look, message.path)

    def on_manual(self, message: Manual) -> None:
        self.asides.manual(message)

    def on_offers(self, message: Offers) -> None:  # noqa: ARG002
        self.main.keys.changed()

    def on_open(self, message: Open) -> None:
        if message.letter == TRACE_TAB:
            self.main.give(self.main.trace.face)
            return
        panel = message._sender
        self.subject.open(message.letter, panel.id or "" if isinstance(panel, Panel) else "")

    def on_say(self, message: Say) -> None:
        self.say(message.line)

    def say(self, line: Line) -> None:
        """One line for the person, in place of the key line until the next key."""
        self.main.keys.say(line)

    def on_copy(self, message: Copy) -> None:
        """OSC 52; what it carries is base64, so no byte of it is obeyed."""
        data = message.text.encode("utf-8", "surrogateescape")[:CLIPBOARD_LIMIT]
        if not data:
            self.say((piece("nothing to copy here", Role.MIND),))
            return
        if self.terminal is not None:
            self.terminal.send(b"\x1b]52;c;" + base64.b64encode(data) + b"\x07")
        self.say((piece(f"copied {message.what}: "), piece(message.text, Role.NAME)))

    # keys that work everywhere

    def action_enter(self) -> None:
        if self.main.area is self.main.processes:
            self.main.give(self.main.panels[0])

    def action_open(self, letter: str) -> None:
        if (row := self.machine_row()) is not None:
            self.subject.tree.choose(row.owner.process.pid)
        self.subject.open(letter)

    def action_switch(self, key: str) -> None:
        area = self.main.area
        if isinstance(area, Panel) and area.pane is not None:
            for switch in area.pane.switches:
                if switch.key == key:
                    area.switch(switch.option)
                    return
        for pane in self.panes:
            for switch in pane.switches:
                if switch.key == key and switch.everywhere:
                    self.subject.open(pane.key)
                    self.subject.panel_of(pane.key).switch(switch.option)

    def action_level_back(self) -> None:
        if not self.main.back():
            self.action_leave()

    def action_suspend(self) -> None:
        os.kill(0, signal.SIGTSTP)  # the whole group, as the terminal would: the shell waits for all of it

    def action_redraw(self) -> None:
        self.refresh_all()

    def action_pause(self) -> None:
        self.state.paused = not self.state.paused
        self.feed.pause(self.state.paused)
        self.main.top_line.changed()

    def action_mouse(self) -> None:
        self.preferences.mouse = not self.preferences.mouse
        self._preferred()
        self.say((piece("the mouse is " + ("procdive's again" if self.preferences.mouse else "the terminal's; Ctrl-G takes it back")),))

    def action_copy(self) -> None:
        self.post_message(Copy(self.main.area.copy_line(), "the line"))

    def action_copy_shell(self) -> None:
        self.post_message(Copy(self.main.area.copy_shell(), "the shell command"))

    async def action_help(self) -> None:
        from explorer.ui.help import Help

        if self.main.over is None:
            pane = self.main.area.pane if isinstance(self.main.area, Panel) else None
            place = pane.name if pane is not None else self.main.area.id or "tree"
            await self.main.show_over(Help(place, self.key_commands(), notes=self.main.asked is None))

    async def action_palette(self) -> None:
        from explorer.ui.palette import Palette

        area = self.main.area
        targets: dict[str, Any] = {command.action: area for command in area.COMMANDS}
        targets.update({command.action: self.main for command in KEYS})
        entries = [
            (command, partial(self.run_action, command.action, targets.get(command.action, self)))
            for command in self.key_commands()
            if command.palette
        ]
        self.main.post_message(Palette(entries, self.main.close).ask())

    async def action_settings(self) -> None:
        from explorer.ui.settings import Settings

        self.main.post_message(Settings(self.preferences, self._preferred, self._keep()).ask())

    def _preferred(self) -> None:
        """The preferences have changed: they hold at once."""
        if self.terminal is not None and self.terminal.tty.mouse != self.preferences.mouse:
            self.terminal.set_mouse(self.preferences.mouse)
        if self._made_pen() != self.pen:
            self.repaint()
        self.subject.interval = self.preferences.interval
        self.subject.table()
        if trouble := self._keep():
            self.say((piece(trouble, Role.MIND),))

    def end(self, status: int = 0) -> None:
        self.feed.stop()
        if self._asides is not None:
            self._asides.stop()
        self.machine_stop()
        self.let_go()
        view = self.subject.tree.outline.view
        self.state.sort, self.state.descending, self.state.flat = view.sort, view.descending, view.flat
        self._keep()
        super().end(status)


def with_offers(area: Lines) -> list[Command]:
    """An area's keys; those that do something on the selected row are named in the key line."""
    here = {each.keys: each for each in area.offers()} if isinstance(area, Panel) else {}
    return [here.get(each.keys, each) for each in area.COMMANDS]
