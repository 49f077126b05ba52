"""What one descriptor of a row was, read from its payload (trace/payload.py) without making a Call of it."""

from struct import error
from typing import Final

from explorer.model.batch import Batch
from explorer.trace.decoded import CallOf
from explorer.trace.payload import HEAD, NAME, call_of

HEAD_SIZE: Final = HEAD.size
NAME_SIZE: Final = NAME.size
NAMES: Final = HEAD_SIZE - 4
"""Where it stands how many names there are."""
unpack_name: Final = NAME.unpack_from


def fits(of: CallOf, batch: Batch, row: int) -> bool:
    """Whether an engine's payloads are packed as trace/payload.py has it, by one of them."""
    number, arch, result, payload = batch.numbers[row], batch.arches[row], batch.results[row], batch.payload(row)
    one, other = of(number, arch, result, payload), call_of(number, arch, result, payload)
    return bool(one.fds) and (one.args, one.fds, one.opened) == (other.args, other.fds, other.opened)


def named(blob: bytes | bytearray, start: int, end: int, register: int) -> bytes | None:
    """The name of the descriptor in a register; None where the payload, blob[start:end], has none."""
    if end - start < HEAD_SIZE:
        return None
    place = start + 8 * register
    number = int.from_bytes(blob[place : place + 4], "little", signed=True)
    at = start + HEAD_SIZE
    try:
        for _ in range(blob[start + NAMES]):
            descriptor, made, size = unpack_name(blob, at)
            at += NAME_SIZE
            if descriptor == number and not made:
                return bytes(blob[at : at + size]) if at + size <= end else None
            at += size
    except error:
        pass
    return None
