"""How one trace is being looked at: its filter, where the view stands, what is opened. Kept while another one is shown."""

from typing import TYPE_CHECKING, Final

from explorer.query.trace import TraceFilter, Wrong
from explorer.trace.filters import parse
from explorer.trace.view import View
from explorer.ui.trace.header import Tab, Told, captured
from explorer.ui.trace.pace import Pace
from explorer.ui.trace.rows import Rows
from explorer.ui.trace.standing import Standing

if TYPE_CHECKING:
    from explorer.ui.trace.session import Session

WORK: Final = 0.015
"""Seconds at a time for what the filter has not looked at yet."""
MOST_THREADS: Final = 4096
"""Rows of several threads that are looked at one by one for how many the filter leaves."""


class Watched:
    """filters: texts that Escape goes back to, the last one holds. words: of the search."""

    def __init__(self, session: "Session") -> None:
        self.session = session
        self.view = View(session.log)
        self.rows = Rows(self.view)
        self.filters: list[str] = [""]
        self.wrong = ""
        self.words = ""
        self.selected = self.top = 0
        self.tab: Tab = "trace"
        self._standings: dict[str, Standing] = {}
        self.tids: set[int] = set()
        self._seen = (self.view.high, self.view.high)
        self._calls, self._spent = Pace(), Pace()

    def standing(self, tab: Tab) -> Standing:
        """How a table of it is looked at."""
        if tab not in self._standings:
            self._standings[tab] = Standing("time", "call" if tab == "summary" else "file")
        return self._standings[tab]

    @property
    def text(self) -> str:
        """Of the filter that holds."""
        return self.filters[-1]

    @property
    def following(self) -> bool:
        """The view goes on."""
        return self.rows.held is None

    @property
    def more(self) -> bool:
        """Something has not been looked at yet."""
        return self.view.low > self.view.log.first or self.view.high < self.view.log.end

    def narrow(self, text: str) -> bool:
        """Another filter, by its text; False, and wrong says why, where it is none."""
        wish = parse(text)
        self.wrong = wish.message if isinstance(wish, Wrong) else ""
        if isinstance(wish, Wrong):
            return False
        if wish != self.view.wish:
            self._filter(wish)
        return True

    def _filter(self, wish: TraceFilter) -> None:
        self.view.filter(wish)
        self.tids.clear()
        self._seen = (self.view.high, self.view.high)

    def update(self, budget: float = WORK) -> None:
        """Take what has come, and go on with what is old."""
        view, log = self.view, self.session.log
        if view.matcher.call_of != log.call_of:
            self._filter(view.wish)
        view.work(budget)
        self._count_threads()
        if self.rows.opened:
            self.rows.forget()
        self.rows.update()
        self.measure()

    def measure(self) -> None:
        """How fast it goes, and what that costs."""
        self._calls.see(self.session.calls)
        if (spent := self.session.spent) is not None:
            self._spent.see(spent)

    def _count_threads(self) -> None:
        view, (low, high) = self.view, self._seen
        if len(self.tids) < 2:
            for start, end in ((max(view.low, view.log.first), low), (max(high, view.log.first), view.high)):
                while start < end and len(self.tids) < 2:
                    batch, row = view.log.place(start)
                    last = min(len(batch), row + end - start)
                    found = set(batch.tids[row:last]) - {0}
                    if len(found) > 1 and not view.wish.everything:
                        places = range(start, start + min(last - row, MOST_THREADS))
                        found = {batch.tids[row + place - start] for place in places if place in view} - {0}
                    self.tids |= found
                    start += last - row
        self._seen = (view.low, view.high)

    def hold(self) -> None:
        """The view stands still from now on."""
        if self.rows.held is None:
            self.rows.held = self.view.log.end
            self.rows.update()

    def go_on(self) -> None:
        """And goes on again."""
        self.rows.held = None
        self.rows.update()

    @property
    def rate(self) -> float:
        """Calls a second of late."""
        return self._calls.a_second

    @property
    def cost(self) -> float | None:
        """Share of one core that watching takes; None where that is not known."""
        return self._spent.a_second if self.session.spent is not None else None

    def told(self, search: str = "") -> Told:
        """For the header."""
        session, view, log = self.session, self.view, self.session.log
        why = session.why if isinstance(session.why, str) else session.why.reason.value
        return Told(
            engine=f"{session.engine}, no {session.without}" if session.without else session.engine,
            rate=self.rate if session.state in {"attaching", "live"} else None,
            calls=session.calls,
            failed=view.failed,
            lost=log.lost,
            capture=captured(session.capture) if session.state != "opened" else "",
            hidden=view.wish.describe() if not view.wish.everything else "",
            shown=len(view),
            of=len(log),
            newer=None if self.rows.held is None else log.end - self.rows.held,
            state=session.state,
            ended=why,
            wrong=self.wrong,
            looking=view.progress,
            search=search,
            cost=self.cost if session.running else None,
            cost_all=session.spent_all,
        )
