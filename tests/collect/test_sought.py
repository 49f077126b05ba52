"""What a question means on this machine."""

import os
import socket
from pathlib import Path

import pytest

from explorer.collect.sought import longest, sought, spot_of, thing
from explorer.model.having import Thing
from explorer.model.missing import Missing, Reason
from explorer.model.mount import Mount
from explorer.model.sought import Sought
from explorer.query import who
from explorer.resolve.system import System


def marks(system: System, text: str, *, alone: bool = False, tree: bool = False) -> Sought:
    found = sought(system, who.question(text, alone=alone, tree=tree))
    assert not isinstance(found, Missing)
    return found


def mount(point: str, root: str = "/", dev: tuple[int, int] = (8, 1), mount_id: int = 1) -> Mount:
    return Mount(mount_id, 0, dev, root, point, "rw", (), "ext4", "/dev/x", "rw")


def test_a_file_is_its_device_and_inode_through_links(system: System, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to("file")
    found = marks(system, str(tmp_path / "link"))
    stat = (tmp_path / "file").stat()
    assert found.stats == {(os.major(stat.st_dev), os.minor(stat.st_dev), stat.st_ino)}
    assert found.older == f"{tmp_path}/file (deleted)"
    assert not found.several


def test_a_mount_point_is_everything_on_it_unless_alone_is_asked(system: System) -> None:
    stat = os.stat("/dev/shm")
    if not os.path.ismount("/dev/shm"):
        pytest.skip("/dev/shm is no mount point here")
    device = (os.major(stat.st_dev), os.minor(stat.st_dev))
    assert marks(system, "/dev/shm").devices == {device}
    alone = marks(system, "/dev/shm", alone=True)
    assert alone.files == {(*device, stat.st_ino)}
    assert not alone.devices
    assert marks(system, "/dev/shm/").trees == ((device, "/"),)


def test_a_tree_is_a_place_in_its_file_system(system: System, tmp_path: Path) -> None:
    [(device, top)] = marks(system, f"{tmp_path}/").trees
    assert str(tmp_path).endswith(top.rpartition("/")[2])
    assert device == spot_device(system, str(tmp_path))
    file = tmp_path / "file"
    file.write_text("x")
    refused = sought(system, who.Path(str(file), tree=True))
    assert isinstance(refused, Missing)
    assert refused.reason is Reason.UNSUPPORTED


def spot_device(system: System, path: str) -> tuple[int, int]:
    found = longest(system.mounts.of("self"), path)
    assert found is not None
    return found.dev


def test_what_is_gone_is_a_name(system: System, tmp_path: Path) -> None:
    found = marks(system, str(tmp_path / "gone"))
    assert found.names == {f"{tmp_path}/gone (deleted)"}
    assert found.is_gone
    assert f"{tmp_path}/gone (deleted)" in marks(system, f"{tmp_path}/gone (deleted)").names


def test_devices_inodes_and_shared_memory(system: System) -> None:
    assert marks(system, "/dev/null").rdev == ("c", 1, 3)
    assert marks(system, "1:3").devices == {(1, 3)}
    assert marks(system, "inode:7").inodes == {7}
    assert marks(system, "inode:8:1:7").files == {(8, 1, 7)}
    nothing = sought(system, who.Memory(1 << 30))
    assert isinstance(nothing, Missing)
    assert nothing.reason is Reason.GONE


def test_what_a_descriptor_leads_to(system: System, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with open(tmp_path / "file") as file, socket.create_server(("127.0.0.1", 0)) as server:
        of_file = thing(system, os.getpid(), Thing("", os.readlink(f"/proc/self/fd/{file.fileno()}"), file.fileno()))
        assert not isinstance(of_file, Missing)
        assert of_file.files == marks(system, str(tmp_path / "file")).files
        assert of_file.same == (os.getpid(), file.fileno())
        of_socket = marks(system, f"{os.getpid()}/fd/{server.fileno()}")
        inode = os.fstat(server.fileno()).st_ino
        assert of_socket.links == {f"socket:[{inode}]"}
        assert of_socket.sockets[inode].endswith("LISTEN")
    gone = sought(system, who.Of(os.getpid(), "fd", 987654))
    assert isinstance(gone, Missing)
    assert gone.reason is Reason.GONE


def test_the_mount_of_a_path_and_the_place_in_it() -> None:
    mounts = {1: mount("/"), 2: mount("/srv", "/data", (8, 2), 2), 3: mount("/srv", "/", (8, 3), 3)}
    assert longest(mounts, "/srv/x") == mounts[3]
    assert longest(mounts, "/srvx") == mounts[1]
    assert spot_of(mounts[2], "/srv/a/b") == ((8, 2), "/data/a/b")
    assert spot_of(mounts[2], "/srv") == ((8, 2), "/data")
    assert spot_of(mounts[1], "/") == ((8, 1), "/")
    assert spot_of(mounts[2], "/srvx") is None
    assert spot_of(None, "/") is None


def test_a_busy_machine_is_waited_for_and_a_file_system_that_may_hang_is_not(
    system: System, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x")
    late = Missing(Reason.TIMED_OUT, "late")
    monkeypatch.setattr(system.reader, "ask", lambda asks: [late for _ in asks])
    assert marks(system, str(tmp_path / "file")).files
    monkeypatch.setattr("explorer.collect.sought.may_hang", lambda mount: True)
    by_name = marks(system, str(tmp_path / "file"))
    assert by_name.names >= {str(tmp_path / "file")}
    assert by_name.unsure is not None
    assert by_name.unsure.reason is Reason.TIMED_OUT
    assert not by_name.files
