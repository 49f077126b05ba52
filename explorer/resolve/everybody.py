"""Who holds what, and what each socket is, known of all processes at one moment: as resolve/holders.py and resolve/sockets.py, but
nobody is looked at, for the kernel has told it all."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final

from explorer.decode.bpf_iter import end
from explorer.decode.fd.pipe import bracketed
from explorer.decode.fd.raw import split
from explorer.kernel.descriptors import access, links
from explorer.kernel.procfs import Procfs
from explorer.kernel.reader import Reader
from explorer.model.endpoints import Endpoint, Holder
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.socket import InetSocket
from explorer.resolve.devices import PTMX, PTS
from explorer.resolve.holders import BUDGET, CURE, EVENTFD, Holders
from explorer.resolve.sockets import Namespace, Sockets
from explorer.resolve.tables import InetTable, UnixTable

MOST: Final = 1 << 20
"""Descriptors that are kept: some 150 bytes each."""
CROWD: Final = 64
"""Of what more descriptors lead to, only so many are told."""
SORTS: Final = {"socket": end.SOCKET, "pipe": end.PIPE, "eventfd": end.EVENTFD}
ACCESS: Final = ("r", "w", "rw", "")
O_PATH: Final = 0o10000000


class Everybody(Holders):
    """chunks: what the walk over ends tells. name: comm of a pid. left: why not all were told. Raises what reading the chunks does."""

    def __init__(self, proc: Procfs, chunks: Iterable[bytes], name: Callable[[int], str], *, fifos: bool = True) -> None:
        """fifos: whether the chunks have those too; otherwise they are looked for as Holders does."""
        super().__init__(proc)
        self._name = name
        self._fifos_told = fifos
        self.left: Missing | None = None
        self._told: dict[Endpoint, tuple[Holder, ...]] = {}
        self._ends: dict[int, int | list[int]] = {}
        self._paths: dict[str, int] = {}
        self._full = False
        self._take(chunks)

    def not_seen(self, denied: Collection[int]) -> None:
        """The descriptors of these processes may not be looked at: they may be anybody's other end."""
        if denied and self.left is None:
            self.left = Missing(Reason.DENIED, f"the descriptors of {len(denied)} other processes", CURE)

    def _take(self, chunks: Iterable[bytes]) -> None:
        """Keys and ends as one number each: a million of them has to have room."""
        ends, count = self._ends, 0
        for chunk in chunks:
            for pid, fd, number, flags, dev, sort in end.decode(chunk):
                key = (dev << 64 | number) << 3 | sort
                value = pid << 34 | fd << 2 | (flags & 3 if not flags & O_PATH else 3)
                before = ends.setdefault(key, value)
                if before is not value:
                    if isinstance(before, list):
                        if len(before) > CROWD:
                            continue
                        before.append(value)
                    else:
                        ends[key] = [before, value]
                count += 1
            if count > MOST:
                self._full = True
                return

    def fifo(self, path: str, dev: int, ino: int) -> None:
        """Which file the path is by which a fifo is asked about; dev: in the kernel's own form."""
        self._paths[path] = (dev << 64 | ino) << 3 | end.FIFO

    def of(
        self,
        endpoints: Collection[Endpoint],
        *,
        likely: Collection[int] = (),
        budget: float = BUDGET,
    ) -> dict[Endpoint, tuple[Holder, ...]]:
        """Everybody who has each endpoint; of a crowd some."""
        found = {endpoint: self._of(endpoint) for endpoint in endpoints}
        fifos = [endpoint for endpoint in endpoints if endpoint[0] == "fifo" and not found[endpoint]] if not self._fifos_told else []
        return found | super().of(fifos, likely=likely, budget=min(budget, BUDGET)) if fifos else found

    def is_crowd(self, endpoint: Endpoint) -> bool:
        """Whether so many have it that some are not told."""
        found = self._ends.get(self._key(endpoint))
        return isinstance(found, list) and len(found) > CROWD

    def _of(self, endpoint: Endpoint) -> tuple[Holder, ...]:
        if endpoint in self._told:
            return self._told[endpoint]
        found = self._ends.get(self._key(endpoint), [])
        holders = tuple(self._holder(value) for value in (found if isinstance(found, list) else (found,)))
        if len(holders) > 2:
            self._told[endpoint] = holders
        return holders

    def _key(self, endpoint: Endpoint) -> int:
        sort, what = endpoint
        if sort == "fifo":
            path = str(what)
            if path.startswith(PTS) and (index := path.removeprefix(PTS)).isdecimal():
                return int(index) << 3 | end.TERMINAL
            # The masters of both files, which everybody asks for who asks for one.
            return end.MASTER << 3 | end.TERMINAL if path == PTMX[0] else self._paths.get(path, 0)
        return int(what) << 3 | SORTS[sort] if sort in SORTS else 0

    def _holder(self, value: int) -> Holder:
        pid = value >> 34
        return Holder(pid, value >> 2 & 0xFFFFFFFF, self._name(pid), ACCESS[value & 3])

    def unseen(self, endpoint: Endpoint | None = None) -> Missing | None:
        """Why there may be more."""
        if endpoint and self.is_crowd(endpoint):
            return Missing(Reason.UNSUPPORTED, f"others beyond the first {CROWD}: so many have it")
        if self.left is not None:
            return self.left
        if self._full:
            return Missing(Reason.UNSUPPORTED, f"others beyond the first {MOST:,} descriptors of pipes and sockets")
        return None


def linked(proc: Procfs, pids: Iterable[int], denied: set[int]) -> Iterator[bytes]:
    """The same ends as the walk tells, of these processes by their links in /proc, a chunk each. No fifos: which paths are some is not
    known. Those that may not be read go into denied.
    """
    for pid in pids:
        try:
            there = links(proc, pid)
        except Unreadable as refused:
            if refused.missing.reason is Reason.DENIED:
                denied.add(pid)
            continue
        rows = [row for number, link in sorted(there) if (row := linked_end(proc, pid, number, link))]
        yield b"".join(rows)


def linked_end(proc: Procfs, pid: int, number: int, link: str) -> bytes:
    """One of them; b"" for what has no other end."""
    if link.startswith("socket:["):
        sort, what = end.SOCKET, bracketed(link)
    elif link.startswith("pipe:["):
        sort, what = end.PIPE, bracketed(link)
    elif link == EVENTFD:
        try:
            told = split(number, link, proc.read(pid, "fdinfo", number)).number_of("eventfd-id")
        except Unreadable:
            return b""
        sort, what = end.EVENTFD, -1 if isinstance(told, Missing) else told
    elif link in PTMX:
        sort, what = end.TERMINAL, end.MASTER
    elif link.startswith(PTS) and link.removeprefix(PTS).isdecimal():
        sort, what = end.TERMINAL, int(link.removeprefix(PTS))
    else:
        return b""
    if what < 0:
        return b""
    may = access(proc, pid, number)
    flags = ACCESS.index(may) if may else O_PATH
    return end.END.pack(pid, number, what, flags, 0, sort)


class AllSockets(Sockets):
    """One dump of each table of each network namespace, however long it takes to go through all processes.

    namespaces: pid → inode of its network namespace.
    """

    def __init__(self, proc: Procfs, reader: Reader, namespaces: Callable[[int], int], own: int) -> None:
        super().__init__(proc, reader, age=float("inf"))
        self._inodes = namespaces
        self._own_inode = own
        self._by_inode: dict[int, Namespace] = {}

    def learn(self, protocols: Mapping[int, str]) -> None:
        """Inode → protocol, of sockets that are asked about next."""
        self._protocols = dict(protocols)

    def tcp(self, pid: int, inode: int) -> InetSocket | None:
        """A TCP socket in the process's network namespace that is bound to no interface."""
        table = self._namespace(pid).table("tcp")
        if not isinstance(table, InetTable) or table.interface_of(inode):
            return None
        return table.find(inode)

    def unix_row(self, pid: int, inode: int) -> bytes:
        """struct unix_diag_msg and its attributes of a unix socket in the process's network namespace, b"" where there is none."""
        table = self._namespace(pid).table("unix")
        row = table._rows.get(inode) if isinstance(table, UnixTable) else b""
        return row if isinstance(row, bytes) else b""

    def _namespace(self, pid: int, again: bool = False) -> Namespace:  # noqa: ARG002
        inode = self._inodes(pid)
        if inode not in self._by_inode:
            path = "" if inode == self._own_inode else self._proc.path(pid, "ns", "net")
            self._by_inode[inode] = Namespace(self._proc, pid, path, self._clock)
        return self._by_inode[inode]
