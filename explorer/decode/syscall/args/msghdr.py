"""struct msghdr: an address, buffers, and what travels beside them (descriptors, credentials)."""

from explorer.decode.constants.socket_calls import MSG, SCM
from explorer.decode.constants.socket_options import LEVELS
from explorer.decode.syscall import memory
from explorer.decode.syscall.args import sockaddr
from explorer.decode.syscall.args.fd import FD
from explorer.decode.syscall.args.flags import choice, named
from explorer.decode.syscall.args.iovec import iovec
from explorer.decode.syscall.args.text import quoted
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.reads import DEEP, Said, reads
from explorer.decode.syscall.value import ELLIPSIS, address, array, signed, struct
from explorer.model.trace import Memory, Value

CONTROL_MOST = 4096
SOL_SOCKET = 1
RIGHTS, CREDENTIALS = 1, 2


def number(value: int) -> Value:
    return Value(value, str(value))


def control(frame: Frame, raw: int, length: int, source: Memory) -> Value:
    """[{cmsg_len=20, cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[5]}]."""
    word = frame.word
    head = word + 8
    found = memory.block(source, raw, min(length, CONTROL_MOST)) if frame.room >= min(length, CONTROL_MOST) else None
    if found is None:
        return address(raw)
    frame.room -= len(found)
    parts: list[tuple[str, Value]] = []
    offset = 0
    while offset + head <= len(found) and len(parts) < frame.style.string:
        size = int.from_bytes(found[offset : offset + word], "little")
        level, kind = (int.from_bytes(found[offset + word + step : offset + word + step + 4], "little") for step in (0, 4))
        data = found[offset + head : offset + min(size, len(found))]
        names = SCM if level == SOL_SOCKET else {}
        fields = [("cmsg_len", number(size)), ("cmsg_level", Value(level, choice(level, LEVELS, "SOL")))]
        fields.append(("cmsg_type", Value(kind, choice(kind, names, "SCM") if names else f"{kind:#x}")))
        if data:
            fields.append(("cmsg_data", _data(frame, level, kind, data)))
        parts.append(("", struct(0, fields)))
        if size < head:
            break
        offset += -(-size // word) * word
    return array(raw, parts)


def _data(frame: Frame, level: int, kind: int, data: bytes) -> Value:
    words = [int.from_bytes(data[index : index + 4], "little") for index in range(0, len(data) - 3, 4)]
    if level == SOL_SOCKET and kind == RIGHTS:
        return array(0, [("", FD(frame, fd)) for fd in words])
    if level == SOL_SOCKET and kind == CREDENTIALS and len(words) == 3:
        return struct(0, [(name, number(signed(value))) for name, value in zip(("pid", "uid", "gid"), words, strict=True)])
    return Value(0, quoted(data[: frame.style.string], cut=len(data) > frame.style.string), (), "string")


def msghdr(frame: Frame, raw: int, source: Memory, filled: int | None, *, inside: bool = True) -> Value:
    """filled: bytes received in all; None for a message that is sent. inside False: nothing came yet, buffers as addresses."""
    code = "QI4xQQQQI4x" if frame.word == 8 else "IIIIIII"
    found = memory.numbers(source, raw, code)
    if found is None:
        return address(raw)
    name, length, vector, count, extra, size, flags = found
    there = sockaddr.at(name, length, source) if inside else address(name)
    parts = [("msg_name", there), ("msg_namelen", number(signed(length)))]
    parts.append(("msg_iov", iovec(frame, vector, count, source, filled, inside=inside)))
    parts.append(("msg_iovlen", number(count)))
    if size and inside and extra:
        parts.append(("msg_control", control(frame, extra, size, source)))
    elif extra and size:
        parts.append(("msg_control", address(extra)))
    parts.append(("msg_controllen", number(size)))
    parts.append(("msg_flags", Value(flags, named(flags, MSG, "MSG"))))
    return struct(raw, parts)


@reads(DEEP)
def SENT(frame: Frame, raw: int) -> Value:
    return msghdr(frame, raw, frame.memory, None)


@reads(DEEP)
def RECEIVED(frame: Frame, raw: int) -> Value:
    """In flight and after a failure only its lengths would be known: an address, and {msg_namelen=…} after a failure."""
    if frame.result is None:
        return address(raw)
    if frame.failed:
        found = memory.numbers(frame.memory, raw, "QI4x" if frame.word == 8 else "II")
        return address(raw) if found is None else struct(raw, [("msg_namelen", number(signed(found[1])))])
    return frame.at_end(_received, raw) or address(raw)


def _received(frame: Frame, raw: int) -> Value:
    return msghdr(frame, raw, frame.memory, frame.result)


class Messages:
    """sendmmsg and recvmmsg: an array of {msg_hdr={…}, msg_len=5}."""

    __slots__ = ("received",)

    def __init__(self, *, received: bool) -> None:
        self.received = received

    @property
    def reads(self) -> Said:
        return DEEP

    def __call__(self, frame: Frame, raw: int) -> Value:
        if self.received and not frame.done:
            return address(raw)
        count = (frame.result or 0) if frame.done else frame["vlen"] & 0xFFFFFFFF
        source = frame.call.memory if frame.done else frame.memory
        size = (56 if frame.word == 8 else 28) + frame.word
        parts: list[tuple[str, Value]] = []
        shown_count = min(count, frame.style.string, frame.items)
        frame.items -= shown_count
        for index in range(shown_count):
            at = raw + index * size
            length = memory.word(source, at + size - frame.word, 4)
            if length is None:
                break
            header = msghdr(frame, at, source, length if self.received else None)
            shown = [("msg_hdr", header), ("msg_len", number(length))] if frame.done else [("msg_hdr", header)]
            parts.append(("", struct(at, shown)))
        if not parts and raw and count:
            return address(raw)
        if not raw:
            return address(raw)
        return array(raw, [*parts, ELLIPSIS] if count > len(parts) else parts)
