"""collect/waits/mounts.py"""

from explorer.collect.glance import Glance
from explorer.collect.waits.mounts import of_descriptor, of_path
from tests.fakeproc import FakeProc

MOUNTS = """1 0 8:1 / / rw - ext4 /dev/sda1 rw
2 1 0:50 / /mnt/nas rw - nfs4 nas:/export rw
3 1 0:51 / /run rw - tmpfs tmpfs rw
4 1 0:52 / /mnt/n rw - fuse.sshfs me@there: rw
"""


def test_by_the_mount_id_of_a_descriptor(fakeproc: FakeProc) -> None:
    fakeproc.file("7/mountinfo", MOUNTS)
    fakeproc.file("7/fdinfo/3", "pos:\t0\nmnt_id:\t2\n")
    fakeproc.file("7/fdinfo/4", "pos:\t0\nmnt_id:\t99\n")
    glance = Glance(fakeproc.system, 7)
    assert [of_descriptor(glance, number) for number in (3, 4, 5)] == ["nfs4 on nas:/export", "", ""]


def test_by_the_longest_mount_point(fakeproc: FakeProc) -> None:
    fakeproc.file("7/mountinfo", MOUNTS)
    glance = Glance(fakeproc.system, 7)
    assert of_path(glance, "/mnt/nas/x") == "nfs4 on nas:/export"
    assert of_path(glance, "/mnt/nasty") == "ext4 on /dev/sda1"
    assert of_path(glance, "/run/x") == "tmpfs on /run"
    assert of_path(Glance(fakeproc.system, 8), "/x") == ""
