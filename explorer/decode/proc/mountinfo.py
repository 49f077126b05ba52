"""/proc/PID/mountinfo: proc_pid_mountinfo(5), fs/proc_namespace.c."""

import re
from typing import Final

from explorer.decode.text import text
from explorer.model.mount import Mount

OCTAL: Final = re.compile(rb"\\([0-7]{3})")


def decode(data: bytes) -> tuple[Mount, ...]:
    """Each mount. A line that is none is left out.

    The device may be called "-" and there may be any number of optional fields: they end at the first lone "-" after
    the six fixed fields, and the three fields after that stand at the end of the line.
    """
    return tuple(mount for line in data.split(b"\n") if (mount := row(line.split(b" "))))


def row(words: list[bytes]) -> Mount | None:
    """One line's words."""
    try:
        end = words.index(b"-", 6)
        number, parent = int(words[0]), int(words[1])
        major, minor = (int(part) for part in words[2].split(b":"))
    except ValueError:
        return None
    fstype, source, super_options = (*words[end + 1 : end + 4], b"", b"", b"")[:3]
    return Mount(
        number,
        parent,
        (major, minor),
        plain(words[3]),
        plain(words[4]),
        text(words[5]),
        tuple(text(word) for word in words[6:end]),
        plain(fstype),
        plain(source),
        plain(super_options),
    )


def plain(word: bytes) -> str:
    r"""Without the kernel's escapes: \040 space, \011 tab, \012 newline, \134 backslash, \043 #."""
    return text(OCTAL.sub(lambda found: bytes((int(found[1], 8) & 0xFF,)), word))
