"""Whatever the number means, only a regular file is opened: in this process, where every open can be counted."""

import errno
import fcntl
import os
import socket
import stat
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.child.regular import lines, opened, piece
from explorer.kernel.frames import STAT
from explorer.kernel.reader import stat_of


def path_of(fd: int) -> bytes:
    return b"/proc/%d/fd/%d" % (os.getpid(), fd)


def refusal(path: bytes, identity: tuple[int, int] | None = None) -> int:
    with pytest.raises(OSError) as refused:
        opened(path, identity)
    return refused.value.errno or 0


@pytest.fixture
def held(tmp_path: Path) -> Iterator[int]:
    fd = os.open(tmp_path / "file", os.O_RDWR | os.O_CREAT, 0o600)
    os.write(fd, b"one\ntwo\nthree\n")
    yield fd
    os.close(fd)


def test_a_file_without_a_name_is_read_and_its_position_stays(held: int, tmp_path: Path) -> None:
    (tmp_path / "file").unlink()
    os.lseek(held, 4, os.SEEK_SET)
    answer = piece(path_of(held), 5, 4)
    assert answer[STAT.size :] == b"two\nt"
    file = stat_of(answer[: STAT.size])
    assert (file.ino, file.size, file.nlink) == (os.fstat(held).st_ino, 14, 0)
    assert os.lseek(held, 0, os.SEEK_CUR) == 4


def test_its_lines_are_counted_in_a_part_of_it(held: int) -> None:
    found = lines(path_of(held), 100, 4)
    assert struct.unpack_from("=Q", found, STAT.size) == (2,)
    assert struct.unpack_from("=Q", lines(path_of(held), 3, 0), STAT.size) == (0,)


def test_what_is_no_regular_file_is_looked_at_and_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "fifo")
    ours = socket.socketpair()
    read, write = os.pipe()
    opens: list[int] = []
    real = os.open

    def counted(path: bytes, flags: int) -> int:
        opens.append(flags)
        return real(path, flags)

    monkeypatch.setattr("explorer.child.regular.os.open", counted)
    folder = real(tmp_path, os.O_RDONLY)
    fifo = real(tmp_path / "fifo", os.O_RDWR)
    device = real("/dev/null", os.O_RDWR)
    kinds = {read: stat.S_IFIFO, fifo: stat.S_IFIFO, ours[0].fileno(): stat.S_IFSOCK, device: stat.S_IFCHR, folder: stat.S_IFDIR}
    for fd, kind in kinds.items():
        assert stat.S_IFMT(stat_of(piece(path_of(fd), 0, 0)).mode) == kind
        assert refusal(path_of(fd)) == errno.EMEDIUMTYPE
    assert opens
    assert all(flags & os.O_PATH for flags in opens)
    for fd in (read, write, folder, fifo, device):
        os.close(fd)
    for end in ours:
        end.close()


def test_a_number_that_means_now_a_file_now_a_fifo(tmp_path: Path) -> None:
    """Whatever it is at the moment of opening: a regular file, or nothing."""
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "file").write_text("x")
    file, fifo = os.open(tmp_path / "file", os.O_RDONLY), os.open(tmp_path / "fifo", os.O_RDWR)
    number, ends = os.dup(file), threading.Event()

    def changes() -> None:
        while not ends.is_set():
            os.dup2(fifo, number)
            os.dup2(file, number)

    changing = threading.Thread(target=changes)
    changing.start()
    found: set[int | None] = set()
    try:
        for attempt in range(20_000):
            if attempt >= 300 and len(found) == 2:
                break
            try:
                fd = opened(path_of(number))
            except OSError as refused:
                found.add(refused.errno)
                continue
            found.add(stat.S_IFMT(os.fstat(fd).st_mode))
            os.close(fd)
    finally:
        ends.set()
        changing.join()
    assert found <= {stat.S_IFREG, errno.EMEDIUMTYPE}
    assert stat.S_IFREG in found
    for fd in (file, fifo, number):
        os.close(fd)


def test_files_that_the_kernel_makes_up_are_not_read() -> None:
    fd = os.open("/proc/self/status", os.O_RDONLY)
    assert refusal(path_of(fd)) == errno.ENOTSUP
    os.close(fd)


def test_another_file_than_was_meant(held: int) -> None:
    file = os.fstat(held)
    assert refusal(path_of(held), (file.st_dev, file.st_ino + 1)) == errno.ESTALE
    os.close(opened(path_of(held), (file.st_dev, file.st_ino)))


def test_a_lease_for_writing_is_not_broken(tmp_path: Path) -> None:
    fd = os.open(tmp_path / "leased", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.fcntl(fd, 1024, fcntl.F_WRLCK)  # F_SETLEASE
    except OSError:
        pytest.skip("no leases on this file system")
    assert refusal(path_of(fd)) == errno.EBUSY
    assert fcntl.fcntl(fd, 1025) == fcntl.F_WRLCK  # F_GETLEASE: as it was
    fcntl.fcntl(fd, 1024, fcntl.F_UNLCK)
    os.close(fd)


def test_the_time_of_its_last_reading_stays(held: int) -> None:
    os.utime(held, (1, 2))
    piece(path_of(held), 10, 0)
    assert os.fstat(held).st_atime == 1
