"""Files of /proc/PID that hold one number."""

from explorer.decode.proc.number import decode
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.resolve.place import Place
from explorer.resolve.system import System


def number(system: System, at: Place, name: str, base: int = 10) -> int | Missing:
    """The number; UNSUPPORTED where the kernel has no such file or writes something else into it."""
    try:
        found = decode(system.proc.read(at.path, name), base)
    except Unreadable as unreadable:
        found_missing = unreadable.missing
        gone = found_missing.reason is Reason.GONE
        return Missing(Reason.UNSUPPORTED, f"this kernel has no {name}") if gone else found_missing
    return Missing(Reason.UNSUPPORTED, f"{name} is no number") if found is None else found
