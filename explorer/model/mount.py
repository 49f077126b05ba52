"""Mounts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mount:
    """A row of mountinfo. dev: major and minor. root: what of the file system is mounted; point: where, as the process sees it.

    options: of the mount, super_options: of the file system; optional: shared:1, master:2 …; source may be any text.
    """

    id: int
    parent: int
    dev: tuple[int, int]
    root: str
    point: str
    options: str
    optional: tuple[str, ...]
    fstype: str
    source: str
    super_options: str
