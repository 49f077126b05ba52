"""A call that has not returned, on one line: `epoll_wait(8<eventpoll, 5 watched>, …, 512, 4.8 s)`."""

from typing import Final

from explorer.model.trace import Syscall, Value
from explorer.render.piece import Line, Piece, Role, piece
from explorer.render.times import duration
from explorer.render.width import cut_middle, fit, width

MILLISECONDS: Final = frozenset({"poll", "epoll_wait", "epoll_pwait"})
PLACES: Final = frozenset({"futex", "futex_time64", "futex_wait"})
"""Calls whose address says what they wait for; elsewhere it is where the kernel is going to write."""
LEAST: Final = 5
"""Columns that an argument keeps however narrow it gets."""


def inflight(call: Syscall, columns: int) -> Line:
    """At most so many columns: the longest argument is cut in its middle, then the next."""
    arguments = [argument(call, name, value) for name, value in call.args]
    around = width(call.name) + 2 + 2 * max(0, len(arguments) - 1) + (width(WORD) if call.arch == "i386" else 0)
    sizes = shares([sum(width(part.text) for part in parts) for parts in arguments], columns - around)
    out: list[Piece] = [piece(call.name, Role.NAME), piece("(")]
    for index, (parts, size) in enumerate(zip(arguments, sizes, strict=True)):
        if index:
            out.append(piece(", "))
        out.extend(narrowed(parts, size))
    out.append(piece(")"))
    if call.arch == "i386":
        out.append(piece(WORD, Role.MIND))
    return fit(tuple(out), columns)


WORD: Final = " 32-bit"


def argument(call: Syscall, name: str, value: Value) -> list[Piece]:
    """One argument."""
    if value.kind == "fd":
        note = [piece(f"<{value.note}>", Role.SECONDARY)] if value.note else []
        return [piece(value.text), *note]
    if value.kind == "address" and value.text.startswith("0x"):
        return [piece(short_address(value.text)) if call.name in PLACES else piece("…")]
    if name == "timeout" and call.name in MILLISECONDS and 0 <= value.raw & 0xFFFFFFFF < 1 << 31:
        return [piece(duration((value.raw & 0xFFFFFFFF) / 1000))]
    parts = dict(value.parts)
    if set(parts) == {"tv_sec", "tv_nsec"} and parts["tv_sec"].raw < YEARS:
        return [piece(duration(parts["tv_sec"].raw + parts["tv_nsec"].raw / 1e9))]
    if value.kind == "list" and value.parts:
        items: list[Piece] = [piece("[")]
        for index, (_, item) in enumerate(value.parts):
            items.extend([piece(", ")] if index else [])
            items.extend(argument(call, "", item))
        return [*items, piece("]")]
    return [piece(value.text, Role.PATH if value.kind in {"path", "string"} else Role.TEXT)]


YEARS: Final = 10 * 365 * 86400
"""Seconds from which on a time is not how long, but a moment on a clock."""


def short_address(text: str) -> str:
    """0x7f3c…40: the ends tell one from another."""
    return text if len(text) <= 9 else f"{text[:6]}…{text[-2:]}"


def shares(wanted: list[int], room: int) -> list[int]:
    """Columns for each: the longest give way first, down to LEAST."""
    sizes = list(wanted)
    while sum(sizes) > max(room, 0):
        longest = max(sizes, default=0)
        if longest <= LEAST:
            break
        next_longest = max([size for size in sizes if size < longest], default=LEAST)
        many = sizes.count(longest)
        less = min(longest - max(next_longest, LEAST), -(-(sum(sizes) - room) // many))
        sizes = [size - less if size == longest else size for size in sizes]
    return sizes


def narrowed(parts: list[Piece], columns: int) -> list[Piece]:
    """The pieces of one argument, the longest piece cut in its middle."""
    total = sum(width(part.text) for part in parts)
    if total <= columns:
        return parts
    if len(parts) > 2:
        whole = "".join(part.text for part in parts)
        return [Piece(cut_middle(whole, columns), Role.TEXT)]
    longest = max(range(len(parts)), key=lambda index: width(parts[index].text))
    rest = total - width(parts[longest].text)
    return [
        Piece(cut_middle(part.text, max(1, columns - rest)), part.role) if index == longest else part for index, part in enumerate(parts)
    ]
