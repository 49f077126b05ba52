"""What stands where a process reads or writes: a look at one descriptor, again and again. Takes nothing and changes nothing.

Regular files are read by a descriptor of our own (child/regular.py). Pipes, sockets and devices are never opened, and never read
through a descriptor of theirs: of what waits in them only that is told which Linux tells.
"""

import errno
import os
import stat
import struct
from dataclasses import replace
from typing import Final

from explorer.collect.files import some
from explorer.collect.no_files import replaced
from explorer.decode.fd.pipe import Fifo, Pipe
from explorer.decode.fd.socket import SocketFd
from explorer.kernel.frames import STAT
from explorer.kernel.reader import Ask, FileStat, stat_of
from explorer.model.fd import ACCESS, O_ACCMODE, O_PATH
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.peek import Look, Peeked, Waiting
from explorer.model.process import ProcessId
from explorer.model.queue import Queue
from explorer.resolve.system import System

BEFORE: Final = 48 << 10
AFTER: Final = 16 << 10
COUNTED: Final = 16 << 20
"""So many bytes are read at the most to know a line's number: more would push what others need out of the page cache."""
O_APPEND: Final = 0o2000
NOT_OPENED: Final = "only regular files are opened: anything else could do something"
NOT_READ: Final = "reading them would take them away"
ONE_MORE: Final = "only its ends can ask, and one more end would keep a reader waiting"
IN_PAGES: Final = "they lie in pages of the kernel, and reading them as their process does would take them away"
KINDS: Final = {
    stat.S_IFDIR: "a directory",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket's name",
    stat.S_IFLNK: "a symbolic link",
}
REFUSED: Final = {
    errno.EMEDIUMTYPE: Missing(Reason.UNSUPPORTED, "it is no regular file", NOT_OPENED),
    errno.ENOTSUP: Missing(Reason.UNSUPPORTED, "the kernel makes this file up as it is read, and some go away by that"),
    errno.EBUSY: Missing(Reason.UNSUPPORTED, "somebody has a lease for writing on it, which a look would break"),
}


class Peek:
    """At one descriptor of one process. at_end: look at the file's end instead of at its position. For one thread."""

    def __init__(self, system: System, process: ProcessId, number: int, *, at_end: bool = False) -> None:
        self.at_end = at_end
        self._system = system
        self._process = process
        self._number = number
        self._last: Look | None = None
        self._seen: tuple[object, ...] = ()
        self._counted = (0, 0)
        """An offset, and how many line ends are before it."""

    def step(self) -> Look | Missing:
        """How it is now. Blocks for a few deadlines of the reader at most; never raises. Missing where nothing was ever seen."""
        found = self._step()
        if isinstance(found, Missing):
            if self._last is None:
                return found
            return replace(self._last, ended=found)
        self._last = found
        return found

    def _step(self) -> Look | Missing:
        proc, pid, number = self._system.proc, self._process.pid, self._number
        if (other := replaced(self._system, self._process)) is not None:
            return other if "another" in other.detail else Missing(other.reason, f"process {pid}", other.cure)
        try:
            link = proc.link(pid, "fd", number)
        except Unreadable as refused:
            return closed(refused.missing, pid, number)
        if link.startswith("/"):
            return self._path(link)
        if isinstance(self._last, Peeked):
            return another(number, link)
        if link.startswith(("pipe:", "socket:")):
            return self._waiting(link)
        return Missing(Reason.UNSUPPORTED, f"{number} {link} has no data of its own", "Enter shows what is known of it")

    def _path(self, link: str) -> Look | Missing:
        proc, pid, number = self._system.proc, self._process.pid, self._number
        path = proc.path(pid, "fd", number)
        answer = self._system.reader.ask([Ask("p", path, 0)])[0]
        if isinstance(answer, Missing):
            return closed(answer, pid, number) if answer.reason is Reason.GONE else answer
        file = stat_of(answer)
        if isinstance(self._last, Peeked) and self._last.identity != (file.dev, file.ino):
            return another(number, link)
        if stat.S_ISFIFO(file.mode):
            return self._waiting(link)
        if not stat.S_ISREG(file.mode):
            what = KINDS.get(stat.S_IFMT(file.mode), "no regular file")
            return Missing(
                Reason.UNSUPPORTED, f"{number} {link} is {what}", "only regular files are opened: anything else could do something"
            )
        try:
            info = fdinfo(proc.read(pid, "fdinfo", number))
        except Unreadable as refused:
            return closed(refused.missing, pid, number)
        return self._regular(path, link, file, *info)

    def _regular(self, path: str, link: str, file: FileStat, position: int, flags: int) -> Look | Missing:
        """The bytes around its place; the same object again where nothing has changed."""
        place, why = self._place(position, flags, file.size)
        seen = (file.dev, file.ino, file.size, file.mtime_ns, position, flags, place, link)
        if seen == self._seen and self._last is not None and self._last.ended is None:
            return self._last
        start = max(0, place - BEFORE)
        answer = self._system.reader.ask([Ask("p", path, place - start + AFTER, start)])[0]
        if isinstance(answer, Missing):
            return self._unread(answer, link)
        now, data = stat_of(answer[: STAT.size]), answer[STAT.size :]
        if (now.dev, now.ino) != (file.dev, file.ino):
            return another(self._number, link)
        broken = start > 0
        if broken and (end := data.find(b"\n", 0, place - start)) >= 0:
            start, data, broken = start + end + 1, data[end + 1 :], False
        self._seen = seen
        return Peeked(
            number=self._number,
            name=link,
            access="" if flags & O_PATH else ACCESS[flags & O_ACCMODE],
            position=position,
            size=file.size,
            place=place,
            start=start,
            data=data,
            line=self._line(path, start, file.size),
            broken=broken,
            at_end=why,
            deleted=not file.nlink,
            allocated=file.blocks * 512,
            identity=(file.dev, file.ino),
        )

    def _place(self, position: int, flags: int, size: int) -> tuple[int, str]:
        if self.at_end:
            return size, "asked"
        if position > size:
            return size, "beyond"
        if not flags & O_APPEND or not flags & O_ACCMODE:
            return position, ""
        if position in {0, size}:
            return size, "appends"
        return position, "wrote" if flags & O_ACCMODE == os.O_WRONLY else ""

    def _line(self, path: str, start: int, size: int) -> int:
        """The number of the line that begins there; 0 where that would take too much."""
        offset, count = self._counted
        if start < offset or size < offset:
            offset, count = 0, 0
        if start - offset > COUNTED:
            return 0
        if start > offset:
            answer = self._system.reader.ask([Ask("n", path, start - offset, offset)])[0]
            if isinstance(answer, Missing):
                return 0
            count += struct.unpack_from("=Q", answer, STAT.size)[0]
        self._counted = start, count
        return count + 1

    def _unread(self, refused: Missing, link: str) -> Missing:
        """Why its bytes are not to be had."""
        if refused.reason is Reason.GONE:
            return closed(refused, self._process.pid, self._number)
        for error, why in REFUSED.items():
            if refused.detail.endswith(f"({errno.errorcode[error]})"):
                return replace(why, detail=f"{self._number} {link}: {why.detail}")
        if refused.reason is Reason.DENIED:
            return replace(refused, detail=f"{self._number} {link} may not be read by us")
        return refused

    # pipes and sockets

    def _waiting(self, link: str) -> Look | Missing:
        pid, number = self._process.pid, self._number
        fd = some(self._system, pid, [number], budget=0.0).get(number)
        if fd is None:
            return closed(Missing(Reason.GONE), pid, number)
        if isinstance(self._last, Waiting) and self._last.name != link:
            return another(number, link)
        if isinstance(fd, SocketFd):
            return self._socket(fd, link)
        assert isinstance(fd, Pipe | Fifo)
        return self._pipe(link)

    def _socket(self, fd: SocketFd, link: str) -> Look | Missing:
        socket = fd.socket
        if isinstance(socket, Missing):
            return socket
        if socket.listens:
            return Waiting(fd.number, link, socket.note, socket.receive_queue, socket.send_queue, None, b"", count="connections")
        queue = self._queue()
        if isinstance(queue, Missing):
            none = replace(queue, detail="what they are", cure=f"{NOT_READ}; to see it without: {queue.cure or queue.detail}")
            count = socket.receive_queue
            return Waiting(fd.number, link, socket.note, count, 0, socket.send_queue, none if count else b"")
        pages = Missing(Reason.UNSUPPORTED, "what they are", IN_PAGES)
        data = queue.data or (pages if queue.count else b"")
        return Waiting(fd.number, link, socket.note, queue.count, 0, socket.send_queue, data, queue.pieces)

    def _pipe(self, link: str) -> Look | Missing:
        queue = self._queue()
        if isinstance(queue, Missing):
            unknown = replace(queue, detail="how much waits in it", cure=f"{ONE_MORE}; to know without: {queue.cure or queue.detail}")
            return Waiting(self._number, link, "pipe", unknown, data=unknown)
        data = Missing(Reason.UNSUPPORTED, "what they are", IN_PAGES) if queue.count else b""
        room = queue.room * os.sysconf("SC_PAGE_SIZE")
        return Waiting(
            self._number, link, "pipe", queue.count, room, None, data, queue.pieces, readers=queue.readers, writers=queue.writers
        )

    def _queue(self) -> Queue | Missing:
        return self._system.queues.of(self._system.proc.path(self._process.pid, "fd", self._number))


def fdinfo(raw: bytes) -> tuple[int, int]:
    """Position and flags, 0 where a line lacks."""
    found = {}
    for line in raw.splitlines():
        key, _, value = line.partition(b":")
        if key in {b"pos", b"flags"} and key not in found:
            try:
                found[key] = int(value, 10 if key == b"pos" else 8)
            except ValueError:
                continue
    return max(0, found.get(b"pos", 0)), found.get(b"flags", 0)


def closed(refused: Missing, pid: int, number: int) -> Missing:
    """Where it is gone, in words."""
    if refused.reason is not Reason.GONE:
        return refused
    return Missing(Reason.GONE, f"descriptor {number} of {pid}")


def another(number: int, link: str) -> Missing:
    """The number means something else by now."""
    return Missing(Reason.GONE, f"{number} is another one by now ({link})")
