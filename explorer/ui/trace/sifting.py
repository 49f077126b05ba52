"""What the keys of every table of a trace do: hold it still, unfold, sort, filter, search, count anew."""

from typing import ClassVar

from explorer.render.piece import Line, Role, piece
from explorer.render.times import clock_moment
from explorer.ui.messages import Prompt, SaveTrace
from explorer.ui.search import found
from explorer.ui.trace.table import Table


class Sifting(Table):
    """Of a table."""

    HINT: ClassVar[str] = ""
    """What a filter may say."""

    def action_hold(self) -> None:
        standing = self.standing
        if standing is not None:
            standing.held = None if standing.held is not None else ()
            self.show_now()

    def action_enter(self) -> None:
        standing, row, spot = self.standing, self.current(), self.spot()
        if standing is None or row is None or spot is None or row.unfold is None:
            return
        standing.opened.symmetric_difference_update({row.key})
        standing.chosen = (row.key, -1)
        top = self.top
        self._rebuild()
        self.selected, self.top = self._folds.position(spot.row), top
        last = self.selected + (len(row.unfold(max(1, self.size.width - 1))) if row.key in standing.opened else 0)
        self.top = min(max(self.top, last - self.body + 1), self.selected)
        self.changed()

    def action_sort_menu(self) -> None:
        from explorer.ui.prompts.menu import Menu

        standing = self.standing
        if standing is None:
            return
        choices: list[Line] = [(piece(each),) for each in self.SORTS]
        menu = Menu("Sort by", choices, self.SORTS.index(standing.sort), lambda index: self.sort(self.SORTS[index]))
        self.post_message(menu.ask(min(len(choices), max(3, self.app.size.height // 2))))

    def sort(self, key: str) -> None:
        """By this; what it is sorted by already, the other way round."""
        standing = self.standing
        if standing is not None:
            standing.backwards = key == standing.sort and not standing.backwards
            standing.sort = key
            standing.chosen = None
            self.selected = self.top = 0
            self.show_now()

    def action_invert(self) -> None:
        if (standing := self.standing) is not None:
            self.sort(standing.sort)

    def action_reset(self) -> None:
        session, standing = self.session, self.standing
        if session is None or standing is None or session.state == "refused":
            return
        if not session.running:
            self.tell(piece("it has ended: nothing more would be counted", Role.MIND))
            return
        counting = self.counting(session)
        counting.reset()
        standing.held = None
        self.tell(piece(f"counted from now on, {clock_moment(counting.since / 1e9)}"))
        self.show_now()

    def action_save(self) -> None:
        if self.session is not None and self.session.state != "refused":
            self.post_message(SaveTrace(self.session, self.TAB))

    # filter and search

    def narrow(self, text: str) -> None:
        """One filter more."""
        standing = self.standing
        if standing is not None and text != standing.text:
            standing.filters.append(text)
            self.show_now()

    def action_filter(self) -> None:
        standing = self.standing
        if standing is None:
            return
        before = standing.text

        def typed(text: str) -> None:
            standing.wrong = self.wrong(text)
            if not standing.wrong:
                standing.filters[-1] = text
            self.show_now()

        def done(text: str | None) -> None:
            standing.filters[-1] = before
            if text is not None and (wrong := self.wrong(text)):
                self.tell(piece(wrong, Role.MIND))
            elif text is not None and text != before:
                standing.filters = [*standing.filters, text] if text.strip() else [""]
            standing.wrong = ""
            self.show_now()

        self.post_message(Prompt("Filter", done, typed, before, self.HINT))

    def action_search(self) -> None:
        standing = self.standing
        if standing is None:
            return

        def typed(text: str) -> None:
            standing.words = text
            if text:
                self._seek(self.selected, 1)
            self.changed()

        def done(text: str | None) -> None:
            standing.words = text or ""
            self.changed()

        self.post_message(Prompt("Search", done, typed, standing.words, "n next   N previous   Enter keep   Esc clear"))

    def action_again(self, by: int) -> None:
        if self.standing is not None and self.standing.words:
            self._seek(self.selected + by, by)

    def _seek(self, start: int, by: int) -> None:
        count, words = len(self._folds), self.standing.words if self.standing is not None else ""
        for step in range(count):
            position = (start + by * step) % count
            if found(self._folds.at(position).line, words):
                self.select(position)
                return
