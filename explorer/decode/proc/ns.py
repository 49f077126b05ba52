"""Links of /proc/PID/ns: `pid:[4026531836]`. Source: namespaces(7)."""

import re


def decode(link: str) -> tuple[str, int] | None:
    """The sort of namespace and its inode number, which two processes have in common if they are in the same one."""
    match = re.fullmatch(r"([a-z_]+):\[(\d+)\]", link, re.ASCII)
    return (match[1], int(match[2])) if match else None
