"""A table of a trace, summary or access: rows that are sorted, filtered, unfolded, held still while the counting goes on."""

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final

from explorer.render.piece import Line, Piece, Role, piece, plain
from explorer.render.sheet import Row, Sheet
from explorer.render.times import clock_moment
from explorer.render.width import cut_middle, fit, width
from explorer.trace.tracer import STREAM
from explorer.ui.fault import Fault
from explorer.ui.folds import Folds, Spot
from explorer.ui.lines import Lines
from explorer.ui.messages import Say
from explorer.ui.search import marked
from explorer.ui.themes import Look
from explorer.ui.trace.header import Tab, Told, captured
from explorer.ui.trace.standing import Standing

if TYPE_CHECKING:
    from explorer.ui.trace.counting import Counting
    from explorer.ui.trace.panel import TracePanel
    from explorer.ui.trace.saving import Saved
    from explorer.ui.trace.session import Session

WORK: Final = 0.015
"""Seconds at a time for rows that are not counted yet,"""
BEAT: Final = 0.04
"""and between two such times."""
REFRESH: Final = 0.5
"""Seconds between two pictures of figures that change all the time."""
FOOT_FROM: Final = 12
"""Lines of the area from which on the last one says what shows the same."""
BEHIND: Final = 20_000
"""Rows that are not counted yet from which on that is said."""
INSTEAD: Final = 8
"""Columns of a shell command that are worth showing."""


class Table(Lines):
    """area: the trace area of which this is one of the tabs; it says which session is shown. Its keys are sifting.py's;
    subclasses give counting, sheet and what a filter means."""

    TITLE = Look.PLAIN
    HEAD_MARK = "─"
    TAB: ClassVar[Tab]
    SORTS: ClassVar[tuple[str, ...]]

    def __init__(self, area: "TracePanel") -> None:
        super().__init__(id=self.TAB)
        self.area = area
        self._folds = Folds(Sheet())
        self._made: tuple[object, ...] = ()
        self._made_at = 0.0
        self._waits = self._beats = False

    @property
    def place(self) -> str:
        """Where it stands on the screen."""
        return "trace"

    # what a table answers

    def counting(self, session: "Session") -> "Counting[Any]":
        """What it shows; begun by being asked for."""
        raise NotImplementedError

    def sheet(self, standing: Standing, columns: int) -> Sheet:
        """Its rows now; kept as they are while it is held still."""
        raise NotImplementedError

    def action_enter(self) -> None:
        """Unfold the selected row, or fold it."""
        raise NotImplementedError

    def amounts(self) -> tuple[int, int, int]:
        """For the header: calls that failed, events lost, rows in all."""
        raise NotImplementedError

    def saved(self) -> "Saved":
        """What it shows, for a file."""
        raise NotImplementedError

    def wrong(self, text: str) -> str:
        """Why a text is no filter here; "" where it is one."""
        raise NotImplementedError

    # what it is told

    @property
    def session(self) -> "Session | None":
        """The one that is shown."""
        return self.area.session

    @property
    def standing(self) -> Standing | None:
        """How it is looked at."""
        watched = self.area.watched
        return None if watched is None else watched.standing(self.TAB)

    def enter(self) -> None:
        """It is the tab that is shown from now on, or shows another session."""
        standing = self.standing
        if standing is not None:
            self.selected, self.top = standing.selected, standing.top
        self._made = ()
        self.told()

    def leave(self) -> None:
        """Another one is."""
        if (standing := self.standing) is not None:
            standing.selected, standing.top = self.selected, self.top

    def told(self) -> None:
        """Something has come: count it, and show it when it is time."""
        session = self.session
        if session is None or session.state == "refused":
            self.changed()
            return
        self.area.measure()
        counting = self.counting(session)
        counting.work(WORK if counting.behind < BEHIND else 2 * WORK)
        if counting.more and not self._beats and self.is_attached:
            self._beats = True
            self.set_timer(BEAT, self._beat)
        wait = self._made_at + REFRESH - time.monotonic()
        if wait <= 0 or not self._made:
            self.show_now()
        elif not self._waits and self.is_attached:
            self._waits = True
            self.set_timer(wait, self._late)

    def _beat(self) -> None:
        self._beats = False
        if self.shown:
            self.told()

    def _late(self) -> None:
        self._waits = False
        if self.shown:
            self.show_now()

    def show_now(self) -> None:
        """The figures as they are now."""
        self._rebuild()
        self.changed()

    def _rebuild(self) -> None:
        session, standing = self.session, self.standing
        if session is None or standing is None or session.state == "refused":
            self._folds = Folds(Sheet())
            return
        columns = self.area.room(max(1, self.outer_size.width - 1))
        self._made_at = time.monotonic()
        self._made = (id(session), columns)
        try:
            self._folds = Folds(self.sheet(standing, columns), standing.opened, columns, standing.hints)
        except Exception as error:  # noqa: BLE001 a fault of a table must not end the screen
            self._folds = Folds(Sheet(notes=Fault.of(error, f"the {self.TAB}").notes))
        self._keep_selection(standing)

    def _keep_selection(self, standing: Standing) -> None:
        """The selected row stays the selected one, wherever the order takes it."""
        if standing.chosen is not None and (index := self._folds.find(standing.chosen[0])) is not None:
            inner = standing.chosen[1] + 1 if self._folds.is_open(index) else 0
            self.selected = self._folds.position(index) + inner
            self.reveal()
        elif standing.chosen is None and not self.top:
            self.selected = len(self._folds.sheet.notes)

    # Lines

    def header_line(self, columns: int) -> Line:
        return self.area.head(columns, self.tell_header)

    def tell_header(self, told: Told) -> Told:
        """What is said above: of the trace's header what is the same, and our own."""
        standing, session = self.standing, self.session
        if standing is None or session is None or session.state == "refused":
            return told
        counting = self.counting(session)
        failed, lost, rows = self.amounts()
        text = standing.text
        shown = sum(1 for row in self._folds.sheet.rows if not row.key.startswith(ASIDE)) if text else 0
        search = f"/{standing.words}" if standing.words else ""
        if counting.behind > BEHIND:
            search = f"counts {counting.progress:.0%}"
        return told._replace(
            failed=failed,
            lost=lost,
            hidden=text,
            shown=shown,
            of=rows if text else 0,
            newer=None,
            looking=1.0,
            wrong=standing.wrong,
            search=search,
            since=clock_moment(counting.since / 1e9),
            capture=captured(replace(session.capture, what=STREAM)) if session.state != "opened" else "",
            held=standing.held is not None,
        )

    def fixed_lines(self, columns: int) -> tuple[Line, ...]:
        session = self.session
        if session is None:
            return ()
        if session.state == "refused" or not self._folds.sheet.rows:
            refused = session.state in {"refused", "attaching"}
            return (*self.area.remarks(columns), *(self.area.notes(columns) if refused else self._nothing(session, columns)))
        header = self._folds.sheet.header
        return (*self.area.remarks(columns), *((fit(header, columns),) if header else ()))

    def _nothing(self, session: "Session", columns: int) -> tuple[Line, ...]:
        standing = self.standing
        if standing is not None and standing.text:
            words = piece(standing.text, Role.MIND)
            return (fit((piece("  nothing matches  "), words, piece("      Esc clears the filter", Role.SECONDARY)), columns),)
        since = clock_moment(self.counting(session).since / 1e9)
        text = f"  counted since {since}: nothing yet" if session.running else f"  counted since {since}: nothing"
        return (fit((piece(text),), columns), *self.area.waits(columns))

    def row_count(self) -> int:
        return len(self._folds)

    def row_line(self, index: int, columns: int) -> tuple[str, Line]:
        spot, standing = self._folds.at(index), self.standing
        line = fit(spot.line, columns)
        return " ", marked(line, standing.words) if standing is not None and standing.words else line

    @property
    def has_footer(self) -> bool:
        return self.outer_size.height >= FOOT_FROM and self.session is not None and self.session.state != "refused"

    def footer_line(self, columns: int) -> Line:
        summary = fit(self._folds.sheet.summary, columns)
        room = columns - width(plain(summary)) - 3
        shell = cut_middle(self.copy_shell(), room) if room > INSTEAD else ""
        return (*summary, piece(" " * (columns - width(plain(summary)) - width(shell))), piece(shell, Role.SECONDARY))

    def changed(self) -> None:
        if self.is_attached and self.shown and self._made and self._made[1] != self.area.room(max(1, self.outer_size.width - 1)):
            self._rebuild()
        super().changed()

    def row_selected(self) -> None:
        spot, standing = self.spot(), self.standing
        if standing is not None:
            standing.chosen = None if spot is None or spot.item is None else (spot.item.key, spot.inner)

    def header_clicked(self, column: int) -> None:
        self.area.header_clicked(column)

    def row_clicked(self, index: int, column: int) -> None:  # noqa: ARG002
        self.action_enter()

    def spot(self) -> Spot | None:
        """Where the selection is."""
        try:
            return self._folds.at(self.selected)
        except IndexError:
            return None

    def current(self) -> Row | None:
        """The selected row, also on a line that it unfolds to; none of those that stand aside."""
        spot = self.spot()
        return spot.item if spot is not None and spot.item is not None and not spot.item.key.startswith(ASIDE) else None

    def copy_line(self) -> str:
        spot = self.spot()
        if spot is None:
            return ""
        return spot.item.copy if spot.item is not None and spot.item.copy and spot.inner < 0 else plain(spot.line).strip()

    def action_clear(self) -> bool:
        """Escape: what a search marks, then filters one by one, then a refusal."""
        standing = self.standing
        if standing is None:
            return False
        if standing.words or standing.wrong:
            standing.words = standing.wrong = ""
        elif len(standing.filters) > 1:
            standing.filters.pop()
        else:
            return self.session is not None and self.session.state == "refused" and self.area.action_clear()
        self.show_now()
        return True

    def tell(self, *line: Piece) -> None:
        """One line for the person."""
        self.post_message(Say(line))

    # keys of every tab

    def action_turn(self, by: int) -> None:
        self.area.action_turn(by)

    def action_tab(self, tab: Tab) -> None:
        self.area.action_tab(tab)


ASIDE: Final = "\0"
"""Keys of rows that are no rows of the table, like its total, begin with it."""
