"""uname, sysinfo, prctl, CPU sets, scheduling attributes."""

from explorer.decode.constants.prctl import ARCH, OPTIONS
from explorer.decode.constants.sched import FLAGS, POLICIES
from explorer.decode.constants.seccomp import MODES
from explorer.decode.syscall import memory
from explorer.decode.syscall.args.array import one
from explorer.decode.syscall.args.flags import Choice, choice, named
from explorer.decode.syscall.args.number import INT, LONG_HEX, SIZE
from explorer.decode.syscall.args.out import Out
from explorer.decode.syscall.args.signal import SIGNAL
from explorer.decode.syscall.args.text import STRING, quoted
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.reads import RESULT, Case, Read, fixed, reads
from explorer.decode.syscall.value import ELLIPSIS, address, array, struct
from explorer.model.trace import Value

FIELD = 65
UNAME = ("sysname", "nodename", "release", "version", "machine", "domainname")
SYSINFO = (
    "uptime",
    "loads",
    "totalram",
    "freeram",
    "sharedram",
    "bufferram",
    "totalswap",
    "freeswap",
    "procs",
    "totalhigh",
    "freehigh",
    "mem_unit",
)


@reads(Read(size=FIELD * len(UNAME)))
def _uname(frame: Frame, raw: int) -> Value:
    found = memory.block(frame.memory, raw, FIELD * len(UNAME))
    if found is None:
        return address(raw)
    fields = [found[index * FIELD : (index + 1) * FIELD].partition(b"\0")[0] for index in range(len(UNAME))]
    parts = [(name, Value(0, quoted(field), (), "string")) for name, field in zip(UNAME, fields, strict=True)]
    return struct(raw, parts if frame.style.verbose else [*parts[:2], ELLIPSIS])


UTSNAME = Out(_uname)


@reads(fixed("qQQQQQQQQQH6xQQI4x", "iIIIIIIIIIH2xIII"))
def _sysinfo(frame: Frame, raw: int) -> Value:
    found = memory.numbers(frame.memory, raw, "qQQQQQQQQQH6xQQI4x" if frame.word == 8 else "iIIIIIIIIIH2xIII")
    if found is None:
        return address(raw)
    uptime, one, two, three, *memories = found
    loads = array(0, [("", Value(load, str(load))) for load in (one, two, three)])
    parts = [("uptime", Value(uptime, str(uptime))), ("loads", loads)]
    return struct(raw, parts + [(name, Value(value, str(value))) for name, value in zip(SYSINFO[2:], memories, strict=True)])


SYSTEM_INFO = Out(_sysinfo)
PRCTL = Choice(OPTIONS, "PR")
ARCH_CODE = Choice(ARCH, "ARCH")
DUMPABLE = {0: "SUID_DUMP_DISABLE", 1: "SUID_DUMP_USER", 2: "SUID_DUMP_ROOT"}
RESET_ON_FORK = 0x40000000
POLICY_NAMES = {**POLICIES, 0: "SCHED_OTHER"}
NAME_SIZE = 15
SET_NAME, GET_NAME, SET_PDEATHSIG, GET_PDEATHSIG, SET_SECCOMP = 15, 16, 1, 2, 22
NO_ARGUMENTS = {3, 7, 14, 21, 27, 30, 34, 42}
ONE_NUMBER = {4, 8, 13, 23, 24, 28, 29, 36, 38, 41}
ALL_FIVE = {38, 39, 41, 42}


@reads(Read("string", most=NAME_SIZE + 1))
def _named(frame: Frame, raw: int) -> Value:
    found = memory.string(frame.memory, raw, NAME_SIZE)
    return address(raw) if found is None else Value(raw, quoted(found[0], cut=not found[1]), (), "string")


@reads(Read(size=8))
def _pointed(frame: Frame, raw: int) -> Value:
    option = frame["op"] & 0xFFFFFFFF
    found = memory.word(frame.memory, raw, frame.word if option == 40 else 4)
    if found is None:
        return address(raw)
    inside = SIGNAL(frame, found) if option == GET_PDEATHSIG else address(found) if option == 40 else INT(frame, found)
    return array(raw, [("", inside)])


POINTED = Out(_pointed)


@reads(Case("op", 0xFFFFFFFF, {SET_NAME: _named, GET_NAME: Out(STRING), GET_PDEATHSIG: POINTED, 37: POINTED, 40: POINTED}))
def prctl_value(frame: Frame, raw: int) -> Value | None:
    """prctl's second argument."""
    option = frame["op"] & 0xFFFFFFFF
    if option == SET_NAME:
        return _named(frame, raw)
    if option == GET_NAME:
        return Out(STRING)(frame, raw)
    if option == SET_PDEATHSIG:
        return SIGNAL(frame, raw)
    if option in {GET_PDEATHSIG, 37, 40}:
        return POINTED(frame, raw)
    if option == SET_SECCOMP:
        return Value(raw, choice(raw & 0xFFFFFFFF, MODES, "SECCOMP_MODE"))
    if option in {23, 24}:
        from explorer.decode.constants.capabilities import NAMES as CAPABILITIES

        return Value(raw, choice(raw & 0xFFFFFFFF, CAPABILITIES, "CAP"))
    if option in NO_ARGUMENTS or option == 39:
        return LONG_HEX(frame, raw) if option in ALL_FIVE else None
    if option == 4:
        return Value(raw, DUMPABLE.get(raw, LONG_HEX(frame, raw).text))
    return SIZE(frame, raw) if option in ONE_NUMBER else LONG_HEX(frame, raw)


def prctl_rest(frame: Frame, raw: int) -> Value | None:
    """Its third to fifth argument: of options that have no use for them nothing."""
    option = frame["op"] & 0xFFFFFFFF
    unused = option in {SET_NAME, GET_NAME, SET_PDEATHSIG, GET_PDEATHSIG, 37, 40, 36, *NO_ARGUMENTS, *ONE_NUMBER} - ALL_FIVE
    if unused:
        return None
    return LONG_HEX(frame, raw)


@reads(Read(items="len", most=1024))
def CPU_SET(frame: Frame, raw: int) -> Value:
    """[0 1 2]: CPUs, of a mask of len bytes."""
    size = (frame.result or 0) if frame.done and frame["got"] else frame["len"]
    found = memory.block(frame.memory, raw, min(size, 1024))
    if found is None:
        return address(raw)
    mask = int.from_bytes(found, "little")
    cpus = [bit for bit in range(mask.bit_length()) if mask >> bit & 1]
    limit = frame.style.string
    parts = [("", Value(cpu, str(cpu))) for cpu in cpus[:limit]]
    return array(raw, [*parts, ELLIPSIS] if len(cpus) > limit else parts, " ")


@reads(Read(items=RESULT, most=1024))
def _got(frame: Frame, raw: int) -> Value:
    frame.values["got"] = 1
    return CPU_SET(frame, raw)


CPU_SET_GOT = Out(_got)


def POLICY(_frame: Frame, raw: int) -> Value:
    """SCHED_FIFO|SCHED_RESET_ON_FORK."""
    low = raw & 0xFFFFFFFF
    policy = low & ~RESET_ON_FORK
    if low == policy or policy not in POLICIES:
        return Value(raw, choice(low, POLICY_NAMES, "SCHED"))
    return Value(raw, "SCHED_RESET_ON_FORK|" + POLICY_NAMES[policy])


def POLICY_GOT(frame: Frame, raw: int) -> Value:
    """What sched_getscheduler returned."""
    return Value(raw, str(raw), note=POLICY(frame, raw).text)


def PERSONALITY(_frame: Frame, raw: int) -> Value:
    """What personality(2) returned: the domain and flags."""
    flags = raw & ~0xFF
    shown = choice(raw & 0xFF, {0: "PER_LINUX", 8: "PER_LINUX32"}, "PER")
    return Value(raw, f"{raw:#x}" if raw else "0", note=f"{shown}|{named(flags, PERSONALITIES, 'PER')}" if flags else shown)


PERSONALITIES = {0x20000: "UNAME26", 0x40000: "ADDR_NO_RANDOMIZE", 0x80000: "FDPIC_FUNCPTRS", 0x100000: "MMAP_PAGE_ZERO",
                 0x200000: "ADDR_COMPAT_LAYOUT", 0x400000: "READ_IMPLIES_EXEC", 0x800000: "ADDR_LIMIT_32BIT", 0x1000000: "SHORT_INODE",
                 0x2000000: "WHOLE_SECONDS", 0x4000000: "STICKY_TIMEOUTS", 0x8000000: "ADDR_LIMIT_3GB"}  # fmt: skip
MEMBARRIER = {1 << bit: f"MEMBARRIER_CMD_{name}" for bit, name in enumerate((
    "GLOBAL", "GLOBAL_EXPEDITED", "REGISTER_GLOBAL_EXPEDITED", "PRIVATE_EXPEDITED", "REGISTER_PRIVATE_EXPEDITED",
    "PRIVATE_EXPEDITED_SYNC_CORE", "REGISTER_PRIVATE_EXPEDITED_SYNC_CORE", "PRIVATE_EXPEDITED_RSEQ", "REGISTER_PRIVATE_EXPEDITED_RSEQ",
    "GET_REGISTRATIONS",
))}  # fmt: skip
"""include/uapi/linux/membarrier.h, personality.h."""
COMPARED = dict(enumerate(("FILE", "VM", "FILES", "FS", "SIGHAND", "IO", "SYSVSEM", "EPOLL_TFD")))
MEMBARRIER_CMD = Choice({0: "MEMBARRIER_CMD_QUERY", **MEMBARRIER}, "MEMBARRIER_CMD")
KCMP = Choice({number: f"KCMP_{name}" for number, name in COMPARED.items()}, "KCMP")


def MEMBARRIER_GOT(frame: Frame, raw: int) -> Value | None:
    """MEMBARRIER_CMD_QUERY returns what is supported."""
    return Value(raw, f"{raw:#x}", note=named(raw, MEMBARRIER, "MEMBARRIER_CMD")) if raw and not frame["cmd"] & 0xFFFFFFFF else None


def MEMBARRIER_CPU(frame: Frame, raw: int) -> Value | None:
    """Looked at only where flags say so."""
    return INT(frame, raw) if frame["flags"] & 1 else None


@reads(Read(size=8, late=True))
def ARCH_ADDRESS(frame: Frame, raw: int) -> Value:
    """A base that is set; or where the one asked for goes: [0x7ff…]."""
    if frame["code"] & 0xFFFFFFFF not in {0x1003, 0x1004}:
        return LONG_HEX(frame, raw)
    return (frame.at_end(one("L", LONG_HEX), raw) if frame.done else None) or address(raw)


def PRCTL_GOT(frame: Frame, raw: int) -> Value | None:
    """PR_GET_DUMPABLE's answer by name."""
    return Value(raw, str(raw), note=DUMPABLE[raw]) if frame["op"] & 0xFFFFFFFF == 3 and raw in DUMPABLE else None


@reads(Read(size=4))
def PARAMETER(frame: Frame, raw: int) -> Value:
    """[5]: struct sched_param."""
    found = memory.word(frame.memory, raw, 4)
    return address(raw) if found is None else array(raw, [("", INT(frame, found))])


@reads(Read(size=56))
def SCHED_ATTR(frame: Frame, raw: int) -> Value:
    """struct sched_attr (linux/sched/types.h)."""
    found = memory.numbers(frame.memory, raw, "IIQiIQQQ")
    if found is None:
        return address(raw)
    size, policy, flags, nice, priority, runtime, deadline, period = found
    parts = [("size", Value(size, str(size))), ("sched_policy", Value(policy, choice(policy, POLICY_NAMES, "SCHED")))]
    parts.append(("sched_flags", Value(flags, named(flags, FLAGS, "SCHED_FLAG"))))
    for name, value in (("nice", nice), ("priority", priority), ("runtime", runtime), ("deadline", deadline), ("period", period)):
        parts.append((f"sched_{name}", Value(value, str(value))))
    if size >= 56 and (more := memory.numbers(frame.memory, raw + 48, "II")) is not None:
        parts += [
            (f"sched_util_{name}", Value(value, f"{value:#x}" if value else "0")) for name, value in zip(("min", "max"), more, strict=True)
        ]
    return struct(raw, parts)
