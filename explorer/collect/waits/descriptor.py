"""A call on one descriptor: who is to write, read, connect or send, or that nobody can."""

from typing import TYPE_CHECKING, Final

from explorer.collect.waits.blocked import Blocked, holders
from explorer.collect.waits.ends import due, late, names, others, own, parties, phrase, remote, sort, who_listens
from explorer.decode.fd.device import CharDevice
from explorer.decode.fd.eventfd import EventFd
from explorer.decode.fd.pipe import Fifo, Pipe
from explorer.decode.fd.socket import SocketFd
from explorer.decode.text import text
from explorer.model.missing import Missing, Reason
from explorer.model.socket import InetSocket
from explorer.model.stack import Party, Wait

if TYPE_CHECKING:
    from explorer.model.fd import Fd

WRITES: Final = frozenset({
    "write", "writev", "pwrite64", "pwritev", "pwritev2", "sendto", "sendmsg", "sendmmsg", "send", "vmsplice", "mq_timedsend",
    "mq_timedsend_time64",
})  # fmt: skip
AF_UNIX: Final = b"\1\0"
SOCKADDR_UN: Final = 110
MOVES: Final = {"splice": (0, 2), "tee": (0, 1), "copy_file_range": (0, 2), "sendfile": (1, 0), "sendfile64": (1, 0)}
"""Calls that move from one descriptor to another: which arguments those are."""


def find(blocked: Blocked) -> Wait | None:
    """By what the descriptor is. Nothing where it is a plain file: the call itself says all."""
    call = blocked.name
    if call in MOVES:
        return moved(blocked)
    fd = blocked.glance.fd(blocked.signed(0))
    return on(blocked, fd, call, writes=call in WRITES) if fd is not None else None


def moved(blocked: Blocked) -> Wait | None:
    """Whichever end is a pipe, socket or the like, the source first."""
    source, target = (blocked.glance.fd(blocked.signed(index)) for index in MOVES[blocked.name])
    wchan = blocked.thread.wchan if isinstance(blocked.thread.wchan, str) else ""
    full = target is not None and ("opipe" in wchan or "write" in wchan or "sndbuf" in wchan or "stream_wait_memory" in wchan)
    for fd, writes in ((target, True), (source, False)) if full else ((source, False), (target, True)):
        if fd is not None and (found := on(blocked, fd, blocked.name, writes=writes)) is not None:
            return found
    return None


def on(blocked: Blocked, fd: "Fd", call: str, *, writes: bool) -> Wait | None:
    """What a call on a descriptor waits for."""
    if isinstance(fd, Pipe | Fifo):
        return pipe(blocked, fd, writes=writes)
    if isinstance(fd, SocketFd):
        return socket(blocked, fd, call, writes=writes)
    if isinstance(fd, EventFd):
        who = tuple(holder for holder in fd.others if holder.pid != blocked.pid)
        whom = f"; {names(who)} can do that too" if who else ""
        what = "room in" if writes else "somebody to add to"
        return Wait("eventfd", f"waits for {what} its eventfd {fd.number}{whom}", parties=parties(who, "holder"))
    if fd.kind in {"regular", "directory", "blk", "file", "memfd"}:
        return None
    if isinstance(fd, CharDevice) and fd.path.startswith(("/dev/pts/", "/dev/tty", "/dev/console")):
        return Wait("terminal", f"waits for {'room to write' if writes else 'input'} on terminal {fd.path}")
    if call == "io_uring_enter":
        return Wait("io_uring", f"waits for completions of its io_uring {fd.number}")
    return Wait(fd.kind, f"waits for {phrase(fd, blocked.glance)}", due=due(fd))


def pipe(blocked: Blocked, fd: "Fd", *, writes: bool) -> Wait:
    """The processes at the other end; the process itself where there is nobody else.

    Somebody there always is: a pipe without a writer reads as its end, one without a reader kills who writes (pipe(7)).
    """
    access, does, role = ("r", "reads", "reader") if writes else ("w", "writes", "writer")
    found = others(fd, blocked.glance, access) or late(fd, blocked.glance, access)
    if found:
        whom = f"the {fd.kind} is full: waits for {names(found)} to read it" if writes else f"waits for data from {names(found)}"
        return Wait("pipe", whom, parties=parties(found, role))
    head, mine = f"the {fd.kind} is full" if writes else "waits for data", own(fd, blocked.glance, access)
    numbers = f"fd {', '.join(map(str, mine))}"
    if not mine or fd.unseen is not None:
        besides = f", besides the process itself ({numbers})" if mine else ""
        return Wait("pipe", f"{head}; {unknown(fd, does)}{besides}")
    head += f"; only the process itself has the other end ({numbers})"
    if len(blocked.glance.tids) > 1:
        return Wait("pipe", f"{head}: another of its threads must {does[:-1]}")
    return Wait("pipe", f"{head}: nobody else {does}, it waits for itself", hopeless=True)


def unknown(fd: "Fd", does: str) -> str:
    """Why nobody is named."""
    if fd.unseen is None:
        return f"who {does} was not found: no process that is seen has the other end open"
    return f"who {does} may not be seen" if fd.unseen.reason is Reason.DENIED else f"who {does} is not known yet"


def socket(blocked: Blocked, fd: SocketFd, call: str, *, writes: bool) -> Wait:
    """A connection, an answer, room, or data; from whom."""
    found, kernel = parties(tuple(holder for holder in fd.peers if holder.pid != blocked.pid), "peer"), fd.socket
    if isinstance(kernel, Missing):
        return Wait("socket", f"waits for {'room in' if writes else 'data on'} {fd.target}")
    name = sort(kernel)
    if kernel.listens or call.startswith("accept"):
        return Wait("socket", f"waits for a connection to {name} {kernel.address}".rstrip())
    end = remote(fd, blocked.glance)
    if call == "connect":
        return connecting(blocked, name, end, found)
    if writes:
        full = f", {kernel.send_queue} bytes unread" if kernel.send_queue else ""
        return Wait("socket", f"the {name} socket is full{full}: waits for {end or 'its peer'} to read", parties=found)
    if end:
        place = f" ({name} {kernel.address})" if isinstance(kernel, InetSocket) and fd.peers else f" ({name})"
        return Wait("socket", f"waits for data from {end}{place}", parties=found)
    if kernel.type == "stream":
        # It would not wait if there were nobody: a closed connection reads as its end.
        return Wait("socket", f"waits for data on {name} {kernel.address}".rstrip() + f"; {unknown(fd, 'sends')}")
    return Wait("socket", f"waits for a message on {name} {kernel.address}".rstrip())


def connecting(blocked: Blocked, name: str, end: str, found: tuple[Party, ...]) -> Wait:
    """connect(2): of a unix socket, whose listener has too many that wait already, the tables know no other end yet."""
    path = unix_path(blocked) if name == "unix" else ""
    if not path:
        return Wait("socket", f"waits for {name} {end or 'the other side'} to accept", parties=found)
    listeners = parties(who_listens(blocked.glance, path), "peer")
    whom = f"{holders((one.pid, one.comm) for one in listeners)} to accept on {path}" if listeners else f"{path} to accept"
    return Wait("socket", f"waits for {whom}", parties=listeners)


def unix_path(blocked: Blocked) -> str:
    """The name that connect(2) was given, @ first where abstract (unix(7))."""
    raw = blocked.glance.memory.read(blocked.args[1], min(blocked.args[2] & 0xFFFFFFFF, SOCKADDR_UN))
    if raw[:2] != AF_UNIX:
        return ""
    return "@" + text(raw[3:]) if raw[2:3] == b"\0" else text(raw[2:].partition(b"\0")[0])
