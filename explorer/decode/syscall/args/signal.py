"""Signals: one, a set ([INT TERM], ~[KILL STOP]), an action, what came with one."""

from functools import lru_cache

from explorer.decode.constants import sigaction as table
from explorer.decode.constants.signals import members, signal_name, strace_name
from explorer.decode.syscall import memory
from explorer.decode.syscall.args.flags import Choice, Flags
from explorer.decode.syscall.args.number import SIZE
from explorer.decode.syscall.args.struct import Member, Struct
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.reads import Read, Reads, fixed, reads
from explorer.decode.syscall.value import address, array, signed, struct
from explorer.model.trace import Value

HANDLERS = {0: "SIG_DFL", 1: "SIG_IGN"}
HOW = Choice(table.HOW, "SIG")
SA_FLAGS = Flags(table.FLAGS, "SA", wide=True)


def SIGNAL(_frame: Frame, raw: int) -> Value:
    """Named as strace does; note: as programs say it, where that is another name (real-time signals)."""
    number = signed(raw)
    return Value(raw, strace_name(number), (), "signal", signal_name(number))


def RETURNED(_frame: Frame, raw: int) -> Value:
    """The signal that a wait returned: its number, its name beside it."""
    return Value(raw, str(raw), (), "signal", strace_name(raw))


def mask_of(raw: int, mask: int, bits: int = 64) -> Value:
    """[INT TERM]; told by what is missing, ~[KILL STOP], where more than two thirds are in it."""
    text, parts = told(mask & ((1 << bits) - 1), bits)
    return Value(raw, text, parts, "list")


@lru_cache(1024)
def told(mask: int, bits: int) -> tuple[str, tuple[tuple[str, Value], ...]]:
    """A set's text and parts."""
    inside = members(mask)
    inverted = len(inside) >= bits * 2 // 3
    chosen = tuple(number for number in range(1, bits + 1) if number not in inside) if inverted else inside
    parts = [("", Value(number, strace_name(number).removeprefix("SIG"), (), "signal", signal_name(number))) for number in chosen]
    whole = array(0, parts, " ", "~" if inverted else "")
    return whole.text, whole.parts


class SignalSet:
    """A pointer to a set of the size that another argument says."""

    __slots__ = ("size",)

    def __init__(self, size: str) -> None:
        self.size = size

    @property
    def reads(self) -> Reads:
        return (Read(items=self.size, most=8),)

    def __call__(self, frame: Frame, raw: int) -> Value:
        size = min(frame[self.size], 8) if self.size else 8
        mask = memory.word(frame.memory, raw, size) if size else None
        return address(raw) if mask is None else mask_of(raw, mask, size * 8)


OLD_SET_SIZE = 4


@reads(Read(size=OLD_SET_SIZE))
def OLD_SET(frame: Frame, raw: int) -> Value:
    """old_sigset_t of i386, through a pointer."""
    mask = memory.word(frame.memory, raw, OLD_SET_SIZE)
    return address(raw) if mask is None else mask_of(raw, mask, 32)


def MASK(_frame: Frame, raw: int) -> Value:
    """A set in a register."""
    return mask_of(raw, raw & 0xFFFFFFFF, 32)


def HANDLER(_frame: Frame, raw: int) -> Value:
    return Value(raw, HANDLERS.get(raw) or f"{raw:#x}", (), "" if raw in HANDLERS else "address")


@reads(fixed("QQQQ", "IIIQ"))
def SIGACTION(frame: Frame, raw: int) -> Value:
    """struct kernel_sigaction (asm-generic/signal.h): handler, flags, restorer where the architecture has one, mask."""
    restorer = frame.arch != "aarch64"
    code = "Q" if frame.word == 8 else "I"
    found = memory.numbers(frame.memory, raw, code * (3 if restorer else 2) + "Q")
    if found is None:
        return address(raw)
    handler, flags, *rest, mask = found
    parts = [("sa_handler", HANDLER(frame, handler)), ("sa_mask", mask_of(0, mask)), ("sa_flags", SA_FLAGS(frame, flags))]
    if rest and flags & 0x04000000:
        parts.append(("sa_restorer", address(rest[0])))
    return struct(raw, parts)


STACK = Struct(
    Member("ss_sp", "P", lambda _frame, raw: address(raw)),
    Member("ss_flags", "I", Flags(table.STACK, "SS")),
    Member("ss_size", "L", SIZE),
)
