"""/proc/PID/smaps_rollup: the sums of smaps. Source: Documentation/ABI/testing/procfs-smaps_rollup."""

from explorer.decode.proc.status import decode_fields, sizes


def decode(raw: bytes) -> dict[str, int]:
    """Field → bytes."""
    return sizes(decode_fields(raw))
