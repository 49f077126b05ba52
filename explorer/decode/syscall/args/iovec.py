"""struct iovec: scattered buffers."""

from explorer.decode.syscall import memory
from explorer.decode.syscall.args.text import content
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.reads import Read, Reads
from explorer.decode.syscall.value import ELLIPSIS, address, array
from explorer.model.trace import Memory, Value

LAYOUTS = {4: memory.layout("II"), 8: memory.layout("QQ")}


def iovec(frame: Frame, raw: int, count: int, source: Memory, limit: int | None, *, inside: bool) -> Value:
    """[{iov_base="…", iov_len=5}, …]. limit: bytes filled in all, None for as long as each says. inside False: bases as addresses."""
    if not count:
        return Value(raw, "[]", (), "list") if raw else address(raw)
    layout = LAYOUTS[frame.word]
    step = layout.size
    shown_count = min(count, frame.style.string, frame.items)
    frame.items -= shown_count
    listed = source.read(raw, shown_count * step) if raw and shown_count else b""
    parts: list[tuple[str, Value]] = []
    for index in range(shown_count):
        if (index + 1) * step > len(listed):
            if not index:
                return address(raw)
            at = raw + index * step
            return array(raw, [*parts, ("", Value(at, f"... /* {at:#x} */"))])
        base, length = layout.unpack_from(listed, index * step)
        size = length if limit is None else min(length, limit)
        if limit is not None:
            limit -= size
        shown = content(source, frame, base, size) if inside and base else address(base)
        told = str(length)
        members = (("iov_base", shown), ("iov_len", Value(length, told)))
        parts.append(("", Value(0, f"{{iov_base={shown.text}, iov_len={told}}}", members, "struct")))
    return array(raw, [*parts, ELLIPSIS] if count > len(parts) else parts)


class Vector:
    """An array of iovec; how many, another argument says. received: filled by the kernel, with as many bytes as it returned."""

    __slots__ = ("count", "inside", "received")

    def __init__(self, count: str, *, received: bool = False, inside: bool = True) -> None:
        self.count = count
        self.received = received
        self.inside = inside

    @property
    def reads(self) -> Reads:
        bare = Read(size=16, narrow=8, items=self.count)
        if self.received:
            return (bare, bare._replace(kind="filled", late=True))
        return (bare._replace(kind="vector") if self.inside else bare,)

    def __call__(self, frame: Frame, raw: int) -> Value:
        count = frame[self.count]
        if not self.received:
            return iovec(frame, raw, count, frame.memory, None, inside=self.inside)
        if frame.done:
            return iovec(frame, raw, count, frame.call.memory, frame.result or 0, inside=True)
        return iovec(frame, raw, count, frame.memory, None, inside=False) if frame.result is not None else address(raw)
