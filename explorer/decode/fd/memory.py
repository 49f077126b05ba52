"""Other files that are only memory: secretmem, dma-buf, System V segments, huge pages, the rings of old AIO."""

from dataclasses import dataclass
from typing import ClassVar

from explorer.decode.fd.path import DELETED
from explorer.decode.fd.raw import NOT_LOOKED_UP, RawFd, Stat
from explorer.model.fd import Fd
from explorer.model.missing import Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryFd(Fd):
    """sort: secretmem, dmabuf, sysv, hugepages, aio, shared. name: what tells it from others of its sort.

    size: bytes. says: what a dma-buf adds to fdinfo (count, exp_name).
    """

    kind: ClassVar[str] = "memory"

    sort: str
    name: str = ""
    size: int | Missing = NOT_LOOKED_UP
    says: tuple[tuple[str, str], ...] = ()

    @property
    def note(self) -> str:
        return f"{self.sort} {self.name}".rstrip()


SORTS = {
    "/secretmem": "secretmem",
    "/dmabuf:": "dmabuf",
    "/SYSV": "sysv",
    "/anon_hugepage": "hugepages",
    "/[aio]": "aio",
    "/dev/zero": "shared",
}
USUAL = {"pos", "flags", "mnt_id", "ino"}


def decode(raw: RawFd) -> MemoryFd | None:
    """By how the link begins; a path of that name in the root directory is no such thing, and is not deleted."""
    start = next((start for start in SORTS if raw.link.startswith(start)), None)
    if start is None or (start != "/dmabuf:" and not raw.link.endswith(DELETED)):
        return None
    says = tuple((key, value) for key, value in raw.lines if key not in USUAL)
    name = raw.link.removeprefix(start).removesuffix(DELETED)
    size = raw.number_of("size") if start == "/dmabuf:" else raw.stat.size if isinstance(raw.stat, Stat) else raw.stat or NOT_LOOKED_UP
    return MemoryFd(**raw.common, sort=SORTS[start], name=name, size=size, says=says)
