"""The rows of all processes where nothing is left out and nobody looks at a screen: the same text as table.py prints, for less."""

import gc
from typing import Any, Final

from explorer.cli.descriptors.asked import Asked
from explorer.cli.descriptors.table import COMM, PID, SEVERAL, Table
from explorer.cli.descriptors.taken import Told, owner_in, refuse
from explorer.cli.output import Output
from explorer.collect.everything import everything
from explorer.model.fd import Fd
from explorer.model.held import USUAL
from explorer.model.missing import Missing
from explorer.render.fd import fd_line, padded
from explorer.render.fd_brief import text
from explorer.render.piece import Role, piece, plain
from explorer.resolve.system import System

MOST: Final = 1 << 14
"""Rows that are kept for the next process that has the same."""


def fits(asked: Asked, out: Output) -> bool:
    """Whether it is about everything, as text, into a file or a pipe."""
    selection = asked.selection
    chosen = selection.terms or selection.not_owner or selection.not_thing or asked.filter or asked.pids is not None
    return not (chosen or selection.ways or out.json_lines or out.out.isatty())


def show(system: System, out: Output, told: Told) -> None:
    """All of it; fills in told."""
    # What is made here has no cycles; looking for some among so many rows takes a tenth of the time.
    gc.disable()
    try:
        print_all(system, out, told)
    finally:
        gc.enable()


def print_all(system: System, out: Output, told: Told) -> None:
    """The same, whatever is done about garbage."""
    table = Table(out, several=True)
    known: dict[bytes, str] = {}
    for held in everything(system, None, USUAL):
        if isinstance(held.fds, Missing):
            refuse(told, held.fds, each=False)
            continue
        rows: Any = getattr(held.fds, "rows", None)
        if rows is None:
            if held.fds:
                table.print(owner_in(system, held), held.fds)
                told.shown += len(held.fds)
            continue
        table.titles()
        front = plain((piece(f"{held.process.pid:>{PID}} "), padded(held.comm, COMM, Role.NAME), piece(" ")))
        lines = []
        for record, thing, common in rows(known):
            if thing is None:
                row = known[record]
            else:
                row = plain(fd_line(thing, SEVERAL)) if isinstance(thing, Fd) else text(thing, SEVERAL)
                if common:
                    known[record] = row
            lines.append(f"{front}{row}\n")
        told.shown += len(lines)
        out.printed("".join(lines))
        if len(known) > MOST:
            known.clear()
