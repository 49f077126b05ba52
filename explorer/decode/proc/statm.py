"""/proc/PID/statm. Source: proc_pid_statm(5)."""

from dataclasses import dataclass

from explorer.decode.proc.status import plain_number


@dataclass(frozen=True, slots=True)
class Statm:
    """In pages, as there. lib and dt are always 0."""

    size: int = 0
    resident: int = 0
    shared: int = 0
    text: int = 0
    lib: int = 0
    data: int = 0
    dt: int = 0


def decode(raw: bytes) -> Statm:
    """Fields that are absent or odd are 0."""
    words = raw.decode("ascii", "replace").split()[:7]
    return Statm(*(int(word) if plain_number(word) else 0 for word in words))
