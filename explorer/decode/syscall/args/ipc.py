"""System V IPC: keys, operations, messages."""

from explorer.decode.constants.ipc import FLAGS, SEM_FLAGS
from explorer.decode.constants.ipc import SHMGET as SHMGET_FLAGS
from explorer.decode.syscall import memory
from explorer.decode.syscall.args.array import Array
from explorer.decode.syscall.args.flags import Flags
from explorer.decode.syscall.args.number import LONG, UINT
from explorer.decode.syscall.args.struct import Member, Struct
from explorer.decode.syscall.args.text import content
from explorer.decode.syscall.call import Frame
from explorer.decode.syscall.value import address, signed, struct
from explorer.model.trace import Value

GETVAL_LIKE = {11, 12, 14, 15, 0}
SETVAL = 16


def KEY(_frame: Frame, raw: int) -> Value:
    low = raw & 0xFFFFFFFF
    return Value(raw, f"{low:#x}" if low else "IPC_PRIVATE")


def GET_FLAGS(frame: Frame, raw: int) -> Value:
    """IPC_CREAT|IPC_EXCL|0600."""
    low = raw & 0xFFFFFFFF
    words = [name for bit, name in {**FLAGS, **SHMGET_FLAGS}.items() if low & bit and (bit < 0o4000 or "size" in frame.values)]
    rest = low & 0o777
    return Value(raw, "|".join([*words, f"0{rest:03o}" if rest else "000"]))


def small(_frame: Frame, raw: int) -> Value:
    return Value(raw, str(signed(raw, 16)))


SEMBUF = Struct(Member("sem_num", "H", UINT), Member("sem_op", "h", small), Member("sem_flg", "H", Flags(SEM_FLAGS, "SEM")))
SEMBUFS = Array(SEMBUF, lambda frame: frame["nsops"] & 0xFFFFFFFF)


def SEMCTL_ARGUMENT(frame: Frame, raw: int) -> Value:
    command = frame["op"] & 0xFF
    return (
        Value(raw, str(signed(raw)))
        if command == SETVAL
        else LONG(frame, raw)
        if command in GETVAL_LIKE and not raw
        else Value(raw, f"{raw:#x}" if raw else "NULL", (), "address")
    )


def MESSAGE(frame: Frame, raw: int) -> Value:
    """struct msgbuf: {mtype=1, mtext="…"}."""
    kind = memory.word(frame.memory, raw, frame.word)
    if kind is None:
        return address(raw)
    size = frame["msgsz"] if frame.result is None or not frame["received"] else frame.result
    text = content(frame.memory, frame, raw + frame.word, size)
    return struct(raw, [("mtype", LONG(frame, kind)), ("mtext", text)])


def MESSAGE_GOT(frame: Frame, raw: int) -> Value:
    if not frame.done:
        return address(raw)
    frame.values["received"] = 1
    before, frame.memory = frame.memory, frame.call.memory
    value = MESSAGE(frame, raw)
    frame.memory = before
    return value
