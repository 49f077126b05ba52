"""How a process has a file: by descriptors, mappings, its working directory, root and executable. Nothing behind a path is touched
unless text alone cannot tell, and then with a deadline.

A file is its device and inode, whatever it is called where somebody sees it. fdinfo tells the inode, and the mount whose device it
is. A tree is known by paths from the root of its file system, so that other mounts of it, also in other namespaces, count too.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from explorer.collect.sought import identity, longest, mount_of, spot_of
from explorer.decode.fd.path import DELETED, decode_lock
from explorer.decode.fd.raw import RawFd, known, split
from explorer.decode.proc import maps
from explorer.kernel.descriptors import access
from explorer.kernel.kcmp import same_file
from explorer.kernel.reader import Ask, FileStat, stat_of
from explorer.model.having import Use
from explorer.model.maps import Mapping as Mapped
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.mount import Mount
from explorer.model.sought import Sought
from explorer.resolve.mounts import may_hang
from explorer.resolve.system import System

MAPS_LIMIT: Final = 1 << 24
MOST_KNOWN: Final = 1 << 16
PLACES: Final = ("cwd", "root", "exe")
MEMORY: Final = ("/memfd:", "/SYSV", "/dev/zero", "/anon_hugepage")
"""How links name files that are memory: asking stat(2) about them never waits."""
DEVICES: Final = ("/dev/", "/devices/")


class Files:
    """Of one process after the other, for one thing that has a path. For one thread."""

    def __init__(self, system: System, sought: Sought) -> None:
        self._system = system
        self._sought = sought
        self._numbers = sought.numbers
        self._by_number = bool(self._numbers) and not (sought.devices or sought.trees)
        self._path = sought.at[1].rpartition("/")[2] if sought.at else ""
        self._known: dict[tuple[bytes, bytes, bytes], bool] = {}
        self._mounts: Mapping[int, Mount] = {}
        self._places: dict[str, bool] = {}
        """Whether a link is the thing, as those say who have these mounts: most processes have the same."""
        self.silent = 0

    def descriptor(self, pid: int, number: int, link: str) -> Iterator[Use]:
        """Of a descriptor whose link begins with a slash: its use, and its locks, where it leads to the thing."""
        sought = self._sought
        if link in sought.names:
            yield from self._uses(pid, number, link, None)
            return
        if sought.rdev and not sought.devices:
            if self._is_device(pid, number, link, None):
                yield from self._uses(pid, number, link, None)
            return
        try:
            text = self._system.proc.read(pid, "fdinfo", number)
        except Unreadable:
            return
        if self._by_number and b"\nino:\t" in text and not any(b"\nino:\t%d\n" % inode in text for inode in self._numbers):
            return
        info = split(number, link, text)
        if self._is_meant(pid, number, link, info):
            yield from self._uses(pid, number, link, info)

    def _is_meant(self, pid: int, number: int, link: str, info: RawFd) -> bool:
        sought = self._sought
        inode = known(info.number_of("ino"))
        if inode in sought.inodes:
            return True
        mount = self._mount(pid, known(info.number_of("mnt_id")))
        if mount is not None:
            if mount.dev in sought.devices or self._is_below(mount, link):
                return True
            if sought.exact and (*mount.dev, inode) in sought.files:
                return True
        if sought.rdev and self._is_device(pid, number, link, mount):
            return True
        if not self._by_number:
            if mount is None and (sought.devices or sought.trees):
                stat = self._stat(pid, "fd", number, sure=link.startswith(MEMORY))
                return stat is not None and identity(stat)[:2] in sought.devices
            return False
        if inode and inode not in self._numbers:
            return False
        if not inode and link.removesuffix(DELETED).rpartition("/")[2] != self._path and not link.startswith(MEMORY):
            return False  # before Linux 5.14
        stat = self._stat(pid, "fd", number, sure=True)
        if stat is None:
            # What does not answer is the same where its inode is, as far as anybody can tell.
            return mount is not None and (*mount.dev, inode) in sought.files
        return identity(stat) in sought.stats or (mount is None and identity(stat) in sought.files)

    def _is_below(self, mount: Mount | None, path: str) -> bool:
        """Whether a path of that mount is in one of the trees."""
        if not self._sought.trees:
            return False
        spot = spot_of(mount, path.removesuffix(DELETED))
        if spot is None:
            return False
        return any(dev == spot[0] and (spot[1] == top or top == "/" or spot[1].startswith(top + "/")) for dev, top in self._sought.trees)

    def _is_device(self, pid: int, number: int, link: str, mount: Mount | None) -> bool:
        """Whether it is the device, by whatever name; nodes of it may be elsewhere than in /dev, but hardly are."""
        if not any(part in link for part in DEVICES) and (mount is None or may_hang(mount) or mount.fstype not in {"tmpfs", "devtmpfs"}):
            return False
        stat = self._stat(pid, "fd", number, sure=True)
        if stat is None or self._sought.rdev is None:
            return False
        sort, major, minor = self._sought.rdev
        kind = {0o020000: "c", 0o060000: "b"}.get(stat.mode & 0o170000, "")
        return (kind, os.major(stat.rdev), os.minor(stat.rdev)) == (sort, major, minor)

    def _stat(self, pid: int, *path: str | int, sure: bool = False) -> FileStat | None:
        """stat(2) with a deadline; None where it did not answer, or (unless sure) would not be worth a wait."""
        if not sure:
            return None
        answer = self._system.reader.ask([Ask("s", self._system.proc.path(pid, *path))])[0]
        if isinstance(answer, Missing):
            self.silent += answer.reason is Reason.TIMED_OUT
            return None
        return stat_of(answer)

    def _mount(self, pid: int, mnt_id: int) -> Mount | None:
        """By its id; as we see it first, for what links say begins at our root."""
        mounts = self._system.mounts
        return mounts.of("self").get(mnt_id) or mounts.of(pid).get(mnt_id)

    def _uses(self, pid: int, number: int, link: str, info: RawFd | None) -> Iterator[Use]:
        deleted = link.endswith(DELETED)
        what = link.removesuffix(DELETED) if self._sought.several else ""
        yield Use("fd", number, access(self._system.proc, pid, number), what, deleted, shared=self._is_shared(pid, number))
        for line in info.info.get("lock", ()) if info else ():
            if lock := decode_lock(line):
                yield Use("lock", number, lock.access, lock_words(lock.type, lock.start, lock.end), waits=lock.waits)

    def _is_shared(self, pid: int, number: int) -> bool:
        same = self._sought.same
        if same is None or same == (pid, number):
            return False
        try:
            return same_file(*same, pid, number)
        except Unreadable:
            return False

    def maps(self, pids: Sequence[int]) -> Mapping[int, bytes]:
        """Their maps, as text; of those that answer."""
        if self._sought.rdev and not self._sought.devices:
            return {}
        asks = [Ask("r", self._system.proc.path(pid, "maps"), MAPS_LIMIT) for pid in pids]
        found = {}
        for pid, answer in zip(pids, self._system.reader.ask(asks), strict=True):
            if isinstance(answer, Missing):
                self.silent += answer.reason is Reason.TIMED_OUT
            else:
                found[pid] = answer
        return found

    def others(self, pid: int, text: bytes | None) -> Iterator[Use]:
        """What it has of the thing without a descriptor. text: its maps."""
        mapped: dict[tuple[str, bool], None] = {}
        if text and self._is_in_place(pid):
            for mapping in self._mapped(text):
                name = mapping.name if self._sought.several else ""
                mapped[mapping.name, mapping.deleted] = None
                yield Use("mapped", -1, mapping.permissions, name, mapping.deleted)
        mounts = self._system.mounts.of(pid)
        if mounts is not self._mounts:
            self._mounts, self._places = mounts, {}
        for how in PLACES:
            try:
                link = self._system.proc.link(pid, how)
            except Unreadable:
                continue
            if link not in self._places:
                self._places[link] = self._is_place(link, mounts)
            deleted = link.endswith(DELETED)
            path = link.removesuffix(DELETED)
            if (how == "exe" and (path, deleted) in mapped) or self._places[link]:
                yield Use(how, what=path if self._sought.several else "", deleted=deleted)

    def _is_in_place(self, pid: int) -> bool:
        """Of a SysV segment, whose number another ipc namespace may have, too: whether the process is in that one."""
        if not self._sought.ipc:
            return True
        try:
            return self._system.proc.link(pid, "ns", "ipc") == self._sought.ipc
        except Unreadable:
            return True

    def _mapped(self, text: bytes) -> Iterator[Mapped]:
        """Mappings of the thing. Most processes map the same files, so what is known of one is kept."""
        sought, known = self._sought, self._known
        if self._by_number and not sought.names:
            # Few lines even have the number in them.
            inodes = [b" %d " % inode for inode in self._numbers]
            if not any(inode in text for inode in inodes):
                return
        for line in text.split(b"\n"):
            words = line.split(None, 5)
            if len(words) < 6:
                continue
            key = (words[3], words[4], words[5])
            meant = known.get(key)
            if meant is None:
                meant = known[key] = any(mapping.inode and self._maps_it(mapping) for mapping in maps.decode(line))
                if len(known) > MOST_KNOWN:
                    known.clear()
            if meant:
                yield from maps.decode(line)

    def _maps_it(self, mapping: Mapped) -> bool:
        sought = self._sought
        written = mapping.name + (DELETED if mapping.deleted or mapping.name.startswith(MEMORY) else "")
        if mapping.device in sought.devices or mapping.inode in sought.inodes or written in sought.names:
            return True
        if (*mapping.device, mapping.inode) in sought.files and (sought.exact or self._is_called_so(mapping.name)):
            return True
        # Some file systems give maps another device than stat(2), so the same name with the same inode will do.
        if mapping.inode in self._numbers and self._by_number and sought.at and self._is_called_so(mapping.name) and not sought.exact:
            return True
        return bool(sought.trees) and self._is_below(mount_of(self._system, mapping.name), mapping.name)

    def _is_called_so(self, path: str) -> bool:
        return path.rpartition("/")[2] == self._path

    def _is_place(self, link: str, mounts: Mapping[int, Mount]) -> bool:
        """Whether a working directory, root or executable is the thing, or in the tree or file system that is."""
        sought = self._sought
        if link in sought.names:
            return True
        if not (sought.trees or sought.devices or sought.at):
            return False
        mount = longest(mounts, link)
        if mount is None:
            return False
        if mount.dev in sought.devices or self._is_below(mount, link):
            return True
        return sought.at is not None and not link.endswith(DELETED) and spot_of(mount, link) == sought.at


def lock_words(sort: str, start: int, end: int) -> str:
    """FLOCK; POSIX 0-99, where it is not of the whole file."""
    return sort if (start, end) == (0, -1) else f"{sort} {start}-{'' if end == -1 else end}"
