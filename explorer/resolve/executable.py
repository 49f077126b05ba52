"""The executable of a process, and what became of its file."""

import os
from typing import Final

from explorer.decode.constants.auxv import AT_EXECFN
from explorer.decode.proc.auxv import decode as decode_auxv
from explorer.decode.text import text
from explorer.kernel.memory_devices import memory_devices
from explorer.kernel.reader import Ask, FileStat, stat_of
from explorer.model.executable import Executable, Fate
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.resolve.place import Place, nothing_there
from explorer.resolve.system import System

DELETED: Final = " (deleted)"
PATH_MAX: Final = 4096
MEMFD: Final = "/memfd:"


def executable(system: System, at: Place) -> Executable | Missing:
    """Never raises. Waits for a file system that does not answer no longer than the reader's deadline."""
    if at.kernel_thread:
        return nothing_there(at, "executable")
    try:
        link = system.proc.link(at.path, "exe")
    except Unreadable as unreadable:
        return nothing_there(at, "executable") if unreadable.missing.reason is Reason.GONE else unreadable.missing
    root = root_of(system, at)
    shown = link.removesuffix(DELETED) if link.endswith(DELETED) else link
    # The file itself; what is at the path it had; what is at a path that really ends in " (deleted)".
    asks = [Ask("s", system.proc.path(at.path, "exe"))]
    asks += [Ask("S", inside) for name in dict.fromkeys((shown, link)) if (inside := within(system, at, root, name))]
    file, *found = [stat_of(answer) if isinstance(answer, bytes) else answer for answer in system.reader.ask(asks)]
    if isinstance(file, Missing):
        return Executable(shown, file)
    if file.dev in memory_devices() or (file.nlink == 0 and link.startswith(MEMFD) and not os.major(file.dev) and not memory_devices()):
        return Executable(shown.removeprefix(MEMFD), Fate.MEMORY)
    if link != shown and len(found) > 1 and same(found[1], file):
        return Executable(link, Fate.PRESENT)
    there = found[0] if found else Missing(Reason.UNSUPPORTED, "its path leads outside of its root")
    fate = fate_of(there, file, deleted=link != shown)
    return with_start(system, at, root, Executable(shown, fate), file)


def fate_of(there: FileStat | Missing, file: FileStat, *, deleted: bool) -> Fate | Missing:
    """there: what is at its path now. deleted: the kernel says that it has no name any more."""
    if same(there, file):
        return Fate.PRESENT
    if isinstance(there, FileStat):
        return Fate.REPLACED if deleted else Fate.COVERED
    if there.reason is Reason.GONE:
        return Fate.DELETED if deleted else Missing(Reason.UNSUPPORTED, "its path leads nowhere in its root")
    return there


def with_start(system: System, at: Place, root: str, found: Executable, file: FileStat) -> Executable:
    """With the path that execve was given, where it does not lead to that file any more, or was a script."""
    asked = execfn(system, at)
    inside = within(system, at, root, asked) if asked.startswith("/") and asked != found.path else ""
    if not inside:
        return found
    answers = system.reader.ask([Ask("s", inside), Ask("r", inside, 2)])
    if answers[1] == b"#!":
        return Executable(found.path, found.fate, script=asked)
    if isinstance(answers[0], Missing):
        return Executable(found.path, found.fate, asked, Fate.DELETED) if answers[0].reason is Reason.GONE else found
    return found if same(stat_of(answers[0]), file) else Executable(found.path, found.fate, asked, Fate.PRESENT)


def execfn(system: System, at: Place) -> str:
    """The path that execve was given, from the auxiliary vector; "" where it may not be read or was overwritten."""
    try:
        word = 8 if at.stat.startstack >> 32 else 4
        address = dict(decode_auxv(system.proc.read(at.path, "auxv"), word)).get(AT_EXECFN, 0)
        raw = system.reader.read(system.proc.path(at.path, "mem"), PATH_MAX, address) if address else b""
    except Unreadable:
        return ""
    name, end, _ = raw.partition(b"\0")
    return text(name) if end else ""


def root_of(system: System, at: Place) -> str:
    """Its root folder as we see it, "" where that may not be known."""
    try:
        return system.proc.link(at.path, "root")
    except Unreadable:
        return ""


def within(system: System, at: Place, root: str, path: str) -> str:
    """The path by which we reach what `path`, as /proc/PID/exe writes it, is for the process; "" where there is no way.

    /proc/PID/root leads into its mount namespace and its chroot; a link of /proc is written from our root (d_path()).
    """
    if not path.startswith("/") or not root.startswith("/"):
        return ""
    if root != "/":
        if not path.startswith(root + "/"):
            return ""
        path = path[len(root) :]
    return system.proc.path(at.path, "root") + path


def same(one: FileStat | Missing, other: FileStat) -> bool:
    """Whether it is the same file."""
    return isinstance(one, FileStat) and (one.dev, one.ino) == (other.dev, other.ino)
