"""A call while it is being decoded, and the row that says how."""

from collections.abc import Callable
from typing import Final, NamedTuple, Protocol

from explorer.decode.constants.errno import LARGEST
from explorer.model.trace import Call, Memory, Value


class Style(NamedTuple):
    """How much is written. string: bytes of a buffer and items of a list (strace -s). verbose: structs whole (strace -v)."""

    string: int = 32
    verbose: bool = False


DEFAULT: Final = Style()
ROOM: Final = 1 << 16
ITEMS: Final = 1024
WORDS: Final = {"i386": 4, "x32": 4}


class Names(Protocol):
    """What descriptors were."""

    def get(self, number: int, default: str, /) -> str: ...


class Named:
    """The names of the first, else of the second."""

    __slots__ = ("first", "second")

    def __init__(self, first: Names, second: Names) -> None:
        self.first = first
        self.second = second

    def get(self, number: int, default: str, /) -> str:
        return self.first.get(number, "") or self.second.get(number, default)


class Frame:
    """What a printer is given: registers by argument name, memory, what the descriptors were.

    memory is what the printer reads from, names what the descriptors were: when the call began, and within at_end when it
    returned. word: bytes of a pointer and a long there. done: it has returned, and not failed: what the kernel wrote can be shown.
    room, items: bytes of strings and members of nested lists that may still be read: a program can nest more than anybody could hold.
    """

    __slots__ = ("arch", "call", "done", "failed", "items", "memory", "names", "result", "room", "style", "values", "word")

    def __init__(self, call: Call, arch: str, style: Style) -> None:
        self.call = call
        self.arch = arch
        # More than was taken along cannot be shown, and is not to look like memory that faults.
        self.style = style if style.string <= call.string else Style(call.string, style.verbose)
        self.word = 8 if arch == "x86_64" else WORDS.get(arch, 8)
        self.memory: Memory = call.memory if call.entry is None else call.entry
        self.names: Names = call.fds
        self.result = result = call.result
        self.values: dict[str, int] = {}
        self.room = ROOM
        self.items = ITEMS
        self.failed = result is not None and -LARGEST <= result < 0
        self.done = result is not None and not self.failed

    def at_end(self, printer: "Printer", raw: int) -> Value | None:
        """Print with memory and descriptors as they were when the call returned."""
        before = self.memory, self.names
        self.memory, self.names = self.call.memory, Named(self.call.opened, self.call.fds) if self.call.opened else self.call.fds
        try:
            return printer(self, raw)
        finally:
            self.memory, self.names = before

    def __getitem__(self, name: str) -> int:
        """The register of the argument of that name; 0 where the call has none such."""
        return self.values.get(name, 0)


Printer = Callable[[Frame, int], Value | None]
"""Decodes one argument from its register. None: the call does not use it (open's mode without O_CREAT), nothing is written."""


class Wide:
    """A 64-bit argument: two registers, low first, on 32-bit architectures; in pairs on all of them where always is set (preadv2).

    high_first: the other way round (_llseek).
    """

    __slots__ = ("always", "high_first", "printer")

    def __init__(self, printer: Printer, *, always: bool = False, high_first: bool = False) -> None:
        self.printer = printer
        self.always = always
        self.high_first = high_first

    def __call__(self, frame: Frame, raw: int) -> Value | None:
        return self.printer(frame, raw)


class Signature(NamedTuple):
    """How a call is decoded. arguments: name in the manual page's words → printer, in order. returns: prints its result."""

    summary: str
    arguments: dict[str, Printer]
    returns: Printer | None = None
    aside: Callable[[Frame], str] | None = None


def row(summary: str, returns: Printer | None = None, aside: Callable[[Frame], str] | None = None, /, **arguments: Printer) -> Signature:
    """A line of a signatures file. aside: what strace writes in brackets after the result: poll's ready descriptors, `Timeout`."""
    return Signature(summary, arguments, returns, aside)
