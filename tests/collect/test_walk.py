"""collect/walk.py: by the kernel's walk the same as by /proc, on processes that hold one thing each."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from explorer.collect import everything as module
from explorer.collect.everything import at_once, everything, one_by_one
from explorer.collect.files import files
from explorer.collect.walk import Walk
from explorer.decode.fd.timerfd import TimerFd
from explorer.kernel.bpf.object import Object
from explorer.model.fd import Fd
from explorer.model.held import USUAL, Held, Wanted
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.resolve.system import System
from tests.namespaces import first_pids
from tests.processes import HELD, Processes
from tests.specimens.holds import Holds

pytestmark = pytest.mark.root
PATIENT = 60.0
PLAIN = (
    "eventfd", "eventpoll", "timerfd", "signalfd", "pidfd", "memfd", "bpf", "perf", "io_uring", "userfaultfd", "namespace", "mqueue",
    "pipe", "shared_listener", "tcp", "udp", "packet", "vsock", "mptcp", "icmp", "xdp", "moved", "left", "netlinks", "devices", "tun",
    "kernel_files", "secretmem", "anonymous",
)  # fmt: skip
IN_A_FOLDER = ("inotify", "fanotify", "names", "unix", "seqpacket", "apart")
ON_A_FILE = ("regular", "fifo", "lease", "locks")


def walked(system: System, *pids: int) -> dict[int, Held]:
    return {held.process.pid: held for held in at_once(system, pids, USUAL)}


def by_number(fds: object) -> dict[int, Fd]:
    assert not isinstance(fds, Missing)
    return {fd.number: without_clocks(fd) for fd in fds}  # type: ignore[attr-defined]


def without_clocks(fd: Fd) -> Fd:
    """A timer's remaining time is another one whenever it is read."""
    return replace(fd, value=0.0, info=()) if isinstance(fd, TimerFd) else fd


@pytest.mark.parametrize("kind", [*PLAIN, *IN_A_FOLDER, *ON_A_FILE])
def test_the_same_as_by_proc(system: System, tmp_path: Path, kind: str) -> None:
    arguments = [str(tmp_path)] if kind in IN_A_FOLDER else [str(tmp_path / "file")] if kind in ON_A_FILE else []
    with Holds(kind, *arguments) as it:
        found = walked(system, it.pid)[it.pid]
        wanted = by_number(files(system, it.pid, budget=PATIENT))
        assert by_number(found.fds) == wanted
        assert len(wanted) > 2
        (proc,) = one_by_one(system, [it.pid], USUAL, 0)
        assert (found.process, found.comm, found.uid) == (proc.process, proc.comm, proc.uid)


def test_only_sockets_where_nothing_else_is_wanted(system: System, tmp_path: Path) -> None:
    with Holds("unix", str(tmp_path)) as it:
        (held,) = at_once(system, [it.pid], Wanted(others=False))
        sockets = {number: fd for number, fd in by_number(files(system, it.pid, budget=PATIENT)).items() if fd.kind == "socket"}
        assert by_number(held.fds) == sockets
        assert len(sockets) > 5


def test_a_namespace_is_the_own_one_of_one_process_and_not_of_another(system: System) -> None:
    with Holds("left") as it:
        found = walked(system, it.pid, it.stays)
        for pid in (it.pid, it.stays):
            assert by_number(found[pid].fds)[it.before] == by_number(files(system, pid, budget=PATIENT))[it.before]


def test_the_same_file_at_the_same_number_is_understood_once(system: System) -> None:
    with Holds("shared_listener") as it:
        found = walked(system, *it.workers)
        kept = [next(fd for fd in held.fds if fd.number == 2) for held in found.values()]  # type: ignore[union-attr]
        assert len(kept) == 4
        assert all(fd is kept[0] for fd in kept), "one descriptor of /dev/null for all"


@first_pids
def test_kernel_threads_and_places(system: System, processes: Processes, tmp_path: Path) -> None:
    process = processes.python(f"import sys; {HELD}", cwd=tmp_path)
    found = {held.process.pid: held for held in at_once(system, [2, process.pid], Wanted(fds=False, places=True, mapped=True))}
    assert (found[2].comm, found[2].fds, found[2].keepings) == ("kthreadd", (), ())
    by_proc = {held.process.pid: held for held in one_by_one(system, [2, process.pid], Wanted(fds=False, places=True, mapped=True), 0)}
    assert found == by_proc


CHROOT = """
import os, sys
file, inside = os.open(sys.argv[1] + "/file", os.O_RDONLY), os.open(sys.argv[1] + "/inside/other", os.O_RDWR | os.O_CREAT)
os.chroot(sys.argv[1])
again = os.open("/file", os.O_RDONLY)
print(flush=True); sys.stdin.read()
"""


@first_pids
def test_a_chroot_and_a_mount_namespace_of_its_own(system: System, tmp_path: Path, processes: Processes) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "file").write_bytes(b"x" * 77)
    script = f'mount -t tmpfs none {tmp_path}/inside && exec {sys.executable} -ISc "$1" {tmp_path}'
    process = processes.start("unshare", "-m", "sh", "-c", script, "sh", CHROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"\n"
    found = by_number(walked(system, process.pid)[process.pid].fds)
    assert found == by_number(files(system, process.pid, budget=PATIENT))
    assert {str(tmp_path / "file"), str(tmp_path / "inside/other")} <= {fd.target for fd in found.values()}


def test_one_that_ends_meanwhile_is_told_without_what_had_to_be_asked(system: System) -> None:
    with Holds("pidfd") as it:
        walk = Walk(system, USUAL)
        try:
            (held,) = walk.held([it.pid])
        finally:
            walk.close()
    assert held.process.pid == it.pid
    assert not isinstance(held.fds, Missing)
    assert all(fd.kind != "pidfd" for fd in held.fds)
    assert any(fd.kind == "pipe" for fd in held.fds), "what the kernel told stays"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The walk over files fails after its first chunk."""
    said: list[str] = []
    real = Object.walk

    def fails(self: Object, program: str) -> Iterator[bytes]:
        for chunk in real(self, program):
            yield chunk
            if program == "files":
                said.append("broken")
                raise Unreadable(Missing(Reason.UNSUPPORTED, "a test broke it"))

    monkeypatch.setattr(Object, "walk", fails)
    return said


def test_where_the_walk_breaks_proc_goes_on(system: System, broken: list[str]) -> None:
    with Holds("eventfd") as it:
        pids = [held.process.pid for held in everything(system)]
    assert broken
    assert pids == sorted(set(pids))
    assert {it.pid, it.partner, os.getpid()} <= set(pids)


def test_without_programs_proc_tells_it(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object) -> None:
        raise Unreadable(Missing(Reason.DENIED, "no"))

    monkeypatch.setattr("explorer.collect.walk.Walks", refuses)
    with Holds("eventfd") as it:
        assert it.pid in {held.process.pid for held in everything(system)}


def test_few_are_not_worth_a_walk(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    def must_not(*_: object) -> Iterator[Held]:
        raise AssertionError

    monkeypatch.setattr(module, "at_once", must_not)
    assert len(list(everything(system, [os.getpid()]))) == 1
