"""What is asked of descriptors that somebody reads one by one, and of no others: a question each."""

from explorer.collect.ends import with_inet_details
from explorer.decode.fd.socket import SocketFd
from explorer.model.fd import Fd
from explorer.query.thing import Thing
from explorer.resolve.system import System


def closely(system: System, pid: int, things: list[Thing]) -> list[Thing]:
    """The same things of a process, its internet sockets with what they themselves say. Never raises."""
    sockets = {thing.number: thing for thing in things if isinstance(thing, SocketFd)}
    if not sockets:
        return things
    said = with_inet_details(system, pid, sockets, sockets)
    return [said.get(thing.number, thing) if isinstance(thing, Fd) else thing for thing in things]
