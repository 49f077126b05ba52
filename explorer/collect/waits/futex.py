"""A futex: who owns the lock where the lock says so, who else waits there, and whether they wait for each other in a ring."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from explorer.collect.glance import Glance
from explorer.collect.waits.blocked import WIDE, Blocked, listed, party
from explorer.collect.waits.sharing import sharers
from explorer.decode.proc.syscall import Registers
from explorer.model.stack import Wait

# include/uapi/linux/futex.h
COMMAND: Final = 0x7F
PRIVATE: Final = 0x80
REALTIME: Final = 0x100
WAIT, LOCK_PI, WAIT_BITSET, WAIT_REQUEUE_PI, LOCK_PI2 = 0, 6, 9, 11, 13
WAITING: Final = frozenset({WAIT, LOCK_PI, WAIT_BITSET, WAIT_REQUEUE_PI, LOCK_PI2})
PI: Final = frozenset({LOCK_PI, LOCK_PI2})
FUTEX2_PRIVATE: Final = 0x80
TID_MASK: Final = 0x3FFFFFFF
OWNER_DIED: Final = 0x40000000
WAITERS: Final = 0x80000000

MOST: Final = 1000
"""Threads of the process at most that are asked what they wait for."""
PID_MAX: Final = 1 << 22
KINDS: Final = 0x3FF
"""Bits of glibc's __kind that are in use (sysdeps/nptl/pthreadP.h)."""
NUMBERS: Final = {("x86_64", 202), ("i386", 240), ("i386", 422), ("aarch64", 98), ("arm", 240)}
NEWER: Final = 455
"""futex_wait, everywhere the same."""


@dataclass(frozen=True, slots=True)
class Futex:
    """What a blocked thread waits on. expected: the value that it found there. timeout: address of a timespec, or 0."""

    address: int
    expected: int
    private: bool
    pi: bool
    timeout: int
    absolute: bool
    clock: int


def of_registers(number: int, args: tuple[int, ...], arch: str) -> Futex | None:
    """The futex that a call waits on; None where it is another call, or one that does not wait."""
    if (arch, number) in NUMBERS:
        address, op, expected, timeout = args[0], args[1], args[2] & 0xFFFFFFFF, args[3]
        command = op & COMMAND
        if command not in WAITING:
            return None
        clock = 0 if op & REALTIME or command == LOCK_PI else 1
        return Futex(address, expected, bool(op & PRIVATE), command in PI, timeout, command != WAIT, clock)
    if number == NEWER:
        return Futex(args[0], args[1] & 0xFFFFFFFF, bool(args[3] & FUTEX2_PRIVATE), False, args[4], True, args[5] & 0xFFFFFFFF)
    return None


def find(blocked: Blocked) -> Wait | None:
    """Owner, other waiters, ring."""
    if blocked.name == "futex_waitv":
        return several(blocked)
    registers = blocked.glance.registers(blocked.thread.tid)
    arch = blocked.thread.call.arch if blocked.thread.call else ""
    if not isinstance(registers, Registers):
        return None
    futex = of_registers(registers.number, blocked.args, arch)
    if futex is None and blocked.thread.restarted:
        # Only the restarted FUTEX_WAIT keeps its number from us.
        futex = of_registers({"x86_64": 202, "i386": 240}.get(arch, 98), blocked.args, arch)
    if futex is None:
        return None
    due, most = ending(blocked, futex)
    return about(blocked, futex, arch, due, most)


def ending(blocked: Blocked, futex: Futex) -> tuple[float | None, bool]:
    """When its timeout ends it."""
    timeout = blocked.time_at(futex.timeout)
    if timeout is None:
        return None, False
    if futex.absolute:
        return blocked.until(timeout, futex.clock), False
    return blocked.left(timeout)


def about(blocked: Blocked, futex: Futex, arch: str, due: float | None, most: bool) -> Wait:
    """The sentences."""
    glance, tid = blocked.glance, blocked.thread.tid
    owner, sort = owner_of(glance, futex, arch)
    others = tuple(waiters(glance, futex, arch, tid))
    more: list[str] = []
    parties = [party(glance, owner, "owner", glance.pid if owner in glance.tids else glance.tgid(owner))] if owner else []
    parties += [party(glance, other, "waiter", pid) for pid, other in others]
    ring = ring_of(glance, tid, owner, arch) if owner and sort != "thread" else ()
    where = f"0x{futex.address:x}"
    if owner == tid:
        text = f"waits for the {sort} at {where} that it holds itself: a deadlock"
    elif sort == "thread":
        text = f"waits for its thread {glance.named(owner)} to end"
    elif owner:
        text = f"waits for the {sort} at {where}, held by {glance.named(owner)}"
        more.append(doing(glance, owner, arch) if glance.stat(owner) else f"{owner} has ended and never gave it back")
    elif sort:
        text = f"waits for {sort if sort.startswith('a ') else 'a ' + sort} at {where}"
    else:
        text = f"waits to be woken at {where}: a condition, semaphore or the like, nothing there says by whom"
    if ring:
        more.append("a deadlock: " + " waits for ".join(glance.named(one) for one in ring))
    if others:
        named = listed(glance.named(other) + ("" if pid in {glance.pid, other} else f" of {glance.named(pid)}") for pid, other in others)
        more.append(f"{named} {'waits' if len(others) == 1 else 'wait'} there too")
    dead = bool(owner) and sort != "thread" and glance.stat(owner) is None
    return Wait("futex", text, tuple(more), tuple(parties), due, most, due is None and (bool(ring) or owner == tid or dead))


def owner_of(glance: Glance, futex: Futex, arch: str) -> tuple[int, str]:
    """Thread id of the owner, and what sort of lock it is; (0, "") where the memory does not tell.

    A PI or robust lock has the owner's thread id in its word (Documentation/locking/pi-futex.rst, robust-futex-ABI.rst).
    glibc's pthread_mutex_t has it beside the word: __lock, __count, __owner, __nusers, __kind (sysdeps/nptl/bits/struct_mutex.h),
    and is believed only if all of them fit. pthread_join waits on the thread's own id (clone(2), CLONE_CHILD_CLEARTID).
    """
    raw = glance.memory.read(futex.address, 20)
    if len(raw) < 4:
        return 0, ""
    word = int.from_bytes(raw[:4], "little")
    tid = word & TID_MASK
    if word & OWNER_DIED:
        return 0, "a lock whose owner died"
    if futex.pi and tid:
        return glance.ours(tid), "priority-inheriting lock"
    if word == futex.expected and tid and word & WAITERS and (owner := known(glance, futex, tid)):
        return owner, "lock"
    if len(raw) == 20 and word == futex.expected == 2:
        _, _, tid, users, kind = struct.unpack("=IIIII", raw)
        if arch not in WIDE:
            users, kind = kind, users
        if users and kind <= KINDS and (owner := known(glance, futex, tid) or ended(glance, futex, tid)):
            return owner, "mutex"
    # The kernel wakes who joins by a futex that is not private (kernel/fork.c, mm_release()).
    if word == futex.expected and word == tid and not futex.private and (owner := glance.ours(tid)) in glance.tids:
        return owner, "thread"
    return reader_writer(glance, futex)


def reader_writer(glance: Glance, futex: Futex) -> tuple[int, str]:
    """The writer of a pthread_rwlock_t, which waits on its third or fourth word and keeps __cur_writer in the seventh (struct_rwlock.h)."""
    for before in (8, 12):
        raw = glance.memory.read(futex.address - before, 28)
        if len(raw) < 28:
            continue
        readers, _, _, _, zero, _, writer = struct.unpack("=7I", raw)
        if readers & 3 and not zero and futex.expected in {1, 2, 3} and writer and (owner := glance.ours(writer)) in glance.tids:
            return owner, "read-write lock"
    return 0, ""


def known(glance: Glance, futex: Futex, number: int) -> int:
    """The thread, by our numbers, that may be the owner: of the process, of any where the lock is shared between them; 0 for none."""
    tid = glance.ours(number)
    return tid if tid in glance.tids or (tid and not futex.private and glance.stat(tid) is not None) else 0


def ended(glance: Glance, futex: Futex, number: int) -> int:
    """A number that can have been a thread of the process, and is nobody's now; else 0."""
    return number if futex.private and 1 < number <= PID_MAX and glance.stat(glance.ours(number) or number) is None else 0


def waiters(glance: Glance, futex: Futex, arch: str, tid: int) -> Iterator[tuple[int, int]]:
    """Process and thread id of everybody else who waits on the same futex."""
    for other in glance.tids[:MOST]:
        if other != tid and (found := waits_on(glance, other, arch)) and found.address == futex.address:
            yield glance.pid, other
    if not futex.private:
        for pid, other, address in sharers(glance, futex.address):
            if (found := waits_on(glance, other, arch, pid)) and found.address == address and not found.private:
                yield pid, other


def waits_on(glance: Glance, tid: int, arch: str, pid: int = 0) -> Futex | None:
    """The futex that a thread waits on."""
    registers = glance.registers(tid, pid)
    return of_registers(registers.number, registers.args, arch) if isinstance(registers, Registers) else None


def ring_of(glance: Glance, tid: int, owner: int, arch: str) -> tuple[int, ...]:
    """Threads that wait for each other in a ring, beginning and ending with tid; () where there is none."""
    chain = [tid]
    while owner and owner not in chain and len(chain) < 64:
        chain.append(owner)
        futex = waits_on(glance, owner, arch)
        owner = owner_of(glance, futex, arch)[0] if futex else 0
    if owner == tid and len(chain) > 1:
        return (*chain, tid)
    return ()


def doing(glance: Glance, tid: int, arch: str) -> str:
    """What the owner does meanwhile."""
    registers = glance.registers(tid, glance.pid if tid in glance.tids else tid)
    stat = glance.stat(tid)
    state = stat.state if stat else ""
    if isinstance(registers, Registers) and registers.number >= 0:
        from explorer.decode.syscall import numbers

        name = numbers.name(registers.number, arch)
        return f"{glance.named(tid)} is itself in {name} ({state})"
    words = {"R": "runs", "T": "is stopped", "t": "is stopped by its tracer", "Z": "has ended", "D": "is blocked in the kernel"}
    return f"{glance.named(tid)} {words.get(state, 'sleeps')} ({state})"


def several(blocked: Blocked) -> Wait:
    """futex_waitv: any one of several (struct futex_waitv: value, address, flags)."""
    count = min(blocked.args[1], 128)
    raw = blocked.glance.memory.read(blocked.args[0], 24 * count)
    places = [f"0x{struct.unpack_from('=QQ', raw, at)[1]:x}" for at in range(0, len(raw) - 23, 24)]
    timeout = blocked.time_at(blocked.args[3])
    due = None if timeout is None else blocked.until(timeout, blocked.args[4])
    return Wait("futex", f"waits to be woken at any of {count} places: {listed(places)}", due=due)
