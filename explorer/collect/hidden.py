"""Whether /proc hides other users' processes from us, and from whom it does not."""

from typing import Final

from explorer.model.missing import Missing, Reason, Unreadable
from explorer.resolve.system import System

HIDDEN: Final = {
    "1": "shown, but may not be looked into", "noaccess": "shown, but may not be looked into",
    "2": "hidden", "invisible": "hidden",
    "4": "hidden unless they may be traced", "ptraceable": "hidden unless they may be traced",
}  # fmt: skip
"""hidepid= in both of its spellings (proc(5); Documentation/filesystems/proc.rst)."""

CAP_SYS_PTRACE: Final = 19


def hidden(system: System) -> Missing | None:
    """What the table lacks, None where it lacks nothing. The gid= of the mount (0 unless given) and CAP_SYS_PTRACE see everything."""
    try:
        mountinfo, raw = system.proc.read("self", "mountinfo"), system.proc.read("self", "status")
    except Unreadable:
        return None
    if b"hidepid=" not in mountinfo:
        return None
    # Loaded where they are of use only: `procdive ps` is to start at once.
    from explorer.decode.proc.mountinfo import decode
    from explorer.decode.proc.status import decode_fields

    status, options = decode_fields(raw), ""
    for mount in decode(mountinfo):
        if mount.point == system.proc.root and mount.fstype == "proc":
            # The last one is on top.
            options = mount.super_options
    chosen = dict(option.partition("=")[::2] for option in options.split(","))
    how = HIDDEN.get(chosen.get("hidepid", ""))
    if how is None:
        return None
    gid = chosen.get("gid", "0")
    if gid in {*status.get("Gid", "").split()[1:2], *status.get("Groups", "").split()} or capable(status.get("CapEff", "")):
        return None
    return Missing(
        Reason.DENIED,
        f"{system.proc.root} is mounted hidepid={chosen['hidepid']}: processes of other users are {how}",
        f"run as root, or as a member of group {gid}",
    )


def capable(mask: str) -> bool:
    """Whether CAP_SYS_PTRACE is in a mask in hexadecimal."""
    try:
        return bool(int(mask, 16) >> CAP_SYS_PTRACE & 1)
    except ValueError:
        return False
