"""Where the descriptors of a process lead, by their links alone: nothing behind them is touched."""

import os

from explorer.kernel.errors import unreadable
from explorer.kernel.procfs import Procfs


def links(proc: Procfs, pid: int) -> list[tuple[int, str]]:
    """Number and link of each; one that closes meanwhile is left out. Raises Unreadable where the folder may not be read."""
    folder = proc.path(pid, "fd")
    found = []
    try:
        for name in os.listdir(folder):
            try:
                found.append((int(name), os.readlink(f"{folder}/{name}")))
            except (OSError, ValueError):
                continue
    except OSError as error:
        raise unreadable(error, folder) from None
    return found


def access(proc: Procfs, pid: int, number: int) -> str:
    """r, w, rw, "": the permissions of the link itself are those of the open file (fs/proc/fd.c). "" where it is gone."""
    try:
        mode = os.lstat(proc.path(pid, "fd", number)).st_mode
    except OSError:
        return ""
    return ("r" if mode & 0o400 else "") + ("w" if mode & 0o200 else "")
