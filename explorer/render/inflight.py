"""A call that has not returned, on one line: `epoll_wait(8<eventpoll, 5 watched>, …, 512, 4.8 s)`."""

from collections.abc import Iterator
from typing import Final

from explorer.model.trace import Syscall, Value
from explorer.render.call import value_line
from explorer.render.piece import Line, Piece, Role, piece
from explorer.render.times import duration
from explorer.render.width import cut_middle, fit, width

MILLISECONDS: Final = frozenset({"poll", "epoll_wait", "epoll_pwait"})
PLACES: Final = frozenset({"futex", "futex_time64", "futex_wait"})
"""Calls whose address says what they wait for; elsewhere it is where the kernel is going to write."""
LONG: Final = 8
"""Columns to which texts, structures and notes are cut before whole arguments are left out."""
ABSOLUTE: Final = ("TIMER_ABSTIME", "FUTEX_WAIT_BITSET", "FUTEX_LOCK_PI", "FUTEX_WAIT_REQUEUE_PI")
"""Words in other arguments by which a time is a moment on a clock, not how long."""


def inflight(call: Syscall, columns: int) -> Line:
    """At most so many columns. Where they are few, long arguments are cut in their middle, then the last ones left out, then notes."""
    arguments = [argument(call, name, value) for name, value in call.args]
    tail = piece(WORD, Role.MIND) if call.arch == "i386" else piece("")
    room = columns - width(call.name) - 2 - width(tail.text)
    for attempt in (arguments, *(lessened(arguments, room))):
        out = (piece(call.name, Role.NAME), piece("("), *joined(attempt), piece(")"), tail)
        if sum(width(part.text) for part in out) <= columns:
            return out
    return fit(out, columns)


def lessened(arguments: list[list[Piece]], room: int) -> Iterator[list[list[Piece]]]:
    """Shorter and shorter forms: all arguments, the long ones cut; then fewer; then without notes."""
    rest = [piece("…")]
    yield shortened(arguments, room)
    for count in range(len(arguments) - 1, 0, -1):
        if arguments[count - 1] != rest:
            yield shortened([*arguments[:count], rest], room)
    bare = [[part for part in parts if not part.text.startswith("<")] or parts for parts in arguments]
    for count in range(min(2, len(bare)), 0, -1):
        if bare[count - 1] != rest:
            yield [*bare[:count], rest] if count < len(bare) else bare[:count]


def shortened(arguments: list[list[Piece]], room: int) -> list[list[Piece]]:
    """The longest cut first, none to less than LONG columns, until all fit or nothing more can be cut."""
    sizes = [size(parts) for parts in arguments]
    over = sum(sizes) + 2 * max(0, len(arguments) - 1) - room
    out = list(arguments)
    for index in sorted(range(len(arguments)), key=lambda at: -sizes[at]):
        if over > 0 and sizes[index] > LONG and cuttable(arguments[index]):
            out[index] = narrowed(arguments[index], max(LONG, sizes[index] - over))
            over -= sizes[index] - size(out[index])
    return out


def cuttable(parts: list[Piece]) -> bool:
    """Texts, lists, structures and notes: a constant cut in two says nothing."""
    return len(parts) > 1 or parts[0].text[:1] in {'"', "{", "["}


def size(parts: list[Piece]) -> int:
    """Columns of an argument."""
    return sum(width(part.text) for part in parts)


def joined(arguments: list[list[Piece]]) -> Iterator[Piece]:
    """With commas between."""
    for index, parts in enumerate(arguments):
        if index:
            yield piece(", ")
        yield from parts


WORD: Final = " 32-bit"


def argument(call: Syscall, name: str, value: Value) -> list[Piece]:
    """One argument."""
    if value.kind == "address" and value.text.startswith("0x"):
        return [piece(short_address(value.text)) if call.name in PLACES else piece("…")]
    if name == "timeout" and call.name in MILLISECONDS and 0 <= value.raw & 0xFFFFFFFF < 1 << 31:
        return [piece(duration((value.raw & 0xFFFFFFFF) / 1000))]
    parts = dict(value.parts)
    if set(parts) == {"tv_sec", "tv_nsec"} and not any(word in other.text for _, other in call.args for word in ABSOLUTE):
        return [piece(duration(parts["tv_sec"].raw + parts["tv_nsec"].raw / 1e9))]
    return list(value_line(value))


def short_address(text: str) -> str:
    """0x7f3c…40: the ends tell one from another."""
    return text if len(text) <= 9 else f"{text[:6]}…{text[-2:]}"


def narrowed(parts: list[Piece], columns: int) -> list[Piece]:
    """The pieces of one argument, the longest piece cut in its middle."""
    total = size(parts)
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
