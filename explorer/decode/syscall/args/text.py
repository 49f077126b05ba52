r"""Strings and buffers: quoted as in C, what is not printable ASCII as the shortest octal escape (\33), cut after Style.string bytes."""

import re
from typing import Final, Protocol

from explorer.decode.syscall import memory
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.reads import RESULT, Read, Reads, reads
from explorer.decode.syscall.value import address
from explorer.model.trace import Memory, Value

PATH_MAX: Final = 4096
SHORT: Final = {9: r"\t", 10: r"\n", 11: r"\v", 12: r"\f", 13: r"\r", 34: r"\"", 92: r"\\"}
ESCAPED: Final = {byte: f"\\{byte:o}" for byte in (*range(32), *range(127, 256))} | SHORT
BEFORE_DIGIT: Final = re.compile(r"([\x00-\x08\x0e-\x1f\x7f-\xff])(?=[0-7])")


class Quote(Protocol):
    """How bytes are written."""

    def __call__(self, raw: bytes, *, cut: bool = False) -> str: ...


def quoted(raw: bytes, *, cut: bool = False) -> str:
    """The bytes between quotes; ... after them where there was more."""
    if raw.isascii():
        plain = raw.decode()
        if '"' in plain or "\\" in plain or not plain.isprintable():
            # What text is made of; three times as fast as a table.
            plain = plain.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n").replace("\r", r"\r").replace("\t", r"\t")
        if plain.isprintable():
            return f'"{plain}"...' if cut else f'"{plain}"'
    text = raw.decode("latin-1")
    if BEFORE_DIGIT.search(text) is None:
        text = text.translate(ESCAPED)
    else:
        # An octal digit after a short escape would read as part of it.
        parts = BEFORE_DIGIT.split(text)
        text = "".join(f"\\{ord(part):03o}" if index & 1 else part.translate(ESCAPED) for index, part in enumerate(parts))
    return f'"{text}"...' if cut else f'"{text}"'


def hexed(raw: bytes, *, cut: bool = False) -> str:
    """As random bytes are written: every one in hexadecimal."""
    return '"' + "".join(f"\\x{byte:02x}" for byte in raw) + '"' + ("..." if cut else "")


@reads(Read("string", most=PATH_MAX))
def PATH(frame: Frame, raw: int) -> Value:
    """A path, up to NUL or PATH_MAX, never cut to Style.string."""
    found = memory.string(frame.memory, raw, PATH_MAX - 1)
    if found is None:
        return address(raw)
    return Value(raw, quoted(found[0], cut=not found[1]), (), "path")


@reads(Read("string"))
def STRING(frame: Frame, raw: int) -> Value:
    """Text up to NUL, cut to Style.string."""
    found = memory.string(frame.memory, raw, min(frame.style.string, frame.room))
    if found is None:
        return address(raw)
    frame.room -= len(found[0])
    return Value(raw, quoted(found[0], cut=not found[1]), (), "string")


def content(source: Memory, frame: Frame, raw: int, size: int, write: Quote = quoted) -> Value:
    """size bytes of a buffer at raw, cut to Style.string."""
    if not raw:
        return address(raw)
    found = memory.block(source, raw, max(0, min(size, frame.style.string, frame.room)))
    if found is None:
        return address(raw)
    frame.room -= len(found)
    return Value(raw, write(found, cut=size > len(found)), (), "string")


@reads(Read("string", most=PATH_MAX, late=True))
def WORKING(frame: Frame, raw: int) -> Value:
    """getcwd's path."""
    return (frame.at_end(PATH, raw) if frame.done else None) or address(raw)


class Sent:
    """A buffer that the process hands over; its size is another argument."""

    __slots__ = ("size",)

    def __init__(self, size: str) -> None:
        self.size = size

    @property
    def reads(self) -> Reads:
        return (Read(items=self.size),)

    def __call__(self, frame: Frame, raw: int) -> Value:
        return content(frame.memory, frame, raw, frame[self.size])


class Received:
    """A buffer that the kernel fills: as many bytes as the call returned, or as the argument `size` says. Its address until then."""

    __slots__ = ("size", "write")

    def __init__(self, size: str = "", write: Quote = quoted) -> None:
        self.size = size
        self.write = write

    @property
    def reads(self) -> Reads:
        return (Read(items=self.size or RESULT, late=True),)

    def __call__(self, frame: Frame, raw: int) -> Value:
        if not frame.done:
            return address(raw)
        return content(frame.call.memory, frame, raw, frame[self.size] if self.size else frame.result or 0, self.write)
