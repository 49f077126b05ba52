"""The Stack pane: one row a thread, unfolding to what it waits for and to its kernel stack; or one row a place where threads wait."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from explorer.model.having import Thing
from explorer.model.manual import Page
from explorer.model.missing import Missing, Reason
from explorer.model.stack import Doing, Frame, Stacks, Thread, Wait
from explorer.render.inflight import inflight
from explorer.render.lazy import LazyRows
from explorer.render.missing import sentence
from explorer.render.now import age_text, doing, due_text, wait_role
from explorer.render.pages import of_call
from explorer.render.piece import Line, Piece, Role, piece, plain
from explorer.render.sheet import Row, Sheet, Target
from explorer.render.strace import strace_text
from explorer.render.width import cut, fit, width
from explorer.render.wrap import wrap

INDENT: Final = 7
STATES: Final = {"R": Role.NEW, "D": Role.FAILED, "Z": Role.MIND, "T": Role.MIND, "t": Role.MIND, "X": Role.MIND}
WORDS: Final = {
    "R": "runs", "S": "sleep", "D": "blocked", "T": "stopped", "t": "traced", "Z": "ended", "X": "ended", "I": "idle", "P": "parked",
}  # fmt: skip
"""State letters of proc_pid_stat(5), as the summary says them."""
CPU_FROM: Final = 60
"""Columns from which on there is room for CPU%."""
AGE: Final = 8
WHOLE: Final = 1000
"""Columns for a call that is shown whole."""


class Layout:
    """Where the columns of a thread's row begin, for a width."""

    def __init__(self, threads: Sequence[Thread], columns: int, *, cpu: bool = True) -> None:
        """cpu: whether CPU% is shown, where there is room."""
        self.columns = columns
        largest = max((thread.tid for thread in threads), default=0)
        self.tid = max(4, len(str(largest)))
        self.name = 15 if columns >= 100 else 11
        self.cpu = 6 if cpu and columns >= CPU_FROM else 0
        self.place = max(8, columns - self.tid - 1 - self.name - 1 - 2 - self.cpu - AGE - 1)

    def header(self) -> Line:
        """The titles."""
        cpu = f"{'CPU%':>{self.cpu - 1}} " if self.cpu else ""
        text = f"{'tid':>{self.tid}} {'thread':<{self.name}} S {cpu}{'in':<{self.place}}{'for':>{AGE + 1}}"
        return fit((piece(text),), self.columns)

    def line(self, first: str, name: str, thread: Thread, place: Line, age: str) -> Line:
        """A row of cells."""
        cells = [piece(f"{first:>{self.tid}} "), self.cell(name, self.name, Role.NAME), piece(" ")]
        cells.append(piece(f"{thread.state or '?':<2}", STATES.get(thread.state, Role.SECONDARY)))
        if self.cpu:
            share = "" if thread.cpu is None else f"{thread.cpu:.1f}" if thread.cpu < 999.95 else f"{thread.cpu:.0f}"
            cells.append(piece(f"{share:>{self.cpu - 1}} ", Role.SECONDARY if share == "0.0" else Role.TEXT))
        place = fit(place, self.place)
        used = sum(width(part.text) for part in place)
        end = f"{' ' * (self.place - used)}{age:>{AGE + 1}}" if age else ""
        return fit((*cells, *place, piece(end, Role.SECONDARY)), self.columns)

    @staticmethod
    def cell(text: str, columns: int, role: Role) -> Piece:
        """A text cut and padded to its column."""
        shown = cut(piece(text).text, columns)
        return piece(shown + " " * (columns - width(shown)), role)


class ThreadRow(Row):
    """A row whose line is made when it is drawn: of ten thousand threads a screen shows forty, but any may be looked for by its key."""

    __slots__ = ("_made", "_make")
    _make: Callable[[], Row]
    _made: Row | None

    def __init__(self, key: str, make: Callable[[], Row]) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "_make", make)
        object.__setattr__(self, "_made", None)

    def _row(self) -> Row:
        made = self._made
        if made is None:
            made = self._make()
            object.__setattr__(self, "_made", made)
        return made

    @property
    def line(self) -> Line:
        return self._row().line

    @property
    def unfold(self) -> Callable[[int], tuple[Line, ...]] | None:
        return self._row().unfold

    @property
    def target(self) -> Target | None:
        return self._row().target

    @property
    def copy(self) -> str:
        return self._row().copy

    @property
    def mark(self) -> str:
        return self._row().mark

    @property
    def thing(self) -> Thing | None:
        return self._row().thing

    @property
    def pages(self) -> tuple[Page, ...]:
        return self._row().pages


def sheet(
    stacks: Stacks | Missing, columns: int, options: frozenset[str] = frozenset(), asked: Callable[[int], object] | None = None
) -> Sheet:
    """options: "grouped" for a row a place. asked: called with the thread id of each row that is drawn."""
    if isinstance(stacks, Missing):
        return Sheet(notes=tuple((piece(part),) for part in wrap(plain(sentence(stacks)), columns)))
    layout = Layout(stacks.threads, columns)
    rows: Sequence[Row]
    if "grouped" in options:
        rows = [group_row(group, layout, stacks.process.pid) for group in groups(stacks.threads)]
    else:
        rows = LazyRows(len(stacks.threads), lambda index: row_of(stacks.threads[index], layout, stacks.process.pid, asked))
    return Sheet(rows, layout.header(), notes(stacks, columns), f"{len(stacks.threads):,}", summary(stacks))


def row_of(thread: Thread, layout: Layout, pid: int, asked: Callable[[int], object] | None) -> Row:
    """The row of a thread, made when it is drawn; asked is told then."""

    def make() -> Row:
        if asked is not None:
            asked(thread.tid)
        return thread_row(thread, layout, pid)

    return ThreadRow(str(thread.tid), make)


def notes(stacks: Stacks, columns: int) -> tuple[Line, ...]:
    """What cannot be shown of any thread, why, what is still known, what helps; () where calls can be read."""
    denied = next((one.doing for one in stacks.threads if isinstance(one.doing, Missing)), None)
    if denied is None or not all(isinstance(one.doing, Missing) or one.runs or one.doing is Doing.ENDED for one in stacks.threads):
        return ()
    first = next(one for one in stacks.threads if isinstance(one.doing, Missing))
    what = "No permission" if denied.reason is Reason.DENIED else denied.reason.value.capitalize()
    said = [
        ("", f"Calls of {stacks.process.pid} {stacks.comm}: {denied.reason.value}. {denied.detail}"),
        ("Still known  ", known(first)),
        ("Helps        ", denied.cure),
    ]
    lines: list[Line] = [(piece(what, Role.MIND),)]
    for label, text in said:
        for index, part in enumerate(wrap(text, columns - 2 - len(label)) if text else ()):
            lines.append((piece("  " + (label if index == 0 else " " * len(label)), Role.SECONDARY), piece(part)))
    return tuple(lines)


def known(thread: Thread) -> str:
    """`blocked (D) for ≥ 41 s, in nfs_wait_on_request`"""
    word = {"S": "sleeps", "I": "idle"}.get(thread.state, WORDS.get(thread.state, "state"))
    age = age_text(thread.age) if thread.age else ""
    age = f" for {age}" if age else ""
    where = f", in {thread.wchan}" if isinstance(thread.wchan, str) and thread.wchan else ""
    return f"{word} ({thread.state}){age}{where}"


def summary(stacks: Stacks) -> Line:
    """`2 sleep  1 runs  1 blocked`, and how many of them were read just now, where not all."""
    counts = Counter("not read yet" if one.doing is Doing.UNREAD else WORDS.get(one.state, one.state) for one in stacks.threads)
    out: list[Piece] = []
    for word, count in counts.most_common():
        role = {"blocked": Role.FAILED, "stopped": Role.MIND, "runs": Role.NEW}.get(word, Role.TEXT)
        plural = {"runs": "run", "sleep": "sleep"}.get(word, word)
        out += [piece("  ") if out else piece(""), piece(f"{count:,} {singular(word) if count == 1 else plural}", role)]
    if stacks.looked < len(stacks.threads):
        out.append(piece(f"  {stacks.looked:,} read just now, the others in turn", Role.MIND))
    return tuple(out)


def singular(word: str) -> str:
    """1 sleeps."""
    return "sleeps" if word == "sleep" else word


def thread_row(thread: Thread, layout: Layout, pid: int) -> Row:
    """One thread."""
    age = age_text(thread.age) if thread.age and not thread.runs and thread.doing is not Doing.ENDED else ""
    line = layout.line(str(thread.tid), thread.comm, thread, doing(thread, layout.place), age)
    pages = of_call(thread.call.name) if thread.call else ()
    copied = strace_text(thread.call) if thread.call else plain(doing(thread, WHOLE))
    return Row(str(thread.tid), line, lambda columns: tuple(unfolded(thread, columns)), other_end(thread, pid), copied, pages=pages)


def other_end(thread: Thread, pid: int) -> Target | None:
    """The first process elsewhere that the wait concerns."""
    parties = thread.waits.parties if thread.waits else ()
    return next((Target(one.pid, one.fd if one.fd >= 0 else None) for one in parties if one.pid != pid), None)


def unfolded(thread: Thread, columns: int) -> list[Line]:
    """What it waits for, the call whole where its row cut it, its kernel stack."""
    lines: list[Line] = []
    if thread.waits is not None:
        lines += wait_lines(thread.waits, columns)
        for more in thread.waits.more:
            lines += indented(more, columns, Role.FAILED if thread.waits.hopeless and more.startswith("a deadlock") else Role.TEXT, 2)
    if thread.call is not None:
        whole = inflight(thread.call, WHOLE)
        if sum(width(part.text) for part in whole) > Layout([thread], columns).place:
            lines += indented(plain(whole), columns, Role.TEXT)
        lines += remarks(thread, columns)
    return lines + stack_lines(thread, columns)


def wait_lines(wait: Wait, columns: int) -> list[Line]:
    """The sentence, and when it is over at the latest."""
    return indented(wait.text + due_text(wait), columns, wait_role(wait))


def remarks(thread: Thread, columns: int) -> Iterable[Line]:
    """What is unusual about how it came into its call."""
    if thread.restarted:
        yield from indented("goes on with this call after a signal (restart_syscall)", columns, Role.SECONDARY)
    if thread.call is not None and not thread.entered:
        yield from indented(f"taken for a call of {thread.call.arch}: how it was entered could not be found out", columns, Role.SECONDARY)


def stack_lines(thread: Thread, columns: int) -> list[Line]:
    """The frames, innermost first; where they may not be read, the function that it sleeps in, and why not more."""
    if isinstance(thread.frames, Missing):
        lines = []
        if isinstance(thread.wchan, str) and thread.wchan:
            lines = indented(f"in {thread.wchan} (wchan)", columns, Role.SECONDARY)
        return lines + indented(plain(sentence(thread.frames)), columns, Role.SECONDARY)
    return [fit((piece(" " * INDENT), *frame(one)), columns) for one in thread.frames]


def frame(one: Frame) -> Line:
    """`nfs_wait_bit_killable+0x1e [nfs]`"""
    offset = f"+0x{one.offset:x}" if one.size else ""
    module = (piece(f" [{one.module}]", Role.SECONDARY),) if one.module else ()
    return (piece(one.symbol), piece(offset, Role.SECONDARY), *module)


def indented(text: str, columns: int, role: Role, further: int = 0) -> list[Line]:
    """A sentence below its row; its second and later lines stand a little further in."""
    first = INDENT + further
    room = columns - first - 2
    return [(piece(" " * (first + (2 if index else 0))), piece(part, role)) for index, part in enumerate(wrap(piece(text).text, room))]


def groups(threads: Sequence[Thread]) -> list[tuple[Thread, ...]]:
    """Threads that are in the same place, the biggest group first."""
    found: dict[tuple[object, ...], list[Thread]] = {}
    for thread in threads:
        found.setdefault(place(thread), []).append(thread)
    return sorted((tuple(group) for group in found.values()), key=lambda group: -len(group))


def place(thread: Thread) -> tuple[object, ...]:
    """The same for threads that wait in the same place of the kernel, in the same call."""
    doing_what = "denied" if isinstance(thread.doing, Missing) else thread.doing.value
    return (doing_what, thread.call.name if thread.call else "", thread.wchan if isinstance(thread.wchan, str) else "", thread.state)


def group_row(group: tuple[Thread, ...], layout: Layout, pid: int) -> Row:
    """`31×  pool-*  S  0.0  futex  5 min`; unfolds to the threads, and their common stack."""
    if len(group) == 1:
        return thread_row(group[0], layout, pid)
    first = max(group, key=lambda one: one.age.seconds if one.age else 0.0)
    calls = {plain(doing(one, layout.place)) for one in group}
    where = doing(first, layout.place)
    if len(calls) > 1 and first.call is not None:
        where = (piece(first.call.name, Role.NAME),)
    age = age_text(first.age) if first.age and not first.runs else ""
    whole = Thread(first.tid, "", first.state, sum(one.cpu or 0.0 for one in group), first.doing)
    line = layout.line(f"{len(group)}×", common(group), whole, where, age)

    def unfold(columns: int) -> tuple[Line, ...]:
        shown = Layout(group, columns)
        lines = [thread_row(one, shown, pid).line for one in group[:SHOWN]]
        if len(group) > SHOWN:
            lines += indented(f"and {len(group) - SHOWN:,} more", columns, Role.SECONDARY)
        waits = {one.waits.text if one.waits else "" for one in group}
        if len(waits) == 1 and first.waits is not None:
            lines += indented(first.waits.text, columns, wait_role(first.waits))
        same = first.frames == group[-1].frames or isinstance(first.frames, Missing)
        return (*lines, *(stack_lines(first, columns) if same else ()))

    return Row("group " + repr(place(first)), line, unfold, copy=plain(line), pages=of_call(first.call.name) if first.call else ())


SHOWN: Final = 200
"""Threads of a group that are listed below it."""


def common(group: Sequence[Thread]) -> str:
    """`pool-*`: what their names begin with."""
    names = sorted({one.comm for one in group})
    if len(names) == 1:
        return names[0]
    first, last = names[0], names[-1]
    size = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return f"{first[:size]}*"
