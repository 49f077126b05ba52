"""System V IPC: keys, operations, messages."""

from collections.abc import Mapping

from explorer.decode.constants.ipc import FLAGS, SEM_FLAGS
from explorer.decode.syscall import memory
from explorer.decode.syscall.args.array import Array
from explorer.decode.syscall.args.flags import Flags, named
from explorer.decode.syscall.args.number import LONG, UINT
from explorer.decode.syscall.args.struct import Member, Struct
from explorer.decode.syscall.args.text import content
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.reads import Read, reads
from explorer.decode.syscall.value import address, signed, struct
from explorer.model.trace import Value


def KEY(_frame: Frame, raw: int) -> Value:
    low = raw & 0xFFFFFFFF
    return Value(raw, f"{low:#x}" if low else "IPC_PRIVATE")


class GetFlags:
    """IPC_CREAT|IPC_EXCL|0600. more: flags of one kind of thing."""

    __slots__ = ("names",)

    def __init__(self, more: Mapping[int, str] | None = None) -> None:
        self.names = {bits: name for bits, name in {**FLAGS, **(more or {})}.items() if not more or name != "IPC_NOWAIT"}

    def __call__(self, _frame: Frame, raw: int) -> Value:
        low = raw & 0xFFFFFFFF
        words = [named(low & ~0o777, self.names, "IPC")] if low & ~0o777 else []
        return Value(raw, "|".join([*words, f"0{low & 0o777:03o}" if low & 0o777 else "000"]))


def small(_frame: Frame, raw: int) -> Value:
    return Value(raw, str(signed(raw, 16)))


SEMBUF = Struct(Member("sem_num", "H", UINT), Member("sem_op", "h", small), Member("sem_flg", "H", Flags(SEM_FLAGS, "SEM")))
SEMBUFS = Array(SEMBUF, "nsops")


@reads(Read(items="msgsz", head=8))
def MESSAGE(frame: Frame, raw: int) -> Value:
    """struct msgbuf: {mtype=1, mtext="…"}."""
    kind = memory.word(frame.memory, raw, frame.word)
    if kind is None:
        return address(raw)
    text = content(frame.memory, frame, raw + frame.word, frame["msgsz"])
    return struct(raw, [("mtype", LONG(frame, kind)), ("mtext", text)])


@reads(Read(items="msgsz", head=8, late=True))
def MESSAGE_GOT(frame: Frame, raw: int) -> Value:
    if not frame.done:
        return address(raw)
    return frame.at_end(MESSAGE, raw) or address(raw)
