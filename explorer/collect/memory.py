"""A process's memory: what is mapped, and on demand how much of it is resident."""

import os
from typing import Final

from explorer.collect.status import status
from explorer.decode.proc import maps, smaps, smaps_rollup
from explorer.kernel.memory_devices import memory_devices
from explorer.kernel.reader import Ask
from explorer.model.maps import Memory
from explorer.model.missing import Missing
from explorer.model.process import ProcessId
from explorer.resolve.place import nothing_there, place
from explorer.resolve.system import System

LIMIT: Final = 16 << 20
"""Bytes of maps: 65,530 mappings (vm.max_map_count), each with a path of 200 bytes. smaps is fifteen times as long."""
SMAPS_LIMIT: Final = 128 << 20


def memory(system: System, process: ProcessId | int, *, sizes: bool = False) -> Memory | Missing:
    """Missing where the process is gone or has no memory. Never raises; blocks for the reader's deadline at the most.

    sizes: with what smaps says of each mapping. That walks its page tables, milliseconds a gigabyte, with its memory lock held.
    """
    at = place(system, process)
    if isinstance(at, Missing):
        return at
    if at.kernel_thread or at.zombie:
        return nothing_there(at, "memory")
    path = system.proc.path
    asks = [Ask("r", path(at.path, "smaps_rollup"))]
    asks.append(Ask("r", path(at.path, "smaps"), SMAPS_LIMIT) if sizes else Ask("r", path(at.path, "maps"), LIMIT))
    rolled, mapped = system.reader.ask(asks)
    devices = {(os.major(device), os.minor(device)) for device in memory_devices()}
    known = status(system, at)
    decode = smaps.decode if sizes else maps.decode
    found = mapped if isinstance(mapped, Missing) else decode(mapped, devices)
    every = () if isinstance(found, Missing) else found
    return Memory(
        maps=found,
        detailed=sizes and not isinstance(mapped, Missing),
        rollup=rolled if isinstance(rolled, Missing) else smaps_rollup.decode(rolled),
        status=known if isinstance(known, Missing) else known.memory,
        cut=not isinstance(mapped, Missing) and len(mapped) >= (SMAPS_LIMIT if sizes else LIMIT),
        stale=tuple(dict.fromkeys(each.name for each in every if each.deleted and "x" in each.permissions)),
        both=sum(each.writable_and_executable for each in every),
    )
