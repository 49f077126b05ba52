"""/proc/tty/drivers: which device numbers are which terminals. Source: proc_tty(5), show_tty_range() of fs/proc/proc_tty.c."""

from dataclasses import dataclass

from explorer.decode.text import text


@dataclass(frozen=True, slots=True)
class Driver:
    """Devices major:first to major:last are called name and a number: the minor itself for a console, minor - first for others.

    name: without /dev/.
    """

    name: str
    major: int
    first: int
    last: int
    type: str


def decode(raw: bytes) -> tuple[Driver, ...]:
    """One a line; lines in another form are passed over."""
    found = []
    for line in text(raw).splitlines():
        words = line.split()
        if len(words) < 5 or not words[-4].startswith("/dev/") or not words[-3].isdecimal():
            continue
        first, dash, last = words[-2].partition("-")
        if first.isdecimal() and (last.isdecimal() or not dash):
            found.append(Driver(words[-4].removeprefix("/dev/"), int(words[-3]), int(first), int(last or first), words[-1]))
    return tuple(found)


def tty_name(device: int, drivers: tuple[Driver, ...]) -> str:
    """A terminal as ps writes it: pts/0, tty1, ttyS0; "?" for none. device: tty_nr of stat(5), a dev_t in its 32-bit form.

    One that no driver claims is written as its numbers, major:minor.
    """
    if not device:
        return "?"
    device &= 0xFFFFFFFF
    major, minor = device >> 8 & 0xFFF, device & 0xFF | device >> 12 & 0xFFF00
    if 136 <= major <= 143:
        return f"pts/{(major - 136 << 8) + minor}"
    for driver in drivers:
        if driver.major == major and driver.first <= minor <= driver.last:
            if driver.type.startswith("system"):
                return driver.name
            number = minor if driver.type == "console" else minor - driver.first
            return f"{driver.name}{number}"
    return f"{major}:{minor}"
