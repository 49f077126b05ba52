"""A lock on a file: who holds it (/proc/locks)."""

from typing import Final

from explorer.collect.waits.blocked import Blocked, holders, party
from explorer.decode.proc.locks import FileLock, decode
from explorer.kernel.descriptors import links
from explorer.model.missing import Unreadable
from explorer.model.stack import Wait

SETLKW: Final = {7: "POSIX", 14: "POSIX", 38: "OFDLCK"}
"""F_SETLKW, F_SETLKW64 and F_OFD_SETLKW (include/uapi/asm-generic/fcntl.h)."""


def find(blocked: Blocked) -> Wait | None:
    """The lock that stands in the way: it shares its number with the line that waits."""
    wanted = "FLOCK" if blocked.name == "flock" else SETLKW.get(blocked.args[1] & 0xFFFFFFFF)
    if wanted is None:
        return None
    number = blocked.signed(0)
    try:
        path = blocked.glance.system.proc.link(blocked.pid, "fd", number)
        locks = decode(blocked.glance.system.proc.read("locks"))
    except Unreadable:
        return None
    inode = inode_of(blocked, number)
    ours = {blocked.pid} if wanted != "OFDLCK" else {-1, 0}
    asked = (lock for lock in locks if lock.waits and lock.type == wanted and lock.pid in ours)
    waiting = {lock.number for lock in asked if not inode or lock.inode == inode}
    held = [lock for lock in locks if not lock.waits and lock.number in waiting]
    if not held:
        return Wait("lock", f"waits for a lock on {path}")
    lock = held[0]
    pids = [lock.pid] if lock.pid > 0 and blocked.glance.stat(lock.pid) else openers(blocked, path, lock)
    others = [pid for pid in pids if pid != blocked.pid]
    what = f"{'write' if lock.access == 'WRITE' else 'read'} lock on {path}{extent(lock)}"
    if others:
        named = holders((pid, blocked.glance.comm(pid)) for pid in others)
        owners = tuple(party(blocked.glance, pid, "owner") for pid in others)
        return Wait("lock", f"waits for the {what}, held by {named}", parties=owners)
    if pids:
        itself = "which the process itself holds by another descriptor"
        return Wait("lock", f"waits for the {what}, {itself}", hopeless=len(blocked.glance.tids) == 1)
    return Wait("lock", f"waits for the {what}; who holds it was not found")


def extent(lock: FileLock) -> str:
    """Which part of the file, "" for all of it."""
    if lock.start == 0 and lock.end < 0:
        return ""
    return f", bytes {lock.start} to {'the end' if lock.end < 0 else lock.end}"


def inode_of(blocked: Blocked, number: int) -> int:
    """The file's inode as fdinfo has it (since Linux 5.14), 0 before."""
    return info(blocked, blocked.pid, number).get("ino", 0)


def info(blocked: Blocked, pid: int, number: int) -> dict[str, int]:
    """ino, and whether a lock hangs on the open file: 1 or 0."""
    try:
        raw = blocked.glance.system.proc.read(pid, "fdinfo", number)
    except Unreadable:
        return {}
    found = {"lock": int(b"\nlock:" in raw)}
    for line in raw.splitlines():
        key, _, value = line.partition(b":")
        if key == b"ino" and value.strip().isdigit():
            found["ino"] = int(value)
    return found


def openers(blocked: Blocked, path: str, lock: FileLock) -> list[int]:
    """Processes that have the file open with a lock on it: the lock belongs to the open file, or its maker has ended."""
    proc, found = blocked.glance.system.proc, []
    for pid in (blocked.pid, *blocked.glance.nearby()):
        try:
            numbers = [number for number, link in links(proc, pid) if link == path]
        except Unreadable:
            continue
        about = (info(blocked, pid, number) for number in numbers)
        if any(one.get("lock") and one.get("ino", lock.inode) == lock.inode for one in about):
            found.append(pid)
    return found
