"""/proc/PID/uid_map and gid_map: how ids of its user namespace are seen from ours. Source: user_namespaces(7)."""

from dataclasses import dataclass

from explorer.decode.proc.status import plain_number


@dataclass(frozen=True, slots=True)
class IdRange:
    """count ids from `inside` on are ours from `outside` on."""

    inside: int
    outside: int
    count: int


def decode(raw: bytes) -> tuple[IdRange, ...]:
    """In the file's order; () where none was set yet."""
    rows = (line.split() for line in raw.decode("ascii", "replace").split("\n"))
    return tuple(IdRange(*map(int, row)) for row in rows if len(row) == 3 and all(map(plain_number, row)))


def identity(ranges: tuple[IdRange, ...]) -> bool:
    """Whether every id is itself, as in the first user namespace."""
    return ranges == (IdRange(0, 0, 4294967295),)
