"""bpf(2): programs, maps, links, iterators, type information."""

from dataclasses import dataclass
from typing import ClassVar, Final

from explorer.decode.constants.bpf import ATTACH_TYPES, MAP_TYPES, PROG_TYPES
from explorer.decode.fd.raw import RawFd
from explorer.model.fd import Fd
from explorer.model.missing import Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Bpf(Fd):
    """sort: prog, map, link, iter, btf, stats, token. type: in the kernel's words. id: what bpftool calls it by.

    prog_id: of the program behind a link. name: of a program or map, of a link its program's; "" where root alone is told. says: the
    rest of fdinfo.
    """

    kind: ClassVar[str] = "bpf"

    sort: str
    type: str = ""
    id: int | Missing
    prog_id: int | Missing
    name: str = ""
    says: tuple[tuple[str, str], ...] = ()

    @property
    def note(self) -> str:
        number = "" if isinstance(self.id, Missing) else f" {self.id}"
        return f"bpf {self.sort}{number} {self.name}".rstrip()


TYPES: Final = {"prog": ("prog_type", PROG_TYPES), "map": ("map_type", MAP_TYPES), "link": ("link_type", dict[int, str]())}
TABLES: Final = {"prog_type": PROG_TYPES, "map_type": MAP_TYPES, "attach_type": ATTACH_TYPES}
USUAL: Final = {"pos", "flags", "mnt_id", "ino"}


def decode(raw: RawFd) -> Bpf | None:
    """anon_inode:bpf-prog, bpf-map, bpf_link or bpf-link, bpf_iter, btf, bpf-stats (kernel/bpf/syscall.c)"""
    sort = raw.link.removeprefix("anon_inode:").removeprefix("bpf-").removeprefix("bpf_").strip("[]")
    key, table = TYPES.get(sort, ("", {}))
    number = raw.number_of(key)
    type_name = raw.first(key) if isinstance(number, Missing) else table.get(number, str(number))
    says = tuple((key, by_name(key, value)) for key, value in raw.lines if key not in USUAL)
    return Bpf(
        **raw.common,
        sort=sort,
        type=type_name,
        id=raw.number_of(f"{sort}_id"),
        prog_id=raw.number_of("prog_id"),
        says=says,
    )


def by_name(key: str, value: str) -> str:
    """Types by name; anything else as it is."""
    table = TABLES.get(key)
    return table.get(int(value), value) if table and value.isdecimal() and len(value) < 9 else value
