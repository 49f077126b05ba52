"""Which descriptors of the whole machine may be what is looked for, as the kernel tells in one walk over its open files."""

from collections.abc import Callable, Iterable, Iterator
from struct import Struct
from typing import Final

from explorer.collect.sought import spot_of
from explorer.decode.bpf_iter import file
from explorer.decode.bpf_iter.file import Open
from explorer.decode.fd.device import kernel_numbers
from explorer.decode.text import exact
from explorer.kernel.bpf.walks import Walks
from explorer.model.mount import Mount
from explorer.model.sought import Sought
from explorer.resolve.system import System

TYPES: Final = {0o020000: "c", 0o060000: "b"}
TYPE: Final = 0o170000
DEVICES: Final = Struct("=36xII")
"""Where a record has the device of its file system, and the device that it is."""
EVENTFD: Final = "eventfd-id"
BRACKETS: Final = ("pipe:[", "socket:[")


def candidates(system: System, sought: Sought) -> dict[int, list[int]]:
    """Process → descriptors that may lead to it; rather too many than too few: what they are has to be looked at.

    Takes some 60 ms, and a second for a million descriptors. Raises Unreadable where the kernel does not let us.
    """
    with Walks(system.proc.root) as walks:
        return Walk(system, sought).through(walks.files())


class Walk:
    """Over everything that is open."""

    def __init__(self, system: System, sought: Sought) -> None:
        self._sought = sought
        self._system = system
        self._mounts: dict[int, Mount | None] = dict(system.mounts.of("self"))
        self._devices = sought.devices | {dev for dev, _ in sought.trees}
        self._inodes = self._numbers()
        self._texts = tuple(exact(name) for name in (*sought.names, sought.older, *self._others()) if name)

    def through(self, chunks: Iterable[bytes]) -> dict[int, list[int]]:
        """Pid → numbers. Raises what reading the chunks does."""
        inodes, texts, other = self._inodes, self._texts, self._other()
        unpack = file.NUMBER_AND_INODE.unpack_from
        found: dict[int, list[int]] = {}
        for chunk in chunks:
            for pid, record in file.split(chunk):
                number, inode = unpack(record, 4)
                if inode in inodes or any(text in record for text in texts) or (other is not None and other(pid, record)):
                    found.setdefault(pid, []).append(number)
        return found

    def _numbers(self) -> frozenset[int]:
        """Inodes of files, pipes and sockets."""
        links = (link for link in (*self._sought.links, *self._sought.ends) if link.startswith(BRACKETS))
        return self._sought.numbers | frozenset(int(link.partition("[")[2][:-1]) for link in links) | frozenset(self._sought.sockets)

    def _others(self) -> Iterator[str]:
        """What links of other things say."""
        yield from (link for link in self._sought.links if not link.startswith(BRACKETS))
        if self._sought.info and self._sought.info[1] != EVENTFD:
            yield self._sought.info[0]

    def _other(self) -> Callable[[int, bytes], bool] | None:
        """What has to be asked of each in full, None for nothing."""
        sought = self._sought
        info = sought.info
        if info and info[1] == EVENTFD:
            return lambda _, record: bool((opened := file.decode(record)).told & file.COUNTER) and str(opened.links) == info[2]
        if sought.rdev or self._devices:
            devices = frozenset(major << 20 | minor for major, minor in self._devices)
            rdev = sought.rdev[1] << 20 | sought.rdev[2] if sought.rdev else -1
            unpack = DEVICES.unpack_from

            def is_there(pid: int, record: bytes) -> bool:
                dev, own = unpack(record)
                return (dev in devices or own == rdev) and self._is_there(pid, file.decode(record))

            return is_there
        # Links that the kernel leaves for us to ask: of namespaces, for one.
        asked = any(not link.startswith((*BRACKETS, "/", "anon_inode:")) for link in sought.links)
        return (lambda _, record: not file.decode(record).link) if asked else None

    def _is_there(self, pid: int, opened: Open) -> bool:
        sought = self._sought
        if sought.rdev and (TYPES.get(opened.mode & TYPE, ""), *kernel_numbers(opened.rdev)) == sought.rdev:
            return True
        device = kernel_numbers(opened.dev)
        if device not in self._devices:
            return False
        if device in sought.devices or not opened.link:
            return True
        spot = spot_of(self._mount(pid, opened.mnt_id), opened.link)
        return spot is None or any(device == dev and (top == "/" or f"{spot[1]}/".startswith(f"{top}/")) for dev, top in sought.trees)

    def _mount(self, pid: int, mnt_id: int) -> Mount | None:
        """By its id, which is the same in every mount namespace; of those that we do not see as a process sees it."""
        if mnt_id not in self._mounts:
            self._mounts[mnt_id] = None
            for number, mount in self._system.mounts.of(pid).items():
                if self._mounts.get(number) is None:
                    self._mounts[number] = mount
        return self._mounts[mnt_id]
