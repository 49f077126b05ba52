"""The tree of processes: htop's keys on Rows."""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.binding import BindingType

from explorer.model.missing import Missing, Reason
from explorer.model.order import LARGEST_FIRST, SORTS
from explorer.model.process import ProcessId
from explorer.model.snapshot import Snapshot
from explorer.model.tree import Row
from explorer.render.columns import CHOICE, COLUMNS
from explorer.render.piece import Line, Role, piece
from explorer.render.printable import printable
from explorer.render.tree import branch
from explorer.render.width import width
from explorer.resolve.process_of import process_of
from explorer.ui.command import Command, bindings
from explorer.ui.messages import Again, Prompt, Say
from explorer.ui.tree.changing import Changing
from explorer.ui.tree.commands import COMMANDS
from explorer.ui.tree.number import Number
from explorer.ui.tree.rows import sort_title, title_at
from explorer.ui.tree.search import search
from explorer.ui.tree.wish import wish

HINT = "user:www-data cpu>5 !cron    Enter keep  Esc clear"
MOVING = frozenset({"up", "down", "pageup", "pagedown", "home", "end"})


class Tree(Changing):
    """See ui/state.py for what the screen asks of it."""

    COMMANDS: ClassVar[tuple[Command, ...]] = COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(COMMANDS)]

    number = Number()
    origin: ProcessId | None = None
    """Where the selection was when the first digit was typed."""

    # a pid by its digits

    def on_key(self, event: events.Key) -> None:
        digits = self.number.typed(event.key)
        if digits is not None:
            event.stop()
            event.prevent_default()
            self._type(digits)
        elif self.number.waits and event.key not in MOVING:
            event.stop()
            event.prevent_default()
            self._answer(event.key)
        else:
            if self.number.digits and event.key == "escape":
                event.stop()
                event.prevent_default()
                self.post_message(Say(()))
            self.number = Number()

    def on_mouse_down(self) -> None:
        """A click answers too: it says where to go."""
        self.number = Number()

    def _type(self, digits: str) -> None:
        if not self.number.digits:
            self.origin = self.outline.process
        number = self._found(Number(digits))
        if number.waits and self.origin is not None:
            # Not left on what the first digits meant.
            self.choose(self.origin.pid)
        self.number = number
        self._say_number()

    def _say_number(self) -> None:
        number = self.number
        self.post_message(Say((piece(number.sentence(), Role.MIND if number.waits else Role.TEXT),) if number.digits else ()))

    def show(self, snapshot: Snapshot) -> None:
        """A new table; what was typed may be in it by now, or no longer."""
        super().show(snapshot)
        if self.number.waits:
            found = self._found(Number(self.number.digits))
            if found != self.number:
                self.number = found
                self._say_number()

    def _found(self, number: Number) -> Number:
        """The row of that pid is selected, of a thread's id that of its process; or why it is not there."""
        if not number.digits or self.choose(number.pid):
            return number
        process = self.outline.living(number.pid)
        if process is None:
            whose = self._whose(number.pid)
            if whose == number.pid:
                return replace(number, problem="is not in the tree yet")
            if not whose:
                return replace(number, problem="is no process")
            process = self.outline.living(whose)
            number = replace(number, note=f"is a thread of {whose} {printable(process.comm) if process else ''}".rstrip(), process=whose)
            if process is None:
                return replace(number, problem="is not in the tree yet")
            if self.choose(whose):
                return number
        if process.is_kernel_thread and not self.outline.view.kernel:
            return replace(number, problem="is a kernel thread, and those are hidden", shows=True)
        if isinstance(process.argv, Missing) and process.argv.reason is Reason.TIMED_OUT and self.wish.filter is not None:
            return replace(number, problem=f"has a command that is not read yet: the {self.wish.words} does not show it", shows=True)
        if not self.wish.words:
            return replace(number, problem="is not in the tree yet")
        return replace(number, problem=f"is hidden by the {self.wish.words}", shows=True)

    def _whose(self, tid: int) -> int:
        """The process of a thread's id, its own number where it is a process that the table has not yet; 0 where it is neither."""
        whose = process_of(self.system.proc, tid)
        return whose if isinstance(whose, int) else 0

    def _answer(self, key: str) -> None:
        number = self.number
        if key == "escape":
            self.number = Number()
            self.post_message(Say(()))
        elif key == "enter" and number.shows:
            process = self.outline.living(number.pid)
            if process is not None and process.is_kernel_thread:
                self.look(replace(self.outline.view, kernel=True))
            if not self.choose(number.pid):
                self.wished(wish(""))
            self._type(number.digits)
            self.number = Number() if not self.number.waits else self.number
        else:
            self.post_message(Say((piece(number.sentence(), Role.MIND),)))

    # finding

    def action_search(self) -> None:
        """Ask for a text, and go to its first hit at each letter."""
        origin = self.selected

        def changed(text: str) -> None:
            self.search = search(text)
            if self.search is not None:
                self._go(origin - 1, 1)
            self.changed()

        def done(text: str | None) -> None:
            if text is None:
                self.search = None
                self.select(min(origin, self.row_count() - 1))
            self.changed()

        self.post_message(Prompt("Search", done, changed, hint="Enter keep  n next  Esc"))

    def action_next(self, step: int) -> None:
        """The next hit; the one before with step -1."""
        if self.search is None:
            self.action_search()
        else:
            self._go(self.selected, step)

    def action_by_pid(self) -> None:
        """htop's N; while a search is on, the hit before, as in less."""
        if self.search is not None:
            self._go(self.selected, -1)
        else:
            self.action_sort("pid")

    def _go(self, after: int, step: int) -> None:
        forest = self.outline.forest
        if self.search is None or forest is None:
            return
        found = self.search.next(forest, after, step)
        if found is not None:
            self.select(found)
        elif (hidden := self.search.hidden(forest)) is not None:
            self.choose(hidden.pid)

    def action_filter(self) -> None:
        """Ask for a filter, and show what is left at each letter."""
        before, origin = self.wish, self.outline.process

        def changed(text: str) -> None:
            self.wished(wish(text, self.wish.user, self.wish))

        def done(text: str | None) -> None:
            self.wished(wish(text or "", self.wish.user, self.wish if text else None))
            if self.wish.wrong:
                self.wished(replace(self.wish, text=before.text if before.filter else "", wrong=""))
            if not text and origin is not None:
                self.choose(origin.pid)

        self.search = None
        self.post_message(Prompt("Filter", done, changed, text=before.text, hint=HINT))

    def action_user(self) -> None:
        """Ask whose processes to show."""
        forest = self.outline.forest
        if forest is None:
            return
        counted = sorted(Counter(process.user for process in forest.family.live.values()).items())
        users = ["", *(user for user, _ in counted)]
        choices: list[Line] = [(piece("all users"),)]
        choices += [(piece(f"{user:<16}"), piece(f" {count}", Role.SECONDARY)) for user, count in counted]
        at = users.index(self.wish.user) if self.wish.user in users else 0
        self._menu("Processes of", choices, at, lambda index: self.wished(wish(self.wish.text, users[index], self.wish)))

    def action_clear(self) -> bool:
        """Esc: the search, else the filter, else following, else from one that ended to its parent. False: nothing to clear."""
        if self.search is not None:
            self.search = None
            self.changed()
        elif self.wish.words:
            chosen = self.outline.process
            self.wished(wish(""))
            if chosen is not None:
                self.choose(chosen.pid)
        elif self.outline.follow:
            self.action_follow()
        elif (row := self.outline.current()) is not None and row.ended is not None:
            return self.choose(row.process.ppid)
        else:
            return False
        return True

    # shape

    def action_flat(self) -> None:
        """Tree or list."""
        self.look(replace(self.outline.view, flat=not self.outline.view.flat))

    def action_fold(self) -> None:
        """Hide what is below the row, or show it again."""
        process = self.outline.process
        if process is not None and not self.outline.view.flat:
            self.look(replace(self.outline.view, folded=self.outline.view.folded ^ {process}))

    def action_fold_all(self) -> None:
        """Fold everything below the roots; unfold all where anything is folded."""
        forest, view = self.outline.forest, self.outline.view
        if forest is None or view.flat:
            return
        nodes = forest.family.nodes
        inner = frozenset(nodes[node].id for node in forest.family.groups if node is not None)
        roots = frozenset(nodes[node].id for node in forest.ordered.get(None, ()))
        self.look(replace(view, folded=frozenset() if view.folded else inner - roots))

    def action_sort(self, key: str) -> None:
        """By that, in the direction that people expect."""
        view = self.outline.view
        self.look(replace(view, sort=key, descending=key in LARGEST_FIRST))
        if view.flat and key in LARGEST_FIRST and not self.outline.follow:
            self.top = 0
            self.select(0)

    def action_sort_menu(self) -> None:
        """Ask what to sort by."""
        keys = list(SORTS)
        choices: list[Line] = [(piece(f"{sort_title(key):<9}"), piece(key, Role.SECONDARY)) for key in keys]
        self._menu("Sort by", choices, keys.index(self.outline.view.sort), lambda index: self.action_sort(keys[index]))

    def action_invert(self) -> None:
        """The other way round."""
        self.look(replace(self.outline.view, descending=not self.outline.view.descending))

    def action_follow(self) -> None:
        """Keep the selected process in view, wherever the order takes it."""
        self.outline.follow = not self.outline.follow
        self.reveal()
        self.changed()

    def action_threads(self) -> None:
        """The rows of threads too, from the next table on."""
        self.threads = not self.threads
        self.post_message(Again())

    def action_kernel(self) -> None:
        """Kernel threads too."""
        self.look(replace(self.outline.view, kernel=not self.outline.view.kernel))

    def action_paths(self) -> None:
        """Names with their folders."""
        self.paths = not self.paths
        self.changed()

    def action_whole(self) -> None:
        """The whole command line, wrapped."""
        from explorer.ui.prompts.whole import Whole

        process = self.process
        if process is not None:
            whole = Whole(process)
            self.post_message(whole.ask(min(whole.lines(self.app.size.width), max(2, self.app.size.height // 2))))

    def action_births(self) -> None:
        """Who was born and ended lately."""
        from explorer.ui.prompts.births import BirthList

        births = BirthList(lambda: self.outline.latest, root=os.geteuid() == 0)
        self.post_message(births.ask(max(3, self.app.size.height // 2)))

    def action_columns(self) -> None:
        """Ask which column to add or to take away."""
        shown = {column.key for column in self._columns(max(0, self.size.width - 1)).columns}
        titles = {column.key: column.title for column in COLUMNS}
        choices: list[Line] = [(piece(f"{titles[key]:<7}"), piece("shown" if key in shown else "", Role.SECONDARY)) for key in CHOICE]
        self._menu("Column", choices, 0, lambda index: self._switch(CHOICE[index], CHOICE[index] in shown))

    def _switch(self, key: str, shown: bool) -> None:
        self.chosen = self.chosen - {key} if shown else self.chosen | {key}
        self.without = self.without | {key} if shown else self.without - {key}
        self.changed()

    def _menu(self, title: str, choices: list[Line], at: int, taken: Callable[[int], None]) -> None:
        from explorer.ui.prompts.menu import Menu

        menu = Menu(title, choices, at, taken)
        self.post_message(menu.ask(min(len(choices), max(3, self.app.size.height // 2))))

    # tags

    def action_tag(self) -> None:
        """Tag the row, or take its tag away, and go on to the next."""
        row = self.outline.current()
        if row is None or row.ended is not None or self._refused(row):
            return
        self.outline.tag(row.process)
        self.action_move(1)

    def _refused(self, row: Row) -> bool:
        """An ancestor of hits cannot be tagged: who filters and then signals all that is shown does not mean it."""
        refused = row.ancestor and row.process.id not in self.outline.tags
        if refused:
            self.post_message(Say((piece("not tagged: it stands here only for what is below it", Role.MIND),)))
        return refused

    def action_tag_tree(self) -> None:
        """Tag the row and everything alive below it."""
        row, forest = self.outline.current(), self.outline.forest
        if row is None or forest is None or self._refused(row):
            return
        for each in (*(() if row.ended else (row.process,)), *forest.descendants(row.process.id)):
            self.outline.tags.setdefault(each.id, each)
        self.changed()

    def action_untag(self) -> None:
        """Untag all."""
        self.outline.tags.clear()
        self.changed()

    # mouse

    def on_click(self, event: events.Click) -> None:
        """A double click goes to the panes, as Enter does. Textual calls Lines.on_click as well, after this one."""
        if event.chain == 2 and 0 < event.y <= self.row_count() - self.top:
            self.call_later(self.app.run_action, "enter")

    def header_clicked(self, column: int) -> None:
        key = title_at(self._columns(max(0, self.size.width - 1)), column)
        if key is None:
            return
        if key == self.outline.view.sort:
            self.action_invert()
        else:
            self.action_sort(key)

    def row_clicked(self, index: int, column: int) -> None:
        left = self._columns(max(0, self.size.width - 1)).left
        row = self.outline.row(index)
        if row.children and left <= column <= left + width(branch(row).text):
            self.action_fold()
