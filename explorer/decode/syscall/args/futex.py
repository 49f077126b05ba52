"""futex(2): which operation, and which arguments that leaves."""

from explorer.decode.constants.futex import COMMANDS, COMPARES, OPS
from explorer.decode.syscall.args.flags import choice
from explorer.decode.syscall.args.number import HEX, INT, UINT
from explorer.decode.syscall.args.time import TIMESPEC, TIMESPEC64
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.reads import Case, reads
from explorer.decode.syscall.value import address, signed
from explorer.model.trace import Value

PRIVATE, REALTIME = 128, 256
WAIT, FD, REQUEUE, CMP_REQUEUE, WAKE_OP, LOCK_PI = 0, 2, 3, 4, 5, 6
WAIT_BITSET, WAKE_BITSET, WAIT_REQUEUE_PI, CMP_REQUEUE_PI, LOCK_PI2 = 9, 10, 11, 12, 13
UNLOCK_PI, TRYLOCK_PI = 7, 8
TIMED = {WAIT, WAIT_BITSET, LOCK_PI, WAIT_REQUEUE_PI, LOCK_PI2}
COUNTED = {REQUEUE, CMP_REQUEUE, WAKE_OP, CMP_REQUEUE_PI}


def command(frame: Frame) -> int:
    return frame["futex_op"] & 0xFFFFFFFF & ~(PRIVATE | REALTIME)


def OP(_frame: Frame, raw: int) -> Value:
    """FUTEX_WAIT_BITSET_PRIVATE|FUTEX_CLOCK_REALTIME."""
    low = raw & 0xFFFFFFFF
    number = low & ~(PRIVATE | REALTIME)
    if number not in COMMANDS:
        return Value(raw, choice(low, {}, "FUTEX"))
    name = COMMANDS[number] + ("_PRIVATE" if low & PRIVATE else "")
    return Value(raw, name + ("|FUTEX_CLOCK_REALTIME" if low & REALTIME else ""))


def VALUE(frame: Frame, raw: int) -> Value | None:
    """The value expected there, or how many to wake."""
    op = command(frame)
    if op in {UNLOCK_PI, TRYLOCK_PI, LOCK_PI, LOCK_PI2}:
        return None
    return UINT(frame, raw) if op in {WAIT, WAIT_BITSET, WAIT_REQUEUE_PI} else INT(frame, raw)


@reads(Case("futex_op", 0xFFFFFFFF & ~(PRIVATE | REALTIME), dict.fromkeys(TIMED, TIMESPEC64)))
def TIMEOUT(frame: Frame, raw: int) -> Value | None:
    """A timeout, or a second count."""
    op = command(frame)
    if op in TIMED or op not in COMMANDS:
        return address(raw) if op not in COMMANDS else TIMESPEC64(frame, raw) if "time64" in frame.values else TIMESPEC(frame, raw)
    return INT(frame, raw) if op in COUNTED else None


def SECOND(frame: Frame, raw: int) -> Value | None:
    """Another futex."""
    op = command(frame)
    return address(raw) if op in COUNTED or op == WAIT_REQUEUE_PI or op not in COMMANDS else None


def THIRD(frame: Frame, raw: int) -> Value | None:
    """A bit set, a value to compare with, or an operation on the second futex."""
    op = command(frame)
    if op in {WAIT_BITSET, WAKE_BITSET}:
        return Value(raw, "FUTEX_BITSET_MATCH_ANY" if raw & 0xFFFFFFFF == 0xFFFFFFFF else HEX(frame, raw).text)
    if op in {CMP_REQUEUE, CMP_REQUEUE_PI}:
        return UINT(frame, raw)
    if op == WAKE_OP:
        shift = "FUTEX_OP_OPARG_SHIFT|" if raw >> 31 & 1 else ""
        kind, compare = OPS.get(raw >> 28 & 7, hex(raw >> 28 & 7)), COMPARES.get(raw >> 24 & 15, hex(raw >> 24 & 15))
        return Value(raw, f"{shift}{kind}<<28|{_twelve(raw >> 12)}<<12|{compare}<<24|{_twelve(raw)}")
    return HEX(frame, raw) if op not in COMMANDS else None


def _twelve(raw: int) -> str:
    low = signed(raw, 12) & 0xFFF
    return f"{low:#x}" if low else "0"
