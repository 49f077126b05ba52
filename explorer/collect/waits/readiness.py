"""Several descriptors at a time, and perhaps a timeout: what poll, select and epoll have in common."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from explorer.collect.glance import Glance
from explorer.collect.waits.blocked import NAMES, listed
from explorer.model.stack import Party, Wait

if TYPE_CHECKING:
    from explorer.model.fd import Fd

MOST: Final = 64
"""Descriptors at most that are looked at; the others are counted."""


def any_of(kind: str, glance: Glance, numbers: Iterable[int], timeout: tuple[float | None, bool]) -> Wait:
    """Whichever of these descriptors is ready first, or the timeout: seconds left, and whether that is only the most."""
    from explorer.collect.waits import ends

    wanted = list(dict.fromkeys(numbers))
    known = glance.fds(wanted[:MOST])
    fds: list[tuple[int, Fd | None]] = [(number, known.get(number)) for number in wanted[:MOST]]
    left, most = timeout
    timers = [due for _, fd in fds if fd is not None and (due := ends.due(fd)) is not None]
    if timers and (left is None or min(timers) < left):
        left, most = min(timers), False
    if not wanted:
        text = "sleeps" if left is not None else "sleeps for ever: it waits for no descriptor and no time"
        return Wait("timer" if left is not None else kind, text, due=left, due_most=most, hopeless=False)
    phrases = [ends.phrase(fd, glance) if fd is not None else glance.notes.get(number) or f"descriptor {number}" for number, fd in fds]
    phrases += ["?"] * (len(wanted) - len(fds))
    parties: dict[tuple[int, int], Party] = {}
    for _, fd in fds:
        for holder in fd.peers if fd is not None else ():
            if holder.pid != glance.pid:
                parties.setdefault((holder.pid, holder.fd), Party(holder.pid, holder.pid, holder.comm, "peer", holder.fd))
    more = tuple(f"{number} {words}" for (number, _), words in zip(fds, phrases, strict=False)) if len(phrases) > NAMES + 1 else ()
    return Wait(kind, f"waits for {listed(phrases)}", more, tuple(parties.values()), left, most)
