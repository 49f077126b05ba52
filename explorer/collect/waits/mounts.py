"""The file system that a path or descriptor of a process is on, in words."""

from explorer.collect.glance import Glance


def mount_of(glance: Glance, path: str) -> str:
    """`nfs4 on nas:/export`; "" where it is not known."""
    return ""
