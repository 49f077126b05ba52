"""One thread in full: where it is, its call decoded, its kernel stack, what it waits for."""

import os
from dataclasses import replace

from explorer.collect.entered import entered, native, restarted
from explorer.collect.glance import Glance
from explorer.collect.samples import Seen
from explorer.decode.proc.stack import decode as decode_stack
from explorer.decode.proc.syscall import Elsewhere, Registers
from explorer.decode.text import text
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.snapshot import PF_KTHREAD
from explorer.model.stack import Doing, Frame, Thread
from explorer.model.trace import Call, Syscall, Value

ROOT_ONLY = "only root may read it: sudo procdive stack "
NOT_EVEN = "not even this root may: it has capabilities that we have not, or a security module forbids it"
"""/proc/1 in a container, or of an outer one (ptrace(2), access mode checking)."""
STOPPED = frozenset("Tt")
MULTIPLEXED = {102: "socketcall", 117: "ipc"}
"""Calls of i386 that stand for several."""
RESTS = frozenset({Doing.CALL, Doing.OUTSIDE, Doing.STOPPED, Doing.KERNEL_THREAD, Doing.ENDED})
OLDEST = 20.0
"""Seconds after which the call of a thread that has not moved is read again: whom it waits for may have changed."""
ENDED = frozenset("ZXx")


def thread(glance: Glance, seen: Seen) -> Thread | Missing:
    """Everything about one thread of the process that is looked at; Missing where it ended meanwhile.

    Blocks on nothing but the reader's deadline.
    """
    stat, tid = seen.stat, seen.tid
    plain = Thread(tid=tid, comm=stat.comm, state=stat.state, cpu=seen.cpu, age=seen.age, looked=seen.looked, read=seen.looked)
    if stat.state in ENDED:
        return replace(plain, doing=Doing.ENDED)
    plain = replace(plain, wchan=wchan(glance, tid), frames=frames(glance, tid))
    if stat.flags & PF_KTHREAD:
        return replace(plain, doing=seen.running if stat.state == "R" else Doing.KERNEL_THREAD, age=None if stat.state == "R" else seen.age)
    registers = glance.registers(tid)
    if isinstance(registers, Missing):
        if registers.reason is Reason.GONE:
            if not there(glance, tid):
                return registers
            registers = Missing(Reason.UNSUPPORTED, "this kernel has no /proc/PID/syscall")
        elif registers.reason is Reason.DENIED and os.geteuid() == 0:
            registers = Missing(Reason.DENIED, registers.detail, NOT_EVEN)
        if stat.state == "R":
            return replace(plain, doing=seen.running, age=None)
        return waiting(glance, replace(plain, doing=registers), ())
    if isinstance(registers, Elsewhere):
        # It may have woken since its state was read.
        return replace(plain, doing=seen.running, state="R", age=None)
    # Or gone to sleep since, or slept for that moment: /proc/PID/syscall gives registers of a blocked thread only.
    if plain.state == "R":
        plain = replace(plain, state=state_now(glance, tid))
        if plain.state == "R":
            return replace(plain, doing=seen.running, age=None)
    if registers.number < 0:
        return waiting(glance, replace(plain, doing=Doing.STOPPED if plain.state in STOPPED else Doing.OUTSIDE), ())
    return waiting(glance, *decoded(glance, plain, registers))


def later(known: Thread, seen: Seen) -> Thread | None:
    """What is known of a thread that has not moved since; None where it may have, or where that was read too long ago."""
    age = known.age
    if age is None or known.state != seen.stat.state or known.doing not in RESTS or seen.looked - known.read > OLDEST:
        return None
    if seen.looked - seen.age.seconds > known.read:
        return None
    waits = known.waits
    if waits is not None and waits.due is not None:
        waits = replace(waits, due=max(0.0, waits.due - (seen.looked - known.looked)))
    return replace(known, cpu=seen.cpu, age=seen.age, waits=waits, looked=seen.looked)


def decoded(glance: Glance, plain: Thread, registers: Registers) -> tuple[Thread, tuple[int, ...]]:
    """With its call; and the registers as that call has them, unfolded where several calls share a number."""
    from explorer.decode.syscall import decode_syscall

    known = () if isinstance(plain.frames, Missing) else plain.frames
    arch = entered(glance.memory, registers.pc, known)
    number = restarted(glance.memory, arch or native(), registers.number, registers.pc, known)
    call = Call(number, registers.args, arch or native(), None, glance.memory, glance.notes)
    syscall = decode_syscall(call)
    args = registers.args
    if syscall.arch == "i386":
        from explorer.decode.syscall.multiplexed import unfold

        args = tuple(argument & 0xFFFFFFFF for argument in args)
        if number in MULTIPLEXED:
            args = tuple((*unfold(call, MULTIPLEXED[number], list(args))[1], 0, 0, 0, 0, 0, 0)[:6])
    thread = replace(
        plain,
        doing=Doing.STOPPED if plain.state in STOPPED else Doing.CALL,
        call=with_names(glance, syscall),
        entered=arch,
        restarted=number != registers.number,
    )
    return thread, args


def with_names(glance: Glance, call: Syscall) -> Syscall:
    """Pids with the names of their processes: strace's 1302<rsync>. waitid's second argument is one only after P_PID."""
    if call.name == "waitid" and call.args and call.args[0][1].text != "P_PID":
        return call
    return replace(call, args=tuple((name, with_name(glance, value)) for name, value in call.args))


def with_name(glance: Glance, value: Value) -> Value:
    """One of them."""
    if value.kind != "pid" or value.note or not 0 < value.raw < 1 << 31:
        return value
    pid = glance.ours(value.raw)
    return replace(value, note=glance.comm(pid)) if pid else value


def waiting(glance: Glance, plain: Thread, args: tuple[int, ...]) -> Thread:
    """With what it waits for."""
    from explorer.collect.waits import wait

    return replace(plain, waits=wait(glance, plain, args))


def wchan(glance: Glance, tid: int) -> str | Missing:
    """The kernel function that it sleeps in; "" where it does not."""
    try:
        name = text(glance.system.proc.read(glance.pid, "task", tid, "wchan"))
    except Unreadable as unreadable:
        return unreadable.missing
    return "" if name == "0" else name


def frames(glance: Glance, tid: int) -> tuple[Frame, ...] | Missing:
    """The kernel's stack; () of a thread that has a CPU just now."""
    try:
        return decode_stack(glance.system.proc.read(glance.pid, "task", tid, "stack"))
    except Unreadable as unreadable:
        missing = unreadable.missing
        if missing.reason is Reason.DENIED:
            return Missing(Reason.DENIED, "its kernel stack", NOT_EVEN if os.geteuid() == 0 else f"{ROOT_ONLY}{glance.pid}")
        return missing


def there(glance: Glance, tid: int) -> bool:
    """Whether the thread lives."""
    try:
        return bool(glance.system.proc.read(glance.pid, "task", tid, "stat"))
    except Unreadable:
        return False


def state_now(glance: Glance, tid: int) -> str:
    """The state letter, read again."""
    stat = glance.stat(tid)
    return stat.state if stat else "S"
