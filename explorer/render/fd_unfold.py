"""A descriptor opened: fdinfo key by key, decoded, the raw text beside it; then what else is known, and who holds it."""

from collections.abc import Iterator
from typing import Final

from explorer.decode.fd.bpf import Bpf
from explorer.decode.fd.device import BlockDevice, CharDevice
from explorer.decode.fd.eventpoll import EventPoll, Watch
from explorer.decode.fd.fanotify import Fanotify, FanotifyMark
from explorer.decode.fd.inotify import Inotify, InotifyWatch
from explorer.decode.fd.memfd import MemFd
from explorer.decode.fd.memory import MemoryFd
from explorer.decode.fd.mqueue import MessageQueue
from explorer.decode.fd.path import Lock, PathFd
from explorer.decode.fd.signalfd import SignalFd
from explorer.decode.fd.socket import SocketFd
from explorer.decode.fd.timerfd import TimerFd
from explorer.decode.fd.userfaultfd import UserFaultFd
from explorer.model.fd import Fd
from explorer.model.missing import Missing
from explorer.model.socket import InetSocket, NetlinkSocket, Socket, UnixSocket, where
from explorer.render.fd_fact import Fact, row
from explorer.render.fd_inet import SHUT, own_facts
from explorer.render.missing import sentence
from explorer.render.piece import Line, Role, line, piece, plain
from explorer.render.sizes import size
from explorer.render.times import duration
from explorer.render.width import fit, width

INDENT: Final = "     "
KEYS: Final = (8, 18)
"""Least and most columns for the keys."""
VALUE: Final = 34
MOST: Final = 200
"""Of a long list so many lines are shown."""


def unfold(fd: Fd, columns: int) -> tuple[Line, ...]:
    """Lines of at most so many columns."""
    rows = [*fdinfo(fd), *beyond(fd), *around(fd)]
    wide = min(KEYS[1], max([KEYS[0], *(width(found.key) for found in rows)]))
    more = [(piece(f"{INDENT}… {len(rows) - MOST:,} more"),)] if len(rows) > MOST else []
    return tuple(fit(line, columns) for line in [*(laid(found, wide) for found in rows[:MOST]), *more])


def laid(fact: Fact, wide: int) -> Line:
    """A fact as a line; the raw text beside it where it is not the same."""
    head = (piece(f"{INDENT}{fact.key:<{wide}}  ", Role.SECONDARY), *fact.value)
    raw, shown = piece(fact.raw).text, plain(fact.value)
    if not raw or raw == shown:
        return head
    return (*head, piece(" " * max(2, VALUE - width(shown)) + raw, Role.SECONDARY))


def fdinfo(fd: Fd) -> Iterator[Fact]:
    """Every line of fdinfo, in its order."""
    if isinstance(fd.flags, Missing) and not fd.info:
        yield row("fdinfo", sentence(fd.flags))
    seen: dict[str, int] = {}
    for key, raw in fd.info:
        index = seen.get(key, 0)
        seen[key] = index + 1
        yield row(key, meaning(fd, key, index) or line(piece(raw)), raw)


def meaning(fd: Fd, key: str, index: int) -> Line:
    """What a line of fdinfo means, () where it says it itself. index: which of the lines with that key."""
    if key == "flags":
        return line(piece("|".join(fd.flag_names)))
    if key == "pos" and fd.kind == "regular" and isinstance(fd, PathFd) and fd.size and fd.access and isinstance(fd.position, int):
        return line(piece(f"{fd.position:,} of {fd.size:,} bytes"))
    if key == "lock" and isinstance(fd, PathFd) and index < len(fd.locks):
        return locked(fd.locks[index])
    if key == "mnt_id" and isinstance(fd, PathFd) and fd.mount:
        return line(piece(f"{fd.mount} ({fd.fstype})", Role.PATH))
    if key == "sigmask" and isinstance(fd, SignalFd):
        return line(piece(" ".join(fd.signals)))
    if isinstance(fd, EventPoll) and key == "tfd" and index < len(fd.watches):
        return watch(fd.watches[index])
    if isinstance(fd, Inotify) and key == "inotify" and index < len(fd.watches):
        return watched(fd.watches[index])
    if isinstance(fd, Fanotify) and key == "fanotify":
        return group(fd) if index == 0 else marked(fd.marks[index - 1]) if index <= len(fd.marks) else ()
    if isinstance(fd, TimerFd):
        return timer(fd, key)
    if key == "API" and isinstance(fd, UserFaultFd):
        return line(" ".join(fd.features) or "no features")
    said = dict(fd.says).get(key) if isinstance(fd, Bpf) else None
    return line(piece(said)) if said else ()


def locked(lock: Lock) -> Line:
    """A lock or lease."""
    end = "the end" if lock.end < 0 else f"{lock.end:,}"
    span = "whole file" if lock.start == 0 and lock.end < 0 else f"bytes {lock.start:,} to {end}"
    text = f"{lock.type} {lock.mode} {lock.access} by {lock.pid}, {span}"
    if lock.waits:
        owners = f", {' and '.join(f'{holder.comm} {holder.pid}' for holder in lock.held_by)} has it" if lock.held_by else ""
        return line(piece(text), piece(f", not granted yet{owners}", Role.MIND))
    waiting = ", ".join(f"{holder.comm} {holder.pid}" for holder in lock.waiting)
    return line(piece(text), piece(f", waited for by {waiting}", Role.MIND)) if waiting else line(piece(text))


def timer(fd: TimerFd, key: str) -> Line:
    """The clock by name, times as durations."""
    if key == "clockid":
        return line(fd.clock)
    if key == "settime flags":
        return line("|".join(fd.settime_flags) or "none")
    value = {"it_value": fd.value, "it_interval": fd.interval}.get(key)
    if isinstance(value, float | int):
        words = duration(value) if value else "0"
        return line({"it_value": f"due in {words}" if value else "not armed", "it_interval": f"every {words}" if value else "once"}[key])
    return ()


def watch(found: Watch) -> Line:
    """A watched descriptor: number, events, what it is."""
    head = (piece(f"{found.tfd:<4}"), piece("|".join(name.removeprefix("EPOLL") for name in found.event_names) + "  "))
    if not found.closed:
        return (*head, piece(found.what, Role.PATH))
    held = f", but open as {found.held_as}: {found.what}" if found.held_as >= 0 else ", its file is held elsewhere"
    return (*head, piece("closed", Role.MIND), piece(held))


def watched(found: InotifyWatch) -> Line:
    """A path and its events."""
    return (*place(found.path), piece("  " + "|".join(name.removeprefix("IN_") for name in found.mask_names)))


def marked(found: FanotifyMark) -> Line:
    """What is marked, and its events."""
    ignored = " but not " + "|".join(found.ignored) if found.ignored else ""
    return (piece(f"{found.on} "), *place(found.path), piece("  " + "|".join(name.removeprefix("FAN_") for name in found.mask) + ignored))


def group(fd: Fanotify) -> Line:
    """The flags of a fanotify group."""
    return line("|".join(fd.init_flags) or "FAN_CLASS_NOTIF")


def place(path: str | Missing) -> Line:
    """A path, or why there is none."""
    return line(piece(path.detail, Role.SECONDARY)) if isinstance(path, Missing) else line(piece(path, Role.PATH))


def beyond(fd: Fd) -> Iterator[Fact]:
    """What fdinfo has not."""
    if isinstance(fd, PathFd):
        for lock in fd.locks:
            if lock.waits:
                yield row("lock", locked(lock))
        yield from file(fd)
    if isinstance(fd, CharDevice | BlockDevice):
        yield row("device", " ".join(filter(None, (f"{fd.major}:{fd.minor}", fd.driver, fd.name if fd.name != fd.driver else ""))))
    if isinstance(fd, MessageQueue):
        yield row("queued", sentence(fd.queued) if isinstance(fd.queued, Missing) else f"{fd.queued:,} bytes")
        if fd.notify:
            yield row("notifies", f"process {fd.notify}")
    if isinstance(fd, Bpf) and fd.name:
        yield row("name", line(piece(fd.name, Role.NAME)))
    if isinstance(fd, BlockDevice):
        for key, value in (("alias", fd.alias), ("file", fd.backing), ("capacity", f"{fd.capacity:,} bytes" if fd.capacity else "")):
            if value:
                yield row(key, line(piece(value, Role.PATH if key == "file" else Role.TEXT)))
    if isinstance(fd, MemFd | MemoryFd):
        yield row("size", sentence(fd.size) if isinstance(fd.size, Missing) else f"{fd.size:,} bytes")
    if isinstance(fd, MemFd):
        yield row("seals", sentence(fd.seals) if isinstance(fd.seals, Missing) else "|".join(fd.seals) or "none")
    if isinstance(fd, SocketFd):
        if isinstance(fd.socket, Missing):
            yield row("socket", sentence(fd.socket))
        else:
            yield from socket(fd.socket)


def file(fd: PathFd) -> Iterator[Fact]:
    """stat(2)."""
    if fd.unanswered is not None:
        yield row("stat", sentence(fd.unanswered))
    elif fd.inode:
        if not isinstance(fd, CharDevice | BlockDevice):
            yield row("size", f"{fd.size:,} bytes", size(fd.size) if fd.size >= 1024 else "")
        yield row("mode", f"{fd.mode & 0o7777:04o}")
        yield row("inode", str(fd.inode))
        if fd.deleted is True:
            names = "its name is gone, other names lead to it" if fd.links else "no name leads to it any more"
            yield row("deleted", line(piece(names, Role.MIND)))


def socket(found: Socket) -> Iterator[Fact]:
    """What the kernel's tables say."""
    words = " ".join(filter(None, (found.family, found.type, found.protocol if found.protocol != found.type else "")))
    yield row("socket", words)
    if found.netns:
        yield row("namespace", f"net:[{found.netns}], not that of its process")
    if found.state:
        yield row("state", found.state)
    if isinstance(found, InetSocket):
        if found.ip_protocol:
            yield row("protocol", found.ip_protocol)
        if found.local[0]:
            yield row("local", found.local[0] if found.ip_protocol else where(found.local))
        if found.connected:
            yield row("remote", where(found.remote))
        if found.interface:
            yield row("interface", found.interface)
    elif found.address:
        yield row("address", line(piece(found.address, Role.PATH)))
    if isinstance(found, NetlinkSocket) and found.groups:
        yield row("groups", " ".join(map(str, found.groups)))
    if found.listens:
        yield row("waiting", f"{found.receive_queue} of {found.send_queue}" if found.send_queue else str(found.receive_queue))
    elif found.receive_queue or found.send_queue:
        yield row("queues", f"{found.receive_queue:,} bytes to read, {found.send_queue:,} to send")
    if isinstance(found, InetSocket):
        yield from own_facts(found)
    elif found.shutdown:
        yield row("shut down", SHUT.get(found.shutdown, found.shutdown))
    if isinstance(found, UnixSocket) and (found.peer or found.hung_up):
        yield row("peer", f"socket {found.peer}" if found.peer else line(piece("closed", Role.MIND)))


def around(fd: Fd) -> Iterator[Fact]:
    """Who has the other end, and who else this one."""
    for word, holders in (("other end", fd.peers), ("also", fd.others)):
        for holder in holders:
            access = f" ({holder.access})" if holder.access not in {"", "rw"} else ""
            yield row(word, line(piece(f"{holder.comm} ", Role.NAME), piece(f"{holder.pid} fd {holder.fd}{access}")))
    if fd.unseen is not None and fd.endpoint is not None:
        yield row("not seen", sentence(fd.unseen))
