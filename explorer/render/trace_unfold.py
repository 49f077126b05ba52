"""An event of a trace, opened: what the call is for, each argument, its buffers byte by byte, the result in words, and its surroundings."""

from collections.abc import Callable, Sequence
from typing import Final

from explorer.decode.syscall.asleep import ASLEEP
from explorer.decode.syscall.signatures import signature
from explorer.model.event import TraceEvent, Unfinished
from explorer.model.trace import Syscall, Value
from explorer.render.call import LEAST, NAME_COLUMNS, is_failure, middle, result_line, size, value_line
from explorer.render.call_words import because
from explorer.render.piece import Line, Piece, Role, line, piece
from explorer.render.times import duration
from explorer.render.trace_line import SECOND, told
from explorer.render.width import fit, width
from explorer.render.wrap import wrap

VALUE: Final = 22
"""Columns of a value; its words stand behind them."""
EDGE: Final = 5
"""Columns of the bracket."""
BYTES: Final = 16
DUMPED: Final = 256
"""Bytes of a buffer that are shown."""
NO_BREAK: Final = "\u00a0"
DEEPEST: Final = 6
MOST: Final = 60
"""Lines of one argument."""
Read = Callable[[Value], bytes]
"""The bytes of a buffer, as far as they were captured."""


def unfolded(
    event: TraceEvent,
    columns: int,
    read: Read,
    path: str = "",
    earlier: int | None = None,
    history: Sequence[Line] = (),
    hints: str = "",
) -> tuple[Line, ...]:
    """Lines of at most so many columns, with a bracket at their left.

    path: the one that the call is about, whole. earlier: when the call before began, ns since 1970. history: what the log knows
    of its descriptor or path. hints: keys.
    """
    what = event.what
    if isinstance(what, Syscall | Unfinished):
        call = what if isinstance(what, Syscall) else what.call
        inner = [*arguments(call, columns, read, path), *result(what, call, path, columns), taken(event, call, earlier), *history]
        head: Line = (piece(call.name, Role.NAME), piece(f": {purpose}" if (purpose := signature(call.name, call.arch).summary) else ""))
    else:
        head, inner = told(event), [row("thread", f"{event.tid} of process {event.pid}"), *history]
    inner += [(piece(text, Role.SECONDARY),) for text in (wrap(unbroken(hints), columns - EDGE) if hints else ())]
    last = len(inner) - 1
    out = [(piece("  ┌ ", Role.RULE), *head)]
    out += [(piece("  └ " if index == last else "  │ ", Role.RULE), *found) for index, found in enumerate(inner)]
    return tuple(fit(found, columns) for found in out)


def unbroken(hints: str) -> str:
    """Lines are broken between hints only."""
    return hints.replace(" ", NO_BREAK).replace(f"{NO_BREAK}·{NO_BREAK}", " · ")


def row(name: str, *parts: Piece | str) -> Line:
    """A name and what it is."""
    return piece(f"{name:{NAME_COLUMNS}} ", Role.SECONDARY), *line(*parts)


def arguments(call: Syscall, columns: int, read: Read, path: str) -> list[Line]:
    """All of them, structures opened."""
    out: list[Line] = []
    paths = sum(value.kind == "path" for _, value in call.args)
    for name, value in call.args:
        whole = path if value.kind == "path" and paths == 1 and path and f'"{path}"' != value.text else ""
        out.extend(argument(name, value, columns, read, words(value, whole))[:MOST])
    return out


def words(value: Value, path: str) -> Piece:
    """What stands behind a value."""
    if path:
        return piece(f"→ {path}", Role.PATH)
    if value.kind == "fd" and value.text == "AT_FDCWD":
        return piece(f"the working directory{', ' + value.note if value.note else ''}", Role.SECONDARY)
    if value.kind == "" and "|" in value.text:
        return piece(f"{value.raw:#x}", Role.SECONDARY)
    return piece("")


def argument(name: str, value: Value, columns: int, read: Read, behind: Piece, depth: int = 0) -> list[Line]:
    """One, its members and its bytes below it."""
    head = piece(f"{'  ' * depth}{name:{NAME_COLUMNS}} ", Role.SECONDARY)
    room = max(LEAST, columns - width(head.text) - 6)
    parts = [part for part in value.parts if part[1].text != "..."] if value.kind in {"struct", "list"} else []
    deep = value.kind == "struct" or any(part.parts or part.kind == "string" for _, part in parts)
    shown = value_line(value) if value.text != "AT_FDCWD" else (piece(value.text),)
    if behind.text:
        shown = (*shown, piece(" " * max(2, VALUE - size(shown))), behind)
    out: list[Line] = [(head, *middle(shown, room))]
    if parts and deep and depth < DEEPEST:
        for index, (member, part) in enumerate(parts):
            out.extend(argument(member or str(index), part, columns, read, piece(""), depth + 1))
    elif value.kind == "string":
        out.extend((piece("  " * depth + " " * (NAME_COLUMNS + 1)), *found) for found in dump(read(value)))
    return out


def dump(raw: bytes) -> list[Line]:
    """Sixteen bytes a line: where, in hexadecimal, as text."""
    out: list[Line] = []
    for at in range(0, min(len(raw), DUMPED), BYTES):
        part = raw[at : at + BYTES]
        hexed = " ".join(f"{byte:02x}" for byte in part)
        text = "".join(chr(byte) if 32 <= byte < 127 else "·" for byte in part)
        out.append((piece(f"{at:04x}  ", Role.SECONDARY), piece(f"{hexed:<{3 * BYTES - 1}}  "), piece(text, Role.PATH)))
    if len(raw) > DUMPED:
        out.append((piece(f"… {len(raw) - DUMPED:,} bytes more", Role.SECONDARY),))
    return out


def result(what: Syscall | Unfinished, call: Syscall, path: str, columns: int) -> list[Line]:
    """What it returned, the errno in words, and what that means for a path."""
    if isinstance(what, Unfinished):
        return [row("result", "it never returns" if what.ended else piece("in flight", Role.NEW))]
    if call.result is None:
        return []
    parts = list(result_line(call)[1:])
    note = call.result.note if call.result.kind != "fd" else ""
    about = because(call.error, path) if any(value.kind == "path" for _, value in call.args) else ""
    behind = " · ".join(filter(None, (note, about)))
    if not call.error and call.result.text != str(call.result.raw) and call.result.kind == "" and call.result.raw >= 0:
        behind = behind or f"{call.result.raw:#x}"
    start = max(VALUE, size(tuple(parts)) + 2)
    first, *more = wrap(behind, max(LEAST, columns - EDGE - NAME_COLUMNS - 1 - start)) if behind else [""]
    out = [row("result", *parts, piece(" " * (start - size(tuple(parts))) if behind else ""), piece(first))]
    out += [row("", piece(" " * start), piece(rest)) for rest in more]
    if call.error and not is_failure(call):
        out.append(row("", piece('no failure: it only says "not now"', Role.SECONDARY)))
    return out


def taken(event: TraceEvent, call: Syscall, earlier: int | None) -> Line:
    """How long it took, where, and how long after the call before."""
    time = "not timed" if event.took is None else duration(event.took / SECOND)
    if call.name in ASLEEP and event.took is not None:
        time += " wait"
    found = [f"on thread {event.tid}" + (f" of {event.pid}" if event.pid != event.tid else "")]
    if event.cpu is not None:
        found.append(f"cpu {event.cpu}")
    if earlier is not None and event.time >= earlier:
        found.append(f"{duration((event.time - earlier) / SECOND)} after the call before")
    return row("took", f"{time:{VALUE}}", piece(" · ".join(found), Role.SECONDARY))
