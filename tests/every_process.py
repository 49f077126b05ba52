"""Opens every pane on every process and compares what it shows with /proc. `python -m tests.every_process` prints what is wrong.

Processes come, go and change meanwhile: what counts is what was in /proc before and after.
"""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from explorer.model.process import ProcessId
from explorer.render.piece import Line, plain
from explorer.render.printable import printable
from explorer.render.sheet import Sheet
from explorer.render.width import width
from explorer.resolve.system import System
from explorer.ui.panes import PANES
from explorer.ui.panes.pane import Pane

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


EXPECTED: dict[str, Callable[[int], set[str] | None]] = {"Files": numbered("fd"), "Stack": numbered("task")}
"""By pane: the keys of rows that must be there, None where we may not know them."""


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
    there = {sheet.rows[index].key for index in range(len(sheet.rows))}
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
    return min(found, 1)


if __name__ == "__main__":
    sys.exit(main())
