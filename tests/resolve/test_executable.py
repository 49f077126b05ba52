"""resolve/executable.py on real processes."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from explorer.model.executable import Executable, Fate
from explorer.model.missing import Missing, Reason
from explorer.resolve.executable import executable
from explorer.resolve.place import Place, place
from explorer.resolve.system import System
from tests.loopback import until
from tests.processes import Processes


@pytest.fixture
def sleep(tmp_path: Path) -> Path:
    copy = tmp_path / "sleep"
    shutil.copy("/bin/sleep", copy)
    return copy


def of(system: System, pid: int) -> Executable | Missing:
    at = place(system, pid)
    assert isinstance(at, Place)
    return executable(system, at)


def test_present(system: System, processes: Processes, sleep: Path) -> None:
    assert of(system, processes.start(sleep, "60").pid) == Executable(str(sleep), Fate.PRESENT)


def test_case_21_deleted(system: System, processes: Processes, sleep: Path) -> None:
    process = processes.start(sleep, "60")
    sleep.unlink()
    assert of(system, process.pid) == Executable(str(sleep), Fate.DELETED)


def test_case_21_replaced(system: System, processes: Processes, sleep: Path) -> None:
    process = processes.start(sleep, "60")
    sleep.unlink()
    shutil.copy("/bin/sleep", sleep)
    found = of(system, process.pid)
    assert isinstance(found, Executable)
    assert (found.path, found.fate) == (str(sleep), Fate.REPLACED)


def test_replaced_by_renaming_over_it_as_package_managers_do(system: System, processes: Processes, sleep: Path) -> None:
    process = processes.start(sleep, "60")
    shutil.copy("/bin/true", sleep.with_suffix(".new"))
    sleep.with_suffix(".new").rename(sleep)
    found = of(system, process.pid)
    assert isinstance(found, Executable)
    assert found.fate is Fate.REPLACED


def test_replaced_by_a_link_that_leads_elsewhere(system: System, processes: Processes, sleep: Path) -> None:
    process = processes.start(sleep, "60")
    sleep.unlink()
    sleep.symlink_to("/proc/self/exe")
    found = of(system, process.pid)
    assert isinstance(found, Executable)
    assert found.fate is Fate.REPLACED


def test_case_21_moved_is_at_its_new_path(system: System, processes: Processes, sleep: Path) -> None:
    process = processes.start(sleep, "60")
    sleep.rename(sleep.with_name("away"))
    found = of(system, process.pid)
    assert found == Executable(str(sleep.with_name("away")), Fate.PRESENT, str(sleep), Fate.DELETED)
    assert isinstance(found, Executable)
    assert found.moved


def test_moved_and_another_in_its_place(system: System, processes: Processes, sleep: Path) -> None:
    process = processes.start(sleep, "60")
    sleep.rename(sleep.with_name("away"))
    shutil.copy("/bin/sleep", sleep)
    found = of(system, process.pid)
    assert found == Executable(str(sleep.with_name("away")), Fate.PRESENT, str(sleep), Fate.PRESENT)
    assert isinstance(found, Executable)
    assert not found.moved


def test_a_name_that_ends_in_deleted(system: System, processes: Processes, sleep: Path) -> None:
    odd = sleep.with_name("x (deleted)")
    sleep.rename(odd)
    process = processes.start(odd, "60")
    assert of(system, process.pid) == Executable(str(odd), Fate.PRESENT)
    odd.unlink()
    found = of(system, process.pid)
    assert isinstance(found, Executable)
    assert (found.path, found.fate) == (str(odd), Fate.DELETED)


def test_in_memory(system: System, processes: Processes) -> None:
    memfd = os.memfd_create("payload (deleted)")
    os.write(memfd, Path("/bin/sleep").read_bytes())
    process = processes.start(f"/proc/self/fd/{memfd}", "60", pass_fds=[memfd])
    os.close(memfd)
    found = of(system, process.pid)
    assert isinstance(found, Executable)
    assert (found.path, found.fate) == ("payload (deleted)", Fate.MEMORY)


@pytest.mark.root
def test_a_deleted_file_that_is_named_as_if_in_memory(system: System, processes: Processes) -> None:
    disguised = Path(f"/memfd:x{os.getpid()}")
    shutil.copy("/bin/sleep", disguised)
    process = processes.start(disguised, "60")
    disguised.unlink()
    found = of(system, process.pid)
    assert isinstance(found, Executable)
    assert (found.path, found.fate) == (str(disguised), Fate.DELETED)


def test_a_script(system: System, processes: Processes, tmp_path: Path) -> None:
    script = tmp_path / "script"
    script.write_text("#!/bin/sh\nread x\n")
    script.chmod(0o755)
    process = processes.start(script, stdin=subprocess.PIPE)
    found = until(lambda: (exe := of(system, process.pid)) and isinstance(exe, Executable) and exe.script and exe, "the script to run")
    assert isinstance(found, Executable)
    assert found.script == str(script)
    assert found.path == os.path.realpath("/bin/sh")


def test_started_through_a_link_that_now_leads_elsewhere(system: System, processes: Processes, sleep: Path) -> None:
    link = sleep.with_name("current")
    link.symlink_to("sleep")
    process = processes.start(link, "60")
    assert of(system, process.pid) == Executable(str(sleep), Fate.PRESENT)
    link.unlink()
    link.symlink_to("/bin/true")
    assert of(system, process.pid) == Executable(str(sleep), Fate.PRESENT, str(link), Fate.PRESENT)


def test_names_that_are_no_utf_8(system: System, processes: Processes, sleep: Path) -> None:
    odd = os.fsencode(sleep) + b"\xff\n"
    os.rename(sleep, odd)
    assert of(system, processes.start(odd, b"60").pid) == Executable(os.fsdecode(odd), Fate.PRESENT)


@pytest.mark.root
def test_in_a_chroot_the_path_is_looked_up_inside(system: System, processes: Processes, tmp_path: Path) -> None:
    inside = tmp_path / "bin"
    inside.mkdir()
    for file in ("/bin/sleep", "/lib64/ld-linux-x86-64.so.2", "/lib/x86_64-linux-gnu/libc.so.6"):
        if not os.path.exists(file):
            pytest.skip(f"no {file} here")
        (tmp_path / file[1:]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, tmp_path / file[1:])
    process = processes.start("chroot", tmp_path, "/bin/sleep", "60")
    until(lambda: os.readlink(f"/proc/{process.pid}/exe").endswith("/bin/sleep"), "chroot")
    assert of(system, process.pid) == Executable(f"{tmp_path}/bin/sleep", Fate.PRESENT)
    (inside / "sleep").unlink()
    found = of(system, process.pid)
    assert isinstance(found, Executable)
    assert found.fate is Fate.DELETED


@pytest.mark.root
def test_mounted_over_in_a_mount_namespace_of_its_own(system: System, processes: Processes, sleep: Path) -> None:
    begun = f'until [ "$(readlink /proc/$!/exe)" = {sleep} ]; do :; done'
    script = f"{sleep} 60 & echo $!; {begun}; mount -t tmpfs none {sleep.parent} && echo; wait"
    process = processes.start("unshare", "-m", "sh", "-c", script, stdout=subprocess.PIPE)
    assert process.stdout is not None
    pid = int(process.stdout.readline())
    if not process.stdout.readline():
        pytest.skip("nothing can be mounted here")
    found = of(system, pid)
    # Where we are in a chroot ourselves, paths of another mount namespace are written from its own root.
    root = os.readlink(f"/proc/{pid}/root").rstrip("/")
    os.kill(pid, 9)
    assert isinstance(found, Executable)
    assert isinstance(found.fate, Missing)
    assert found.path == root + str(sleep)


def test_kernel_thread_and_zombie(system: System) -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    until(lambda: b") Z" in Path(f"/proc/{child}/stat").read_bytes(), "a zombie")
    found = of(system, child)
    os.waitpid(child, 0)
    assert isinstance(found, Missing)
    assert found.reason is Reason.GONE
    assert "zombie" in found.detail
    assert str(os.getpid()) in found.cure
    if os.path.exists("/proc/2/stat") and b"(kthreadd)" in Path("/proc/2/stat").read_bytes():
        kthreadd = of(system, 2)
        assert isinstance(kthreadd, Missing)
        assert "kernel thread" in kthreadd.detail


LEADERLESS = """
import ctypes, os, sys, threading
threading.Thread(target=sys.stdin.read).start()
print(flush=True)
ctypes.CDLL(None).syscall(60 if os.uname().machine == "x86_64" else 93, 0)
"""


def test_a_leader_that_has_ended_is_seen_through_its_threads(system: System, processes: Processes) -> None:
    pid = processes.python(LEADERLESS).pid
    until(lambda: b") Z" in Path(f"/proc/{pid}/stat").read_bytes(), "the leader to end")
    found = of(system, pid)
    assert isinstance(found, Executable)
    assert found.path == os.readlink("/proc/self/exe")
