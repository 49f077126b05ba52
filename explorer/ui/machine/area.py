"""Every descriptor of every process: what has come by now, filtered, sorted, in groups; only the rows on the screen are drawn."""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar, Final

from textual import events
from textual.binding import BindingType

from explorer.model.fd import Fd
from explorer.model.opened import GROUPS, LARGEST_FIRST, SORTS, Key, Opened
from explorer.model.process import ProcessId
from explorer.query.inet import NO_NAMES, Names
from explorer.query.processes import Wrong
from explorer.render.opened import Columns, copied, counts, group, left_and_right, row, thing
from explorer.render.pages import of_fd
from explorer.render.piece import Line, Role, piece, plain
from explorer.render.sheet import Target
from explorer.render.width import fit, width
from explorer.ui.command import Command, bindings
from explorer.ui.lines import Lines
from explorer.ui.machine.demand import Demand, Group, Picture, identity
from explorer.ui.machine.looking import meaning
from explorer.ui.machine.shell import shell
from explorer.ui.messages import AskPeek, AskWho, Jump, Manual, Prompt, Say
from explorer.ui.themes import Look

COMMANDS: Final = (
    Command(
        "enter", "enter", "go to the process, to this descriptor; unfold a group", "Enter", "Move", "Enter go there", "Enter go", rank=5
    ),
    Command("f4,f,backslash,slash,f3", "filter", "filter", "F4 f /", "Find", "f filter", "f filter", rank=10),
    Command("f6,greater_than_sign,less_than_sign", "sort_menu", "sort by", "F6 >", "Shape", "F6 sort", "F6 sort", rank=20),
    Command("I", "invert", "sort the other way", "I", "Shape"),
    Command("g", "group", "groups: by process, kind, user, target, none", "g", "Shape", "g group", "g group", rank=25),
    Command("a", "places", "and working directories, executables, mapped files", "a", "Shape", "a cwd, exe, mapped", "", rank=30, least=6),
    Command("w", "who", "who has it", "w", "Look", "w who has it", "w who", rank=35),
    Command("p", "peek", "peek: what stands where it reads or writes; pager, copy", "p", "Look"),
    Command("m", "manual", "manual page about it", "m", "Look"),
    Command("space", "hold", "hold the list still, go on", "Space", "Shape", "Space hold", "", rank=40),
)
HINT: Final = "nginx  tcp:LISTEN  :443  kind:pipe  path:/var  size>1M  is:deleted  !cron"
FOOT_FROM: Final = 4
"""Lines of the area from which on the last one says how much there is."""


class Machine(Lines):
    """demand: what is wanted; picture: what there is of it. held: the list stands still. changed: told when something else is wanted,
    another row is selected, or other rows are on the screen.
    """

    COMMANDS = COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS)]
    TITLE = Look.PLAIN
    HEAD_MARK = "─"

    def __init__(self, changed: Callable[["Machine"], object], *, names: Names = NO_NAMES, user: str = "") -> None:
        super().__init__(id="machine")
        self.demand = Demand()
        self.picture = Picture(Demand())
        self.held = False
        self.wrong = ""
        """What the filter that is being typed lacks."""
        self.chosen: object = None
        """Which row is selected, once one was."""
        self._changed, self._names, self._user = changed, names, user
        self._columns: tuple[object, Columns] = (None, Columns.of(0))

    def resume(self, before: "Machine") -> None:
        """As that one was left."""
        self.demand, self.picture, self.held = before.demand, before.picture, before.held
        self.chosen, self.selected, self.top = before.chosen, before.selected, before.top

    @property
    def chosen_row(self) -> Key | None:
        """The selected row, where it is no group."""
        chosen = self.chosen
        return chosen if isinstance(chosen, tuple) and isinstance(chosen[0], ProcessId) else None

    # what it is told

    def show(self, picture: Picture) -> None:
        """So it stands now; the selected row stays on its line of the screen, wherever it has gone."""
        self.picture = picture
        if self.chosen is not None:
            self._keep(picture)
        self.changed()

    def _keep(self, picture: Picture) -> None:
        at = self.selected
        if not self._is_chosen(at):
            at = picture.chosen if self._is_chosen(picture.chosen) else next((line for line in self._near(at) if self._is_chosen(line)), -1)
        if at < 0 and isinstance(self.chosen, tuple) and self.chosen[0] == "group":
            groups = (index for index, each in enumerate(picture.groups) if each.label == self.chosen[1])
            at = next((picture.lines[index] for index in groups), -1)
        if at >= 0:
            self.top += at - self.selected
            self.selected = at

    def _near(self, line: int) -> range:
        return range(max(0, line - 64), min(len(self.picture), line + 64))

    def _is_chosen(self, line: int) -> bool:
        return 0 <= line < len(self.picture) and identity(self.picture.at(line)) == self.chosen

    def want(self, demand: Demand) -> None:
        """From now on this."""
        if demand != self.demand:
            self.demand = demand
            self._changed(self)
        self.changed()

    def seen(self) -> set[int]:
        """Processes whose rows are on the screen."""
        rows = (self.picture.at(line) for line in range(self.top, min(len(self.picture), self.top + self.body)))
        return {row.owner.process.pid for row in rows if isinstance(row, Opened)}

    @property
    def current(self) -> Opened | Group | None:
        """What is selected."""
        return self.picture.at(self.selected) if 0 <= self.selected < len(self.picture) else None

    @property
    def row(self) -> Opened | None:
        """What is selected, where it is no group."""
        return current if isinstance(current := self.current, Opened) else None

    # Lines

    def header_line(self, columns: int) -> Line:
        left = (piece(" Files of all processes "),)
        right = self._state()
        gap = columns - width(plain(left)) - width(plain(right)) - 2
        if gap < 0:
            return fit((piece(" "), *right), columns)
        return (*left, piece("─" * gap, Role.RULE), piece(" "), *right, piece(" "))

    def _state(self) -> Line:
        demand, picture = self.demand, self.picture
        parts: list[Line] = []
        if self.wrong:
            parts.append((piece(self.wrong, Role.MIND),))
        elif demand.text:
            parts.append((piece(f"filter {demand.text}", Role.MIND),))
        if picture.demand.text != demand.text or picture.tested < 1:
            parts.append((piece(f"filters {picture.tested if picture.demand.text == demand.text else 0:.0%}", Role.MIND),))
        if demand.places:
            parts.append((piece("with cwd, exe, mapped", Role.MIND),))
        order = demand.sort + (" ▼" if demand.descending else " ▲")
        parts.append((piece(f"by {order}" if not demand.group else f"groups: {demand.group}"),))
        if self.held:
            parts.append((piece("held still", Role.MIND),))
        else:
            parts.append((piece("● live", Role.NEW) if picture.looked.rounds else piece("reads …", Role.NEW),))
        return tuple(bit for index, part in enumerate(parts) for bit in ((piece("  "), *part) if index else part))

    def fixed_lines(self, columns: int) -> tuple[Line, ...]:
        return (self._laid(columns).header(self.picture.demand.group),) if self.outer_size.height > FOOT_FROM else ()

    def _laid(self, columns: int) -> Columns:
        wanted = (columns, self.picture.largest)
        if self._columns[0] != wanted:
            self._columns = wanted, Columns.of(columns, self.picture.largest)
        return self._columns[1]

    def row_count(self) -> int:
        return len(self.picture)

    def row_line(self, index: int, columns: int) -> tuple[str, Line]:
        item = self.picture.at(index)
        if isinstance(item, Opened):
            return row(item, self._laid(columns), self.picture.now)
        return " ", group(item.label, item.kinds, len(item.pids), item.label in self.picture.demand.unfolded, columns)

    @property
    def has_footer(self) -> bool:
        return self.outer_size.height > FOOT_FROM

    def footer_line(self, columns: int) -> Line:
        picture = self.picture
        told = counts(len(picture.rows), picture.looked, filtered=bool(picture.demand.text), user=self._user)
        return left_and_right(told, self.copy_shell(), columns)

    def row_selected(self) -> None:
        current = self.current
        self.chosen = None if current is None else identity(current)
        self._changed(self)

    def scroll_lines(self, by: int) -> None:
        super().scroll_lines(by)
        self._changed(self)

    def row_clicked(self, index: int, column: int) -> None:  # noqa: ARG002
        self.action_enter()

    def on_click(self, event: events.Click) -> None:
        """On the titles: sort by what stands there."""
        if event.y != 1 or not self.fixed_lines(max(0, self.size.width - 1)):
            super().on_click(event)
            return
        event.stop()
        event.prevent_default()
        if self.demand.group:
            return
        titles = self._laid(max(0, self.size.width - 1)).sorts()
        self.sort([name for begin, name in titles if begin <= max(0, event.x - 1)][-1])

    def copy_line(self) -> str:
        current = self.current
        return copied(current) if isinstance(current, Opened) else super().copy_line()

    def copy_shell(self) -> str:
        return shell(self.demand)

    def action_clear(self) -> bool:
        """Escape: the filter first, then groups."""
        demand = self.demand
        if demand.text or self.wrong:
            self.wrong = ""
            self.want(replace(demand, text=""))
        elif demand.group:
            self.want(replace(demand, group="", unfolded=frozenset()))
        else:
            return False
        return True

    # keys

    def action_enter(self) -> None:
        """To the process, and to that descriptor in its files; of a group, unfold it or fold it."""
        current = self.current
        if isinstance(current, Group):
            self.chosen = identity(current)
            self.want(replace(self.demand, unfolded=self.demand.unfolded.symmetric_difference({current.label})))
        elif current is not None:
            number = getattr(current.what, "number", None)
            self.post_message(Jump(Target(current.owner.process.pid, None if current.closed else number)))

    def action_who(self) -> None:
        found = self.row
        wanted = thing(found) if found is not None else None
        if found is not None and wanted is not None:
            self.post_message(AskWho(found.owner.process, wanted))
        else:
            self._say("nothing on this line that another process could have")

    def action_peek(self) -> None:
        found = self.row
        wanted = thing(found) if found is not None else None
        if found is not None and wanted is not None:
            self.post_message(AskPeek(found.owner.process, wanted))
        else:
            self._say("only an open descriptor can be looked into")

    def action_manual(self) -> None:
        found = self.row
        self.post_message(Manual(of_fd(found.what) if found is not None and isinstance(found.what, Fd) else ()))

    def action_group(self) -> None:
        names = list(GROUPS)
        found = names[(names.index(self.demand.group) + 1) % len(names)]
        self.chosen, self.selected, self.top = None, 0, 0
        self.want(replace(self.demand, group=found, unfolded=frozenset()))

    def action_places(self) -> None:
        self.want(replace(self.demand, places=not self.demand.places))

    def action_hold(self) -> None:
        self.held = not self.held
        self._changed(self)
        self.changed()

    def action_sort_menu(self) -> None:
        from explorer.ui.prompts.menu import Menu

        names = list(SORTS)
        choices: list[Line] = [(piece(each),) for each in names]
        menu = Menu("Sort by", choices, names.index(self.demand.sort), lambda index: self.sort(names[index]))
        self.post_message(menu.ask(min(len(choices), max(3, self.app.size.height // 2))))

    def sort(self, by: str) -> None:
        """By this; what it is sorted by already, the other way round."""
        down = not self.demand.descending if by == self.demand.sort else by in LARGEST_FIRST
        self.chosen, self.selected, self.top = None, 0, 0
        self.want(replace(self.demand, sort=by, descending=down))

    def action_invert(self) -> None:
        self.sort(self.demand.sort)

    def action_filter(self) -> None:
        before = self.demand

        def typed(text: str) -> None:
            self._narrow(text)

        def done(text: str | None) -> None:
            if text is None or self.wrong:
                if text is not None:
                    self._say(self.wrong)
                self.wrong = ""
                self.want(replace(self.demand, text=before.text))
            self.changed()

        self.post_message(Prompt("Filter", done, typed, before.text, HINT))

    def _narrow(self, text: str) -> None:
        """By what was typed so far, where that is a filter."""
        test = meaning(text, self._names)
        self.wrong = test.message if isinstance(test, Wrong) else ""
        if not self.wrong:
            self.chosen, self.selected, self.top = None, 0, 0
            self.want(replace(self.demand, text=text.strip()))
        else:
            self.changed()

    def _say(self, text: str) -> None:
        self.post_message(Say((piece(text, Role.MIND),)))
