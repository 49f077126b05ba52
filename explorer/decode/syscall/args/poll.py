"""poll and select: what is waited for, and what came."""

from explorer.decode.constants.poll import NAMES
from explorer.decode.syscall import memory
from explorer.decode.syscall.args.array import Array
from explorer.decode.syscall.args.fd import FD
from explorer.decode.syscall.args.flags import Flags, named
from explorer.decode.syscall.args.signal import mask_of
from explorer.decode.syscall.args.struct import Member, Struct
from explorer.decode.syscall.args.time import text_of_span
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.reads import POSITIVE, Read, Reads, reads
from explorer.decode.syscall.value import ELLIPSIS, address, array, signed, struct
from explorer.model.trace import Memory, Value

EVENTS = Flags(NAMES, "POLL")


class Pollfd(Struct):
    """{fd=3, events=POLLIN}; of a negative descriptor, which poll passes over, {fd=-1}."""

    @property
    def reads(self) -> Reads:
        return (Read(size=8, fds="pollfd"),)

    def value(self, frame: Frame, raw: int, found: tuple[int, ...]) -> Value:
        value = super().value(frame, raw, found)
        return value if found[0] >= 0 else struct(raw, value.parts[:1])


POLLFD = Pollfd(Member("fd", "i", FD), Member("events", "H", EVENTS), Member("", "H"))
FD_SETSIZE = 1024


def _asked(frame: Frame) -> int:
    return frame["nfds"] & 0xFFFFFFFF


POLLFDS = Array(POLLFD, "nfds")


class Came:
    """What poll returned; name and span: the argument in which ppoll leaves the rest of its time."""

    __slots__ = ("name", "span")

    def __init__(self, name: str = "", span: Struct | None = None) -> None:
        self.name = name
        self.span = span

    @property
    def reads(self) -> Reads:
        return (Read(size=8, items="nfds", most=FD_SETSIZE, at="fds", late=True, when=POSITIVE), *rest(self.name, self.span))

    def __call__(self, frame: Frame) -> str:
        return came(frame, left(frame, self.name, self.span))


def rest(name: str, span: Struct | None) -> Reads:
    """What left reads."""
    return tuple(read._replace(at=name, late=True) for read in span.reads) if span else ()


def came(frame: Frame, spare: str) -> str:
    """([{fd=3, revents=POLLIN}]), or Timeout."""
    if not frame.done:
        return ""
    if frame.result == 0:
        return "Timeout"
    parts: list[tuple[str, Value]] = []
    source, address_of = frame.call.memory, frame["fds"]
    for index in range(min(_asked(frame), FD_SETSIZE)):
        found = memory.numbers(source, address_of + index * 8, "iHH")
        if found is None:
            break
        fd, _, revents = found
        if fd < 0 or not revents:
            continue
        if len(parts) >= frame.style.string:
            parts.append(ELLIPSIS)
            break
        parts.append(("", struct(0, [("fd", Value(fd, str(fd))), ("revents", Value(revents, named(revents, NAMES, "POLL")))])))
    events = array(0, parts).text
    return f"{events}, {spare}" if spare else events


def left(frame: Frame, name: str, span: Struct | None) -> str:
    """left {tv_sec=0, tv_nsec=5}; "" where there was no timeout."""
    if span is None or not frame[name]:
        return ""
    text = text_of_span(frame, frame[name], span)
    return f"left {text}" if text else ""


SET = Read(items="nfds", head=8, most=FD_SETSIZE // 8, fds="bits")


def _members(frame: Frame, source: Memory, raw: int) -> list[int] | None:
    count = max(0, min(signed(frame["nfds"]), FD_SETSIZE))
    size = -(-count // (frame.word * 8)) * frame.word
    found = memory.block(source, raw, size)
    if found is None:
        return None
    bits = int.from_bytes(found, "little")
    return [number for number in range(count) if bits >> number & 1]


@reads(SET)
def FD_SET(frame: Frame, raw: int) -> Value:
    """[3 5]: the descriptors whose bits are set, of the first nfds. The kernel writes it back."""
    inside = _members(frame, frame.memory, raw)
    if inside is None:
        return address(raw)
    parts = [("", FD(frame, number)) for number in inside[: frame.style.string]]
    return array(raw, [*parts, ELLIPSIS] if len(inside) > len(parts) else parts, " ")


class Ready:
    """What select returned, and the rest of its time."""

    __slots__ = ("name", "span")

    def __init__(self, name: str, span: Struct) -> None:
        self.name = name
        self.span = span

    @property
    def reads(self) -> Reads:
        sets = (SET._replace(at=name, late=True, when=POSITIVE, fds="") for name, _ in SETS)
        return (*sets, *rest(self.name, self.span))

    def __call__(self, frame: Frame) -> str:
        return ready(frame, left(frame, self.name, self.span))


SETS = (("readfds", "in"), ("writefds", "out"), ("exceptfds", "except"))


def ready(frame: Frame, spare: str) -> str:
    """in [3], out [4], left {…}; or Timeout."""
    if not frame.done:
        return ""
    if frame.result == 0:
        return "Timeout"
    out = []
    for name, word in SETS:
        if frame[name] and (inside := _members(frame, frame.call.memory, frame[name])):
            out.append(f"{word} [{' '.join(map(str, inside[:FD_SETSIZE]))}]")
    return ", ".join([*out, spare] if spare else out)


@reads(Read("pointer", size=16))
def SIGMASK_PAIR(frame: Frame, raw: int) -> Value:
    """pselect6's last argument: a pointer to a set and its size."""
    found = memory.numbers(frame.memory, raw, "QQ" if frame.word == 8 else "II")
    if found is None:
        return address(raw)
    pointer, size = found
    mask = memory.word(frame.memory, pointer, 8)
    shown_mask = address(pointer) if mask is None else mask_of(pointer, mask)
    return struct(raw, [("sigmask", shown_mask), ("sigsetsize", Value(size, str(size)))])
