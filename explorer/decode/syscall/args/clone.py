"""clone's flags, with the signal in their low byte; clone3's structure."""

from explorer.decode.constants.clone import FLAGS as TABLE
from explorer.decode.constants.signals import strace_name
from explorer.decode.syscall import memory
from explorer.decode.syscall.args.array import one
from explorer.decode.syscall.args.flags import named
from explorer.decode.syscall.args.number import PID
from explorer.decode.syscall.args.out import Out
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.reads import DEEP, reads, said
from explorer.decode.syscall.value import address, struct
from explorer.model.trace import Value

CSIGNAL = 0xFF
PIDFD, SETTID, CLEARTID, SETTLS = 0x1000, 0x100000, 0x01000000 | 0x200000, 0x80000
PARENT_SETTID, CHILD_SETTID, CHILD_CLEARTID = 0x100000, 0x01000000, 0x200000
BITS = {bits: name for bits, name in TABLE.items() if bits > CSIGNAL}
NAMESPACES = {bits: name for bits, name in TABLE.items() if "_NEW" in name}
SHARING = {"VM", "FS", "FILES", "SIGHAND", "THREAD", "SYSVSEM"}
SHARED = {bits: name for bits, name in TABLE.items() if name[6:] in SHARING or bits in NAMESPACES}
OUT_TID = Out(one("i", PID))


def CLONE_FLAGS(_frame: Frame, raw: int) -> Value:
    low, signal = raw & ~CSIGNAL, raw & CSIGNAL
    shown = [named(low, BITS, "CLONE")] if low else []
    return Value(raw, "|".join([*shown, strace_name(signal)] if signal else shown or ["0"]))


def UNSHARE(_frame: Frame, raw: int) -> Value:
    return Value(raw, named(raw & 0xFFFFFFFF, SHARED, "CLONE"))


def NAMESPACE(_frame: Frame, raw: int) -> Value:
    return Value(raw, named(raw & 0xFFFFFFFF, NAMESPACES, "CLONE"))


@reads(said(OUT_TID))
def PARENT_TID(frame: Frame, raw: int) -> Value | None:
    return OUT_TID(frame, raw) if frame["flags"] & (PARENT_SETTID | PIDFD) else None


def CHILD_TID(frame: Frame, raw: int) -> Value | None:
    return address(raw) if frame["flags"] & (CHILD_SETTID | CHILD_CLEARTID) else None


def TLS(frame: Frame, raw: int) -> Value | None:
    return address(raw) if frame["flags"] & SETTLS else None


NAMES = ("flags", "pidfd", "child_tid", "parent_tid", "exit_signal", "stack", "stack_size", "tls", "set_tid", "set_tid_size", "cgroup")


@reads(DEEP)
def CLONE_ARGS(frame: Frame, raw: int) -> Value:
    """struct clone_args (linux/sched.h): as many of its 64-bit members as size says."""
    count = min(frame["size"] // 8, len(NAMES))
    found = memory.numbers(frame.memory, raw, f"{count}Q") if count >= 8 else None
    if found is None:
        return address(raw)
    facts = dict(zip(NAMES, found, strict=False))
    flags = facts["flags"]
    parts = [("flags", Value(flags, named(flags, TABLE, "CLONE")))]
    if flags & PIDFD:
        parts.append(("pidfd", address(facts["pidfd"])))
    if flags & (CHILD_SETTID | CHILD_CLEARTID):
        parts.append(("child_tid", address(facts["child_tid"])))
    if flags & PARENT_SETTID:
        parts.append(("parent_tid", address(facts["parent_tid"])))
    parts.append(("exit_signal", Value(facts["exit_signal"], strace_name(facts["exit_signal"]), (), "signal")))
    parts += [
        ("stack", address(facts["stack"])),
        ("stack_size", Value(facts["stack_size"], f"{facts['stack_size']:#x}" if facts["stack_size"] else "0")),
    ]
    if flags & SETTLS:
        parts.append(("tls", address(facts["tls"])))
    if facts.get("set_tid") or facts.get("set_tid_size"):
        parts += [("set_tid", address(facts["set_tid"])), ("set_tid_size", Value(0, str(facts["set_tid_size"])))]
    if flags & 0x200000000:
        parts.append(("cgroup", Value(facts.get("cgroup", 0), str(facts.get("cgroup", 0)))))
    asked = struct(raw, parts)
    if not frame.done or not flags & (PARENT_SETTID | PIDFD):
        return asked
    given = []
    for bit, name in ((PIDFD, "pidfd"), (PARENT_SETTID, "parent_tid")):
        if flags & bit and (value := OUT_TID(frame, facts[name])) is not None:
            given.append((name, value))
    return Value(raw, f"{asked.text} => {struct(raw, given).text}", (*parts, *given), "struct")
