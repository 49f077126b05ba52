"""System V IPC."""

import struct

from tests.decode.syscall.decoded import text
from tests.memory import Written


def test_keys_flags_and_operations() -> None:
    memory = Written(at_1000=struct.pack("<HhH", 0, -1, 0x1000))
    assert text("shmget", 0, 4096, 0o1600) == "shmget(IPC_PRIVATE, 4096, IPC_CREAT|0600"
    assert text("semget", 5, 1, 0) == "semget(0x5, 1, 000"
    assert text("semop", 3, 0x1000, 1, memory=memory) == "semop(3, [{sem_num=0, sem_op=-1, sem_flg=SEM_UNDO}], 1"


def test_messages() -> None:
    memory = Written(at_1000=struct.pack("<q", 3) + b"text")
    assert text("msgsnd", 3, 0x1000, 4, 0, memory=memory) == 'msgsnd(3, {mtype=3, mtext="text"}, 4, 0'
    assert text("msgrcv", 3, 0x1000, 4, 0, 0, memory=memory) == "msgrcv(3, 0x1000, 4, 0, 0"
    assert text("msgrcv", 3, 0x1000, 4, 0, 0, memory=memory, result=4) == 'msgrcv(3, {mtype=3, mtext="text"}, 4, 0, 0) = 4'
