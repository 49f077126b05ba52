"""The one decoder of every engine: a Call (number, registers, memory) becomes a Syscall whose text equals strace's.

    numbers/     number → name, and the kernel's own prototypes, a file an architecture; made by tools/make_syscall_tables.py
    signatures/  a row a call: each argument's name in the manual page's words, and its printer; a file a family, loaded when asked for
    args/        printers, a file a type     call.py    what a printer is given     memory.py    reading without believing
    value.py     structs and lists as text from their parts
    reads.py     what a printer says that it reads of memory     reach.py   all that a call's row reads, before it is decoded

HOWTO. A call: its row in the file of its family, its name in FAMILIES (signatures/__init__.py). A row that differs on one
architecture stands beside it as "clone@i386". A type: a printer in args/: a function (frame, register) → Value, or an
object that is called so. What the kernel fills is wrapped in Out or Received (an address until the call has returned),
what goes both ways in Changed. It says what it reads (reads.py); tests/trace/test_taken.py finds what was not said.
A flag: one line in decode/constants. A call without a row is shown by the kernel's prototype.

Text: Value.text is strace's, except that a descriptor's name is in Value.note (8 and eventpoll): value.shown puts them
together as strace -y does. A call in flight has no result; what the kernel has yet to write shows as its address.
"""

from collections.abc import Sequence
from functools import lru_cache

from explorer.decode.constants.errno import ERRNO
from explorer.decode.syscall import numbers
from explorer.decode.syscall.call import DEFAULT, WORDS, Frame, Printer, Signature, Style, Wide
from explorer.decode.syscall.signatures import signature
from explorer.model.trace import Call, Syscall, Value

FOLDED = {"socketcall", "ipc", "mmap", "select"}
RESTARTS = range(512, 517)
CALLS = 4096
"""Rows that are kept ready: more than there are, and an end to what a program can make us keep by calling numbers that mean nothing."""
U32 = 0xFFFFFFFF
U64 = (1 << 64) - 1


def decode_syscall(call: Call, style: Style = DEFAULT) -> Syscall:
    """Whatever the call's registers and memory hold, an answer; never raises, and reads at most some kilobytes of memory."""
    arch, name, row, mask, plain, steps = planned(call.number, call.arch)
    registers: Sequence[int] = call.args
    if len(registers) < numbers.REGISTERS:
        registers = (*registers, 0, 0, 0, 0, 0, 0)
    if arch == "i386" and name in FOLDED:
        from explorer.decode.syscall.multiplexed import unfold

        given = [register & mask for register in registers[: numbers.REGISTERS]]
        meant, unfolded = unfold(call, name, given)
        if unfolded is not given:
            row = signature(meant, "")
            name, registers, (plain, steps) = meant, (*unfolded, 0, 0, 0, 0, 0, 0), placed(row, arch)
    frame = Frame(call, arch, style)
    values = frame.values
    for argument, place in plain:
        values[argument] = registers[place] & mask if place < numbers.REGISTERS else 0
    if len(plain) != len(steps):
        widen(values, steps, registers, arch, mask)
    shown = []
    for argument, printer in steps:
        value = printer(frame, values[argument])
        if value is not None:
            shown.append((argument, value))
    if frame.failed:
        raw = call.result or 0
        word, words = ERRNO.get(-raw) or (f"errno {-raw}", f"errno {-raw}")
        return Syscall(name, tuple(shown), Value(raw, "?" if -raw in RESTARTS else "-1", (), "", words), word, arch)
    return Syscall(name, tuple(shown), result(frame, row), "", arch)


Plain = tuple[tuple[str, int], ...]
Steps = tuple[tuple[str, Printer], ...]


@lru_cache(CALLS)
def planned(number: int, arch: str) -> tuple[str, str, Signature, int, Plain, Steps]:
    """The table that a number is from, its name, its row, which bits of a register count, and what `placed` says."""
    table = numbers.abi(number, arch)
    name = numbers.name(number, arch)
    row = signature(name, table)
    return (table, name, row, U32 if table == "i386" else U64, *placed(row, table))


def placed(row: Signature, arch: str) -> tuple[Plain, Steps]:
    """The first register of each argument that is one register; and each argument with its printer. Arguments that are two: widen."""
    out, place = [], 0
    for argument, printer in row.arguments.items():
        two = isinstance(printer, Wide) and (printer.always or WORDS.get(arch) == 4)
        if not two:
            out.append((argument, place))
        place += 2 if two else 1
    return tuple(out), tuple(row.arguments.items())


def widen(values: dict[str, int], steps: Steps, registers: Sequence[int], arch: str, mask: int) -> None:
    """Arguments made up of two registers, where a word has 4 bytes; of which only the first counts where it has 8."""
    place = 0
    for argument, printer in steps:
        raw = registers[place] & mask if place < numbers.REGISTERS else 0
        if isinstance(printer, Wide) and argument not in values:
            place += 1
            if WORDS.get(arch) == 4 and place < numbers.REGISTERS:
                other = registers[place] & mask
                raw = other | raw << 32 if printer.high_first else raw | other << 32
            values[argument] = raw
        place += 1


def result(frame: Frame, row: Signature) -> Value | None:
    """What was returned, in the words of its type; nothing of a call in flight."""
    raw = frame.result
    if raw is None:
        return None
    aside = row.aside(frame) if row.aside else ""
    value = frame.at_end(row.returns, raw & U64) if row.returns else None
    if value is None:
        return Value(raw, str(raw), (), "", aside)
    return Value(raw, value.text, value.parts, value.kind, aside or value.note)
