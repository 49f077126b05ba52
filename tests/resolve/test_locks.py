"""resolve/locks.py"""

from pathlib import Path

from explorer.collect.files import files
from explorer.decode.fd.path import Lock, PathFd
from explorer.decode.proc.locks import decode
from explorer.kernel.procfs import Procfs
from explorer.model.fd import Fd
from explorer.model.missing import Missing
from explorer.render.fd_paths import locks
from explorer.resolve.locks import Locks, key
from explorer.resolve.system import System
from tests.fakeproc import FakeProc
from tests.specimens.holds import Holds

TEXT = """\
1: POSIX  ADVISORY  WRITE 811 fe:00:7 5 14
1: -> POSIX  ADVISORY  READ 812 fe:00:7 3 9
2: FLOCK  ADVISORY  WRITE 811 fe:00:7 0 EOF
2: -> FLOCK  ADVISORY  WRITE 812 fe:00:7 0 EOF
2:  -> FLOCK  ADVISORY  WRITE 813 fe:00:7 0 EOF
3: FLOCK  ADVISORY  WRITE 900 08:01:7 0 EOF
3: -> FLOCK  ADVISORY  WRITE 901 08:01:7 0 EOF
"""
HELD = (Lock("POSIX", "ADVISORY", "WRITE", 811, 5, 14), Lock("FLOCK", "ADVISORY", "WRITE", 811, 0, -1))


def paths(system: System, pid: int) -> dict[int, PathFd]:
    found = files(system, pid)
    assert not isinstance(found, Missing)
    return {fd.number: fd for fd in found if isinstance(fd, PathFd)}


def test_each_lock_has_those_that_wait_for_it(fakeproc: FakeProc) -> None:
    (fakeproc.root / "locks").write_text(TEXT)
    found = Locks(Procfs(str(fakeproc.root))).of(811, (0xFE, 0), 7, HELD)
    assert [[holder.pid for holder in lock.waiting] for lock in found] == [[812], [812, 813]]
    assert not any(lock.waits for lock in found)


def test_who_waits_is_told_for_whom(fakeproc: FakeProc) -> None:
    (fakeproc.root / "locks").write_text(TEXT)
    found = Locks(Procfs(str(fakeproc.root))).of(812, (0xFE, 0), 7, ())
    assert [(lock.type, lock.access, lock.waits, [holder.pid for holder in lock.held_by]) for lock in found] == [
        ("POSIX", "READ", True, [811]),
        ("FLOCK", "WRITE", True, [811]),
    ]


def test_another_file_system_has_the_same_inode_numbers(fakeproc: FakeProc) -> None:
    (fakeproc.root / "locks").write_text(TEXT)
    assert [lock.held_by[0].pid for lock in Locks(Procfs(str(fakeproc.root))).of(901, (8, 1), 7, ())] == [900]


def test_without_the_file(fakeproc: FakeProc) -> None:
    found = Locks(Procfs(str(fakeproc.root)))
    assert found.by_inode() == {}
    assert found.of(811, (0xFE, 0), 7, HELD) == HELD


def test_read_once_while_it_is_young(fakeproc: FakeProc) -> None:
    now = [0.0]
    (fakeproc.root / "locks").write_text(TEXT)
    found = Locks(Procfs(str(fakeproc.root)), lambda: now[0])
    assert set(found.by_inode()) == {7}
    (fakeproc.root / "locks").write_text("")
    assert set(found.by_inode()) == {7}
    now[0] = 1.0
    assert not found.by_inode()


def test_a_lock_is_known_by_what_both_say() -> None:
    assert key(HELD[0]) == key(decode(TEXT.encode())[0])
    assert key(Lock("LEASE", "ACTIVE", "READ", 811, 0, -1)) not in {key(lock) for lock in decode(TEXT.encode())}


def test_very_many_are_not_read_all_the_time(fakeproc: FakeProc) -> None:
    times = iter([0.0, 1.0, 5.0, 25.0, 25.0])
    (fakeproc.root / "locks").write_text(TEXT)
    found = Locks(Procfs(str(fakeproc.root)), lambda: next(times))
    assert set(found.by_inode()) == {7}
    (fakeproc.root / "locks").write_text("")
    assert set(found.by_inode()) == {7}
    assert not found.by_inode()


def test_living_processes_that_wait(system: System, tmp_path: Path) -> None:
    with Holds("locks", str(tmp_path / "file")) as it:
        held = paths(system, it.pid)[it.fd].locks
        assert {lock.type: [holder.pid for holder in lock.waiting] for lock in held} == {
            "FLOCK": [it.flock],
            "POSIX": [it.posix],
            "OFDLCK": [],
        }
        for pid, access in ((it.flock, "WRITE"), (it.posix, "READ")):
            waiting: list[Fd] = [fd for fd in paths(system, pid).values() if any(lock.waits for lock in fd.locks)]
            assert len(waiting) >= 1
            assert isinstance(waiting[0], PathFd)
            [lock] = [lock for lock in waiting[0].locks if lock.waits]
            assert (lock.access, [holder.pid for holder in lock.held_by]) == (access, [it.pid])
            assert locks(waiting[0]).startswith(f"waits for {access} lock of ")


def test_a_lease(system: System, tmp_path: Path) -> None:
    with Holds("lease", str(tmp_path / "file")) as it:
        fd = paths(system, it.pid)[it.fd]
        [lock] = fd.locks
        assert (lock.type, lock.access, lock.mode, lock.pid) == ("LEASE", "WRITE", "ACTIVE", it.pid)
        assert locks(fd) == "lease WRITE"
