"""The access of a trace: which files and sockets are used, a row each, or a row for each process and file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import BindingType

from explorer.decode.constants.errno import ERRNO
from explorer.model.access import SORTS, FileUse, Sort
from explorer.query.processes import Wrong
from explorer.render.access import Layout, layout, remarks, several, table, unfolded
from explorer.render.piece import Line, Role, piece
from explorer.render.record import record
from explorer.render.sheet import Row, Sheet, Target
from explorer.trace.access import Access
from explorer.ui.command import Command, bindings
from explorer.ui.messages import Jump
from explorer.ui.trace.header import Tab
from explorer.ui.trace.keys import ACCESS
from explorer.ui.trace.narrowing import only_process, without_process
from explorer.ui.trace.saving import Saved
from explorer.ui.trace.sieve import Sieve, sieve, toggled
from explorer.ui.trace.sifting import Sifting
from explorer.ui.trace.standing import Standing
from explorer.ui.trace.table import ASIDE

if TYPE_CHECKING:
    from explorer.ui.trace.counting import Counting
    from explorer.ui.trace.session import Session

MOST: Final = 2000
"""Rows that are made at a time: a filter finds the others."""
WAYS: Final = ("file", "process")
BY: Final = ("opens", "failed", "reads", "read", "writes", "written", "time", "process")
"""Columns of one process's use, below the file."""
ROWS: Final = {"file": "files", "use by a process": "uses by processes"}
BEFORE: Final = 3


class AccessTable(Sifting):
    """Of the trace area."""

    TAB: ClassVar[Tab] = "access"
    SORTS: ClassVar[tuple[str, ...]] = SORTS
    COMMANDS: ClassVar[tuple[Command, ...]] = ACCESS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACCESS)]
    HINT: ClassVar[str] = "words of a path  !word path=/etc failed opened errno=ENOENT pid=812    Enter keep   Esc clear"

    _all: Sequence[FileUse] = ()
    _of: "dict[str, FileUse]"
    _owners: "dict[str, tuple[int, ...]]"

    def counting(self, session: "Session") -> "Counting[Access]":
        return session.accessed()

    def sheet(self, standing: Standing, columns: int) -> Sheet:
        session = self.session
        assert session is not None
        counting = session.accessed()
        uses = counting.table
        uses.epoch = session.log.epoch
        found = sieve(standing.text)
        wish = Sieve() if isinstance(found, Wrong) else found
        rows = list(standing.held) if standing.held else self._rows(uses, standing, wish)
        if standing.held is not None:
            standing.held = rows
        self._all = rows
        session.comms.want({pid for row in rows for pid in row.pids})
        names = self._names(session)
        shown = [self._addressed(session, row) for row in rows[:MOST]]
        alone = len({pid for row in shown for pid in row.pids}) < 2
        made = layout(columns, standing.sort, names, spaces=several(shown), alone=alone)
        self._of, self._owners = {}, {}
        out = [self._made_row(uses, made, row, names) for row in shown]
        said = remarks(uses.unseen(), names, dropped=uses.dropped, lost=uses.lost + counting.missed)
        minded = [line for line in said if line[0].role is Role.MIND]
        rest = [line for line in said if line[0].role is not Role.MIND]
        if len(rows) > MOST:
            rest.insert(0, (piece(f"and {len(rows) - MOST:,} more: f finds some, F6 sorts otherwise", Role.MIND),))
        if out:
            out += [Row(f"{ASIDE}{at}", line) for at, line in enumerate(rest)]
        what = "file" if standing.by == "file" else "use by a process"
        summary = (piece(f"{len(rows):,} {what if len(rows) == 1 else ROWS[what]}", Role.SECONDARY),)
        header = made.titles(standing.sort, backwards=standing.backwards)
        return Sheet(rows=out, header=header, notes=tuple(minded) if out else (), summary=summary)

    def _addressed(self, session: "Session", use: FileUse) -> FileUse:
        """A socket with its addresses, where no call named them but they are known."""
        if use.kind != "socket" or use.note or session.addresses is None:
            return use
        address = session.addresses.of(use.path)
        return use if address == use.path else replace(use, note=address)

    def _rows(self, uses: Access, standing: Standing, wish: Sieve) -> list[FileUse]:
        sort: Sort = next(each for each in SORTS if each == standing.sort)
        pids = wish.pids
        if wish.without:
            pids = frozenset(pid for row in uses.rows("path") for pid in row.pids) - wish.without
        rows = uses.rows(sort, by="process" if standing.by == "process" else "file", want=wish, pids=pids)
        return rows[::-1] if standing.backwards else rows

    def _made_row(self, uses: Access, made: Layout, use: FileUse, names: Mapping[int, str]) -> Row:
        key = f"{use.pids if self._by_process else ''}{use.namespace}:{use.path}"
        while key in self._of:
            key += "'"
        self._of[key] = use
        line = made.row(use)

        def unfold(_columns: int) -> tuple[Line, ...]:
            lead = piece(" " * BEFORE)
            lines = self._by(uses, use, key, names) if len(use.pids) > 1 else []
            return tuple((lead, *each) for each in (*lines, *unfolded(use, names)))

        return Row(key, line, unfold, copy=use.path)

    @property
    def _by_process(self) -> bool:
        return self.standing is not None and self.standing.by == "process"

    def _by(self, uses: Access, use: FileUse, key: str, names: Mapping[int, str]) -> list[Line]:
        """What each process did with it, the one that took the most time first."""
        path = use.path.encode("utf-8", "surrogateescape")
        own = uses.rows("time", by="process", want=lambda file: file.path == path and max(file.space, 0) == use.namespace)
        own.sort(key=lambda each: -each.time)
        self._owners[key] = tuple(each.pids[0] for each in own)
        made = Layout(BY, 1, False, names)
        return [made.titles(), *(made.row(each) for each in own)]

    def saved(self) -> Saved:
        session, standing = self.session, self.standing
        assert session is not None
        assert standing is not None
        counting, names = session.accessed(), self._names(session)
        uses = counting.table
        said = remarks(uses.unseen(), names, dropped=uses.dropped, lost=uses.lost + counting.missed)
        lines = table(self._all, 0, standing.sort, names)
        return Saved("access", (*lines, *said), [record(use) for use in self._all])

    def _names(self, session: "Session") -> dict[int, str]:
        """Of processes, as far as they are known."""
        return {**dict(session.names), **{each: name for each, name in session.comms.of.items() if name}}

    def amounts(self) -> tuple[int, int, int]:
        session = self.session
        assert session is not None
        counting = session.accessed()
        failed = 0
        for use in self._all:
            for errors in (use.failures or {}).values():
                failed += sum(times for error, times in errors.items() if error not in QUIET)
        return failed, counting.table.lost + counting.missed, counting.table.count

    def wrong(self, text: str) -> str:
        found = sieve(text)
        return found.message if isinstance(found, Wrong) else ""

    def copy_shell(self) -> str:
        session = self.session
        if session is None or session.state == "opened":
            return ""
        if not session.targets:
            return f"procdive access -- {session.label}"
        return "procdive access " + " ".join(str(target.pid) for target in session.targets)

    # keys

    def chosen(self) -> FileUse | None:
        """The selected row's."""
        row = self.current()
        return None if row is None else self._of.get(row.key)

    def _pid(self) -> int:
        """Whose use the selected line is: on one of a process its own, else the one that took the most time."""
        row, spot, use = self.current(), self.spot(), self.chosen()
        if row is None or spot is None or use is None:
            return 0
        owners = self._owners.get(row.key, use.pids)
        return owners[spot.inner - 1] if 1 <= spot.inner <= len(owners) and len(use.pids) > 1 else owners[0]

    def action_group(self) -> None:
        standing = self.standing
        if standing is None:
            return
        standing.by = WAYS[(WAYS.index(standing.by) + 1) % len(WAYS)]
        standing.chosen = None
        standing.held = None if standing.held is None else ()
        self.selected = self.top = 0
        self.tell(piece("a row a file" if standing.by == "file" else "a row for each process and file"))
        self.show_now()

    def action_failed(self) -> None:
        if (standing := self.standing) is not None:
            self.narrow(toggled(standing.text, "failed"))

    def action_opened(self) -> None:
        if (standing := self.standing) is not None:
            self.narrow(toggled(standing.text, "opened"))

    def action_process(self, only: int) -> None:
        pid, standing = self._pid(), self.standing
        if pid and standing is not None:
            self.narrow((only_process if only else without_process)(standing.text, pid))

    def action_jump(self) -> None:
        if pid := self._pid():
            self.post_message(Jump(Target(pid)))

    def action_lines(self) -> None:
        use = self.chosen()
        if use is None:
            return
        if not use.path.startswith("/") or use.cut:
            self.tell(piece(f"{use.path} is no whole path: no filter finds its lines", Role.MIND))
            return
        text = f'path="{use.path}"' if " " in use.path else f"path={use.path}"
        self.area.show_lines(only_process(text, use.pids[0]) if self._by_process else text)


QUIET: Final = frozenset(
    name for name, _ in ERRNO.values() if name in {"EAGAIN", "EINTR", "EINPROGRESS", "EALREADY"} or name.startswith("ERESTART")
)
