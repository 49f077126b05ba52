"""What the sockets of a trace are: inode → addresses, asked as soon as one is seen.

An inode is one socket as long as the machine runs, so this may come after the event and is right all the same; one that was
closed before anybody asked stays socket:[inode]. What has no address yet (before connect, accept, bind) is asked again.
"""

import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from explorer.model.batch import Batch
from explorer.model.event import TraceEvent, Unfinished
from explorer.model.missing import Missing
from explorer.model.socket import InetSocket, Socket, UnixSocket
from explorer.model.trace import Call, Syscall, Value
from explorer.trace.payload import call_of

Ask = Callable[[int, Mapping[int, int]], Mapping[int, Socket | Missing]]
"""resolve.sockets.Sockets.of: (pid, descriptor → inode) → what each inode is."""
SEEN: Final = re.compile(rb"socket:\[(\d{1,12})\]")
NOTE: Final = re.compile(r"^socket:\[(\d{1,12})\]$")
MOST: Final = 100_000
"""Sockets that are remembered; then all are forgotten."""
YOUNG: Final = frozenset({"inet", "inet6", "unix", "netlink"})
SHARE: Final = 10
"""Of the time at most a tenth is spent with asking."""


class Addresses:
    """learn is for the thread that reads batches, named for the screen's.

    words: what is said of a socket. share: asking takes at most the share-th part of the time.
    """

    def __init__(
        self, ask: Ask, clock: Callable[[], float] = time.monotonic, words: Callable[[Socket], str] | None = None, share: int = SHARE
    ) -> None:
        self._words = words
        self._share = share
        self._ask = ask
        self._clock = clock
        self._known: dict[int, str] = {}
        self._open: set[int] = set()
        """Those that may get an address yet."""
        self._due = 0.0

    def learn(self, batch: Batch) -> None:
        """Ask for the sockets of these events that are not known; not at all where it has been asked much lately."""
        if batch.sockets is not None and self._words is None:
            self._known.update(batch.sockets)
            return
        begun = self._clock()
        if b"socket:[" not in batch.blob or begun < self._due:
            return
        fresh = {inode for found in SEEN.finditer(batch.blob) if (inode := int(found[1])) not in self._known or inode in self._open}
        if not fresh:
            return
        wanted: dict[int, dict[int, int]] = {}
        for row in range(len(batch)):
            payload = batch.payload(row)
            if b"socket:[" in payload:
                call = call_of(batch.numbers[row], batch.arches[row], 0, payload)
                for fd, inode in sockets(call):
                    if inode in fresh:
                        wanted.setdefault(batch.pids[row], {})[fd] = inode
                        fresh.discard(inode)
                if not fresh:
                    break
        for pid, inodes in wanted.items():
            self._keep(self._ask(pid, inodes))
        self._due = self._clock() + (self._clock() - begun) * (self._share - 1)

    def _keep(self, found: Mapping[int, Socket | Missing]) -> None:
        if len(self._known) > MOST:
            self._known.clear()
            self._open.clear()
        for inode, socket in found.items():
            if isinstance(socket, Missing):
                continue
            self._known[inode] = self._words(socket) if self._words else socket.note
            if settled(socket):
                self._open.discard(inode)
            else:
                self._open.add(inode)

    def known(self, inode: int) -> str:
        """What was learnt of a socket; "" where nothing was."""
        return self._known.get(inode, "")

    def named(self, event: TraceEvent) -> TraceEvent:
        """The same event with addresses for the sockets that are known."""
        what = event.what
        if not self._known or not isinstance(what, Syscall | Unfinished):
            return event
        call = what if isinstance(what, Syscall) else what.call
        if not any(holds(value) for _, value in call.args) and (call.result is None or not holds(call.result)):
            return event
        result = None if call.result is None else self._value(call.result)
        call = Syscall(call.name, tuple((name, self._value(value)) for name, value in call.args), result, call.error, call.arch)
        return replace(event, what=call if isinstance(what, Syscall) else Unfinished(call, what.ended))

    def of(self, note: str) -> str:
        """The addresses of socket:[inode]; any other text, and what is not known, as it is."""
        return NOTE.sub(self._address, note)

    def _value(self, value: Value) -> Value:
        """Text stays what strace writes; what is drawn are the parts."""
        if not holds(value):
            return value
        parts = tuple((name, self._value(part)) for name, part in value.parts)
        return Value(value.raw, value.text, parts, value.kind, NOTE.sub(self._address, value.note))

    def _address(self, found: re.Match[str]) -> str:
        return self._known.get(int(found[1]), found[0])


def holds(value: Value) -> bool:
    """Whether a socket is named in it."""
    return "socket:[" in value.note or (bool(value.parts) and "socket:[" in value.text)


def sockets(call: Call) -> Iterable[tuple[int, int]]:
    """Descriptor and inode of each socket that an event names."""
    for names in (call.fds, call.opened):
        for fd, note in names.items():
            if found := NOTE.fullmatch(note):
                yield fd, int(found[1])


def settled(socket: Socket) -> bool:
    """Whether its address is the one that it will always have."""
    if isinstance(socket, InetSocket):
        return socket.connected or socket.listens
    if isinstance(socket, UnixSocket):
        return bool(socket.address) or bool(socket.peer)
    # One that the tables did not have may only be too young.
    return type(socket) is not Socket or socket.family not in YOUNG
