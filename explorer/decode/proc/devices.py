"""/proc/devices and /proc/misc: which driver has which device numbers."""

from typing import NamedTuple

from explorer.decode.text import text


class Drivers(NamedTuple):
    """Major → names, several where drivers share one."""

    character: dict[int, tuple[str, ...]]
    block: dict[int, tuple[str, ...]]


def decode(data: bytes) -> Drivers:
    """/proc/devices: two headings, below each `MAJOR NAME` (fs/char_dev.c, block/genhd.c). Other lines are passed over."""
    found = Drivers({}, {})
    section = found.character
    for line in text(data).split("\n"):
        if line.endswith("devices:"):
            section = found.block if line.startswith("Block") else found.character
            continue
        number, _, name = line.strip().partition(" ")
        if number.isdecimal() and len(number) < 8 and name:
            section[int(number)] = (*section.get(int(number), ()), name)
    return found


def decode_misc(data: bytes) -> dict[int, str]:
    """/proc/misc: minor → name (drivers/char/misc.c)."""
    found = dict[int, str]()
    for line in text(data).split("\n"):
        number, _, name = line.strip().partition(" ")
        if number.isdecimal() and len(number) < 8 and name:
            found[int(number)] = name
    return found
