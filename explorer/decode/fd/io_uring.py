"""io_uring(7): two rings of requests and completions."""

from dataclasses import dataclass
from typing import ClassVar

from explorer.decode.fd.raw import RawFd
from explorer.model.fd import Fd
from explorer.model.missing import Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class IoUring(Fd):
    """sq_entries, cq_entries: sizes of the rings. sqes: submitted, not yet taken; cqes: completed, not yet read.

    thread: of the kernel's poller, -1 for none. files, buffers: registered ones, slot and what it is, as far as fdinfo
    lists them; file_slots, buffer_slots: how many slots there are. polls: requests that wait for a file to be ready.
    """

    kind: ClassVar[str] = "io_uring"

    sq_entries: int | Missing
    cq_entries: int | Missing
    sqes: int | Missing
    cqes: int | Missing
    thread: int | Missing
    file_slots: int | Missing
    files: tuple[tuple[str, str], ...]
    buffer_slots: int | Missing
    buffers: tuple[tuple[str, str], ...]
    polls: int = 0

    @property
    def note(self) -> str:
        return "io_uring"


def decode(raw: RawFd) -> IoUring | None:
    """anon_inode:[io_uring] (io_uring/fdinfo.c). Where the ring is busy the kernel leaves the lists out."""
    sections = sectioned(raw.lines)
    sq_mask, cq_mask = raw.number_of("SqMask", 0), raw.number_of("CqMask", 0)
    sqes = raw.number_of("SQEs")
    if isinstance(sqes, Missing):
        sqes = difference(raw.number_of("SqTail"), raw.number_of("SqHead"))
    cqes = raw.number_of("CQEs")
    if isinstance(cqes, Missing):
        cqes = difference(raw.number_of("CqTail"), raw.number_of("CqHead"))
    return IoUring(
        **raw.common,
        sq_entries=sq_mask if isinstance(sq_mask, Missing) else sq_mask + 1,
        cq_entries=cq_mask if isinstance(cq_mask, Missing) else cq_mask + 1,
        sqes=sqes,
        cqes=cqes,
        thread=raw.number_of("SqThread"),
        file_slots=raw.number_of("UserFiles"),
        files=sections.get("UserFiles", ()),
        buffer_slots=raw.number_of("UserBufs"),
        buffers=sections.get("UserBufs", ()),
        polls=len(sections.get("PollList", ())),
    )


def sectioned(lines: tuple[tuple[str, str], ...]) -> dict[str, tuple[tuple[str, str], ...]]:
    """The numbered lines below each heading; lines of PollList have no number but begin with op=."""
    found, section = dict[str, tuple[tuple[str, str], ...]](), ""
    for key, value in lines:
        if key.isdecimal() or key.startswith(("op=", "user_data=")):
            found[section] = (*found.get(section, ()), (key, value))
        else:
            section = key
    return found


def difference(tail: int | Missing, head: int | Missing) -> int | Missing:
    """How many entries lie between two indices that wrap at 32 bits (kernels before 5.18 print the indices only)."""
    if isinstance(tail, Missing):
        return tail
    return head if isinstance(head, Missing) else (tail - head) & 0xFFFFFFFF
