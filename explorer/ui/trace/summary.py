"""The summary of a trace: its calls added up, live, by call, by process or by thread."""

import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, Final, get_args

from textual.binding import BindingType

from explorer.model.summary import SORTS, By, Counted, add, ordered
from explorer.model.tally import Tally
from explorer.query.trace import Choice, TraceFilter, Wrong
from explorer.render.histogram import histogram
from explorer.render.piece import Line, Role, piece, plain
from explorer.render.sheet import Row, Sheet
from explorer.render.summary import Layout, error_words, layout, not_plain, remarks, table
from explorer.render.summary_record import summary_record
from explorer.trace.filters import parse
from explorer.trace.summary import Summary, called
from explorer.ui.command import Command, bindings
from explorer.ui.trace.header import Tab
from explorer.ui.trace.keys import SUMMARY
from explorer.ui.trace.narrowing import failed, hide_call, only_call, only_process, without_process
from explorer.ui.trace.saving import Saved
from explorer.ui.trace.sifting import Sifting
from explorer.ui.trace.standing import Standing
from explorer.ui.trace.table import ASIDE

if TYPE_CHECKING:
    from explorer.ui.trace.counting import Counting
    from explorer.ui.trace.session import Session

WAYS: Final[tuple[By, ...]] = get_args(By)
ROWS: Final[dict[By, str]] = {"call": "calls", "process": "processes", "thread": "threads", "process call": "calls of processes"}
INNER: Final = 8
"""Rows at most that a process or thread unfolds to."""
BEFORE: Final = 3
"""Columns before what a row unfolds to."""


class SummaryTable(Sifting):
    """Of the trace area."""

    TAB: ClassVar[Tab] = "summary"
    SORTS: ClassVar[tuple[str, ...]] = tuple(key for key in SORTS if key != "nothing")
    COMMANDS: ClassVar[tuple[Command, ...]] = SUMMARY
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(SUMMARY)]
    HINT: ClassVar[str] = "openat !futex %file failed errno=ENOENT pid=812    Enter keep   Esc clear"

    _whole = Counted(0, 0, "", "", Tally())
    _all: Sequence[Counted] = ()
    _shown: Sequence[Counted] = ()

    def counting(self, session: "Session") -> "Counting[Summary]":
        return session.summed()

    def sheet(self, standing: Standing, columns: int) -> Sheet:
        session = self.session
        assert session is not None
        counting = session.summed()
        by = next(way for way in WAYS if way == standing.by)
        wish = parse(standing.text)
        if isinstance(wish, Wrong):
            wish = TraceFilter()
        if not standing.held:
            rows = counting.table.rows(by, pid=one(wish.pids), tid=one(wish.tids))
            if standing.held is not None:
                standing.held = rows
        else:
            rows = list(standing.held)
        self._all = rows
        shown = ordered([row for row in rows if wanted(row, wish)], standing.sort, backwards=standing.backwards)
        self._whole = whole = summed(shown)
        session.comms.want({row.tid or row.pid for row in rows if row.pid})
        names = self._names(session)
        self._shown = shown
        made = layout(shown, whole, columns, by, standing.sort, names)
        out = [self._made_row(counting.table, made, row, whole) for row in shown]
        if len(out) > 1:
            out.append(Row(f"{ASIDE}total", made.total(whole)))
        said = self._remarks(session, whole) if out else []
        minded = [line for line in said if line[0].role is Role.MIND]
        out += [Row(f"{ASIDE}{at}", line) for at, line in enumerate(said) if line not in minded]
        summary = (piece(f"{len(shown):,} {by if len(shown) == 1 else ROWS[by]}", Role.SECONDARY),)
        return Sheet(out, made.titles(standing.sort, backwards=standing.backwards), tuple(minded), summary=summary)

    def _made_row(self, counts: Summary, made: Layout, row: Counted, whole: Counted) -> Row:
        line = made.row(row, whole)

        def unfold(columns: int) -> tuple[Line, ...]:
            lead = piece(" " * BEFORE)
            lines = histogram(row, columns - BEFORE) if row.name else inner(counts, made, row, columns - BEFORE)
            if row.name and row.tally.errors:
                lines.insert(1, (piece("errors  ", Role.SECONDARY), *error_words(row.tally.errors)))
            return tuple((lead, *line) for line in lines)

        return Row(key_of(row), line, unfold, copy=" ".join(plain(line).split()))

    def saved(self) -> Saved:
        session, standing = self.session, self.standing
        assert session is not None
        assert standing is not None
        by = next(way for way in WAYS if way == standing.by)
        names = self._names(session)
        lines = table(self._shown, self._whole, 0, by, standing.sort, names)
        said = self._remarks(session, self._whole)
        return Saved("summary", (*lines, *said), [summary_record(by, row, names) for row in self._shown])

    def _remarks(self, session: "Session", whole: Counted) -> list[Line]:
        """What has to be said beside the figures."""
        counting, now = session.summed(), time.monotonic_ns()
        flying = [
            (str(flight.tid), called(flight.rows.numbers[0], flight.rows.arches[0])[0], (now - flight.since) / 1e9)
            for flight in sorted(session.log.flights.values(), key=lambda flight: flight.since)
            if session.state == "live"
        ]
        return remarks(whole, counting.table.incomplete + counting.missed, flying, session.engine)

    def _names(self, session: "Session") -> dict[int, str]:
        """Of processes and threads, as far as they are known."""
        return {**dict(session.names), **{each: name for each, name in session.comms.of.items() if name}}

    def amounts(self) -> tuple[int, int, int]:
        session = self.session
        assert session is not None
        counting = session.summed()
        fails = sum(count for row in self._all for errno, count in row.tally.errors.items() if not_plain(errno))
        return fails, counting.table.incomplete + counting.missed, len(self._all)

    def wrong(self, text: str) -> str:
        wish = parse(text)
        if isinstance(wish, Wrong):
            return wish.message
        asked = {
            "fd=": wish.fds,
            "path=": wish.folders or wish.files,
            "slower=": wish.slower,
            "signal=": wish.signals,
            "status=": wish.statuses,
        }
        for word, given in asked.items():
            if given:
                return f"a summary has no {word}: it keeps counts, not calls"
        standing = self.standing
        apart = standing is not None and standing.by != "call"
        if any(choice is not None and not one(choice) for choice in (wish.pids, wish.tids)) and not apart:
            return "by call only one pid= or tid= can be told apart; g adds up by process"
        return ""

    def copy_shell(self) -> str:
        session = self.session
        if session is None or not session.targets:
            return "" if session is None or session.state == "opened" else f"strace -c -f {session.label}"
        return "strace -c -f " + " ".join(f"-p {target.pid}" for target in session.targets)

    # keys

    def chosen(self) -> Counted | None:
        """What the selected row counts."""
        row = self.current()
        return None if row is None else next((each for each in self._all if key_of(each) == row.key), None)

    def action_group(self) -> None:
        standing = self.standing
        if standing is None:
            return
        at = next(index for index, way in enumerate(WAYS) if way == standing.by)
        standing.by = WAYS[(at + 1) % len(WAYS)]
        standing.chosen = None
        standing.held = None if standing.held is None else ()
        self.selected = self.top = 0
        self.tell(piece(f"added up by {standing.by}"))
        self.show_now()

    def action_failed(self) -> None:
        if (standing := self.standing) is not None:
            self.narrow(failed(standing.text))

    def action_call(self, only: int) -> None:
        row, standing = self.chosen(), self.standing
        if row is not None and row.name and standing is not None:
            self.narrow((only_call if only else hide_call)(standing.text, row.name))
        elif row is not None:
            self.tell(piece("this row is no call; g adds up by call", Role.MIND))

    def action_process(self, only: int) -> None:
        row, standing = self.chosen(), self.standing
        if row is not None and row.pid and standing is not None:
            self.narrow((only_process if only else without_process)(standing.text, row.pid))
        elif row is not None:
            self.tell(piece("this row is of no one process; g adds up by process", Role.MIND))

    def action_lines(self) -> None:
        row = self.chosen()
        if row is None:
            return
        text = only_call("", row.name) if row.name else ""
        self.area.show_lines(only_process(text, row.pid) if row.pid else text)


def one(choice: Choice[int] | None) -> int:
    """The only process or thread that is wanted; 0 where there is none, or several."""
    return next(iter(choice.items)) if choice is not None and not choice.but and len(choice.items) == 1 else 0


def key_of(row: Counted) -> str:
    """The same row, whatever it counts later."""
    return f"{row.pid}.{row.tid}.{row.arch}.{row.name}"


def wanted(row: Counted, wish: TraceFilter) -> bool:
    """Whether a filter leaves a row, as far as a row can tell."""
    names = row.name, f"{row.name}@{row.arch}"
    if row.name and not all((any(name in choice.items for name in names)) != choice.but for choice in wish.calls):
        return False
    if wish.failed is not None and any(map(not_plain, row.tally.errors)) != wish.failed:
        return False
    if wish.errors is not None and not any(errno in wish.errors for errno in row.tally.errors):
        return False
    if row.pid and wish.pids is not None and row.pid not in wish.pids:
        return False
    if row.tid and wish.tids is not None and row.tid not in wish.tids:
        return False
    return all((term.text.casefold() in row.name.casefold()) != term.denied for term in wish.terms if row.name)


def summed(rows: Iterable[Counted]) -> Counted:
    """All of them in one."""
    out, waited, rough, share = Tally(), 0, False, 0.0
    for row in rows:
        add(out, row.tally)
        waited, rough, share = waited + row.waited, rough or row.rough, share + row.share
    return Counted(0, 0, "", "", out, share, waited, rough)


def inner(counts: Summary, made: Layout, row: Counted, columns: int) -> list[Line]:
    """The calls of a process or a thread, those that took the most time first."""
    rows = counts.rows("call", pid=row.pid, tid=row.tid) if row.pid or row.tid else []
    of_calls = layout(rows, row, columns, "call", "time", made.names)
    lines = [of_calls.titles(), *(of_calls.row(each, row) for each in rows[:INNER])]
    if len(rows) > INNER:
        lines.append((piece(f"and {len(rows) - INNER} more; P only this process, then g by call", Role.SECONDARY),))
    return lines if rows else [(piece("its calls are added up with others'", Role.SECONDARY),)]
