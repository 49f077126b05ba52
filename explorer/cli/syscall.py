"""procdive syscall: a system call by number or name, with its arguments, as ausyscall and more."""

import argparse
import os
from typing import Any

from explorer.cli.output import Output
from explorer.decode.syscall import numbers
from explorer.decode.syscall.known import known
from explorer.model.signature import Signature
from explorer.render.piece import Role, piece
from explorer.render.record import record
from explorer.render.signature import signature_lines
from explorer.resolve.system import System

EXAMPLES = """examples:
  procdive syscall 130                 what call is that? its arguments, its number on each architecture
  procdive syscall openat              the same by name
  procdive syscall rt_sig              all whose name has that in it
  procdive syscall --arch i386 102     of another architecture; `procdive syscall i386 102` as ausyscall has it
  procdive syscall --dump              the whole table
  procdive syscall --json openat2      for scripts

exit status: 0 found, 1 there is none such, 2 wrong usage
"""
MACHINES = {"x86_64": "x86_64", "aarch64": "aarch64", "i386": "i386", "i486": "i386", "i586": "i386", "i686": "i386", "arm64": "aarch64"}
MANY = 3
"""More than so many hits are a line each."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("words", nargs="*", metavar="NUMBER|NAME", help="number (decimal, 0x…), name, or part of names")
    parser.add_argument("--arch", choices=numbers.ARCHES, help="whose numbers (this machine's)")
    parser.add_argument("--dump", action="store_true", help="every call of the table, by number")
    parser.add_argument("--exact", action="store_true", help="only the call of exactly that name")


def run(options: argparse.Namespace, system: System, out: Output) -> int:  # noqa: ARG001
    """Print what is known; the exit status."""
    words = list(options.words)
    arch = options.arch or MACHINES.get(os.uname().machine, "x86_64")
    if words and words[0] in MACHINES and (len(words) > 1 or options.dump):
        arch = MACHINES[words.pop(0)]
    if options.dump:
        for number, name in sorted(numbers.names(arch).items()):
            show_one(number, name, arch, out)
        return 0
    if not words:
        out.complain("which call? procdive syscall 130, procdive syscall openat; --dump lists all")
        return 2
    status = 0
    for word in words:
        found = calls(word, arch, exact=options.exact)
        if not found:
            out.complain(absent(word, arch))
            status = 1
            continue
        show(found, out)
    return status


def calls(word: str, arch: str, *, exact: bool) -> list[Signature]:
    """By number, by name, else all whose name has the word in it."""
    number = number_of(word)
    if number is not None:
        name = numbers.name(number, arch)
        return [] if name.startswith("syscall_") else [known(name, numbers.abi(number, arch), number)]
    everywhere = {name: table for table in reversed((arch, *numbers.ARCHES)) for name in numbers.numbers(table)}
    if word in everywhere:
        return [known(word, arch)]
    if exact:
        return []
    return [known(name, arch) for name in sorted(everywhere, key=lambda name: (order(name, arch), name)) if word in name]


def order(name: str, arch: str) -> int:
    """By the number asked about, those of other architectures last."""
    return numbers.numbers(arch).get(name, 1 << 32)


def number_of(word: str) -> int | None:
    """A number as people write it; None where it is a word."""
    if not word.isascii():
        return None
    try:
        return int(word, 0)
    except ValueError:
        return int(word) if word.isdecimal() else None


def absent(word: str, arch: str) -> str:
    """One sentence: what is not there, and what may have been meant."""
    if number_of(word) is not None:
        return f"{arch} has no system call {word} ({numbers.version(arch)}); procdive syscall --dump lists them"
    from difflib import get_close_matches

    near = get_close_matches(word, [name for table in numbers.ARCHES for name in numbers.numbers(table)], 3)
    meant = f"; did you mean {', '.join(dict.fromkeys(near))}?" if near else "; procdive syscall --dump lists them"
    return f"no system call is called {word}{meant}"


def show(found: list[Signature], out: Output) -> None:
    """A few in full, many a line each."""
    for index, facts in enumerate(found):
        if out.json_lines:
            out.record(as_record(facts))
        elif len(found) > MANY:
            where = " · ".join(f"{arch} {number}" for arch, number in facts.numbers.items())
            out.line((piece(f"{facts.name:26}", Role.NAME), piece(f"{where:44}  "), piece(facts.summary, Role.SECONDARY)))
        else:
            if index:
                out.line(())
            for line in signature_lines(facts):
                out.line(line)


def show_one(number: int, name: str, arch: str, out: Output) -> None:
    """A line of --dump, in ausyscall's form."""
    if out.json_lines:
        out.record(as_record(known(name, arch)))
    else:
        out.line((piece(f"{number}"), piece(" " * (8 - len(str(number)))), piece(name, Role.NAME)))


def as_record(facts: Signature) -> dict[str, Any]:
    """arguments as objects, so that a script need not count places."""
    made: dict[str, Any] = record(facts)
    if facts.arguments is not None:
        made["arguments"] = [{"name": name, "type": kind} for name, kind in facts.arguments]
    return made
