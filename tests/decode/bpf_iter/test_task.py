"""decode/bpf_iter/task.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.bpf_iter.task import HAS_FILES, HAS_MM, PROCESS, Inode, Task, decode

PLACE = (11, 4096, 8 << 20 | 1, 0o40755, 2, 0xEF53)
NOWHERE = (0,) * 6


def record(pid: int, comm: bytes) -> bytes:
    return PROCESS.pack(PROCESS.size, HAS_MM | HAS_FILES, pid, 4_711_999_999_9, 1000, 0x40, 17, 18, comm, *PLACE, *NOWHERE, *NOWHERE)


def test_each_process_of_a_chunk() -> None:
    found = list(decode(record(7, b"sh") + record(8, b"\xff" * 15)))
    assert [task.pid for task in found] == [7, 8]
    assert found[0] == Task(7, 4711, 1000, 0x40, 17, 18, "sh", 3, Inode(*PLACE), Inode(*NOWHERE), Inode(*NOWHERE))
    assert found[1].comm == "\udcff" * 15


@settings(max_examples=50)
@given(st.binary(max_size=2 * PROCESS.size + 5))
def test_never_raises(raw: bytes) -> None:
    assert len(list(decode(raw))) == len(raw) // PROCESS.size
