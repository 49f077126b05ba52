"""resolve/devices.py"""

from pathlib import Path

import pytest

from explorer.collect.files import files
from explorer.decode.fd.device import BlockDevice, CharDevice
from explorer.kernel.procfs import Procfs
from explorer.kernel.reader import Reader
from explorer.model.fd import Fd
from explorer.model.missing import Missing
from explorer.resolve.devices import Device, Devices
from explorer.resolve.system import System
from tests.fakeproc import FakeProc
from tests.specimens.holds import Holds

LISTED = "Character devices:\n  4 /dev/vc/0\n  4 tty\n 10 misc\n226 drm\n\nBlock devices:\n  7 loop\n253 device-mapper\n"


def fds(system: System, pid: int) -> dict[int, Fd]:
    found = files(system, pid)
    assert not isinstance(found, Missing)
    return {fd.number: fd for fd in found}


def made(fakeproc: FakeProc, now: list[float]) -> Devices:
    """A sysfs with some devices."""
    fakeproc.file("devices", LISTED)
    fakeproc.file("misc", "200 tun\n")
    for place, target in (("char/4:1", "tty1"), ("char/226:128", "renderD128"), ("block/7:3", "loop3"), ("block/253:0", "dm-0")):
        folder = fakeproc.root / "class" / target
        folder.mkdir(parents=True)
        fakeproc.link(f"sys/dev/{place}", str(folder))
    fakeproc.file("class/loop3/loop/backing_file", "/srv/disk image (deleted)\n")
    fakeproc.file("class/loop3/size", "2048\n")
    fakeproc.file("class/dm-0/dm/name", "vg-root\n")
    return Devices(Procfs(str(fakeproc.root)), Reader(), lambda: now[0], str(fakeproc.root / "sys"))


def test_driver_and_name(fakeproc: FakeProc) -> None:
    devices = made(fakeproc, [0.0])
    assert devices.of("char", 10, 200) == Device("misc", "tun")
    assert devices.of("char", 4, 1) == Device("/dev/vc/0", "tty1")
    assert devices.of("char", 226, 128) == Device("drm", "renderD128")
    assert devices.of("char", 99, 1) == Device("", "")


def test_what_is_behind_a_block_device(fakeproc: FakeProc) -> None:
    devices = made(fakeproc, [0.0])
    assert devices.of("block", 7, 3) == Device("loop", "loop3", "/srv/disk image (deleted)", "", 1 << 20)
    assert devices.of("block", 253, 0) == Device("device-mapper", "dm-0", "", "vg-root", 0)


def test_asked_again_when_it_is_old(fakeproc: FakeProc) -> None:
    now = [0.0]
    devices = made(fakeproc, now)
    assert devices.of("block", 7, 3).capacity == 1 << 20
    fakeproc.file("class/loop3/size", "4096\n")
    assert devices.of("block", 7, 3).capacity == 1 << 20
    now[0] = 60.0
    assert devices.of("block", 7, 3).capacity == 2 << 20


def test_living_devices_and_both_sides_of_a_terminal(system: System) -> None:
    with Holds("devices") as it:
        found = fds(system, it.pid)
        for name, number in it.numbers.items():
            fd = found[number]
            assert isinstance(fd, CharDevice), name
            if name not in {"ptmx", "pts"}:
                assert fd.name == name
                assert fd.driver == ("mem" if fd.major == 1 else "misc")
                assert fd.terminal == -1
        master, terminal = found[it.numbers["ptmx"]], found[it.numbers["pts"]]
        assert [(holder.pid, holder.fd) for holder in master.peers] == [(it.pid, terminal.number)]
        assert [(holder.pid, holder.fd) for holder in terminal.peers] == [(it.pid, master.number)]
        assert isinstance(master, CharDevice)
        assert f"/dev/pts/{master.terminal}" == it.said["pts"]


def test_a_tap_device(system: System) -> None:
    with Holds("tun") as it:
        found = fds(system, it.pid)
        tap, idle = found[it.fd], found[it.idle]
        assert isinstance(tap, CharDevice)
        assert isinstance(idle, CharDevice)
        assert (tap.name, tap.interface, idle.interface) == ("tun", it.name, "")


@pytest.mark.root
def test_a_loop_device(system: System, tmp_path: Path) -> None:
    with Holds("loop", str(tmp_path / "image")) as it:
        fd = fds(system, it.pid)[it.fd]
        assert isinstance(fd, BlockDevice)
        assert (fd.driver, fd.name, fd.backing, fd.capacity) == ("loop", it.device.removeprefix("/dev/"), it.file, 1 << 20)
