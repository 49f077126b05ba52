"""epoll: events asked for and delivered."""

from explorer.decode.constants.epoll import NAMES
from explorer.decode.constants.eventfd import EPOLL_OPS
from explorer.decode.syscall import memory
from explorer.decode.syscall.args.flags import Choice, named
from explorer.decode.syscall.args.out import Out
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.reads import RESULT, Read, reads
from explorer.decode.syscall.value import ELLIPSIS, address, array
from explorer.model.trace import Value

OP = Choice(EPOLL_OPS, "EPOLL_CTL")
DELETE = 2
MOST = 1024


def size_of(frame: Frame) -> tuple[int, str]:
    """struct epoll_event is packed on x86 only (uapi/linux/eventpoll.h)."""
    return (12, "IQ") if frame.arch != "aarch64" else (16, "I4xQ")


def EVENT(frame: Frame, raw: int) -> Value:
    found = memory.numbers(frame.memory, raw, size_of(frame)[1])
    if found is None:
        return address(raw)
    events, data = found
    low, whole, wanted = str(data & 0xFFFFFFFF), str(data), named(events, NAMES, "EPOLL")
    union = Value(data, f"{{u32={low}, u64={whole}}}", (("u32", Value(data, low)), ("u64", Value(data, whole))), "struct")
    return Value(raw, f"{{events={wanted}, data={union.text}}}", (("events", Value(events, wanted)), ("data", union)), "struct")


@reads(Read(size=16))
def CONTROL(frame: Frame, raw: int) -> Value:
    """epoll_ctl's event, which EPOLL_CTL_DEL does not look at."""
    return address(raw) if frame["op"] == DELETE else EVENT(frame, raw)


@reads(Read(size=16, items=RESULT))
def _ready(frame: Frame, raw: int) -> Value:
    count = frame.result or 0
    parts = [("", EVENT(frame, raw + index * size_of(frame)[0])) for index in range(min(count, frame.style.string, MOST))]
    if any(value.kind == "address" for _, value in parts):
        return address(raw)
    return array(raw, [*parts, ELLIPSIS] if count > len(parts) else parts)


READY = Out(_ready)
