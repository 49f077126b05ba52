"""The rows of the process tree on the screen: drawn from an Outline, selected by process, never jumping."""

import time
from dataclasses import replace
from typing import Final

from explorer.model.family import Node
from explorer.model.process import ProcessId
from explorer.model.snapshot import Process, Snapshot
from explorer.model.tree import Forest, Row, View
from explorer.render.columns import COLUMNS, Layout, cells, layout, titles
from explorer.render.piece import Line, Role, piece, plain
from explorer.render.process import shell_command
from explorer.render.tree import Spans, Style, mark, tree_line
from explorer.render.width import cut, width
from explorer.ui.lines import Lines
from explorer.ui.messages import Selected
from explorer.ui.tree.outline import Outline
from explorer.ui.tree.search import Search
from explorer.ui.tree.wish import LONGEST, Wish

NO_SCREEN: Final = 10


class Rows(Lines):
    """Told a snapshot by show(); says Selected when another process is selected."""

    def __init__(self, *, id: str | None = None) -> None:
        self.outline = Outline(time.monotonic)
        super().__init__(id=id)
        self.wish = Wish()
        self.search: Search | None = None
        self.paths = False
        self.threads = False
        """Whether the next table is to have the rows of threads too."""
        self.chosen: frozenset[str] = frozenset()
        """Columns that a person added."""
        self.without: frozenset[str] = frozenset()
        """Columns that a person took away."""
        self.traced: frozenset[int] = frozenset()
        """Pids with a ● in the gutter."""
        self._layout: tuple[object, Layout] | None = None
        self._header: tuple[object, Line] | None = None
        self._lines: dict[Node, tuple[object, Row, Line]] = {}
        self._said: ProcessId | None = None

    # what the screen asks

    def show(self, snapshot: Snapshot) -> None:
        """A new table; the selection stays on its process."""
        self.outline.body = max(1, self.body)
        self.outline.show(snapshot)
        self.changed()
        self._say_selected()

    def choose(self, pid: int) -> bool:
        """Select the living process of that pid, opening folds above it. False where it is not in the table, or not shown.

        One that was not on the screen comes to its upper third: what is below it is seen too.
        """
        found, body = self.outline.choose(pid), self.body
        if found:
            if not self.top <= self.selected < self.top + body:
                self.top = max(0, self.selected - body // 3)
            self.select(self.outline.selected)
            self._say_selected()  # select() does not before the area has a size
        return found

    def mark_traced(self, pids: frozenset[int]) -> None:
        """These are traced now."""
        if pids != self.traced:
            self.traced = pids
            self.changed()

    @property
    def process(self) -> Process | None:
        """The selected one, alive or ended."""
        row = self.outline.current()
        return None if row is None else row.process

    def on_screen(self) -> list[int]:
        """The pids on the screen, for the feed's next tick."""
        forest = self.outline.forest
        if forest is None:
            return []
        return [node for node in forest.order[self.top : self.top + max(self.body, NO_SCREEN)] if isinstance(node, int)]

    def copy_line(self) -> str:
        """The row with its whole command, as a shell would take it."""
        process, latest = self.process, self.outline.latest
        if process is None or latest is None:
            return ""
        front = plain(cells(self._columns(max(0, self.size.width - 1)), process, latest.machine)).strip()
        command = shell_command(process.argv) if isinstance(process.argv, tuple) else ""
        return f"{front} {command or process.comm}"

    def copy_shell(self) -> str:
        return "ps -eo pid,ppid,user,pcpu,rss,stat,args" + ("" if self.outline.view.flat else " --forest")

    # Lines keeps its place in the outline

    @property
    def top(self) -> int:
        return self.outline.top

    @top.setter
    def top(self, value: int) -> None:
        self.outline.top = value

    @property
    def selected(self) -> int:
        return self.outline.selected

    @selected.setter
    def selected(self, value: int) -> None:
        self.outline.selected = value

    # what Lines asks

    def row_count(self) -> int:
        return len(self.outline)

    def header_line(self, columns: int) -> Line:
        shown, view = self._columns(columns), self.outline.view
        right = self._right()
        key = (shown, view.sort, view.descending, right)
        if self._header is None or self._header[0] != key:
            self._header = key, titles(shown, view.sort, view.descending, right)
        return self._header[1]

    def row_line(self, index: int, columns: int) -> tuple[str, Line]:
        row, latest = self.outline.row(index), self.outline.latest
        assert latest is not None
        process = row.process.id
        sign = mark(row, bool(self.outline.tags) and process in self.outline.tags, process.pid in self.traced)
        style = Style(self.paths, self._hits(row), self.pen.theme.name == "mono")
        shown = self._columns(columns)
        aging = int(latest.taken) if row.ended is not None else 0
        key = (shown, self.paths, self.search, self.wish, style.sign, aging, latest.machine.memory_total)
        node: Node = process.pid if row.ended is None else process
        known = self._lines.get(node)
        if known is not None and known[0] == key and known[1] == row:
            return sign, known[2]
        line = tree_line(row, shown, latest.machine, latest.taken, style)
        if len(self._lines) > 4 * max(self.body, NO_SCREEN):
            self._lines.clear()
        self._lines[node] = (key, row, line)
        return sign, line

    def select(self, index: int) -> None:
        self.outline.moved(max(0, min(index, self.row_count() - 1)))
        super().select(index)

    def row_selected(self) -> None:
        self._say_selected()

    def action_move(self, by: int) -> None:
        if not self.top <= self.selected < self.top + self.body:
            # Scrolled away from, by wheel or by the sort: go on with what is seen.
            self.select(self.top if by > 0 else min(self.top + self.body, self.row_count()) - 1)
            return
        super().action_move(by)

    def scroll_lines(self, by: int) -> None:
        self.outline.hold()
        super().scroll_lines(by)

    def on_resize(self) -> None:
        # Textual calls Lines.on_resize as well, after this one.
        self.outline.body = max(1, self.body)

    # how it looks

    def look(self, view: View) -> None:
        """Show what another view wants."""
        self.outline.body = max(1, self.body)
        self.outline.look(view)
        self.reveal()
        self.changed()
        self._say_selected()

    def wished(self, wish: Wish) -> None:
        """Filter by this."""
        before, self.wish = self.wish, wish
        if (wish.filter, wish.user) != (before.filter, before.user):
            self.look(replace(self.outline.view, wanted=wish.wanted))
        else:
            self.changed()

    def _hits(self, row: Row) -> Spans | None:
        """What to mark in its command."""
        if self.search is not None:
            return self.search.spans if self.search(row.process) else None
        chosen = self.wish.filter
        return chosen.spans if chosen is not None and chosen.words and row.hit else None

    def _columns(self, columns: int) -> Layout:
        outline = self.outline
        digits = len(str(outline.largest))
        key = (columns, self.app.size.width, digits, outline.view.sort, self.chosen, self.without)
        if self._layout is None or self._layout[0] != key:
            self._layout = key, layout(columns, self.app.size.width, outline.largest, outline.view.sort, self.chosen, self.without)
        return self._layout[1]

    def _right(self) -> Line:
        """What the header says at its right end: how many are tagged; what is looked for, or what is shown, of how many."""
        forest, view = self.outline.forest, self.outline.view
        if forest is None:
            return ()
        tags = (piece(f"{len(self.outline.tags)} tagged  ", Role.MIND),) if self.outline.tags else ()
        if self.wish.wrong:
            return (*tags, piece(self.wish.wrong, Role.MIND))
        if self.search is not None:
            return (*tags, piece(f"search {cut(self.search.text, LONGEST)}  {self.search.count(forest, self.selected)}", Role.MIND))
        if view.wanted is not None:
            return (*tags, piece(f"{self.wish.words}  {forest.hits} of {forest.total}", Role.MIND))
        if self.outline.follow and (process := self.process) is not None:
            return (*tags, piece(f"follows {process.id.pid}", Role.MIND))
        return (*tags, piece(f"{'list' if view.flat else 'tree'} {self._counted(forest)} "))

    def _counted(self, forest: Forest) -> str:
        """How many processes, and how many threads besides."""
        if not self.threads:
            return str(forest.total)
        threads = sum(process.thread_of != 0 for process in forest.family.live.values())
        return f"{forest.total - threads} + {threads} threads"

    def _say_selected(self) -> None:
        process = self.outline.process
        if process != self._said:
            self._said = process
            self.post_message(Selected(process))


def sort_title(key: str) -> str:
    """The title of the column that a sort belongs to."""
    return next((column.title for column in COLUMNS if column.sort == key), key.upper())


def title_at(shown: Layout, column: int) -> str | None:
    """The sort of the title in this column of the header; None where there is none."""
    at = 0
    for each, size in zip(shown.columns, shown.widths, strict=True):
        at += size + 1
        if column < at:
            return each.sort or None
    return "command" if column < at + width("COMMAND") + 1 else None
