"""Device numbers → driver and name, what is behind a block device, and who has the other side of a terminal."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

from explorer.decode.fd.raw import split
from explorer.decode.proc.devices import Drivers, decode, decode_misc
from explorer.decode.text import text
from explorer.kernel.procfs import Procfs
from explorer.kernel.reader import Ask, Reader
from explorer.model.endpoints import Holder
from explorer.model.missing import Missing, Unreadable

if TYPE_CHECKING:
    from explorer.resolve.holders import Holders

AGE: Final = 15.0
MOST: Final = 4096
MISC_MAJOR: Final = 10
SECTOR: Final = 512
PTMX: Final = ("/dev/ptmx", "/dev/pts/ptmx")
PTS: Final = "/dev/pts/"


class Device(NamedTuple):
    """driver: as /proc/devices has it. name: the kernel's own, whatever its file is called: null, tun, loop0.

    backing: the file of a loop device. alias: what device-mapper calls it. capacity: bytes, 0 of a character device.
    """

    driver: str
    name: str
    backing: str = ""
    alias: str = ""
    capacity: int = 0


class Devices:
    """What it found is kept for AGE seconds: devices come and go, and a question costs some reads of sysfs."""

    def __init__(self, proc: Procfs, reader: Reader, clock: Callable[[], float] = time.monotonic, sysfs: str = "/sys") -> None:
        self._proc = proc
        self._reader = reader
        self._clock = clock
        self._sysfs = sysfs
        self._drivers: tuple[float, Drivers, dict[int, str]] = (-AGE, Drivers({}, {}), {})
        self._known: dict[tuple[str, int, int], tuple[float, Device]] = {}

    def of(self, sort: str, major: int, minor: int) -> Device:
        """sort: char or block. What cannot be found out is "". Never raises."""
        now = self._clock()
        when, found = self._known.get((sort, major, minor), (-AGE, Device("", "")))
        if now - when < AGE:
            return found
        if len(self._known) > MOST:
            self._known.clear()
        found = self._look(sort, major, minor)
        self._known[sort, major, minor] = now, found
        return found

    def _look(self, sort: str, major: int, minor: int) -> Device:
        drivers, misc = self._tables()
        names = (drivers.block if sort == "block" else drivers.character).get(major, ())
        if sort == "char" and major == MISC_MAJOR and minor in misc:
            return Device("misc", misc[minor])
        place = f"{self._sysfs}/dev/{sort}/{major}:{minor}"
        asks = [Ask("l", place)]
        if sort == "block":
            asks += [Ask("r", f"{place}/{file}", 4096) for file in ("loop/backing_file", "dm/name", "size")]
        link, *rest = ("" if isinstance(answer, Missing) else text(answer.removesuffix(b"\n")) for answer in self._reader.ask(asks))
        name = link.rpartition("/")[2]
        # Drivers that share a major: the one whose device it is has its name.
        driver = next((one for one in names if one.rpartition("/")[2] == name), names[0] if names else "")
        if sort == "char":
            return Device(driver, name)
        backing, alias, size = rest
        return Device(driver, name, backing, alias, int(size) * SECTOR if size.isdecimal() and len(size) < 18 else 0)

    def _tables(self) -> tuple[Drivers, dict[int, str]]:
        when, drivers, misc = self._drivers
        if self._clock() - when >= AGE:
            drivers, misc = decode(self._read("devices")), decode_misc(self._read("misc"))
            self._drivers = self._clock(), drivers, misc
        return drivers, misc

    def _read(self, name: str) -> bytes:
        try:
            return self._proc.read(name)
        except Unreadable:
            return b""

    def terminal_ends(self, holders: "Holders", pid: int, path: str, index: int, budget: float) -> tuple[Holder, ...]:
        """Who has the other side of a pseudoterminal: of a master (path /dev/ptmx) the terminal, of a terminal the master.

        Among processes of the same mount namespace: elsewhere the same number may be another terminal.
        """
        wanted = [("fifo", f"{PTS}{index}")] if path in PTMX else [("fifo", master) for master in PTMX]
        found = [holder for some in holders.of(wanted, likely=(pid,), budget=budget).values() for holder in some]
        if path not in PTMX:
            found = [holder for holder in found if self._index(holder) == index]
        return tuple(holder for holder in found if holder.pid == pid or self._near(holder.pid, pid))

    def _index(self, holder: Holder) -> int | Missing:
        try:
            return split(holder.fd, PTMX[0], self._proc.read(holder.pid, "fdinfo", holder.fd)).number_of("tty-index")
        except Unreadable as refused:
            return refused.missing

    def _near(self, *pids: int) -> bool:
        try:
            return len({self._proc.link(pid, "ns", "mnt") for pid in pids}) == 1
        except Unreadable:
            return False
