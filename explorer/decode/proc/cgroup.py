"""/proc/PID/cgroup: `hierarchy:controllers:path`. Source: cgroups(7), proc_cgroup_show() of kernel/cgroup/cgroup.c."""

from functools import lru_cache

from explorer.decode.text import text
from explorer.model.cgroup import Cgroup

DELETED = " (deleted)"


@lru_cache(16)
def decode(raw: bytes) -> tuple[Cgroup, ...]:
    """In the kernel's order. Only the first two colons separate; a path may hold more."""
    found = []
    for line in text(raw).split("\n"):
        hierarchy, first, rest = line.partition(":")
        controllers, second, path = rest.partition(":")
        if first and second and hierarchy.isascii() and hierarchy.isdigit():
            deleted = path.endswith(DELETED)
            names = tuple(name for name in controllers.split(",") if name)
            found.append(Cgroup(int(hierarchy), names, path.removesuffix(DELETED) if deleted else path, deleted))
    return tuple(found)
