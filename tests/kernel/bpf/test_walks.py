"""kernel/bpf/walks.py: what the iterators tell of processes that a test knows."""

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from explorer.decode.bpf_iter import end, file, task
from explorer.kernel.bpf.walks import Walks, has_ino, shows_us
from explorer.model.missing import Reason, Unreadable
from tests.kernel.bpf.test_object import alive
from tests.loopback import until

pytestmark = pytest.mark.root
TREE = Path(__file__).parent.parent.parent.parent
INSIDE = """
import json, os
from explorer.decode.bpf_iter import file, task
from explorer.kernel.bpf.walks import Walks
with Walks() as found:
    pids = [each.pid for chunk in found.processes() for each in task.decode(chunk)]
    print(json.dumps([pids, sorted({pid for chunk in found.files() for pid, _ in file.split(chunk)}), os.getpid()]))
"""


def ours(chunks: Iterable[bytes]) -> dict[int, file.Open]:
    found = [file.decode(record) for chunk in chunks for pid, record in file.split(chunk) if pid == os.getpid()]
    assert [each.number for each in found] == sorted({each.number for each in found})
    return {each.number: each for each in found}


def test_a_file_as_stat_and_fdinfo_have_it(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 1000)
    with Walks() as found, path.open("r+b", buffering=0) as kept:
        kept.seek(123)
        each = ours(found.files())[kept.fileno()]
        said = os.stat(path)
        assert (each.ino, each.size, each.links, each.mode) == (said.st_ino, 1000, 1, said.st_mode)
        assert file.device(each.dev) == said.st_dev
        fdinfo = dict(line.split(":\t") for line in Path(f"/proc/self/fdinfo/{kept.fileno()}").read_text().splitlines())
        assert (each.position, f"0{each.flags:o}", str(each.mnt_id)) == (123, fdinfo["flags"], fdinfo["mnt_id"])
        assert not each.told & file.FDINFO
        if found.has_paths:
            assert each.name == str(path)


def test_a_lock_stands_only_in_fdinfo(tmp_path: Path) -> None:
    with Walks() as found, (tmp_path / "file").open("w") as kept:
        assert not ours(found.files())[kept.fileno()].told & file.FDINFO
        fcntl.flock(kept, fcntl.LOCK_EX)
        assert ours(found.files())[kept.fileno()].told & file.FDINFO
        fcntl.flock(kept, fcntl.LOCK_UN)
        assert not ours(found.files())[kept.fileno()].told & file.FDINFO


def test_the_processes_once_each_with_whose_they_are() -> None:
    with Walks() as found:
        tasks = [each for chunk in found.processes() for each in task.decode(chunk)]
    pids = [each.pid for each in tasks]
    assert pids == sorted(set(pids))
    own = next(each for each in tasks if each.pid == os.getpid())
    assert own.comm == Path("/proc/self/comm").read_text().strip()
    assert (own.uid, own.told) == (os.geteuid(), task.HAS_MM | task.HAS_FILES)
    assert own.net == os.stat("/proc/self/ns/net").st_ino
    assert own.mnt == os.stat("/proc/self/ns/mnt").st_ino
    for place, name in ((own.pwd, "cwd"), (own.root, "root"), (own.exe, "exe")):
        assert (place.ino, file.device(place.dev)) == (os.stat(f"/proc/self/{name}").st_ino, os.stat(f"/proc/self/{name}").st_dev)


def test_ends_of_pipes_fifos_and_eventfds(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    read, write = os.pipe()
    counter, fifo = os.eventfd(0), os.open(tmp_path / "fifo", os.O_RDWR)
    try:
        with Walks() as found:
            told = {
                fd: (sort, number, flags & 3)
                for chunk in found.ends()
                for pid, fd, number, flags, _, sort in end.decode(chunk)
                if pid == os.getpid()
            }
        inode = os.fstat(read).st_ino
        assert (told[read], told[write]) == ((end.PIPE, inode, os.O_RDONLY), (end.PIPE, inode, os.O_WRONLY))
        assert told[fifo][:2] == (end.FIFO, os.fstat(fifo).st_ino)
        fdinfo = Path(f"/proc/self/fdinfo/{counter}").read_text()
        assert f"eventfd-id: {told[counter][1]}\n" in fdinfo or "eventfd-id" not in fdinfo
    finally:
        for number in (read, write, counter, fifo):
            os.close(number)


def test_a_walk_that_is_not_read_to_its_end_and_all_that_is_closed_leaves_nothing() -> None:
    found = Walks()
    programs, maps, _ = found._object.ids()
    begun = found.files()
    assert next(begun)
    held = {os.readlink(f"/proc/self/fd/{name}") for name in os.listdir("/proc/self/fd") if os.path.lexists(f"/proc/self/fd/{name}")}
    assert "anon_inode:bpf_iter" in held
    del begun
    found.close()
    until(lambda: not alive(programs, maps, []), "programs and maps to be gone")


def test_in_a_pid_namespace_the_numbers_are_its_own() -> None:
    command = ["unshare", "-pf", "--mount-proc", sys.executable, "-c", INSIDE]
    said = subprocess.run(command, capture_output=True, text=True, cwd=TREE, timeout=60)
    assert said.returncode == 0, said.stderr
    processes, holders, own = json.loads(said.stdout)
    assert own == 1
    assert processes == holders == [1]


def test_where_proc_is_of_another_namespace_it_is_refused(tmp_path: Path) -> None:
    assert shows_us("/proc")
    (tmp_path / "self").symlink_to("4711")
    with pytest.raises(Unreadable) as refusal:
        Walks(str(tmp_path))
    assert refusal.value.missing.reason is Reason.UNSUPPORTED


def test_whether_fdinfo_has_inodes() -> None:
    with open("/dev/null", "rb") as file_:
        assert has_ino() == ("ino:" in Path(f"/proc/self/fdinfo/{file_.fileno()}").read_text())
