"""Records as the programs write them into the ring."""

from dataclasses import dataclass, field

from explorer.model.batch import Kind
from explorer.trace.bpf import layout
from explorer.trace.bpf.names import ADDRESS


@dataclass(frozen=True)
class Record:
    """A call or another event. names: identity, descriptor, whether the call made it; those of behind come after the pieces."""

    kind: int = Kind.CALL
    number: int = 0
    result: int = 0
    tid: int = 7
    pid: int = 7
    time: int = 1
    took: int = 10
    lost: int = 0
    arch: int = 0
    cpu: int = 0
    string: int = 32
    args: tuple[int, ...] = (0,) * 6
    names: tuple[tuple[int, int, bool], ...] = ()
    behind: tuple[tuple[int, int, bool], ...] = ()
    pieces: tuple[tuple[int, bool, bytes], ...] = ()
    data: bytes = b""

    def raw(self) -> bytes:
        """A multiple of 8 bytes."""
        counts = len(self.names) | len(self.behind) << 3
        head = layout.HEAD.pack(
            self.time, self.took & (1 << 64) - 1, self.result, self.tid, self.pid, self.number, self.lost, self.kind, self.arch, self.cpu,
            counts, len(self.pieces), self.string, *self.args,
        )  # fmt: skip
        out = head + b"".join(layout.NAME.pack(*name) for name in self.names)
        for address, late, raw in self.pieces:
            out += layout.PIECE.pack(address, len(raw), late) + raw + bytes(-len(raw) % 8)
        out += b"".join(layout.NAME.pack(*name) for name in self.behind) + self.data
        return out + bytes(-len(out) % 8)


@dataclass
class Taken:
    """Several records as the ring hands them over: each behind eight bytes of the ring's own."""

    raw: bytes = b""
    offsets: list[int] = field(default_factory=list)

    def put(self, raw: bytes) -> None:
        """One more."""
        if self.offsets:
            self.raw += bytes(8)
        self.offsets.append(len(self.raw))
        self.raw += raw


def taken(*records: Record) -> Taken:
    """All of them."""
    out = Taken()
    for record in records:
        out.put(record.raw())
    return out


def name_record(
    identity: int, parts: tuple[bytes, ...], flags: int = 0, magic: int = 0xEF53, inode: int = 5, device: int = 8, address: bytes = b""
) -> bytes:
    """That tells a name. parts: the last one first."""
    args = (inode, device, magic, 0o100644, len(parts), 0)
    head = layout.HEAD.pack(0, 0, identity, 0, 0, flags, 0, layout.NAME_RECORD, 0, 0, 0, 0, 0, *args)
    out = head + address.ljust(ADDRESS.size, b"\0") + b"".join(part + b"\0" for part in parts)
    return out + bytes(-len(out) % 8)
