"""Sockets. What they are and whom they talk to stands in the kernel's tables, not in fdinfo: resolve/sockets.py looks there."""

from dataclasses import dataclass
from typing import ClassVar

from explorer.decode.fd.pipe import bracketed
from explorer.decode.fd.raw import NOT_LOOKED_UP, RawFd, known
from explorer.model.endpoints import Endpoint
from explorer.model.fd import Fd
from explorer.model.missing import Missing
from explorer.model.socket import InetSocket, Socket, UnixSocket


@dataclass(frozen=True, slots=True, kw_only=True)
class SocketFd(Fd):
    """inode: its number in every table. socket: what those say. scm_fds: descriptors on their way through a unix socket."""

    kind: ClassVar[str] = "socket"

    inode: int
    socket: Socket | Missing = NOT_LOOKED_UP
    scm_fds: int = 0

    @property
    def endpoint(self) -> Endpoint:
        return "socket", self.inode

    @property
    def other_end(self) -> Endpoint | None:
        if isinstance(self.socket, InetSocket | UnixSocket) and self.socket.peer:
            return "socket", self.socket.peer
        if isinstance(self.socket, InetSocket | UnixSocket) and self.socket.listener:
            return "socket", self.socket.listener
        return None

    @property
    def note(self) -> str:
        return self.target if isinstance(self.socket, Missing) else self.socket.note


def decode(raw: RawFd) -> SocketFd | None:
    """socket:[INODE]"""
    return SocketFd(**raw.common, inode=bracketed(raw.link), scm_fds=known(raw.number_of("scm_fds")))
