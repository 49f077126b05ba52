"""Calls of i386 whose arguments lie in memory: socketcall(2) and ipc(2), which stand for several calls, the first mmap and select.

Shown as the call that they stand for, as strace does.
"""

from typing import Final

from explorer.decode.syscall import memory
from explorer.model.trace import Call

SOCKET_CALLS: Final = (
    ("socket", 3), ("bind", 3), ("connect", 3), ("listen", 2), ("accept", 3), ("getsockname", 3), ("getpeername", 3), ("socketpair", 4),
    ("send", 4), ("recv", 4), ("sendto", 6), ("recvfrom", 6), ("shutdown", 2), ("setsockopt", 5), ("getsockopt", 5), ("sendmsg", 3),
    ("recvmsg", 3), ("accept4", 4), ("recvmmsg", 5), ("sendmmsg", 4),
)  # fmt: skip
"""By number from 1, and how many arguments each has: include/uapi/linux/net.h."""

IPC_CALLS: Final = {
    1: "semop", 2: "semget", 3: "semctl", 4: "semtimedop", 11: "msgsnd", 12: "msgrcv", 13: "msgget", 14: "msgctl",
    21: "shmat", 22: "shmdt", 23: "shmget", 24: "shmctl",
}  # fmt: skip
"""include/uapi/linux/ipc.h."""


IN_MEMORY: Final = {"mmap": 6, "select": 5}


def unfold(call: Call, name: str, registers: list[int]) -> tuple[str, list[int]]:
    """The name and arguments of the call meant; the very ones given where its number or its memory says nothing."""
    number = registers[0]
    if name in IN_MEMORY:
        listed = memory.numbers(call.entry or call.memory, number, "I" * IN_MEMORY[name])
        return (name, list(listed)) if listed else (name, registers)
    if name == "socketcall":
        if not 1 <= number <= len(SOCKET_CALLS):
            return name, registers
        meant, count = SOCKET_CALLS[number - 1]
        found = memory.numbers(call.entry or call.memory, registers[1], "I" * count)
        return (meant, list(found)) if found else (name, registers)
    meant_ipc = IPC_CALLS.get(number & 0xFFFF)
    if meant_ipc is None:
        return name, registers
    _, first, second, third, pointer, fifth = registers
    order = {
        "semop": [first, pointer, second],
        "semtimedop": [first, pointer, second, fifth],
        "msgsnd": [first, pointer, second, third],
        "msgrcv": [first, pointer, second, fifth, third],
        "msgget": [first, second],
        "msgctl": [first, second, pointer],
        "shmat": [first, pointer, second],
        "shmdt": [pointer],
        "shmctl": [first, second, pointer],
        "semctl": [first, second, third, pointer],
    }
    return meant_ipc, order.get(meant_ipc, [first, second, third])
