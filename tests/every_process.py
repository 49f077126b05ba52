"""Opens every pane on every process and compares what it shows with /proc. `python -m tests.every_process` prints what is wrong.

Processes come, go and change meanwhile: what counts is what was in /proc before and after.
"""

import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from explorer.kernel.reader import Reader
from explorer.model.missing import Unreadable
from explorer.model.process import ProcessId
from explorer.render.piece import Line, plain
from explorer.render.printable import printable
from explorer.render.sheet import Sheet
from explorer.render.width import width
from explorer.resolve.system import System
from explorer.ui.panes import PANES
from explorer.ui.panes.pane import Pane

READER = Reader()
COLUMNS = (40, 64, 120)
ROWS = 400
"""Rows of a pane that are looked at; a database may map a hundred thousand files."""


def processes() -> dict[int, int]:
    """Every pid, with its start."""
    found = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            found[int(name)] = int(Path(f"/proc/{name}/stat").read_bytes().rpartition(b")")[2].split()[19])
        except OSError:
            pass
    return found


def entries(pid: int, folder: str) -> set[str] | None:
    try:
        return set(os.listdir(f"/proc/{pid}/{folder}"))
    except OSError:
        return None


def lines(pid: int, file: str) -> list[str] | None:
    """Of a file that never blocks; None where it cannot be read."""
    try:
        return Path(f"/proc/{pid}/{file}").read_bytes().decode("utf-8", "surrogateescape").splitlines()
    except OSError:
        return None


def numbered(folder: str) -> Callable[[int], set[str] | None]:
    return lambda pid: entries(pid, folder)


def limits(pid: int) -> set[str] | None:
    said = lines(pid, "limits")
    return None if said is None else {line[:26].strip() for line in said[1:]}


def mappings(pid: int) -> set[str] | None:
    """Of a process with few: they are rows of their own."""
    said = lines(pid, "maps")
    return None if said is None or len(said) > ROWS else {line.partition("-")[0].lstrip("0") or "0" for line in said}


def variables(pid: int) -> set[str] | None:
    """environ may hang, so the reader reads it; a process may have written over it, then no line has a name."""
    try:
        said = READER.read(f"/proc/{pid}/environ")
    except Unreadable:
        return None
    return {part.partition(b"=")[0].decode("utf-8", "surrogateescape") for part in said.split(b"\0") if b"=" in part[1:]}


def who_it_is(pid: int) -> set[str] | None:
    """Words that the Overview must have: its parent, its state, its user."""
    status = dict(line.split(":\t", 1) for line in lines(pid, "status") or () if ":\t" in line)
    if not status or status["State"].startswith("Z"):
        return None
    parent = status["PPid"]
    return {status["Uid"].split()[1], parent if parent != "0" else status["Uid"].split()[1]}


EXPECTED: dict[str, Callable[[int], set[str] | None]] = {
    "Files": numbered("fd"),
    "Stack": numbered("task"),
    "Overview": who_it_is,
    "Memory": mappings,
    "Environment": variables,
    "Limits": limits,
}
"""By pane: what must be there, None where we may not know it. Keys of rows, but words of the Overview."""


def drawn(sheet: Sheet) -> Iterator[Line]:
    yield sheet.header
    yield sheet.summary
    yield from sheet.notes
    for index in range(min(len(sheet.rows), ROWS)):
        yield sheet.rows[index].line


def wrong_lines(sheet: Sheet, columns: int) -> Iterator[str]:
    """Lines that do not fit, or that a terminal would obey."""
    for line in drawn(sheet):
        text = plain(line)
        if printable(text) != text:
            yield f"not printable: {text!r}"
        if line is not sheet.summary and width(text) > columns:
            yield f"{width(text)} of {columns} columns: {text!r}"
    for index in range(min(len(sheet.rows), 20)):
        row = sheet.rows[index]
        for line in row.unfold(columns) if row.unfold else ():
            if printable(plain(line)) != plain(line) or width(plain(line)) > columns:
                yield f"unfolded, {width(plain(line))} of {columns} columns: {plain(line)!r}"


def wrong_rows(pane: Pane, pid: int, sheet: Sheet, before: set[str] | None) -> Iterator[str]:
    """Rows that /proc has, and the pane has not."""
    after = EXPECTED[pane.name](pid)
    if before is None or after is None or pid == os.getpid() or not os.path.exists(f"/proc/{pid}"):
        return
    rows = [sheet.rows[index] for index in range(len(sheet.rows))]
    if pane.name == "Overview":
        there = {word for row in rows for word in re.findall(r"\w+", plain(row.line))}
    else:
        there = {row.key.partition(":")[2] if pane.name == "Environment" else row.key for row in rows}
    lacking = (before & after) - there
    if lacking:
        yield f"not shown: {sorted(lacking)[:5]}; shown: {sorted(there)[:5]}; {[plain(line) for line in sheet.notes]}"


def wrong(system: System, process: ProcessId) -> Iterator[str]:
    """Everything that is wrong with what the panes say of one process."""
    for kind in PANES:
        pane = kind()
        before = EXPECTED[pane.name](process.pid) if pane.name in EXPECTED else None
        try:
            facts = pane.fetch(system, process)
            for columns in COLUMNS:
                sheet = pane.sheet(facts, columns)
                yield from (f"{pane.name} of {process.pid}: {words}" for words in wrong_lines(sheet, columns))
            if not sheet.rows and not sheet.notes:
                yield f"{pane.name} of {process.pid}: neither rows nor a reason"
            if pane.name in EXPECTED:
                yield from (f"{pane.name} of {process.pid}: {words}" for words in wrong_rows(pane, process.pid, sheet, before))
        except Exception as error:  # noqa: BLE001 - that nothing is raised is what this looks for
            yield f"{pane.name} of {process.pid} {lines(process.pid, 'comm')}: {error!r}"
        if not pane.shell(process):
            yield f"{pane.name} of {process.pid}: no shell command"


def main() -> int:
    system = System()
    found = 0
    for pid, start in processes().items():
        for words in wrong(system, ProcessId(pid, start)):
            print(words.encode("ascii", "backslashreplace").decode())
            found += 1
    system.close()
    READER.close()
    return min(found, 1)


if __name__ == "__main__":
    sys.exit(main())
