"""struct iovec: scattered buffers."""

from explorer.decode.syscall import memory
from explorer.decode.syscall.args.text import content
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.reads import Read, Reads
from explorer.decode.syscall.value import ELLIPSIS, address, array, struct
from explorer.model.trace import Memory, Value

MOST = 1024


def iovec(frame: Frame, raw: int, count: int, source: Memory, limit: int | None, *, inside: bool) -> Value:
    """[{iov_base="…", iov_len=5}, …]. limit: bytes filled in all, None for as long as each says. inside False: bases as addresses."""
    if not count:
        return Value(raw, "[]", (), "list") if raw else address(raw)
    code = "QQ" if frame.word == 8 else "II"
    parts: list[tuple[str, Value]] = []
    for index in range(min(count, frame.style.string, MOST)):
        found = memory.numbers(source, raw + index * frame.word * 2, code)
        if found is None:
            if not index:
                return address(raw)
            at = raw + index * frame.word * 2
            return array(raw, [*parts, ("", Value(at, f"... /* {at:#x} */"))])
        base, length = found
        size = length if limit is None else min(length, limit)
        if limit is not None:
            limit -= size
        shown = content(source, frame, base, size) if inside and base else address(base)
        parts.append(("", struct(0, [("iov_base", shown), ("iov_len", Value(length, str(length)))])))
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
