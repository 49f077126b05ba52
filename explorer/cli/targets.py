"""Which processes a person means: PID, thread id, NAME, -p PID,PID, -c NAME."""

import os
from collections.abc import Iterable
from typing import NamedTuple

from explorer.model.missing import Missing, Reason, Unreadable
from explorer.resolve.comm import comm
from explorer.resolve.process_of import process_of as whose
from explorer.resolve.system import System

COMM_SIZE = 15
LISTED = "procdive ps lists them"


class Targets(NamedTuple):
    """pids: each once, in the order asked for. missing: what was asked for and is not there. remarks: what a person should know."""

    pids: tuple[int, ...]
    missing: tuple[Missing | str, ...]
    remarks: tuple[str, ...]


def targets(system: System, words: Iterable[str], pids: Iterable[str] = (), names: Iterable[str] = ()) -> Targets:
    """words: numbers are PIDs or thread ids, anything else a NAME. pids: of -p, comma lists. names: of -c. Never raises."""
    asked = list(words)
    found: dict[int, None] = {}
    missing: list[Missing | str] = []
    remarks: list[str] = []
    numbers = [word for word in asked if word.isdecimal()]
    for word in (*numbers, *(part for listed in pids for part in listed.split(",") if part)):
        pid = process_of(system, word)
        if not isinstance(pid, int):
            missing.append(pid)
            continue
        if pid != int(word):
            remarks.append(f"{word} is a thread of {pid} {comm(system.proc, pid)}".rstrip())
        found[pid] = None
    for name in (*(word for word in asked if not word.isdecimal()), *names):
        of_name = named(system, name)
        if not of_name:
            missing.append(f"no process is called {name or '(nothing)'}; {LISTED}")
        found.update(dict.fromkeys(of_name))
    return Targets(tuple(found), tuple(missing), tuple(remarks))


def process_of(system: System, word: str) -> int | Missing | str:
    """The process of a PID or thread id; else a sentence."""
    if not word.isdecimal() or len(word) > 10:
        return f"{word} is no PID; {LISTED}"
    found = whose(system.proc, int(word))
    if not isinstance(found, Missing):
        return found
    if found.reason is Reason.UNSUPPORTED:
        return int(word)
    return f"there is no process {word}; {LISTED}" if found.reason is Reason.GONE else found


def named(system: System, name: str) -> list[int]:
    """Processes whose comm is that name; where there is none, those whose argv[0] ends in it. Never ourselves."""
    try:
        pids = [pid for pid in system.proc.numbers() if pid != os.getpid()]
    except Unreadable:
        return []
    if not name:
        return []
    encoded = name.encode("utf-8", "surrogateescape")
    short = encoded[:COMM_SIZE].decode("utf-8", "surrogateescape")
    found = [pid for pid in pids if comm(system.proc, pid) == short]
    return found or [pid for pid in pids if program(system, pid) == name]


def program(system: System, pid: int) -> str:
    """The last part of argv[0], up to the first space or colon: titles are rewritten as `nginx: worker process`."""
    try:
        first = system.reader.read(system.proc.path(pid, "cmdline"), limit=4096).partition(b"\0")[0]
    except Unreadable:
        return ""
    words = first.decode("utf-8", "surrogateescape").rpartition("/")[2].replace(":", " ").split()
    return words[0] if words else ""
