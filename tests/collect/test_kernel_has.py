"""How the kernel has a thing, and who waits for locks."""

import subprocess
from pathlib import Path

import pytest

from explorer.collect.kernel_has import kernel, loops, waiting
from explorer.model.having import Use
from explorer.model.sought import Sought
from explorer.resolve.system import System
from tests.fakeproc import FakeProc

MOUNTS = """24 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
31 24 8:17 / /mnt\\040x ro,relatime - ext4 /dev/sdb1 ro
32 24 0:4 net:[4026532200] /run/netns/blue rw - nsfs nsfs rw
"""


def test_mounts_and_swap(fakeproc: FakeProc) -> None:
    fakeproc.link("self/ns/mnt", "mnt:[1]")
    fakeproc.file("self/mountinfo", MOUNTS)
    fakeproc.file("swaps", "Filename\tType\tSize\tUsed\tPriority\n/swap\\040file file\t\t1\t0\t-2\n/mnt\\040x/swap file\t\t1\t0\t-3\n")
    system = fakeproc.system
    assert Use("mount", access="ro", what="/dev/sdb1 on /mnt x") in kernel(system, Sought(kernel="/dev/sdb1"))
    on = kernel(system, Sought(kernel="/mnt x", devices=frozenset({(8, 17)})))
    assert {use.how: use.what for use in on} == {"mount": "/dev/sdb1 on /mnt x", "swap": "/mnt x/swap"}
    assert kernel(system, Sought(kernel="/swap file")) == (Use("swap", what="/swap file"),)
    space = Sought(links=frozenset({"net:[4026532200]"}), kernel="/run/netns/blue")
    assert [use.what for use in kernel(system, space)] == ["nsfs on /run/netns/blue"]
    assert kernel(system, Sought(devices=frozenset({(8, 17)}))) == ()


def test_who_waits_for_a_lock(fakeproc: FakeProc) -> None:
    held, waits = "1: POSIX  ADVISORY  WRITE 7 08:01:99 0 9", "1: -> POSIX  ADVISORY  READ 8 08:01:99 0 EOF"
    fakeproc.file("locks", "\n".join((held, waits, "2: -> FLOCK  ADVISORY  WRITE 9 08:02:99 0 EOF")))
    found = waiting(fakeproc.system, Sought(files=frozenset({(8, 1, 99)})))
    assert found == {8: (Use("lock", access="READ", what="POSIX", waits=True),)}
    assert waiting(fakeproc.system, Sought()) == {}


@pytest.mark.root
def test_a_file_behind_a_loop_device(system: System, tmp_path: Path) -> None:
    image = tmp_path / "image"
    image.write_bytes(bytes(1 << 20))
    made = subprocess.run(["losetup", "--find", "--show", str(image)], capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.skip(f"no loop device: {made.stderr.strip()}")
    device = made.stdout.strip()
    try:
        assert list(loops(system, str(image))) == [Use("loop", what=device)]
    finally:
        subprocess.run(["losetup", "--detach", device], check=True)
