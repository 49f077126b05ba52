"""select and pselect6: three sets of bits."""

from collections.abc import Iterator

from explorer.collect.waits.blocked import Blocked
from explorer.collect.waits.readiness import any_of
from explorer.model.stack import Wait


def find(blocked: Blocked) -> Wait | None:
    """Every descriptor below nfds that is in one of the sets (select(2)); pselect6 counts nanoseconds, select microseconds."""
    count = min(max(blocked.signed(0), 0), 1024)
    numbers = sorted({number for index in (1, 2, 3) for number in members(blocked, blocked.args[index], count)})
    timeout = blocked.time_at(blocked.args[4], 1e-9 if blocked.name.startswith("pselect6") else 1e-6)
    return any_of("select", blocked.glance, numbers, blocked.left(timeout))


def members(blocked: Blocked, address: int, count: int) -> Iterator[int]:
    """The descriptors of one set."""
    raw = blocked.glance.memory.read(address, (count + 7) // 8) if address and count else b""
    return (number for number in range(min(count, 8 * len(raw))) if raw[number // 8] >> number % 8 & 1)
