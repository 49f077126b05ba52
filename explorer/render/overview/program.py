"""What runs: command line, executable, folders."""

from typing import Final

from explorer.model.argv import Argv
from explorer.model.executable import Executable, Fate
from explorer.model.missing import Missing
from explorer.model.overview import Overview
from explorer.model.rates import Rates
from explorer.render.entries import LONGEST_VALUE, Entry, lacking
from explorer.render.executable import executable_line
from explorer.render.missing import sentence
from explorer.render.piece import Line, Piece, Role, piece
from explorer.render.process import shell_command, shell_word

SHOWN: Final = 12
"""Arguments that have rows of their own; the rest unfold from one."""


def program(overview: Overview, rates: Rates | None = None) -> list[Entry]:  # noqa: ARG001
    """Command line one argument a row, executable, working and root directory."""
    found = [*command(overview), exe(overview.executable)]
    if overview.kernel_thread:
        return found
    found.append(folder("directory", overview.cwd))
    if not isinstance(overview.root, str) or overview.root != "/":
        found.append(folder("root", overview.root))
    return found


def command(overview: Overview) -> list[Entry]:
    """argv, quoted so that arguments can be told apart; `y` on the first copies a command that gives the same argv."""
    argv = overview.argv
    if overview.kernel_thread:
        return [Entry("command", (piece(f"[{overview.comm}]", Role.NAME), Piece("  a kernel thread", Role.SECONDARY)))]
    if isinstance(argv, Missing):
        return [lacking("command", argv), Entry("name", (piece(overview.comm, Role.NAME),))]
    note = title_note(argv)
    if not argv.args:
        why = "wiped" if argv.raw else "none"
        return [
            Entry("command", (piece(why, Role.MIND if argv.raw else Role.SECONDARY), *note)),
            Entry("name", (piece(overview.comm, Role.NAME),)),
        ]
    if argv.rewritten and len(argv.args) == 1:
        return [Entry("command", (piece(argv.args[0][:LONGEST_VALUE], Role.NAME), *note), copy=argv.args[0], key="argument 0")]
    path = overview.executable.path if isinstance(overview.executable, Executable) else ""
    whole = shell_command(argv.args, path) if not argv.rewritten else " ".join(map(shell_word, argv.args))
    found = [Entry("command", (*word(argv.args[0], Role.NAME), *note), copy=whole, key="argument 0")]
    found += [argument(index, text) for index, text in enumerate(argv.args[1:SHOWN], 1)]
    rest = argv.args[SHOWN:]
    if rest:
        more = tuple((Piece(f"{index:>4} ", Role.SECONDARY), *word(text, Role.TEXT)) for index, text in enumerate(rest, SHOWN))
        found.append(Entry("", (piece(f"and {len(rest):,} more arguments", Role.SECONDARY),), more, key="arguments"))
    return found


def title_note(argv: Argv) -> Line:
    """What is odd about it."""
    words = []
    if argv.rewritten:
        given = f"; it was started with {argv.argc} argument{'s' if argv.argc != 1 else ''}" if argv.argc else ""
        words.append(f"title rewritten by the process{given}")
    if argv.padding:
        words.append(f"{argv.padding:,} NUL bytes follow")
    if argv.cut:
        words.append("cut: it is longer than we read")
    return (Piece("  " + ", ".join(words), Role.MIND),) if words else ()


def word(argument: str, role: Role) -> Line:
    """As a shell would take it."""
    return (piece(shell_word(argument[:LONGEST_VALUE]), role),)


def argument(index: int, text: str) -> Entry:
    """One argument."""
    return Entry(f"  argument {index}", word(text, Role.TEXT), copy=shell_word(text), key=f"argument {index}")


def exe(found: Executable | Missing) -> Entry:
    """What became of the file, in words when unfolded."""
    if isinstance(found, Missing):
        return lacking("executable", found)
    more: list[Line] = []
    if isinstance(found.fate, Missing):
        more.append(sentence(found.fate))
    elif found.fate in EXPLAINED:
        more.append((piece(EXPLAINED[found.fate]),))
    if found.started_as:
        there = "another file is there now" if found.started_fate is Fate.PRESENT else "nothing is there any more"
        more.append((piece(f"execve was given {found.started_as}: {there}"),))
    return Entry("executable", executable_line(found), tuple(more), found.path)


EXPLAINED: Final = {
    Fate.DELETED: "its file has no name any more, and nothing has taken its place; /proc/PID/exe still leads to it",
    Fate.REPLACED: "its file has no name any more, and another is at its path: an update, until the process is started again",
    Fate.COVERED: "another file is seen at that path: something is mounted over it",
    Fate.MEMORY: "it never was a file on a disk: memfd_create(2), then execve",
}


def folder(label: str, path: str | Missing) -> Entry:
    """A link of /proc/PID."""
    if isinstance(path, Missing):
        return lacking(label, path)
    gone = path.endswith(" (deleted)")
    return Entry(label, (piece(path, Role.MIND if gone or label == "root" else Role.TEXT),), copy=path)
