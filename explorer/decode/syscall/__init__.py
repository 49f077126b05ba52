"""The one decoder of every engine: a Call (number, registers, memory) becomes a Syscall whose text equals strace's.

    numbers/     number → name, and the kernel's own prototypes, a file an architecture; made by tools/make_syscall_tables.py
    signatures/  a row a call: each argument's name in the manual page's words, and its printer; a file a family, loaded when asked for
    args/        printers, a file a type     call.py    what a printer is given     memory.py    reading without believing
    value.py     structs and lists as text from their parts

HOWTO. A call: its row in the file of its family, its name in FAMILIES (signatures/__init__.py). A row that differs on one
architecture stands beside it as "clone@i386". A type: a printer in args/: a function (frame, register) → Value, or an
object that is called so. What the kernel fills is wrapped in Out or Received (an address until the call has returned),
what goes both ways in Changed. A flag: one line in decode/constants. A call without a row is shown by the kernel's prototype.

Text: Value.text is strace's, except that a descriptor's name is in Value.note (8 and eventpoll): value.shown puts them
together as strace -y does. A call in flight has no result; what the kernel has yet to write shows as its address.
"""

from explorer.decode.constants.errno import ERRNO, error_words
from explorer.decode.syscall import numbers
from explorer.decode.syscall.call import DEFAULT, Frame, Printer, Signature, Style, Wide
from explorer.decode.syscall.signatures import signature
from explorer.model.trace import Call, Syscall, Value

FOLDED = {"socketcall", "ipc", "mmap", "select"}
RESTARTS = range(512, 517)
U32 = 0xFFFFFFFF
U64 = (1 << 64) - 1


def decode_syscall(call: Call, style: Style = DEFAULT) -> Syscall:
    """Whatever the call's registers and memory hold, an answer; never raises, and reads at most some kilobytes of memory."""
    arch = numbers.abi(call.number, call.arch)
    name = numbers.name(call.number, call.arch)
    mask = U32 if arch == "i386" else U64
    registers = [register & mask for register in (*call.args, 0, 0, 0, 0, 0, 0)[: numbers.REGISTERS]]
    row = signature(name, arch)
    if arch == "i386" and name in FOLDED:
        from explorer.decode.syscall.multiplexed import unfold

        meant, unfolded = unfold(call, name, registers)
        if unfolded is not registers:
            name, registers, row = meant, unfolded, signature(meant, "")
    frame = Frame(call, arch, style)
    arguments = assigned(frame, row, registers)
    shown = []
    for argument, printer, register in arguments:
        value = printer(frame, register)
        if value is not None:
            shown.append((argument, value))
    return Syscall(name, tuple(shown), result(frame, row), error(frame), arch)


def assigned(frame: Frame, row: Signature, registers: list[int]) -> list[tuple[str, Printer, int]]:
    """Each argument with its register, or with the two that make it up; Frame is told all before any is printed."""
    out, place = [], 0
    for argument, printer in row.arguments.items():
        raw = registers[place] if place < len(registers) else 0
        if isinstance(printer, Wide) and (printer.always or frame.word == 4):
            place += 1
            if frame.word == 4 and place < len(registers):
                other = registers[place]
                raw = other | raw << 32 if printer.high_first else raw | other << 32
        place += 1
        frame.values[argument] = raw
        out.append((argument, printer, raw))
    return out


def result(frame: Frame, row: Signature) -> Value | None:
    """What was returned, in the words of its type; -1 and the errno's words; ? where the kernel will go on with the call."""
    raw = frame.result
    if raw is None:
        return None
    if frame.failed:
        return Value(raw, "?" if -raw in RESTARTS else "-1", note=error_words(-raw) or f"errno {-raw}")
    aside = row.aside(frame) if row.aside else ""
    value = frame.at_end(row.returns, raw & U64) if row.returns else None
    if value is None:
        value = Value(raw, str(raw))
    return Value(raw, value.text, value.parts, value.kind, aside or value.note)


def error(frame: Frame) -> str:
    """ENOENT; empty where it did not fail."""
    if frame.result is None or not frame.failed:
        return ""
    return ERRNO[-frame.result][0] if -frame.result in ERRNO else f"errno {-frame.result}"
