"""Context switches of a thread, as /proc/PID/task/TID/status counts them."""

from typing import Final

KEYS: Final = (b"voluntary_ctxt_switches:", b"nonvoluntary_ctxt_switches:")


def decode(raw: bytes) -> int | None:
    """Voluntary and involuntary ones together; None where status has neither line (proc_pid_status(5): since Linux 2.6.23)."""
    counts = [line.split()[1] for line in raw.splitlines() if line.startswith(KEYS) and len(line.split()) == 2]
    numbers = [int(count) for count in counts if count.isdigit()]
    return sum(numbers) if numbers else None
