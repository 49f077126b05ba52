"""collect/keepings.py, on processes that keep a folder, an executable or a mapped file and nothing else."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from explorer.collect.keepings import Keepings
from explorer.model.keeping import WAYS, Keeping
from explorer.model.missing import Missing, Reason
from explorer.resolve.system import System
from tests.fakeproc import FakeProc
from tests.processes import HELD, Processes

MAPS = "import mmap, os, sys; kept = [mmap.mmap(os.open(path, os.O_RDONLY), 0, prot=1) for path in sys.argv[1:]]; "


def by_way(kept: tuple[Keeping, ...]) -> dict[str, Keeping]:
    return {keeping.how: keeping for keeping in kept}


def test_cwd_root_and_exe(system: System, processes: Processes, tmp_path: Path) -> None:
    process = processes.python(f"import sys; {HELD}", cwd=tmp_path)
    kept = Keepings(system).places(process.pid)
    assert [keeping.how for keeping in kept] == list(WAYS[:3])
    found = by_way(kept)
    assert found["cwd"].path == str(tmp_path)
    assert (found["cwd"].dev, found["cwd"].inode) == (tmp_path.stat().st_dev, tmp_path.stat().st_ino)
    assert (found["root"].path, found["root"].mount) == ("/", "/")
    program = Path(sys.executable).resolve()
    assert (found["exe"].path, found["exe"].size) == (str(program), program.stat().st_size)
    assert not any(keeping.deleted for keeping in kept)


def test_a_deleted_folder_and_executable(system: System, processes: Processes, tmp_path: Path) -> None:
    folder, program = tmp_path / "folder", tmp_path / "copy"
    folder.mkdir()
    shutil.copy("/bin/sleep", program)
    process = processes.start(program, "600", cwd=folder)
    folder.rmdir()
    program.unlink()
    found = by_way(Keepings(system).places(process.pid))
    assert (found["cwd"].path, found["cwd"].deleted) == (str(folder), True)
    assert (found["exe"].path, found["exe"].deleted, found["exe"].links) == (str(program), True, 0)


def test_a_name_that_ends_in_deleted_is_not(system: System, processes: Processes, tmp_path: Path) -> None:
    folder = tmp_path / "folder (deleted)"
    folder.mkdir()
    process = processes.python(f"import sys; {HELD}", cwd=folder)
    assert (by_way(Keepings(system).places(process.pid))["cwd"].path) == str(folder)


def test_mapped_files_deleted_ones_too_and_no_memory(system: System, processes: Processes, tmp_path: Path) -> None:
    there, gone = tmp_path / "there", tmp_path / "gone"
    for path in (there, gone):
        path.write_bytes(bytes(8192))
    inode = gone.stat().st_ino
    process = processes.python(MAPS + f"os.memfd_create('x'); {HELD}", str(there), str(gone))
    gone.unlink()
    mapped = Keepings(system).mapped(process.pid)
    assert not isinstance(mapped, Missing)
    found = {keeping.path: keeping for keeping in mapped}
    assert (found[str(there)].deleted, found[str(there)].permissions) == (False, ("r--s",))
    assert (found[str(gone)].deleted, found[str(gone)].inode) == (True, inode)
    assert found[str(gone)].dev == there.stat().st_dev
    assert len(found) == len(mapped), "each file once"
    assert not any("memfd" in path or path.startswith("[") for path in found)


def test_who_may_not_be_looked_at(fakeproc: FakeProc) -> None:
    kept = Keepings(fakeproc.system)
    assert kept.places(99) == ()
    mapped = kept.mapped(99)
    assert isinstance(mapped, Missing)
    assert mapped.reason is Reason.GONE


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look")
def test_places_of_another_user_say_denied(system: System) -> None:
    found = Keepings(system).places(1)
    assert {keeping.how for keeping in found} == set(WAYS[:3])
    assert all(keeping.unread is not None and keeping.unread.reason is Reason.DENIED for keeping in found)


def test_the_mount_of_a_path_is_the_longest_and_the_last(fakeproc: FakeProc) -> None:
    line = "{} 1 0:{} / {} rw - {} none rw\n"
    rows = [(1, 1, "/", "ext4"), (2, 2, "/srv", "xfs"), (3, 3, "/srv/data", "nfs4"), (4, 4, "/srv", "tmpfs")]
    fakeproc.file("7/mountinfo", "".join(line.format(*row) for row in rows))
    kept = Keepings(fakeproc.system)
    said = {path: mount.fstype if (mount := kept.mount(7, path)) else "" for path in ("/etc", "/srv", "/srvx", "/srv/data/a")}
    assert said == {"/etc": "ext4", "/srv": "tmpfs", "/srvx": "ext4", "/srv/data/a": "nfs4"}
