"""A descriptor in a few words: what stands between < and > after its number in a system call."""

from typing import TYPE_CHECKING

from explorer.decode.fd import decode_fd, needs_stat
from explorer.model.fd import Fd
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.socket import UnixSocket
from explorer.resolve.comm import comm

if TYPE_CHECKING:
    from explorer.resolve.system import System


def note(system: "System", pid: int, number: int) -> str | Missing:
    """`eventpoll, 5 watched`, `/srv/x`, `10.0.0.5:80 ← 10.0.0.9:51122`, `pipe ← 1302 rsync`. Never raises.

    A path is what the link says; nothing behind it is touched.
    """
    try:
        link = system.proc.link(pid, "fd", number)
        if link.startswith("/") and needs_stat(link):
            return link
        fd = decode_fd(number, link, system.proc.read(pid, "fdinfo", number))
    except Unreadable as refused:
        return refused.missing
    if fd.kind == "socket":
        return socket_note(system, pid, fd)
    if fd.kind == "pipe":
        return pipe_note(system, pid, fd)
    if fd.kind == "pidfd" and isinstance(pid_of := getattr(fd, "pid", 0), int) and pid_of > 0:
        return f"{fd.note} {comm(system.proc, pid_of)}".rstrip()
    return fd.note


def socket_note(system: "System", pid: int, fd: Fd) -> str | Missing:
    """Its addresses, and who is at the other end where that is a process of this machine that has no address."""
    sort, inode = fd.endpoint or ("socket", 0)
    found = system.sockets.of(pid, {fd.number: int(inode)}).get(int(inode), Missing(Reason.GONE, fd.target))
    if isinstance(found, Missing):
        return fd.target
    if isinstance(found, UnixSocket) and not found.address and found.peer:
        end = (sort, found.peer)
        for holder in system.holders.of([end], likely=(pid,))[end]:
            if (holder.pid, holder.fd) != (pid, fd.number):
                return f"unix {found.type} ↔ {holder.pid} {holder.comm}".rstrip()
    return found.note


def pipe_note(system: "System", pid: int, fd: Fd) -> str:
    """With the process at the other end, where one is seen; its own where it is itself."""
    if fd.endpoint is None or fd.access not in {"r", "w"}:
        return fd.target
    holders = system.holders.of([fd.endpoint], likely=(pid,))[fd.endpoint]
    ends = [holder for holder in holders if ({"r": "w", "w": "r"}[fd.access] in holder.access)]
    arrow = "←" if fd.access == "r" else "→"
    for holder in sorted(ends, key=lambda holder: holder.pid == pid):
        return f"pipe {arrow} {'itself' if holder.pid == pid else f'{holder.pid} {holder.comm}'.rstrip()}"
    if system.holders.unseen(fd.endpoint) is None:
        return "pipe, nobody writes" if fd.access == "r" else "pipe, nobody reads"
    return fd.target
