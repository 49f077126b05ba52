"""procdive peek: what stands where a process reads or writes, and a copy of the file, of a deleted one too."""

import argparse
import os
import shutil
import time
from typing import Final

from explorer import keep
from explorer.cli.output import Output
from explorer.cli.targets import targets
from explorer.collect.peek import Peek
from explorer.decode.proc.stat import decode
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.peek import Look, Peeked, Waiting
from explorer.model.process import ProcessId
from explorer.render.peek import hexadecimal_lines, is_binary, numbered, shown, split, title
from explorer.render.record import record
from explorer.resolve.comm import comm
from explorer.resolve.system import System

EXAMPLES = """examples:
  procdive peek 812 5              the last lines that process 812 wrote to its descriptor 5, and how far it is
  procdive peek -f 812 5           and what it writes from now on
  procdive peek -x -n 4 812 7      the last bytes that it read, as a hexdump
  procdive peek --end nginx 5      the end of the file instead of the process's own position
  procdive peek --save x 812 9     a copy of the file, also where it is deleted; never over a file that is there

A descriptor that is no regular file is never opened, and nothing is taken away: of sockets and pipes what waits is told as far
as Linux tells it. Who watches the file with inotify sees that it was opened.
exit status: 0 done, 1 gone, may not be read, or not copied whole, 2 wrong usage
"""
EVERY: Final = 0.5
PIPED: Final = 1 << 16
"""Columns where the output is no terminal: lines are not wrapped."""
FEW: Final = 4
"""One of so many lines is shown of what comes behind the position."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("process", nargs="?", metavar="PID|NAME", help="process, or the name of one")
    parser.add_argument("fd", nargs="?", type=number, metavar="FD", help="its descriptor, as procdive fds lists them")
    parser.add_argument("-n", "--lines", type=number, default=20, metavar="LINES", help="so many lines before the position (20)")
    parser.add_argument("-x", "--hex", action="store_true", help="a hexdump, also of text")
    parser.add_argument("-f", "--follow", action="store_true", help="go on with what it reads or writes, until Ctrl-C or its end")
    parser.add_argument("--end", action="store_true", help="the end of the file instead of the position")
    parser.add_argument("--save", metavar="FILE", help="copy the file to this new one, mode 0600, holes kept")


def number(text: str) -> int:
    """A number from 0 on. Raises ValueError, which argparse turns into usage."""
    if not (text.isascii() and text.isdecimal()) or len(text) > 10:
        raise ValueError(text)
    return int(text)


def run(options: argparse.Namespace, system: System, out: Output) -> int:
    """Look, print, go on; the exit status."""
    if options.process is None or options.fd is None:
        out.complain("at which descriptor of which process? procdive peek PID FD; procdive fds PID lists them")
        return 2
    process = whose(options.process, system, out)
    if process is None:
        return 1
    peek = Peek(system, process, options.fd, at_end=options.end)
    look = peek.step()
    if isinstance(look, Missing):
        out.complain(look)
        return 1
    if options.save is not None:
        return save(look, options.save, process.pid, system, out)
    show(look, options, process.pid, system, out)
    if options.follow:
        follow(peek, look, options, process.pid, system, out)
    return 0


def whose(word: str, system: System, out: Output) -> ProcessId | None:
    """The one process that is meant; else a line says why there is none."""
    found = targets(system, [word])
    for remark in (*found.remarks, *found.missing):
        out.complain(remark)
    if len(found.pids) > 1:
        out.complain(f"{len(found.pids)} processes are called {word}: {', '.join(map(str, found.pids[:9]))}; of which one?")
    if len(found.pids) != 1:
        return None
    try:
        stat = decode(system.proc.read(found.pids[0], "stat"))
    except Unreadable as refused:
        stat = refused.missing
    if isinstance(stat, Missing):
        out.complain(stat)
        return None
    return ProcessId(stat.pid, stat.starttime)


def show(look: Look, options: argparse.Namespace, pid: int, system: System, out: Output) -> None:
    """All that there is to see now."""
    if out.json_lines:
        out.record({"pid": pid, "comm": comm(system.proc, pid), **as_record(look)})
        return
    found = shown(look, width_of(out), hexadecimal=options.hex or None)
    out.line(title(look))
    place = found.place if found.place >= 0 else options.lines
    for line in found.lines[max(0, place - options.lines) : place + 1 + options.lines // FEW]:
        out.line(line)
    out.out.flush()


def as_record(look: Look) -> dict[str, object]:
    """Its facts; data as text."""
    facts = record(look)
    if isinstance(look.data, bytes):
        facts.update(record({"data": look.data.decode("utf-8", "surrogateescape")}))
    return dict(facts)


def width_of(out: Output) -> int:
    """Columns of the terminal, many where the output is none."""
    return shutil.get_terminal_size().columns if out.out.isatty() else PIPED


def follow(peek: Peek, last: Look, options: argparse.Namespace, pid: int, system: System, out: Output) -> None:
    """Print what is read or written from now on, line by line, until there is an end."""
    printed = last.place if isinstance(last, Peeked) else 0
    while last.ended is None:
        time.sleep(EVERY)
        look = peek.step()
        assert not isinstance(look, Missing)
        if look.ended is not None:
            if isinstance(last, Peeked) and not out.json_lines:
                rest(last, printed, options, out, whole=True)
            out.complain(look.ended)
        elif look is not last and isinstance(look, Peeked) and look.start <= printed <= look.place and not out.json_lines:
            printed = rest(look, printed, options, out)
        elif look != last:
            show(look, options, pid, system, out)
            printed = look.place if isinstance(look, Peeked) else 0
        last = look


def rest(look: Peeked, begin: int, options: argparse.Namespace, out: Output, *, whole: bool = False) -> int:
    """Print the lines from an offset to the place, the last one only when it is complete or nothing more comes; where they end."""
    part = look.data[begin - look.start : look.place - look.start]
    columns = width_of(out)
    if options.hex or is_binary(part):
        lines = list(hexadecimal_lines(part, begin, columns))
    else:
        part = part if whole else part[: part.rfind(b"\n") + 1]
        lines = [line for raw in split(part) for line in numbered(0, raw, 0, columns)]
    for line in lines:
        out.line(line)
    out.out.flush()
    return begin + len(part)


def save(look: Look, path: str, pid: int, system: System, out: Output) -> int:
    """Copy the file; the exit status."""
    from explorer.collect.copying import Copy
    from explorer.render.copied import copied_line

    if isinstance(look, Waiting):
        out.complain(Missing(Reason.UNSUPPORTED, f"a copy of {look.name}", "only a regular file can be copied"))
        return 1
    made = keep.anew(path)
    if isinstance(made, Missing):
        out.complain(made)
        return 1
    place, target = made
    file = os.fstat(target)
    copy = None
    try:
        copy = Copy(system, pid, look, place, target)
        while not (copied := copy.step()).done:
            pass
    except BaseException:
        keep.forget(place, (file.st_dev, file.st_ino))
        raise
    finally:
        if copy is not None:
            copy.stop()
    if out.json_lines:
        out.record(copied)
    else:
        out.line(copied_line(copied))
    if copied.why is None:
        return 0
    if not copied.copied:
        keep.forget(place, (file.st_dev, file.st_ino))
    out.complain(copied.why)
    return 1
