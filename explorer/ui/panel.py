"""One of the places where a pane about the selected process is shown: tabs above, its sheet, the shell command below."""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import BindingType

from explorer.model.process import ProcessId
from explorer.model.snapshot import Process
from explorer.render.piece import Line, Piece, Role, piece, plain
from explorer.render.sheet import Row, Sheet
from explorer.render.width import cut_middle, width
from explorer.ui.command import Command, bindings
from explorer.ui.fault import Fault
from explorer.ui.folds import Folds, Spot
from explorer.ui.lines import Lines
from explorer.ui.messages import AskPeek, AskWho, Back, Jump, Manual, Offers, Open, Prompt, Say
from explorer.ui.search import REST, Seeking, found, marked
from explorer.ui.tabs import Tab, tab_line
from explorer.ui.themes import Look

if TYPE_CHECKING:
    from explorer.ui.panes.pane import Pane

TITLES_FROM: Final = 12
"""Lines of the panel from which on column titles and the last line are worth their rows."""

TRACE: Final = "s"
"""The letter of the trace's tab."""

WHO: Final = Command("w", "who", "who has it: file, pipe, socket, mapping", "w", "Look", rank=43)
PEEK: Final = Command("p", "peek", "peek: what stands where it reads or writes; pager, copy", "p", "Look", rank=42)
MANUAL: Final = Command("m", "manual", "manual page about it", "m", "Look", rank=44)
COMMANDS: Final = (
    Command("right", "turn(1)", "next tab", "← →", "Move", "←→ tab", "", rank=42, palette=False),
    Command("left", "turn(-1)", "previous tab", palette=False),
    Command("enter", "enter", "unfold, go to other end", "Enter", "Look", "Enter unfold", "Enter unfold", rank=40),
    Command("backspace", "back", "back from a jump", "Backspace", "Look", "Backspace back", "", rank=41),
    Command("slash,f3", "search", "search", "F3 /", "Find", "/ search", "/ find", rank=10),
    WHO,
    PEEK,
    MANUAL,
    Command("n", "again(1)", "next hit", "n", "Find"),
    Command("N", "again(-1)", "previous hit", "N", "Find"),
)

WHO_HERE: Final = replace(WHO, label="w who has it", short="w who")
PEEK_HERE: Final = replace(PEEK, label="p peek", short="p peek")
MANUAL_HERE: Final = replace(MANUAL, label="m manual", short="m man")


class Panel(Lines):
    """id: "first" or "second". tabs: the panes that it offers; pane: the one it shows, None until panes are loaded; options: what
    was switched, by letter.
    """

    COMMANDS = COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS)]
    TITLE = Look.PLAIN
    HEAD_MARK = "─"

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.tabs: tuple[Pane, ...] = ()
        self.pane: Pane | None = None
        self.process: ProcessId | None = None
        self.row: Process | None = None
        """The process in the table; None once it has ended."""
        self.options: dict[str, set[str]] = {}
        self.opened: dict[str, set[str]] = {}
        """Unfolded rows, by letter of the pane."""
        self.words = ""
        self.traced = False
        """Whether the trace is one of the tabs."""
        self._facts: dict[str, object] = {}
        self._counts: dict[str, str] = {}
        self._folds = Folds(Sheet())
        self._places: list[tuple[int, int, str]] = []
        self._wanted: str | None = None
        self._selected_key: tuple[str, int] | None = None
        self._hints: dict[str, int] = {}
        self._shown = ("", 0)
        self._glances: tuple[str, ...] | None = None
        """What the table said last of each tab."""
        self._offered: tuple[Command, ...] = ()

    @property
    def letter(self) -> str:
        """Of the pane that it shows; "" for none."""
        return "" if self.pane is None else self.pane.key

    # what it is told

    def about(self, process: ProcessId | None, row: Process | None) -> None:
        """Show this process from now on. row: None where it has ended; what was read last stays then."""
        if process != self.process:
            self.process = process
            self._facts.clear()
            self._counts.clear()
            self.opened.clear()
            self._rebuild()
            self.selected = self.top = 0
            self._selected_key = None
            self._glances = None
        glances = None if row is None else tuple(pane.glance(row) for pane in self.tabs)
        self.row = row
        if glances != self._glances or glances is None:
            self._glances = glances
            self.changed()

    def offer(self, tabs: "tuple[Pane, ...]", pane: "Pane") -> None:
        """These tabs, this pane."""
        if pane is not self.pane:
            self.pane = pane
            self.selected = self.top = 0
            self._selected_key = None
            self.words = ""
            self._rebuild()
        self.tabs = tabs
        self.changed()

    def show(self, letter: str, facts: object) -> None:
        """New facts for a pane of the current process."""
        self._facts[letter] = facts
        if letter == self.letter:
            self._rebuild()
            self.changed()

    def choose(self, key: str) -> None:
        """Select the row with this key, as soon as there is one."""
        self._wanted = key
        self._take_wanted()
        self.changed()

    def switch(self, option: str) -> None:
        """Switch an option of the pane on or off; "{row}" stands for the selected row."""
        row = self.current()
        if "{row}" in option:
            if row is None:
                return
            option = option.replace("{row}", row.key)
        self.options.setdefault(self.letter, set()).symmetric_difference_update({option})
        self._rebuild()
        self.changed()

    # its sheet

    def _rebuild(self) -> None:
        """The sheet anew, with selection and folds where they were."""
        letter, columns = self.letter, max(1, self.size.width - 1)
        facts = self._facts.get(letter)
        self._shown = (letter, columns)
        if facts is None or self.pane is None:
            self._folds = Folds(Sheet())
            return
        if isinstance(facts, Fault):
            sheet = Sheet(notes=facts.notes)
        else:
            try:
                sheet = self.pane.sheet(facts, columns, frozenset(self.options.get(letter, ())))
            except Exception as error:  # noqa: BLE001 a pane's fault must not end the screen
                sheet = Sheet(notes=Fault.of(error, f"pane {self.pane.name}").notes)
        try:
            self._folds = Folds(sheet, self.opened.get(letter, ()), columns, self._hints)
        except Exception as error:  # noqa: BLE001 what a row unfolds to is the pane's too
            self.opened.pop(letter, None)
            self._folds = Folds(Sheet(notes=Fault.of(error, f"pane {self.pane.name}").notes))
        self._counts[letter] = sheet.count
        self._keep_selection()
        self._take_wanted()

    def _keep_selection(self) -> None:
        """The selected row stays on its line of the screen, whatever came and went above it."""
        if self._selected_key is None:
            return
        key, inner = self._selected_key
        index = self._folds.find(key)
        if index is None:
            return
        position = self._folds.position(index) + (inner + 1 if self._folds.is_open(index) else 0)
        self.top += position - self.selected
        self.selected = position

    def _take_wanted(self) -> None:
        if self._wanted is None or not len(self._folds):
            return
        index = self._folds.find(self._wanted)
        if index is not None:
            self.selected = self._folds.position(index)
            self.reveal()
            self._remember()
        if self.letter in self._facts:
            self._wanted = None

    def spot(self) -> Spot | None:
        """Where the selection is."""
        try:
            return self._folds.at(self.selected)
        except IndexError:
            return None

    def current(self) -> Row | None:
        """The selected row, also on a line that it unfolded to."""
        spot = self.spot()
        return spot.item if spot is not None else None

    # Lines

    def header_line(self, columns: int) -> Line:
        right: Line = ()
        if self.words:
            right = (piece(f"/{self.words}  {self._hits()}", Role.MIND),)
        elif self.process is not None and self.row is None:
            right = (piece("ended: as it was last read", Role.MIND),)
        tabs = [Tab(pane.key, pane.name, pane.short or pane.name, self._count(pane)) for pane in self.tabs]
        if self.traced:
            tabs.append(Tab(TRACE, "Trace", "Trace", "●"))
        line, self._places = tab_line(tabs, self.letter, columns, right)
        return line

    def _count(self, pane: "Pane") -> str:
        return self._counts.get(pane.key) or (pane.glance(self.row) if self.row is not None else "")

    def _hits(self) -> str:
        rows = self._folds.sheet.rows
        if len(rows) > 5000:
            return ""
        return f"{sum(found(row.line, self.words) for row in rows)} of {len(rows)}"

    def fixed_lines(self, columns: int) -> tuple[Line, ...]:  # noqa: ARG002
        header = self._folds.sheet.header
        return (header,) if header and self.outer_size.height >= TITLES_FROM else ()

    def row_count(self) -> int:
        return len(self._folds)

    def row_line(self, index: int, columns: int) -> tuple[str, Line]:  # noqa: ARG002
        spot = self._folds.at(index)
        row = spot.item
        mark = row.mark if row is not None and spot.inner < 0 else " "
        line = marked(spot.line, self.words) if self.words else spot.line
        if self.row is None and self.process is not None:
            line = tuple(Piece(part.text, Role.ANCESTOR) for part in line)
        return mark or " ", line

    @property
    def has_footer(self) -> bool:
        return self.outer_size.height >= TITLES_FROM and self.process is not None and self.letter in self._facts

    def footer_line(self, columns: int) -> Line:
        summary, shell = self._folds.sheet.summary, self.copy_shell()
        room = columns - width(plain(summary)) - 3
        shell = cut_middle(shell, room) if room > 8 else ""
        gap = columns - width(plain(summary)) - width(shell)
        if width(plain(summary)) <= SHORT and shell:
            return (piece(" " * (gap - 3)), *summary, piece(" · " if summary else "   ", Role.SECONDARY), piece(shell, Role.SECONDARY))
        return (*summary, piece(" " * gap), piece(shell, Role.SECONDARY))

    def changed(self) -> None:
        if self._shown != (self.letter, max(1, self.size.width - 1)) and self.size:
            self._rebuild()
        super().changed()
        self._offer()

    def row_selected(self) -> None:
        self._remember()
        self._offer()

    def offers(self) -> tuple[Command, ...]:
        """Of its keys those that do something on the selected row only, as the key line shows them; () where they do nothing."""
        row = self.current()
        thing = row.thing if row is not None and self.row is not None else None
        here = (*((WHO_HERE,) if thing else ()), *((PEEK_HERE,) if thing and thing.has_data else ()))
        return (*here, MANUAL_HERE) if row is not None and row.pages else here

    def _offer(self) -> None:
        if (offers := self.offers()) != self._offered:
            self._offered = offers
            self.post_message(Offers())

    def _remember(self) -> None:
        spot, row = self.spot(), self.current()
        self._selected_key = None if spot is None or row is None else (row.key, spot.inner)

    def header_clicked(self, column: int) -> None:
        for start, end, letter in self._places:
            if start <= column < end:
                self.post_message(Open(letter))

    def row_clicked(self, index: int, column: int) -> None:  # noqa: ARG002
        self.action_enter()

    def copy_line(self) -> str:
        spot, row = self.spot(), self.current()
        if spot is None:
            return ""
        return row.copy if row is not None and row.copy and spot.inner < 0 else plain(spot.line).strip()

    def copy_shell(self) -> str:
        return "" if self.process is None or self.pane is None else self.pane.shell(self.process)

    def action_clear(self) -> bool:
        had, self.words = bool(self.words), ""
        self.changed()
        return had

    # keys

    def action_turn(self, by: int) -> None:
        letters = [pane.key for pane in self.tabs] + ([TRACE] if self.traced else [])
        if self.letter in letters:
            self.post_message(Open(letters[(letters.index(self.letter) + by) % len(letters)]))

    def turn_to(self, place: int) -> None:
        """The first tab of a pane (0), or the last (-1)."""
        self.post_message(Open(self.tabs[place].key))

    def action_enter(self) -> None:
        spot, row = self.spot(), self.current()
        if spot is None or row is None:
            return
        opened = self.opened.setdefault(self.letter, set())
        is_open = row.key in opened
        if row.target is not None and spot.inner < 0 and (is_open or row.unfold is None):
            self.post_message(Jump(row.target))
            return
        if row.unfold is None:
            return
        opened.symmetric_difference_update({row.key})
        self._selected_key = (row.key, -1)
        self.selected, top = self._folds.position(spot.row), self.top
        self._rebuild()
        self.top = top
        self._show_unfolded(row.key)
        self.changed()

    def _show_unfolded(self, key: str) -> None:
        """Scroll so that what was unfolded is seen, as far as it fits, with its row."""
        index = self._folds.find(key)
        if index is None:
            return
        last = self.selected
        while last + 1 < len(self._folds) and self._folds.at(last + 1).row == index:
            last += 1
        self.top = max(self.top, min(self.selected, last - self.body + 1))
        self.top = min(self.top, self.selected)

    def action_back(self) -> None:
        self.post_message(Back())

    def action_who(self) -> None:
        row, process = self.current(), self.process
        if row is None or row.thing is None or process is None:
            self.post_message(Say((piece("nothing on this line that another process could have", Role.MIND),)))
        elif self.row is None:
            self.post_message(Say((piece(f"{process.pid} has ended, and so has what it had", Role.MIND),)))
        else:
            self.post_message(AskWho(process, row.thing))

    def action_peek(self) -> None:
        row, process = self.current(), self.process
        if row is None or process is None or row.thing is None or row.thing.fd < 0 or self.row is None:
            self.post_message(Say((piece("only an open descriptor can be looked into", Role.MIND),)))
        else:
            self.post_message(AskPeek(process, row.thing))

    def action_manual(self) -> None:
        row = self.current()
        self.post_message(Manual(row.pages if row is not None else ()))

    def action_search(self) -> None:
        def typed(text: str) -> None:
            self.words = text
            if text:
                self._seek(self.selected, 1)
            self.changed()

        def done(text: str | None) -> None:
            self.words = text or ""
            self.changed()

        self.post_message(Prompt("Search", done, typed, self.words, "n next   N previous   Enter keep   Esc clear"))

    def action_again(self, by: int) -> None:
        if self.words:
            self._seek(self.selected + by, by)

    def _seek(self, start: int, by: int) -> None:
        self._seek_on(Seeking(lambda at: self._folds.at(at).line, lambda: len(self._folds), self.words, start, by))

    def _seek_on(self, seeking: Seeking) -> None:
        if seeking.words == self.words and not seeking.look():
            self.set_timer(REST, lambda: self._seek_on(seeking))
        elif seeking.words == self.words and seeking.position is not None:
            self.select(seeking.position)


SHORT: Final = 20
"""A summary up to so many columns stands beside the shell command."""
