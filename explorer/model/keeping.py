"""What keeps a file busy and is no descriptor: a working directory, a root, an executable, a mapped file."""

from dataclasses import dataclass
from typing import Final

from explorer.model.missing import Missing

WAYS: Final = ("cwd", "root", "exe", "mapped")


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """how: one of WAYS. path: as /proc says, without the kernel's mark of deletion. deleted: whether its name is gone; Missing where
    stat(2) did not answer.

    dev: as stat(2) has it, of mappings as maps has it; inode, mode, links, size: of stat(2), 0 where that was not asked (mappings)
    or did not answer. permissions: of a mapped file, of each of its mappings, each once (r-xp). fstype, mount: of the file
    system and where it is mounted, "" where the process does not see it. unread: why even the path is not known.
    """

    how: str
    path: str = ""
    deleted: bool | Missing = False
    dev: int = 0
    inode: int = 0
    mode: int = 0
    links: int = 0
    size: int = 0
    permissions: tuple[str, ...] = ()
    fstype: str = ""
    mount: str = ""
    unread: Missing | None = None
