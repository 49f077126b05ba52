"""The auxiliary vector that execve gave a process."""

from explorer.decode.proc.auxv import decode, tag_name
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.resolve.place import Place, nothing_there
from explorer.resolve.system import System


def auxv(system: System, at: Place) -> dict[str, int] | Missing:
    """AT_… → its value: a number or an address."""
    try:
        raw = system.proc.read(at.path, "auxv")
    except Unreadable as unreadable:
        gone = unreadable.missing.reason is Reason.GONE
        return nothing_there(at, "auxiliary vector") if gone else unreadable.missing
    if not raw:
        return nothing_there(at, "auxiliary vector")
    # The leader's stack tells the size of a long; without the right to see it, the size of ours.
    word = 4 if 0 < at.stat.startstack < 1 << 32 else 8
    return {tag_name(tag): value for tag, value in decode(raw, word)}
