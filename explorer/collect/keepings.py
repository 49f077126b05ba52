"""What a process keeps busy without a descriptor: its working directory, root and executable, and the files that it maps."""

import os
import time
from collections.abc import Callable
from typing import Final

from explorer.decode.fd.path import DELETED
from explorer.decode.proc import maps
from explorer.kernel.memory_devices import memory_devices
from explorer.kernel.reader import Ask, stat_of
from explorer.model.held import Wanted
from explorer.model.keeping import Keeping
from explorer.model.maps import Mapping, Sort
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.mount import Mount
from explorer.resolve.mounts import may_hang
from explorer.resolve.system import System

PLACES: Final = ("cwd", "root", "exe")
MAPS_LIMIT: Final = 1 << 24
RETRY: Final = 10.0
"""Seconds for which a file system that did not answer is not asked again."""


class Keepings:
    """Of one process after the other. For one thread."""

    def __init__(self, system: System, clock: Callable[[], float] = time.monotonic) -> None:
        self._system = system
        self._clock = clock
        self._silent: dict[tuple[object, ...], tuple[float, Missing]] = {}

    def of(self, pid: int, wanted: Wanted) -> tuple[tuple[Keeping, ...], Missing | None]:
        """What is wanted of it, and why mapped files are not among it though they are wanted."""
        kept = self.places(pid) if wanted.places else ()
        mapped = self.mapped(pid) if wanted.mapped else ()
        return (kept, mapped) if isinstance(mapped, Missing) else ((*kept, *mapped), None)

    def places(self, pid: int) -> tuple[Keeping, ...]:
        """cwd, root, exe. One that is not there (a zombie, a kernel thread's exe) is left out. Waits for one deadline a dead mount."""
        links: dict[str, str] = {}
        found: dict[str, Keeping] = {}
        for how in PLACES:
            try:
                links[how] = self._system.proc.link(pid, how)
            except Unreadable as refused:
                if refused.missing.reason is not Reason.GONE:
                    found[how] = Keeping(how=how, unread=refused.missing)
        mounts = {how: self.mount(pid, link) for how, link in links.items()}
        sound = [how for how in links if not may_hang(mounts[how])]
        answers = self._system.reader.ask([Ask("s", self._system.proc.path(pid, how)) for how in sound]) if sound else []
        stats = dict(zip(sound, answers, strict=True))
        for how, link in links.items():
            answer = stats[how] if how in stats else self._doubtful(pid, how, mounts[how])
            if isinstance(answer, Missing) and answer.reason is Reason.GONE:
                continue
            found[how] = kept(how, link, answer, mounts[how])
        return tuple(found[how] for how in PLACES if how in found)

    def mapped(self, pid: int) -> tuple[Keeping, ...] | Missing:
        """Files that it maps, each once, by the lowest address; not the kernel's own memory files. Waits for one deadline."""
        try:
            raw = self._system.reader.read(self._system.proc.path(pid, "maps"), limit=MAPS_LIMIT)
        except Unreadable as refused:
            return refused.missing
        files: dict[tuple[object, ...], list[Mapping]] = {}
        for mapping in maps.decode(raw, {(os.major(dev), os.minor(dev)) for dev in memory_devices()}):
            if mapping.inode and mapping.sort in {Sort.FILE, Sort.DEVICE}:
                files.setdefault((mapping.device, mapping.inode, mapping.name), []).append(mapping)
        return tuple(self._mapped(pid, found) for found in files.values())

    def _mapped(self, pid: int, found: list[Mapping]) -> Keeping:
        first = found[0]
        mount = self.mount(pid, first.name)
        return Keeping(
            how="mapped",
            path=first.name,
            deleted=first.deleted,
            dev=os.makedev(*first.device),
            inode=first.inode,
            permissions=tuple(dict.fromkeys(mapping.permissions for mapping in found)),
            fstype=mount.fstype if mount else "",
            mount=mount.point if mount else "",
        )

    def mount(self, pid: int, path: str) -> Mount | None:
        """The mount that a path of a process is on: the last one of those whose point is the longest beginning of it."""
        best: Mount | None = None
        for mount in self._system.mounts.of(pid).values():
            point = mount.point
            if (point == "/" or path == point or path.startswith(point + "/")) and (best is None or len(point) >= len(best.point)):
                best = mount
        return best

    def _doubtful(self, pid: int, how: str, mount: Mount | None) -> bytes | Missing:
        """stat(2) of what may hang, asked one at a time: a dead file system costs one deadline, not one each process."""
        key = (mount.dev, mount.point) if mount else (pid, how)
        until, why = self._silent.get(key, (0.0, None))
        if why is not None and self._clock() < until:
            return why
        answer = self._system.reader.ask([Ask("s", self._system.proc.path(pid, how))])[0]
        if isinstance(answer, Missing) and answer.reason is Reason.TIMED_OUT:
            self._silent[key] = self._clock() + RETRY, answer
        return answer


def kept(how: str, link: str, answer: bytes | Missing, mount: Mount | None) -> Keeping:
    """A file may be named "x (deleted)", so the mark counts only where no link is left."""
    fstype, point = (mount.fstype, mount.point) if mount else ("", "")
    marked = link.endswith(DELETED)
    if isinstance(answer, Missing):
        return Keeping(how=how, path=link, deleted=answer if marked else False, fstype=fstype, mount=point)
    stat = stat_of(answer)
    gone = marked and stat.nlink == 0
    return Keeping(
        how=how,
        path=link.removesuffix(DELETED) if gone else link,
        deleted=gone,
        dev=stat.dev,
        inode=stat.ino,
        mode=stat.mode,
        links=stat.nlink,
        size=stat.size,
        fstype=fstype,
        mount=point,
    )
