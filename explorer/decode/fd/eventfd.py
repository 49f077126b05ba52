"""eventfd(2): a counter that can be waited for."""

from dataclasses import dataclass
from typing import ClassVar

from explorer.decode.fd.raw import RawFd
from explorer.model.endpoints import Endpoint
from explorer.model.fd import Fd
from explorer.model.missing import Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFd(Fd):
    """count: a read blocks while it is 0. id: the same in every process that shares it (Linux 5.2). semaphore: reads take one."""

    kind: ClassVar[str] = "eventfd"

    count: int | Missing
    id: int | Missing
    semaphore: bool = False

    @property
    def endpoint(self) -> Endpoint | None:
        return None if isinstance(self.id, Missing) else ("eventfd", self.id)

    @property
    def note(self) -> str:
        return "eventfd"


def decode(raw: RawFd) -> EventFd | None:
    """anon_inode:[eventfd] (fs/eventfd.c)"""
    semaphore = raw.first("eventfd-semaphore") == "1"
    return EventFd(**raw.common, count=raw.number_of("eventfd-count", 16), id=raw.number_of("eventfd-id"), semaphore=semaphore)
