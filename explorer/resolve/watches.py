"""Where the files are that inotify and fanotify watch: fdinfo has inodes and file handles only."""

import os
import struct
import time
from collections.abc import Callable, Collection, Iterator
from typing import Final, NamedTuple

from explorer.decode.fd.device import kernel_numbers, numbers
from explorer.decode.text import text
from explorer.kernel.errors import ROOT_CURE
from explorer.kernel.procfs import Procfs
from explorer.kernel.reader import Ask, Reader, stat_of
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.resolve.mounts import Mounts

AGE: Final = 15.0
MOST: Final = 4096
CANDIDATES: Final = 256
WORDS: Final = 64
CURE: Final = "run as root: a file handle then leads to its path"


class Watched(NamedTuple):
    """A file as fdinfo names it. handle: hex, "" for none."""

    sdev: int
    ino: int
    handle_type: int = 0
    handle: str = ""


class Watches:
    """Paths are kept for AGE seconds: asking for one costs a system call that may hang."""

    def __init__(self, proc: Procfs, reader: Reader, mounts: Mounts, clock: Callable[[], float] = time.monotonic) -> None:
        self._proc = proc
        self._reader = reader
        self._mounts = mounts
        self._clock = clock
        self._known: dict[tuple[int, Watched], tuple[float, str | Missing]] = {}

    def of(self, pid: int, watched: Collection[Watched], paths: Collection[str] = ()) -> dict[Watched, str | Missing]:
        """By handle, which needs root; else among the paths that the process is seen to use, `paths` being its open files.

        Missing says the inode and where its file system is mounted. Never raises.
        """
        now = self._clock()
        found: dict[Watched, str | Missing] = {}
        for file in watched:
            when, path = self._known.get((pid, file), (-AGE, ""))
            if now - when < AGE:
                found[file] = path
        new = [file for file in dict.fromkeys(watched) if file not in found]
        if not new:
            return found
        if len(self._known) > MOST:
            self._known.clear()
        by_handle = self._by_handle(pid, new)
        rest = [file for file in new if not isinstance(by_handle.get(file), str)]
        by_path = self._among(pid, rest, paths) if rest else {}
        for file in new:
            answer = by_handle.get(file)
            found[file] = answer if isinstance(answer, str) else by_path.get(file) or self._unknown(pid, file, answer)
            self._known[pid, file] = (now, found[file])
        return found

    def mount_point(self, pid: int, mnt_id: int) -> str | Missing:
        """Where a mount is, by its id."""
        mount = self._mounts.of(pid).get(mnt_id)
        return mount.point if mount else Missing(Reason.UNSUPPORTED, f"mount {mnt_id} is not in its mount namespace")

    def file_system(self, pid: int, sdev: int) -> str | Missing:
        """Where a file system is mounted, by its device."""
        major, minor = kernel_numbers(sdev)
        mounts = self._mounts.on(pid, (major, minor))
        return mounts[0].point if mounts else Missing(Reason.UNSUPPORTED, f"file system {major}:{minor} is not mounted there")

    def _by_handle(self, pid: int, files: list[Watched]) -> dict[Watched, str | Missing]:
        asked = [(file, place) for file in files if file.handle and (place := self._place(pid, file.sdev))]
        answers = self._reader.ask([Ask("h", question(place, file)) for file, place in asked]) if asked else []
        return {file: answer if isinstance(answer, Missing) else text(answer) for (file, _), answer in zip(asked, answers, strict=True)}

    def _place(self, pid: int, sdev: int) -> str:
        """A directory on that file system, as we see it: in our own mount namespace, or through the process's root."""
        dev = kernel_numbers(sdev)
        if ours := self._mounts.on("self", dev):
            return ours[0].point
        theirs = self._mounts.on(pid, dev)
        return self._proc.path(pid, "root") + theirs[0].point if theirs else ""

    def _among(self, pid: int, files: list[Watched], paths: Collection[str]) -> dict[Watched, str]:
        root = self._proc.path(pid, "root")
        candidates = list(dict.fromkeys(self._candidates(pid, paths)))[:CANDIDATES]
        answers = self._reader.ask([Ask("s", root + path) for path in candidates])
        found: dict[Watched, str] = {}
        for path, answer in zip(candidates, answers, strict=True):
            if isinstance(answer, Missing):
                continue
            file = stat_of(answer)
            for wanted in files:
                if (file.ino, numbers(file.dev)) == (wanted.ino, kernel_numbers(wanted.sdev)):
                    found.setdefault(wanted, path)
        return found

    def _candidates(self, pid: int, paths: Collection[str]) -> Iterator[str]:
        """Its directories, the files it has open and the folders they are in, words of its command line, mount points."""
        known = list(paths)
        for name in ("cwd", "exe"):
            try:
                known.append(self._proc.link(pid, name))
            except Unreadable:
                continue
        cwd = known[len(paths)] if len(known) > len(paths) else "/"
        try:
            words = text(self._reader.read(self._proc.path(pid, "cmdline"))).split("\0")[1:WORDS]
        except Unreadable:
            words = []
        known += [word if word.startswith("/") else f"{cwd}/{word}" for word in words if word and not word.startswith("-")]
        for path in known:
            while path.startswith("/") and path != "/":
                yield path
                path = path.rpartition("/")[0]
        yield "/"
        yield from (mount.point for mount in self._mounts.of(pid).values())

    def _unknown(self, pid: int, file: Watched, why: Missing | None) -> Missing:
        """why: of its handle, None where it has none. Root is no cure where the file system's handles lead nowhere (overlayfs)."""
        where = self.file_system(pid, file.sdev)
        place = where.detail if isinstance(where, Missing) else where
        denied = why is not None and why.reason is Reason.DENIED
        return Missing(Reason.UNSUPPORTED, f"inode {file.ino} on {place}", (CURE if os.geteuid() else ROOT_CURE) if denied else "")


def question(place: str, file: Watched) -> str:
    """What child/descriptors.by_handle is asked: a directory, NUL, the handle."""
    try:
        handle = bytes.fromhex(file.handle)
    except ValueError:
        handle = b""
    return f"{place}\0{text(struct.pack('=i', file.handle_type & 0x7FFFFFFF) + handle)}"
