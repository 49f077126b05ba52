"""Who holds what: the two ends of pipes and sockets, and descriptors that several processes share."""

from dataclasses import dataclass

Endpoint = tuple[str, int | str]
"""What descriptors have in common when they are the same thing: its sort (pipe, socket, eventfd, fifo) and its inode, id or path."""


@dataclass(frozen=True, slots=True, order=True)
class Holder:
    """A descriptor of a process. access: r, w, rw, or "" where that says nothing."""

    pid: int
    fd: int
    comm: str = ""
    access: str = ""
