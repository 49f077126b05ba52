"""Who a uid is. Never waits long: a name service may hang for minutes (a directory server that is away)."""

import time
from typing import Final

from explorer.decode.text import text
from explorer.kernel.reader import Ask, Reader
from explorer.model.missing import Missing, Reason

PASSWD: Final = "/etc/passwd"
AGAIN: Final = 60.0
"""Seconds for which it is believed that a uid has no name; and for which a name service that hung is not asked."""


class Users:
    """Names of users: from /etc/passwd, else from the name service, with a deadline; the number where neither knows."""

    op = "u"
    """What the reader is asked for a name that is not in the file."""

    def __init__(self, reader: Reader, passwd: str = PASSWD) -> None:
        self._reader = reader
        self._passwd = passwd
        self._names: dict[int, str] | None = None
        self._unknown: dict[int, float] = {}
        self._silent_until = 0.0

    def name(self, uid: int | Missing) -> str:
        """The user's name, the uid as a number, or "?" where there is no uid. Blocks for one deadline at the most, and seldom."""
        if isinstance(uid, Missing):
            return "?"
        if self._names is None:
            self._names = self._read()
        known = self._names.get(uid)
        if known is not None:
            return known
        now = time.monotonic()
        if now < self._unknown.get(uid, 0.0) or now < self._silent_until:
            return str(uid)
        return self._asked(uid, now)

    def _asked(self, uid: int, now: float) -> str:
        """What the name service says; a child asks it, as getpwuid(3) may hang."""
        assert self._names is not None
        found = self._reader.ask([Ask(self.op, str(uid))])[0]
        if isinstance(found, bytes) and found:
            name = self._names[uid] = text(found)
            return name
        if isinstance(found, Missing) and found.reason is Reason.TIMED_OUT:
            self._silent_until = now + AGAIN
        else:
            # It may have been made since.
            self._names |= {each: name for each, name in self._read().items() if each not in self._names}
            if uid in self._names:
                return self._names[uid]
        self._unknown[uid] = now + AGAIN
        return str(uid)

    def _read(self) -> dict[int, str]:
        """passwd(5); the first line of a uid counts, as for getpwuid(3)."""
        found = self._reader.ask([Ask("r", self._passwd, 1 << 24)])[0]
        names: dict[int, str] = {}
        for line in found.split(b"\n") if isinstance(found, bytes) else ():
            words = line.split(b":")
            if len(words) >= 3 and words[0] and words[2].isdigit():
                names.setdefault(int(words[2]), text(words[0]))
        return names
