"""A process's figures in the words of ps, and its command for a shell."""

import re
from typing import Final

from explorer.decode.text import exact
from explorer.model.process import TICKS
from explorer.model.snapshot import Machine, Process
from explorer.render.printable import printable
from explorer.render.times import clock, moment

SAFE: Final = re.compile(r"[A-Za-z0-9_@%+=:,./-]+", re.ASCII)


def clock_time(process: Process) -> str:
    """TIME: CPU time used, [DD-]HH:MM:SS."""
    return clock((process.utime + process.stime) // TICKS)


def started(process: Process, machine: Machine) -> str:
    """STIME: when it started, local time."""
    return moment(machine.boot_time + process.id.start / TICKS, machine.boot_time + machine.uptime)


def elapsed(process: Process, machine: Machine) -> float:
    """Seconds since it started."""
    return max(0.0, machine.uptime - process.id.start / TICKS)


def cpu_share(process: Process, machine: Machine) -> int:
    """C: per cent of one core over its whole life, at most 99."""
    seconds = int(elapsed(process, machine))
    return min(99, (process.utime + process.stime) * 100 // TICKS // seconds) if seconds else 0


def memory_share(process: Process, machine: Machine) -> float:
    """MEM%: per cent of the machine's memory that is resident for it."""
    return 100 * process.rss / machine.memory_total if machine.memory_total else 0.0


def shell_word(argument: str) -> str:
    r"""An argument so that a shell gives back the same bytes, printable: as it is, in '…', or in $'…' (bash, zsh, ksh) where
    it has what no terminal should see. Two different arguments never look alike."""
    if SAFE.fullmatch(argument):
        return argument
    if printable(argument) == argument:
        return "'" + argument.replace("'", r"'\''") + "'"
    return "$'" + "".join(escaped(char) for char in argument) + "'"


def escaped(char: str) -> str:
    r"""A character within $'…': hexadecimal bytes where it is not printable. \n and \t, because people know them."""
    if char in "\\'":
        return "\\" + char
    if char == "\n":
        return r"\n"
    if char == "\t":
        return r"\t"
    if printable(char) == char:
        return char
    return "".join(f"\\x{byte:02x}" for byte in exact(char))


def shell_command(argv: tuple[str, ...], exe: str = "") -> str:
    """The command for a shell that makes the same argv. exe: /proc/PID/exe, for where argv[0] is not what would be found.

    A name that was chosen freely (exec -a, a login shell's "-bash") goes through bash's `exec -a`.
    """
    if not argv:
        return shell_word(exe) if exe else ""
    words = " ".join(shell_word(argument) for argument in argv[1:])
    name, program = argv[0].rpartition("/")[2], exe.rpartition("/")[2]
    told = argv[0] and not argv[0].startswith("-") and SAFE.fullmatch(argv[0])
    if told and (not exe or program.startswith(name) or name.startswith(program)):
        return f"{argv[0]} {words}".rstrip(" ") if words else argv[0]
    return f"(exec -a {shell_word(argv[0])} {shell_word(exe or argv[0])}{' ' + words if words else ''})"
