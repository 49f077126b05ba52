"""What a person asks `procdive who` about: `/var/log/x`, `:80`, `pipe:[7]`, `812/fd/5` → what kind of question that is."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from explorer.model.fd import Fd
from explorer.query.inet import NO_NAMES, Names, NotUnderstood, inet


@dataclass(frozen=True, slots=True)
class Path:
    """A path; tree: and everything below it. alone: a mount point or block device is that file alone."""

    path: str
    tree: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Inet:
    """Internet sockets, of which matches() says whether they are meant."""

    matches: Callable[[Fd], bool]


@dataclass(frozen=True, slots=True)
class Unix:
    """Unix sockets of that name; abstract ones begin with @."""

    name: str


@dataclass(frozen=True, slots=True)
class Link:
    """What /proc/PID/fd/N says of it."""

    link: str


@dataclass(frozen=True, slots=True)
class Info:
    """A thing that only fdinfo tells from others of its kind. links: of its kind; key, value: of fdinfo."""

    link: str
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Device:
    """Everything on a file system, and the device itself."""

    major: int
    minor: int


@dataclass(frozen=True, slots=True)
class Inode:
    """Files of that inode, on one device, or on any."""

    inode: int
    device: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """A SysV segment by its id."""

    shmid: int


@dataclass(frozen=True, slots=True)
class Of:
    """What a process has: fd and a number, cwd, root, exe."""

    pid: int
    name: str
    fd: int = -1


Question = Path | Inet | Unix | Link | Info | Device | Inode | Memory | Of

NAMESPACES: Final = "cgroup|ipc|mnt|net|pid|pid_for_children|time|time_for_children|user|uts"
OF_PROCESS: Final = re.compile(r"(?:/proc/)?([1-9]\d{0,9})/(?:fd/(\d{1,10})|(cwd|root|exe))", re.ASCII)
NUMBERED: Final = re.compile(rf"(pipe|socket|{NAMESPACES}):(?:\[(\d+)\]|(\d+))", re.ASCII)
BY_ID: Final = {
    "eventfd": ("anon_inode:[eventfd]", "eventfd-id"),
    "pidfd": ("anon_inode:[pidfd]", "Pid"),
    "bpf-map": ("anon_inode:bpf-map", "map_id"),
    "bpf-prog": ("anon_inode:bpf-prog", "prog_id"),
    "bpf-link": ("anon_inode:bpf_link", "link_id"),
    "tun": ("/dev/net/tun", "iff"),
}
"""Kinds that have a number or name in fdinfo. Linux's links: eventfd.c, pidfs.c, kernel/bpf/syscall.c, drivers/net/tun.c."""
ADDRESS: Final = re.compile(r"\[[0-9a-fA-F:.%\w]+\](?::.+)?|\d+\.\d+\.\d+\.\d+(?:/\d+)?(?::.+)?|[\w.-]+:[\w,-]+", re.ASCII)
PROTOCOLS: Final = re.compile(r"[46]?(?:tcp|udplite|udp|mptcp|sctp|dccp|raw|icmp)?[@:].*", re.ASCII | re.IGNORECASE)
WANT: Final = "want a path, :PORT, ADDRESS:PORT, KIND:ID (pipe:[7], eventfd:3, inode:131) or PID/fd/N"


def question(text: str, names: Names = NO_NAMES, *, tree: bool = False, alone: bool = False) -> Question:
    """tree, alone: of a path, as in Path. Raises NotUnderstood. What is in doubt is a path: ./:80 is always one."""
    if of := OF_PROCESS.fullmatch(text):
        return Of(int(of[1]), of[3] or "fd", int(of[2]) if of[2] else -1)
    if text.startswith(("/", "./", "../")) or text in {".", ".."}:
        return Path(text, tree or (len(text) > 1 and text.endswith("/")), alone)
    kind, colon, value = text.partition(":")
    if colon and (found := of_kind(kind, value, text)):
        return found
    if text.startswith("@") and len(text) > 1:
        return Unix(text)
    if text.startswith("anon_inode:"):
        return Link(text)
    if PROTOCOLS.fullmatch(text):
        return Inet(understood(text, text, names))
    if "/" not in text or ADDRESS.fullmatch(text):
        if ADDRESS.fullmatch(text):
            return Inet(understood(f"@{text}", text, names))
        if text.isdecimal():
            raise NotUnderstood(f"{text}: :{text} is a port, {text}/fd/N a process's descriptor, inode:{text} and ./{text} are files")
    if not text:
        raise NotUnderstood(WANT)
    return Path(text, tree or text.endswith("/"), alone)


def understood(text: str, written: str, names: Names) -> Callable[[Fd], bool]:
    """As -i takes it, in our own words where it cannot be. Raises NotUnderstood."""
    try:
        return inet(text, names)
    except NotUnderstood as wrong:
        raise NotUnderstood(f"{written}: {str(wrong).partition(': ')[2] or WANT}; a file of that name is ./{written}") from None


def of_kind(kind: str, value: str, text: str) -> Question | None:
    """KIND:ID; None where it is none. Raises NotUnderstood where the kind is known and the id is none of it."""
    if found := NUMBERED.fullmatch(text):
        return Link(f"{found[1]}:[{found[2] or found[3]}]")
    parts = value.split(":")
    numbers = [int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) < 20]
    whole = len(numbers) == len(parts)
    if kind.isascii() and kind.isdecimal() and whole and len(parts) == 1:
        return Device(int(kind), numbers[0])
    if kind == "inode" and whole and len(parts) in {1, 3}:
        return Inode(numbers[-1], (numbers[0], numbers[1]) if len(parts) == 3 else None)
    if kind in {"dev", "device"} and whole and len(parts) == 2:
        return Device(numbers[0], numbers[1])
    if kind in {"shm", "sysv"} and whole and len(parts) == 1:
        return Memory(numbers[0])
    if kind in BY_ID and value and (whole or kind == "tun"):
        return Info(*BY_ID[kind], value.strip("[]"))
    if kind in BY_ID and value.startswith("[") and value.endswith("]") and value[1:-1].isdecimal():
        return Info(*BY_ID[kind], value[1:-1])
    if kind == "memfd" and value:
        return Link(f"/memfd:{value} (deleted)")
    if kind == "unix" and value:
        return Unix(value)
    if kind in {"pipe", "socket", "inode", "dev", "device", "shm", "sysv", *BY_ID, *NAMESPACES.split("|")}:
        raise NotUnderstood(f"{text}: {EXAMPLE.get(kind, f'want a number, {kind}:[7]')}")
    return None


EXAMPLE: Final = {
    "inode": "want inode:N or inode:MAJOR:MINOR:N",
    "dev": "want dev:MAJOR:MINOR",
    "device": "want device:MAJOR:MINOR",
    "shm": "want the id of a SysV segment, shm:3",
    "sysv": "want the id of a SysV segment, sysv:3",
    "tun": "want the name of an interface, tun:tap0",
}
