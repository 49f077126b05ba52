"""What lsfd of util-linux 2.41 says of descriptors, and what we say of them in its words: the facts that both have.

PROCDIVE_LSFD: the command that runs it, where the one of this machine is older.
"""

import json
import os
import shlex
import subprocess
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from explorer.decode.constants.signals import members, signal_name
from explorer.decode.constants.sockets import IP_PROTOCOLS
from explorer.decode.fd.bpf import Bpf
from explorer.decode.fd.device import BlockDevice, CharDevice, kernel_numbers
from explorer.decode.fd.eventfd import EventFd
from explorer.decode.fd.eventpoll import EventPoll
from explorer.decode.fd.inotify import Inotify
from explorer.decode.fd.namespace import Namespace
from explorer.decode.fd.path import PathFd
from explorer.decode.fd.pidfd import PidFd
from explorer.decode.fd.signalfd import SignalFd
from explorer.decode.fd.socket import SocketFd
from explorer.decode.fd.timerfd import TimerFd
from explorer.model.fd import Fd
from explorer.model.socket import InetSocket, NetlinkSocket, PacketSocket, Socket, UnixSocket

WANTED: Final = """
    FD POS MODE XMODE SIZE NLINK CHRDRV MISCDEV BLKDRV TUN.IFACE PTMX.TTY-INDEX EVENTFD.ID EVENTPOLL.TFDS TIMERFD.CLOCKID TIMERFD.INTERVAL
    SIGNALFD.MASK INOTIFY.INODES.RAW PIDFD.PID BPF-MAP.ID BPF-MAP.TYPE BPF-PROG.ID BPF-PROG.TYPE BPF-PROG.TAG BPF.NAME NS.NAME NS.TYPE
    AINODECLASS SOCK.TYPE SOCK.STATE SOCK.LISTENING SOCK.SHUTDOWN TCP.LADDR TCP.RADDR UDP.LADDR UDP.RADDR UDPLITE.LADDR RAW.PROTOCOL
    PING.ID INET.LADDR INET6.LADDR UNIX.PATH NETLINK.PROTOCOL NETLINK.LPORT NETLINK.GROUPS PACKET.IFACE PACKET.PROTOCOL ENDPOINTS
"""
COLUMNS: Final = WANTED.split()
COMMAND: Final = tuple(shlex.split(os.environ.get("PROCDIVE_LSFD", "lsfd")))
ENDPOINTS: Final = frozenset({"pipe", "fifo", "chr"})
LISTS: Final = frozenset({"ENDPOINTS", "EVENTPOLL.TFDS"})
Facts = Iterator[tuple[str, Any]]


@cache
def is_new() -> bool:
    """Whether it has these columns."""
    said = subprocess.run([*COMMAND, "--list-columns"], capture_output=True, text=True, timeout=60).stdout
    return set(COLUMNS) <= {line.split()[0] for line in said.splitlines() if line.split()}


def said(pid: int) -> dict[int, dict[str, Any]]:
    """Its row of each descriptor of a process, keys in small letters."""
    command = [*COMMAND, "-J", "-p", str(pid), "-Q", "FD >= 0", "-o", ",".join(COLUMNS)]
    output = subprocess.run(command, capture_output=True, timeout=60, check=True).stdout
    return {row["fd"]: row for row in json.loads(output.decode("utf-8", "surrogateescape"))["lsfd"]}


def differences(fd: Fd, row: dict[str, Any], without: frozenset[str] = frozenset()) -> list[str]:
    """Where the two do not agree. without: columns that are not compared."""
    found = []
    for column, value in facts(fd):
        theirs: Any = row[column.lower()]
        theirs = int(theirs) if isinstance(value, int) and isinstance(theirs, str) and theirs.lstrip("-").isdecimal() else theirs
        theirs = sorted(theirs) if column in LISTS else theirs
        if column not in without and theirs != value:
            found.append(f"{fd.number} {fd.target}: {column} is {theirs!r}, we say {value!r}")
    return found


def facts(fd: Fd) -> Facts:
    """Ours by its columns."""
    if isinstance(fd.position, int):
        yield "POS", fd.position
    if fd.kind in ENDPOINTS:
        modes = {"r": "r-", "w": "-w", "rw": "rw"}
        ends = {*fd.peers, *(fd.others if fd.kind != "chr" else ())}
        yield "ENDPOINTS", sorted(f"{one.pid},{one.comm},{one.fd}{modes[one.access]}" for one in ends)
    if fd.target.startswith("anon_inode:") and "btf" not in fd.target:
        yield "AINODECLASS", fd.target.removeprefix("anon_inode:").strip("[]")
    yield from of_path(fd) if isinstance(fd, PathFd) else of_event(fd)
    if isinstance(fd, SocketFd) and isinstance(fd.socket, Socket):
        yield from of_socket(fd.socket)


def of_path(fd: PathFd) -> Facts:
    """Files and devices."""
    yield "NLINK", fd.links
    yield "MODE", f"{'r' if 'r' in fd.access else '-'}{'w' if 'w' in fd.access else '-'}-"
    if fd.kind in {"regular", "directory", "file"}:
        yield "SIZE", fd.size
    if isinstance(fd, CharDevice):
        if "tty" not in fd.driver and fd.name != "ptmx":
            yield "CHRDRV", fd.driver
        if fd.driver == "misc":
            yield "MISCDEV", fd.name
        if fd.interface:
            yield "TUN.IFACE", fd.interface
        if fd.path == "/dev/ptmx":
            yield "PTMX.TTY-INDEX", fd.terminal
    if isinstance(fd, BlockDevice):
        yield "BLKDRV", fd.driver


def of_event(fd: Fd) -> Facts:
    """What has no path."""
    if isinstance(fd, EventFd):
        yield "EVENTFD.ID", fd.id
    elif isinstance(fd, EventPoll):
        yield "EVENTPOLL.TFDS", sorted(watch.tfd for watch in fd.watches)
    elif isinstance(fd, TimerFd):
        yield "TIMERFD.CLOCKID", fd.clock.removeprefix("CLOCK_").lower()
        yield "TIMERFD.INTERVAL", fd.interval
    elif isinstance(fd, SignalFd) and isinstance(fd.sigmask, int):
        numbers = members(fd.sigmask)
        yield "SIGNALFD.MASK", ",".join(signal_name(one).removeprefix("SIG") if one < 32 else str(one) for one in numbers)
    elif isinstance(fd, Inotify):
        yield "INOTIFY.INODES.RAW", ["{}@{}:{}".format(watch.ino, *kernel_numbers(watch.sdev)) for watch in fd.watches]
    elif isinstance(fd, PidFd) and isinstance(fd.pid, int):
        yield "PIDFD.PID", max(0, fd.pid)
    elif isinstance(fd, Bpf) and fd.sort in {"prog", "map"}:
        yield f"BPF-{fd.sort.upper()}.ID", fd.id
        yield f"BPF-{fd.sort.upper()}.TYPE", fd.type
        yield "BPF.NAME", fd.name
        if fd.sort == "prog":
            yield "BPF-PROG.TAG", dict(fd.says)["prog_tag"]
    elif isinstance(fd, Namespace):
        yield "NS.NAME", fd.target
        yield "NS.TYPE", fd.type


def of_socket(found: Socket) -> Facts:
    """Sockets that are in a table."""
    if found.family in {"vsock", "xdp"}:
        return  # lsfd says nothing of them where the kernel has no table
    if isinstance(found, InetSocket) and not found.local[0]:
        return
    yield "SOCK.TYPE", found.type
    yield "SOCK.LISTENING", found.listens
    if isinstance(found, InetSocket):
        yield "SOCK.STATE", (found.state or "CLOSE").lower().replace("_", "-")
        yield from of_inet(found)
    elif isinstance(found, UnixSocket):
        yield "SOCK.STATE", {"ESTABLISHED": "connected", "LISTEN": "listen"}.get(found.state, "unconnected")
        yield "SOCK.SHUTDOWN", "".join("-" if way in found.shutdown else way for way in "rw")
        yield "UNIX.PATH", found.path or None
    elif isinstance(found, NetlinkSocket):
        yield "NETLINK.PROTOCOL", found.protocol.lower()
        yield "NETLINK.LPORT", found.port
        yield "NETLINK.GROUPS", sum(1 << group - 1 for group in found.groups)
    elif isinstance(found, PacketSocket):
        yield "PACKET.IFACE", None if found.interface == "any" else found.interface
        yield "PACKET.PROTOCOL", found.protocol.lower()


def of_inet(found: InetSocket) -> Facts:
    """Addresses; those of IPv4 on an IPv6 socket are written as they are."""
    yield f"{found.family.upper()}.LADDR", found.local[0]
    protocol = "TCP" if found.protocol == "mptcp" else found.protocol.upper()
    if protocol == "RAW":
        yield "RAW.PROTOCOL", next(number for number, name in IP_PROTOCOLS.items() if name == found.ip_protocol)
    elif protocol == "ICMP":
        yield "PING.ID", found.local[1]
    else:
        yield f"{protocol}.LADDR", written(*found.local)
        if found.connected and protocol != "UDPLITE":
            yield f"{protocol}.RADDR", written(*found.remote)


def written(address: str, port: int) -> str:
    """[::1]:80"""
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
