"""execve's argument and environment lists."""

from explorer.decode.syscall import memory
from explorer.decode.syscall.args.text import STRING
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.reads import DEEP, reads
from explorer.decode.syscall.value import ELLIPSIS, address, array
from explorer.model.trace import Value

MOST = 4096
STEP = 64


def pointers(frame: Frame, raw: int, limit: int) -> tuple[list[int], bool] | None:
    """The pointers of a NULL-terminated list, at most limit, and whether its end was seen; None where it cannot be read."""
    out: list[int] = []
    while raw and len(out) < limit:
        found = frame.memory.read(raw + len(out) * frame.word, STEP * frame.word)
        count = min(len(found) // frame.word, STEP)
        if not count:
            return None
        for pointer in memory.layout(f"{count}{'Q' if frame.word == 8 else 'I'}").unpack(found[: count * frame.word]):
            if not pointer:
                return out[:limit], len(out) <= limit
            out.append(pointer)
        if count < STEP:
            return None
    return (out[:limit], False) if raw else None


@reads(DEEP)
def ARGV(frame: Frame, raw: int) -> Value:
    """["ls", "-l"]."""
    found = pointers(frame, raw, frame.style.string)
    if found is None:
        return address(raw)
    parts = [("", STRING(frame, pointer)) for pointer in found[0]]
    return array(raw, parts if found[1] else [*parts, ELLIPSIS])


@reads(DEEP)
def ENVP(frame: Frame, raw: int) -> Value:
    """0x7ffc… /* 23 vars */."""
    if frame.style.verbose:
        return ARGV(frame, raw)
    found = pointers(frame, raw, MOST)
    if found is None:
        return address(raw) if not raw else Value(raw, f"{raw:#x} /* unreadable */", (), "address")
    count = len(found[0])
    return Value(raw, f"{raw:#x} /* {count} var{'' if count == 1 else 's'} */", (), "address")
