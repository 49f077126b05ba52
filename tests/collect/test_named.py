"""collect/named.py: what paths stand for, on real files that processes hold."""

import mmap
import os
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from stat import S_IFBLK, S_IFDIR

import pytest

from explorer.collect.everything import everything
from explorer.collect.named import file, on_mount, tree
from explorer.kernel.reader import FileStat
from explorer.model.fd import Fd
from explorer.model.held import Wanted
from explorer.model.keeping import Keeping
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.mount import Mount
from explorer.query.selection import Term
from explorer.query.thing import Thing
from explorer.resolve.system import System


def ours(system: System, term: Term | str) -> set[int | str]:
    """What of ourselves is meant: numbers, and ways of keeping."""
    assert isinstance(term, Term), term
    assert term.thing is not None
    (held,) = everything(system, [os.getpid()], Wanted(places=True, mapped=True))
    assert not isinstance(held.fds, Missing)
    things: tuple[Thing, ...] = (*held.fds, *held.keepings)
    return {thing.number if isinstance(thing, Fd) else thing.how for thing in things if term.thing(thing)}


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[dict[str, int]]:
    """folder/file, folder/deep/other, beside, and folder/gone, which is deleted; descriptors by name."""
    (tmp_path / "folder/deep").mkdir(parents=True)
    found = {}
    for name in ("folder/file", "folder/deep/other", "beside", "folder/gone"):
        (tmp_path / name).write_text(name)
        found[name] = os.open(tmp_path / name, os.O_RDONLY)
    found["folder"] = os.open(tmp_path / "folder", os.O_RDONLY)
    (tmp_path / "folder/gone").unlink()
    (tmp_path / "link").symlink_to("folder/file")
    os.link(tmp_path / "folder/file", tmp_path / "hard")
    yield found
    for number in found.values():
        os.close(number)


def test_a_file_by_any_of_its_names(system: System, tmp_path: Path, opened: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    number = opened["folder/file"]
    for name in ("./folder/file", f"{tmp_path}/link", "hard", f"/proc/{os.getpid()}/fd/{number}"):
        assert ours(system, file(system, name)) == {number}, name


def test_one_that_is_gone_by_name_and_one_that_never_was(system: System, tmp_path: Path, opened: dict[str, int]) -> None:
    assert ours(system, file(system, f"{tmp_path}/folder/gone")) == {opened["folder/gone"]}
    never = file(system, f"{tmp_path}/never")
    assert ours(system, never) == set()
    assert isinstance(never, Term)
    assert never.nothing == "there is no such file, nor a deleted one that somebody has open"


def test_a_tree_with_what_is_deleted_in_it_and_a_folder_alone(system: System, tmp_path: Path, opened: dict[str, int]) -> None:
    deep = {number for name, number in opened.items() if name.startswith("folder")}
    assert ours(system, tree(system, f"{tmp_path}/folder/", deep=True, across=False)) == deep
    assert ours(system, tree(system, f"{tmp_path}/folder", deep=False, across=False)) == deep - {opened["folder/deep/other"]}
    assert tree(system, f"{tmp_path}/fold", deep=True, across=False) == f"+D {tmp_path}/fold: there is no such folder"
    assert tree(system, f"{tmp_path}/beside", deep=False, across=False) == f"+d {tmp_path}/beside: that is no folder"


def test_another_file_system_below_is_entered_only_when_asked(system: System) -> None:
    with open("/dev/shm/procdive-named", "w+") as inside:
        try:
            assert inside.fileno() not in ours(system, tree(system, "/dev", deep=True, across=False))
            assert inside.fileno() in ours(system, tree(system, "/dev", deep=True, across=True))
            assert inside.fileno() in ours(system, file(system, "/dev/shm"))
            assert inside.fileno() not in ours(system, file(system, "/dev/shm", alone=True))
        finally:
            os.unlink("/dev/shm/procdive-named")


def test_no_file_system_where_one_was_meant(system: System, tmp_path: Path) -> None:
    assert file(system, str(tmp_path / "x"), whole=True) == f"{tmp_path}/x is no file system: nothing is mounted there"


def test_mapped_files_working_directories_and_devices(system: System, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mapped").write_bytes(b"x" * 4096)
    with open(tmp_path / "mapped", "rb") as opened:
        memory = mmap.mmap(opened.fileno(), 0, prot=mmap.PROT_READ)
    with memory, open("/dev/null") as null:
        if os.geteuid():
            (tmp_path / "other").symlink_to("/dev/null")
        else:
            os.mknod(tmp_path / "other", 0o20666, os.stat("/dev/null").st_rdev)
        assert "mapped" in ours(system, file(system, f"{tmp_path}/mapped"))
        assert ours(system, file(system, str(tmp_path))) == {"cwd"}
        assert null.fileno() in ours(system, file(system, "/dev/null"))
        assert null.fileno() in ours(system, file(system, f"{tmp_path}/other"))


def test_a_unix_socket_by_its_name_and_pipes_by_their_descriptor(system: System, tmp_path: Path) -> None:
    reads, writes = os.pipe()
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(f"{tmp_path}/sock")
        assert ours(system, file(system, f"{tmp_path}/sock")) == {bound.fileno()}
        assert ours(system, tree(system, str(tmp_path), deep=True, across=False)) >= {bound.fileno()}
        assert ours(system, file(system, f"/proc/{os.getpid()}/fd/{reads}")) == {reads, writes}
    os.close(reads)
    os.close(writes)


def mount(point: str, dev: tuple[int, int], root: str = "/") -> Mount:
    return Mount(1, 0, dev, root, point, "", (), "ext4", "x", "")


def test_which_file_system_a_path_stands_for(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = {1: mount("/", (8, 1)), 2: mount("/mnt", (8, 2)), 3: mount("/mnt", (0, 50)), 4: mount("/file", (8, 3))}
    monkeypatch.setattr(system.mounts, "of", lambda _pid: mounts)
    stat = FileStat(dev=99, ino=2, mode=S_IFDIR | 0o755, uid=0, gid=0, nlink=1, rdev=0, size=0, mtime_ns=0, blocks=0, blksize=0)
    assert on_mount(system, "/mnt", stat) == {os.makedev(0, 50), "/mnt", 99}
    assert on_mount(system, "/mnt", Missing(Reason.TIMED_OUT)) == {os.makedev(0, 50), "/mnt"}
    assert on_mount(system, "/mnt/x", stat) == set()
    block = replace(stat, mode=S_IFBLK | 0o600, rdev=os.makedev(8, 1))
    assert on_mount(system, "/dev/sda1", block) == {os.makedev(8, 1), "/"}


def test_a_dead_mount_is_known_by_its_name(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    def dead(path: str) -> FileStat:
        raise Unreadable(Missing(Reason.TIMED_OUT, path))

    monkeypatch.setattr(system.reader, "stat", dead)
    monkeypatch.setattr(system.mounts, "of", lambda _pid: {1: mount("/nfs", (0, 60))})
    term = file(system, "/nfs")
    assert isinstance(term, Term)
    assert term.thing is not None
    assert term.thing(Keeping(how="cwd", path="/nfs/x", mount="/nfs"))
    assert not term.thing(Keeping(how="cwd", path="/home/x", mount="/home"))
    inside = tree(system, "/nfs/x", deep=True, across=False)
    assert isinstance(inside, Term)
    assert inside.thing is not None
    assert inside.thing(Keeping(how="cwd", path="/nfs/x/y", mount="/nfs"))
