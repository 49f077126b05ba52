"""/proc/PID/io. Source: proc_pid_io(5)."""

from explorer.decode.proc.status import decode_fields, plain_number


def decode(raw: bytes) -> dict[str, int]:
    """rchar, wchar, syscr, syscw, read_bytes, write_bytes, cancelled_write_bytes: bytes and calls since it started."""
    return {key: int(value) for key, value in decode_fields(raw).items() if plain_number(value)}
