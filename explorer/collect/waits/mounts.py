"""The file system that a descriptor or a path of a process is on, in words."""

from explorer.collect.glance import Glance
from explorer.model.missing import Unreadable
from explorer.model.mount import Mount


def of_descriptor(glance: Glance, number: int) -> str:
    """`nfs4 on nas:/export`, by the mount id in fdinfo; "" where it is not known, or no mount that is seen (a pipe, a socket)."""
    try:
        raw = glance.system.proc.read(glance.pid, "fdinfo", number)
    except Unreadable:
        return ""
    for line in raw.splitlines():
        key, _, value = line.partition(b":")
        if key == b"mnt_id" and value.strip().isdigit():
            mount = glance.system.mounts.of(glance.pid).get(int(value))
            return words(mount) if mount else ""
    return ""


def of_path(glance: Glance, path: str) -> str:
    """By the longest mount point that the path begins with, the last one mounted there; the path itself is not looked at."""
    found: Mount | None = None
    for mount in glance.system.mounts.of(glance.pid).values():
        inside = path == mount.point or path.startswith(mount.point.rstrip("/") + "/")
        if inside and (found is None or len(mount.point) >= len(found.point)):
            found = mount
    return words(found) if found else ""


def words(mount: Mount) -> str:
    """Type, and what it is mounted from; where a source says nothing, the place."""
    named = mount.source if mount.source not in {"", "none", mount.fstype} else mount.point
    return f"{mount.fstype} on {named}"
