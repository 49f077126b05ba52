"""Mounts, a line each."""

from collections.abc import Iterable

from explorer.model.mount import Mount
from explorer.render.piece import Line, Piece, Role, piece


def mount_lines(mounts: Iterable[Mount]) -> tuple[Line, ...]:
    """`/srv  ext4  /dev/vda1  rw,relatime`: where, what, from what, how."""
    return tuple(mount_line(mount) for mount in mounts)


def mount_line(mount: Mount) -> Line:
    """One; what of the file system is mounted stands there where it is not the whole."""
    part = (Piece("  only ", Role.SECONDARY), piece(mount.root)) if mount.root != "/" else ()
    shared = f"  {' '.join(mount.optional)}" if mount.optional else ""
    return (
        piece(mount.point, Role.NAME),
        piece(f"  {mount.fstype}  {mount.source}  {mount.options}"),
        *part,
        Piece(f"  {mount.dev[0]}:{mount.dev[1]}", Role.SECONDARY),
        piece(shared, Role.SECONDARY),
    )
