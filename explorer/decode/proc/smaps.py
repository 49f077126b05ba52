"""/proc/PID/smaps: maps, and under each line how much of it is in memory. Source: proc_pid_smaps(5), show_smap()."""

from collections.abc import Collection
from dataclasses import replace

from explorer.decode.proc.maps import LINE, Device, decode_header
from explorer.decode.proc.status import plain_number
from explorer.decode.text import text
from explorer.model.maps import Mapping

NO_SIZES = frozenset({"KernelPageSize", "MMUPageSize"})


def decode(raw: bytes, memory_devices: Collection[Device] = ()) -> tuple[Mapping, ...]:
    """By address, sizes in bytes. A mapping whose lines are cut off has the sizes that came."""
    found: list[Mapping] = []
    header: Mapping | None = None
    sizes: dict[str, int] = {}
    flags: tuple[str, ...] = ()
    for line in text(raw).split("\n"):
        if LINE.match(line):
            if header:
                found.append(replace(header, sizes=sizes, flags=flags))
            header, sizes, flags = decode_header(line, memory_devices), {}, ()
            continue
        key, colon, value = line.partition(":")
        if not colon:
            continue
        value = value.strip()
        if key == "VmFlags":
            flags = tuple(value.split())
        elif value.endswith(" kB") and plain_number(value[:-3]) and key not in NO_SIZES:
            sizes[key] = int(value[:-3]) * 1024
    if header:
        found.append(replace(header, sizes=sizes, flags=flags))
    return tuple(found)
