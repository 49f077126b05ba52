"""Which trace is shown, and which of its tabs: lines, summary, access. Each tab is a widget of its own in the same place."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from explorer.render.piece import Line, Role, piece, plain
from explorer.render.width import fit
from explorer.render.wrap import wrap
from explorer.ui.lines import Lines
from explorer.ui.messages import SaveTrace
from explorer.ui.trace.empty import notes, nothing_yet
from explorer.ui.trace.header import TABS, Place, Tab, Told, header
from explorer.ui.trace.watched import Watched

if TYPE_CHECKING:
    from explorer.ui.trace.saving import Saved
    from explorer.ui.trace.session import Session
    from explorer.ui.trace.table import Table

ASCII_SPARE: Final = 8
"""Columns: for three cuts, µ and a sign."""
MOST_NOTICE: Final = 3
"""Lines of it at most."""
NOTICED: Final = 8.0
"""Seconds that a trace says what a person has to know about its engine."""


class Shown(Lines):
    """sessions: all that can be shown; session: the one that is, None where there is none. changed_shown: called when there is one
    from now on, or none any more, and when another tab is shown. tables: the tabs beside its own lines."""

    def __init__(self, changed_shown: Callable[[], object] = lambda: None) -> None:
        super().__init__(id="trace")
        self.sessions: list[Session] = []
        self.session: Session | None = None
        self.beside: Callable[[int], bool] = lambda _by: False
        """Called past the last tab: whether the keys went elsewhere."""
        self.tables: dict[Tab, Table] = {}
        self._changed_shown = changed_shown
        self._watched: dict[int, Watched] = {}
        self._places: list[Place] = []

    @property
    def watched(self) -> Watched | None:
        """How the shown one is looked at."""
        return self._watched.get(id(self.session)) if self.session is not None else None

    @property
    def tab(self) -> Tab:
        """The one that is shown."""
        watched = self.watched
        return "trace" if watched is None or watched.tab not in self.tables else watched.tab

    @property
    def faces(self) -> tuple[Lines, ...]:
        """All tabs."""
        return (self, *self.tables.values())

    @property
    def face(self) -> Lines:
        """The widget of the tab that is shown."""
        return self.tables.get(self.tab) or self

    # what it is told

    def enter(self) -> None:
        """Its lines are what is shown from now on."""

    def leave(self) -> None:
        """Something else is."""

    def show(self, session: "Session", tab: Tab | None = None) -> None:
        """Show this one, on that tab or the one that it had last."""
        for each in [each for each in self.sessions if each.state == "refused" and each is not session]:
            self._forget(each)
        self._leave()
        if session not in self.sessions:
            self.sessions.append(session)
            self._watched[id(session)] = Watched(session)
        self.session = session
        if tab is not None:
            self._watched[id(session)].tab = tab
        self._enter()

    def closed(self, session: "Session") -> None:
        """It is forgotten: show the one beside it, or nothing."""
        if session in self.sessions:
            at = self.sessions.index(session)
            self._forget(session)
            if session is self.session:
                self.session = None
                if self.sessions:
                    self.show(self.sessions[min(at, len(self.sessions) - 1)])
        self._changed_shown()
        self.face.changed()

    def _forget(self, session: "Session") -> None:
        self.sessions.remove(session)
        self._watched.pop(id(session), None)

    def _leave(self) -> None:
        if self.watched is not None:
            (self.tables.get(self.tab) or self).leave()

    def _enter(self) -> None:
        self._changed_shown()
        (self.tables.get(self.tab) or self).enter()

    def measure(self) -> None:
        """How fast it goes, and what that costs."""
        if (watched := self.watched) is not None:
            watched.measure()

    def saved(self, tab: str) -> "Saved | None":
        """What a table has for a file; None of the lines."""
        table = next((table for name, table in self.tables.items() if name == tab), None)
        return None if table is None else table.saved()

    # what stands above the rows of every tab

    def head(self, columns: int, amended: Callable[[Told], Told], search: str = "") -> Line:
        """The header of the tab that is shown."""
        watched = self.watched
        if watched is None or self.session is None:
            return ()
        names = [session.label for session in self.sessions]
        told = amended(watched.told(search))
        line, self._places = header(names, self.sessions.index(self.session), told, self.room(columns), self.tab)
        return line

    def room(self, columns: int) -> int:
        """Signs may become longer where there is ASCII only, and the end of a line must stay."""
        return max(1, columns - ASCII_SPARE) if self.pen.ascii else columns

    def remarks(self, columns: int) -> tuple[Line, ...]:
        """What a person has to know about the engine, while it is new."""
        session = self.session
        if session is None or not session.notice or not session.running or time.time() - session.since > NOTICED:
            return ()
        lines = wrap(plain(session.notice), max(8, columns - 2))
        return tuple((piece("  "), piece(text, Role.MIND)) for text in lines[:MOST_NOTICE])

    def notes(self, columns: int) -> tuple[Line, ...]:
        """What is said where there is no line."""
        watched, session = self.watched, self.session
        return () if watched is None or session is None else notes(session, watched.view, columns)

    def waits(self, columns: int) -> tuple[Line, ...]:
        """Likewise, whatever is filtered."""
        watched, session = self.watched, self.session
        if watched is None or session is None:
            return ()
        return tuple(fit((piece("  "), *line), columns) for line in nothing_yet(session, watched.view, columns - 2))

    # keys of every tab

    def header_clicked(self, column: int) -> None:
        for place in self._places:
            if place.start <= column < place.end:
                if self.sessions[place.which] is self.session:
                    self.action_tab(place.tab)
                else:
                    self.show(self.sessions[place.which])
                return

    def action_tab(self, tab: Tab) -> None:
        """Another tab of the same trace; only now it is made."""
        watched = self.watched
        if watched is None or tab == self.tab or (tab != "trace" and tab not in self.tables):
            return
        self._leave()
        watched.tab = tab
        self._enter()

    def action_turn(self, by: int) -> None:
        if self.session is None:
            return
        tabs = [tab for tab in TABS if tab == "trace" or tab in self.tables]
        place = tabs.index(self.tab) + by
        if 0 <= place < len(tabs):
            self.action_tab(tabs[place])
            return
        at = self.sessions.index(self.session) + by
        if 0 <= at < len(self.sessions):
            self.show(self.sessions[at])
        elif not self.beside(by):
            if len(self.sessions) > 1:
                self.show(self.sessions[at % len(self.sessions)])
            else:
                self.action_tab(tabs[place % len(tabs)])

    def action_save(self) -> None:
        if self.session is not None:
            self.post_message(SaveTrace(self.session))
