"""Descriptors by what a row of text says of them, for lists of very many: made and shown at a fraction of the price of a model.fd.Fd."""

from typing import NamedTuple

from explorer.model.socket import InetSocket


class BriefFile(NamedTuple):
    """A regular file that is not deleted and has no locks. flags: of open(2). fstype: of one that has no size, being made when read."""

    number: int
    flags: int
    position: int
    size: int
    path: str
    fstype: str = ""


class BriefPair(NamedTuple):
    """A connected unix stream socket without a name, whose peer has none; nothing waits in it. pid, comm: who alone has the peer."""

    number: int
    pid: int
    comm: str


class BriefCounter(NamedTuple):
    """An eventfd that is no semaphore and that nobody else has."""

    number: int
    value: int


class BriefPoll(NamedTuple):
    """An eventpoll, none of whose watched descriptors is closed. watched: their numbers."""

    number: int
    watched: tuple[int, ...]


class BriefConnection(NamedTuple):
    """A connection of this machine with itself that is up. pid, comm: who alone has the other end."""

    number: int
    socket: InetSocket
    pid: int
    comm: str


Brief = BriefConnection | BriefFile | BriefPair | BriefCounter | BriefPoll
