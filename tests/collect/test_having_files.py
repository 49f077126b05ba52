"""How a process has a file: other mounts of it, devices by other names, shared memory, what does not answer."""

import mmap
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from explorer.collect.having import Search
from explorer.collect.having_files import lock_words
from explorer.collect.sought import sought
from explorer.model.having import Having, Thing, Use
from explorer.model.missing import Missing
from explorer.query import who
from explorer.resolve.system import System
from tests.namespaces import first_pids


def having(system: System, text: str, pid: int) -> tuple[Use, ...]:
    marks = sought(system, who.question(text))
    assert not isinstance(marks, Missing), marks
    search = Search(system, pid, Thing(text, ""), sought=marks, seconds=60.0)
    return next((each.uses for each in search.found() if isinstance(each, Having) and each.pid == pid), ())


@contextmanager
def running(code: str, *before: str) -> Iterator[int]:
    """A Python program that has done this, after shell commands in a mount namespace of its own."""
    program = [sys.executable, "-IS", "-c", f"{code}\nprint(flush=True)\nimport sys; sys.stdin.read()"]
    shell = ["unshare", "-m", "sh", "-ec", "; ".join((*before, 'exec "$@"')), "sh", *program] if before else program
    with subprocess.Popen(shell, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as started:
        assert started.stdin is not None
        assert started.stdout is not None
        assert started.stdout.readline(), "it could not start"
        yield started.pid
        started.stdin.close()


@first_pids
@pytest.mark.root
def test_another_mount_of_a_folder_in_another_mount_namespace(system: System, tmp_path: Path) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    data.mkdir()
    elsewhere.mkdir()
    (data / "file").write_text("x")
    code = f"import os; os.chdir({str(elsewhere)!r}); f = open('file')"
    with running(code, f"mount --bind {data} {elsewhere}") as pid:
        assert {(use.how, use.fd) for use in having(system, f"{data}/", pid)} == {("fd", 3), ("cwd", -1)}
        assert having(system, str(data / "file"), pid) == (Use("fd", 3, "r"),)
        assert having(system, str(data), pid) == (Use("cwd"),)
        assert not having(system, f"{elsewhere}/", pid)


@first_pids
@pytest.mark.root
def test_everything_on_a_file_system_that_was_unmounted_here(system: System, tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    code = f"import os; f = open('{place}/file', 'w'); os.unlink('{place}/file')"
    with running(code, f"mount -t tmpfs none {place}") as pid:
        device = os.stat(f"/proc/{pid}/fd/3").st_dev
        uses = having(system, f"{os.major(device)}:{os.minor(device)}", pid)
        assert uses == (Use("fd", 3, "w", f"{place}/file", deleted=True),)


@pytest.mark.root
def test_a_device_by_another_name(system: System, tmp_path: Path) -> None:
    with running("f = open('/dev/shm/procdive-null')", "mount -t tmpfs none /dev/shm", "mknod /dev/shm/procdive-null c 1 3") as pid:
        assert Use("fd", 3, "r") in having(system, "/dev/null", pid)


def test_shared_memory_by_file_and_mapping(system: System) -> None:
    name = f"/dev/shm/procdive-test-{os.getpid()}"
    Path(name).write_bytes(bytes(4096))
    try:
        with running(f"import mmap; f = open({name!r}, 'r+b'); m = mmap.mmap(f.fileno(), 4096); f.close()") as pid:
            assert Use("mapped", access="rw-s") in having(system, name, pid)
    finally:
        os.unlink(name)
    memory = os.memfd_create("procdive-test")
    os.truncate(memory, 4096)
    with mmap.mmap(memory, 4096):
        me = os.getpid()
        for text in (f"{me}/fd/{memory}", "memfd:procdive-test"):
            assert {(use.how, use.access) for use in having(system, text, me)} >= {("fd", "rw"), ("mapped", "rw-s")}, text
    os.close(memory)


def test_the_executable_of_a_process(system: System) -> None:
    with running("pass") as pid:
        uses = having(system, f"{pid}/exe", pid)
        assert "exe" in {use.how for use in uses}
        assert any(use.how == "mapped" and "x" in use.access for use in uses)


@first_pids
def test_sysv_segments_by_id(system: System) -> None:
    code = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
shmid = libc.shmget(0, 4096, 0o600 | 0o1000)
assert libc.shmat(shmid, None, 0) != ctypes.c_void_p(-1).value
libc.shmctl(shmid, 0, None)
"""
    with running(code) as pid:
        line = next(line for line in Path(f"/proc/{pid}/maps").read_text().splitlines() if "/SYSV" in line)
        assert having(system, f"shm:{line.split()[4]}", pid) == (Use("mapped", access="rw-s"),)


def test_lock_words() -> None:
    assert (lock_words("FLOCK", 0, -1), lock_words("POSIX", 5, 14), lock_words("POSIX", 5, -1)) == ("FLOCK", "POSIX 5-14", "POSIX 5-")
