"""How the kernel itself has a thing: mounted there, or from it, swapped to, behind a loop device. And who waits for a lock on it."""

from collections.abc import Iterator
from typing import Final

from explorer.collect.having_files import lock_words
from explorer.decode.fd.path import DELETED
from explorer.decode.proc.locks import decode
from explorer.decode.proc.mountinfo import plain
from explorer.decode.text import text
from explorer.kernel.reader import Ask
from explorer.model.having import Use
from explorer.model.missing import Missing, Unreadable
from explorer.model.sought import Sought
from explorer.resolve.system import System

BLOCK: Final = "/sys/block"


def kernel(system: System, sought: Sought) -> tuple[Use, ...]:
    """Mounts as our own namespace sees them. Blocks for a deadline. Never raises."""
    if not sought.kernel:
        return ()
    return (*mounts(system, sought), *swaps(system, sought), *loops(system, sought.kernel))


def mounts(system: System, sought: Sought) -> Iterator[Use]:
    """Where it is mounted, or what is mounted there."""
    for mount in system.mounts.of("self").values():
        if mount.source == sought.kernel or mount.dev in sought.devices or mount.root in sought.links or mount.point == sought.kernel:
            yield Use("mount", what=f"{mount.source} on {mount.point}", access=mount.options.partition(",")[0])


def swaps(system: System, sought: Sought) -> Iterator[Use]:
    """Whether it is swapped to (proc_swaps(5)); by name alone, for a swap file may not be looked at."""
    try:
        lines = system.proc.read("swaps").split(b"\n")[1:]
    except Unreadable:
        return
    for line in lines:
        name = plain(line.split(b" ")[0].split(b"\t")[0]) if line else ""
        if name and (name.removesuffix(DELETED) == sought.kernel or (sought.devices and mounted(system, name) in sought.devices)):
            yield Use("swap", what=name)


def mounted(system: System, path: str) -> tuple[int, int] | None:
    """The device of the file system that a path is on."""
    from explorer.collect.sought import mount_of

    mount = mount_of(system, path)
    return mount.dev if mount else None


def loops(system: System, path: str) -> Iterator[Use]:
    """Loop devices that it is behind."""
    try:
        names = [name for name in system.reader.names(BLOCK) if name.startswith("loop")]
    except Unreadable:
        return
    answers = system.reader.ask([Ask("r", f"{BLOCK}/{name}/loop/backing_file") for name in names])
    for name, answer in zip(names, answers, strict=True):
        if not isinstance(answer, Missing) and text(answer).rstrip("\n").removesuffix(DELETED) == path:
            yield Use("loop", what=f"/dev/{name}")


def waiting(system: System, sought: Sought) -> dict[int, tuple[Use, ...]]:
    """Process → the locks on the thing that it waits for: fdinfo has only those that are held. Never raises."""
    if not sought.files:
        return {}
    try:
        locks = decode(system.proc.read("locks"))
    except Unreadable:
        return {}
    found: dict[int, tuple[Use, ...]] = {}
    for lock in locks:
        if lock.waits and (*lock.device, lock.inode) in sought.files:
            use = Use("lock", access=lock.access, what=lock_words(lock.type, lock.start, lock.end), waits=True)
            found[lock.pid] = (*found.get(lock.pid, ()), use)
    return found
