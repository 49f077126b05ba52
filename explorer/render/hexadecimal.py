r"""Quoted text in hexadecimal, as strace -x and -xx write it."""

import re
from typing import Final

QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)"|(?<=[0-9D])<([^<>]*)>', re.DOTALL)
"""A string; or what a descriptor is, behind its number or AT_FDCWD."""
ESCAPE: Final = re.compile(rb"\\(x[0-9a-f]{2}|[0-7]{1,3}|.)", re.DOTALL)
SHORT: Final = {b"t": 9, b"n": 10, b"v": 11, b"f": 12, b"r": 13}
SPACE: Final = frozenset(range(9, 14))


def in_hex(text: str, *, every: bool) -> str:
    r"""An argument's text, its quoted strings as "\x61\x62": those that are not plain ASCII; or every one, and what descriptors are."""

    def written(found: re.Match[str]) -> str:
        if found[1] is None:
            return f"<{escaped(found[2].encode('utf-8', 'surrogateescape'))}>" if every else found[0]
        raw = meant(found[1])
        if not every and all(32 <= byte < 127 or byte in SPACE for byte in raw):
            return found[0]
        return f'"{escaped(raw)}"'

    return QUOTED.sub(written, text)


def escaped(raw: bytes) -> str:
    r"""Each byte as \x61."""
    return "".join(f"\\x{byte:02x}" for byte in raw)


def meant(quoted: str) -> bytes:
    """The bytes that stand between quotes, written as in C."""

    def byte(found: re.Match[bytes]) -> bytes:
        what = found[1]
        if what[:1] == b"x" and len(what) > 1:
            return bytes((int(what[1:], 16),))
        if what.isdigit():
            return bytes((int(what, 8) & 0xFF,))
        return bytes((SHORT[what],)) if what in SHORT else what

    return ESCAPE.sub(byte, quoted.encode("utf-8", "surrogateescape"))
