"""A call on one line of the screen, and opened. A line too long loses the middle of its longest argument, never its result."""

from typing import Final

from explorer.model.trace import Syscall, Value
from explorer.render.piece import Line, Piece, Role, line, piece
from explorer.render.width import cut_middle, fit, width

PLAIN_ERRORS: Final = frozenset({"EAGAIN", "EINTR", "EINPROGRESS", "EALREADY"})
"""Errors by which a call only says "not now": neither red nor among the failed. Restarts (ERESTART…) are not either."""
ROLES: Final = {"path": Role.PATH, "string": Role.PATH, "address": Role.PATH}
CWD: Final = "AT_FDCWD"
"""What it was stands in the opened call only."""
BRIEF: Final = frozenset({"anon_inode", "TCP", "TCPv6", "UDP", "UDPv6"})
LEAST: Final = 8
"""Columns that an argument keeps when it is cut."""
READABLE: Final = 24
"""Columns of which one can still tell a path; below it what is known anyway goes first."""
NAME_COLUMNS: Final = 10


def is_failure(call: Syscall) -> bool:
    """It returned with an error that is more than "not now"."""
    return bool(call.error) and call.error not in PLAIN_ERRORS and not call.error.startswith("ERESTART")


def call_line(call: Syscall, columns: int | None = None) -> Line:
    """name(arguments) = result, without the errno's words. columns: cut to at most so many; the result is always whole."""
    arguments = [value_line(value) for _, value in call.args]
    end = result_line(call)
    whole = assembled(call, arguments, end)
    if columns is None:
        return whole
    if size(whole) <= columns:
        return whole
    found = shortened(call, arguments, end, columns, READABLE)
    if found is not None:
        return found
    # What the result's descriptor is, and where a path begins, go before arguments do.
    arguments = [made for made, (_, value) in zip(arguments, call.args, strict=True) if value.text != CWD]
    end = end[:2] if not call.error else end
    return shortened(call, arguments, end, columns) or squeezed(call, arguments, end, columns)


def shortened(call: Syscall, arguments: list[Line], end: Line, columns: int, least: int = LEAST) -> Line | None:
    """The longest arguments cut as far as it needs; None where that is too far."""
    whole = assembled(call, arguments, end)
    over = size(whole) - columns
    if over <= 0:
        return whole
    sizes = [size(argument) for argument in arguments]
    cap = longest_allowed(sizes, sum(sizes) - over)
    return assembled(call, [middle(argument, cap) for argument in arguments], end) if cap >= least else None


def longest_allowed(sizes: list[int], room: int) -> int:
    """The length to which the longest ones must be cut so that all take at most room; less than LEAST where that is not enough."""
    rest = sorted(sizes)
    while rest:
        share = room // len(rest)
        if rest[0] > share:
            return share
        room -= rest.pop(0)
    return LEAST if room >= 0 else 0


def squeezed(call: Syscall, arguments: list[Line], end: Line, columns: int) -> Line:
    """Where even short arguments are too many: the last ones go, then the name's end; the result stays."""
    rest: Line = (piece("…"),)
    for count in range(len(arguments) - 1, -1, -1):
        shorter = shortened(call, [*arguments[:count], rest], end, columns)
        if shorter is not None:
            return shorter
    tail = size(end)
    return (*fit((piece(call.name, Role.NAME),), max(0, columns - tail)), *end) if tail < columns else fit(end, columns)


def assembled(call: Syscall, arguments: list[Line], end: Line) -> Line:
    """The pieces in order."""
    out: list[Piece] = [piece(call.name, Role.NAME), piece("(")]
    for index, argument in enumerate(arguments):
        if index:
            out.append(piece(", "))
        out.extend(argument)
    out.append(piece(")"))
    if call.arch == "i386":
        out.append(piece(" 32-bit", Role.MIND))
    return (*out, *end)


def value_line(value: Value) -> Line:
    """One argument; lists and structures from their parts, so that descriptors within are dimmed and paths coloured."""
    if value.kind in {"fd", "pid"}:
        note = (piece(f"<{brief(value.note)}>", Role.SECONDARY),) if value.note and value.text != CWD else ()
        return (piece(value.text), *note)
    if value.kind in {"struct", "list"} and value.parts and "<" in value.text:
        return inside(value)
    return (piece(value.text, ROLES.get(value.kind, Role.TEXT)),)


def brief(note: str) -> str:
    """What a descriptor was, without what strace writes around it: eventpoll, 10.0.0.5:80->10.0.0.9:51122."""
    kind, bracket, rest = note.partition(":[")
    if bracket and rest.endswith("]") and kind in BRIEF:
        return rest[:-1]
    return note


def inside(value: Value) -> Line:
    """A list or structure that names descriptors: its parts between the brackets that its text has."""
    first, last = ("{", "}") if value.kind == "struct" else ("[", "]")
    separator = ", " if ", " in value.text or value.kind == "struct" else " "
    out: list[Piece] = [piece(value.text.partition(first)[0] + first)]
    for index, (name, part) in enumerate(value.parts):
        if index:
            out.append(piece(separator))
        if name:
            out.append(piece(f"{name}="))
        out.extend(value_line(part))
    out.append(piece(last))
    return tuple(out)


def result_line(call: Syscall) -> Line:
    """` = 3</path>`; ` = -1 ENOENT`; nothing while the call is in flight."""
    if call.result is None:
        return ()
    if call.error:
        role = Role.FAILED if is_failure(call) else Role.TEXT
        return (piece(" = "), piece(f"{call.result.text} {call.error}", role))
    return line(" = ", *value_line(call.result))


def call_details(call: Syscall, columns: int) -> tuple[Line, ...]:
    """Opened: a line an argument, structures unfolded below it, then the result with the errno's words. Each at most columns wide."""
    out: list[Line] = []
    for name, value in call.args:
        out.extend(detail(name, value, columns, 0))
    if call.result is not None:
        words = f"  {call.result.note}" if call.result.note and call.result.kind != "fd" else ""
        shown = result_line(call)[1:]
        out.append(fit((piece(f"{'result':{NAME_COLUMNS}}", Role.SECONDARY), *shown, piece(words)), columns))
    return tuple(out)


def detail(name: str, value: Value, columns: int, depth: int) -> list[Line]:
    """An argument or member, and its members indented below."""
    head = piece(f"{'  ' * depth}{name:{NAME_COLUMNS}} ", Role.SECONDARY)
    nested = [part for part in value.parts if part[1].text != "..."] if value.kind in {"struct", "list", "string"} else []
    deep = value.kind == "struct" or any(part.parts for _, part in nested)
    if not nested or not deep:
        return [fit((head, *value_line(value)), columns)]
    out = [fit((head, *middle(value_line(value), max(LEAST, columns - width(head.text)))), columns)]
    for index, (member, part) in enumerate(nested):
        out.extend(detail(member or str(index), part, columns, depth + 1))
    return out


def size(pieces: Line) -> int:
    """Columns."""
    return sum(width(part.text) for part in pieces)


def middle(pieces: Line, columns: int) -> Line:
    """The pieces of one argument, cut in the middle of the longest of them; of all of them where that is not enough."""
    over = size(pieces) - columns
    if over <= 0:
        return pieces
    longest = max(range(len(pieces)), key=lambda index: width(pieces[index].text))
    room = width(pieces[longest].text) - over
    if room < LEAST // 2:
        return (Piece(cut_middle("".join(part.text for part in pieces), columns), Role.TEXT),)
    return tuple(Piece(cut_middle(part.text, room), part.role) if index == longest else part for index, part in enumerate(pieces))
