"""fcntl(2): the argument that each command takes, and what it returns."""

from explorer.decode.constants import fcntl as table
from explorer.decode.constants.seals import NAMES as SEALS
from explorer.decode.constants.seek import NAMES as SEEK
from explorer.decode.constants.signals import strace_name
from explorer.decode.syscall import memory
from explorer.decode.syscall.args.fd import FD
from explorer.decode.syscall.args.flags import Choice, choice, named
from explorer.decode.syscall.args.number import INT, LONG_HEX, PID
from explorer.decode.syscall.args.open import text_of
from explorer.decode.syscall.args.out import Changed, Out
from explorer.decode.syscall.args.signal import SIGNAL
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.reads import Case, fixed, reads
from explorer.decode.syscall.value import address, struct
from explorer.model.trace import Value

COMMAND = Choice(table.COMMANDS, "F")
GETS_NOTHING = {1, 3, 9, 11, 1025, 1032, 1034}
NUMBERS = {0, 1030, 1031}
LOCKS = {5, 6, 7, 12, 13, 14, 36, 37, 38}
GETTING = {5, 12, 36}


@reads(fixed("hh4xqqi"))
def FLOCK(frame: Frame, raw: int) -> Value:
    """struct flock: {l_type=F_WRLCK, l_whence=SEEK_SET, l_start=0, l_len=0}."""
    wide = frame.word == 8 or frame["cmd"] in {12, 13, 14}
    code = ("hh4xqqi" if frame.word == 8 else "hhqqi") if wide else "hhiii"
    found = memory.numbers(frame.memory, raw, code)
    if found is None:
        return address(raw)
    kind, whence, start, length, pid = found
    parts = [
        ("l_type", Value(kind, choice(kind & 0xFFFF, table.LOCKS, "F"))),
        ("l_whence", Value(whence, choice(whence & 0xFFFF, SEEK, "SEEK"))),
        ("l_start", Value(start, str(start))),
        ("l_len", Value(length, str(length))),
    ]
    if frame["cmd"] in GETTING:
        parts.append(("l_pid", Value(pid, str(pid), (), "pid")))
    return struct(raw, parts)


@reads(Case("cmd", 0xFFFFFFFF, {**dict.fromkeys(LOCKS, FLOCK), **dict.fromkeys(GETTING, Changed(FLOCK)), 1027: FD}))
def ARGUMENT(frame: Frame, raw: int) -> Value | None:
    command = frame["cmd"] & 0xFFFFFFFF
    if command in GETS_NOTHING:
        return None
    if command in NUMBERS:
        return INT(frame, raw)
    if command in LOCKS:
        return Out(FLOCK)(frame, raw) if command in GETTING and frame.done else FLOCK(frame, raw)
    if command == 2:
        return Value(raw, named(raw & 0xFFFFFFFF, table.FD_FLAGS, "FD"))
    if command == 4:
        return Value(raw, text_of(raw & 0xFFFFFFFF, frame.arch))
    if command == 8:
        return PID(frame, raw)
    if command == 10:
        return SIGNAL(frame, raw)
    if command == 1024:
        return Value(raw, choice(raw & 0xFFFFFFFF, table.LEASES, "F"))
    if command == 1026:
        return Value(raw, named(raw, table.NOTIFY, "DN"))
    if command == 1027:
        return FD(frame, raw)
    if command == 1033:
        return Value(raw, named(raw, SEALS, "F_SEAL"))
    return LONG_HEX(frame, raw)


@reads(Case("cmd", 0xFFFFFFFF, {0: FD, 1030: FD}))
def RESULT(frame: Frame, raw: int) -> Value | None:
    """F_GETFL gives flags, F_DUPFD a descriptor."""
    command = frame["cmd"] & 0xFFFFFFFF
    if command in {0, 1030}:
        return FD(frame, raw)
    if command == 3:
        return Value(raw, f"{raw:#x}" if raw else "0", note=f"flags {text_of(raw, frame.arch)}")
    if command == 1:
        return Value(raw, f"{raw:#x}", note=f"flags {named(raw, table.FD_FLAGS, 'FD')}") if raw else None
    if command == 1034:
        return Value(raw, f"{raw:#x}" if raw else "0", note=f"seals {named(raw, SEALS, 'F_SEAL')}") if raw else None
    if command == 11 and raw:
        return Value(raw, str(raw), note=strace_name(raw))
    if command == 1025:
        return Value(raw, f"{raw:#x}" if raw else "0", note=choice(raw, table.LEASES, "F"))
    return None
