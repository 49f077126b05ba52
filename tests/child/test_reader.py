"""child/reader.py as a program; through kernel/reader.py it is tested there."""

import os
import subprocess
import sys

from explorer.kernel.beside import PROGRAM
from explorer.kernel.frames import ANSWER, REQUEST

COMMAND = [sys.executable, "-ISc", PROGRAM]


def framed(op: bytes, path: bytes, limit: int = 100, offset: int = 0) -> bytes:
    return REQUEST.pack(op, limit, offset, len(path)) + path


def answers(requests: bytes) -> list[tuple[int, bytes]]:
    """What it says to these, at once, until its input ends."""
    life, ours = os.pipe()
    done = subprocess.run(COMMAND, input=requests, stdout=subprocess.PIPE, stderr=life, timeout=30)
    os.close(life)
    os.close(ours)
    assert done.returncode == 0
    found, rest = [], done.stdout
    while rest:
        error, size = ANSWER.unpack_from(rest)
        found.append((error, rest[ANSWER.size : ANSWER.size + size]))
        rest = rest[ANSWER.size + size :]
    return found


def test_each_request_has_its_answer_though_some_are_nonsense() -> None:
    found = answers(
        framed(b"r", b"/proc/self/comm")
        + framed(b"d", b"/nowhere")
        + framed(b"l", b"a\0b")
        + framed(b"r", b"/dev/zero", 5)
        + framed(b"v", b"/")
    )
    assert [error for error, _ in found] == [0, 2, 22, 0, 0]
    assert found[3][1] == bytes(5)


def test_a_request_that_breaks_off_ends_it() -> None:
    assert answers(framed(b"r", b"/proc/self/comm")[:-3]) == []


def test_memory_that_ends_on_the_way() -> None:
    """What was read before the error is the answer."""
    import ctypes
    import mmap

    area = mmap.mmap(-1, 2 * mmap.PAGESIZE)
    area[: 2 * mmap.PAGESIZE] = b"x" * 2 * mmap.PAGESIZE
    address = ctypes.addressof(ctypes.c_char.from_buffer(area))
    libc = ctypes.CDLL(None)
    libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
    libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    # Nothing behind the second page that we may know of; its size is enough to go past whatever follows it.
    found = answers(framed(b"r", b"/proc/%d/mem" % os.getpid(), 1 << 40, address))
    assert found[0][0] == 0
    assert found[0][1][: 2 * mmap.PAGESIZE] == b"x" * 2 * mmap.PAGESIZE


def test_it_ends_with_the_other_end_of_its_standard_error() -> None:
    life, ours = os.pipe()
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=life) as child:
        os.close(life)
        os.close(ours)
        assert child.wait(30) == 0
