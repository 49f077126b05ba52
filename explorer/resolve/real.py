"""A path without links and dots in it, though a part of it may be on a file system that does not answer."""

import os
from typing import Final

from explorer.kernel.reader import Reader
from explorer.model.missing import Unreadable

MOST_LINKS: Final = 40
"""As many as the kernel follows (MAXSYMLINKS of include/linux/namei.h)."""


def real(reader: Reader, path: str) -> str:
    """As realpath(3), from our working directory; what is behind a part that is not there, or does not answer, stays as it is.

    Blocks for one deadline a part that does not answer.
    """
    whole = path if path.startswith("/") else f"{here()}/{path}"
    todo = [part for part in reversed(whole.split("/")) if part not in {"", "."}]
    done: list[str] = []
    links = 0
    while todo:
        part = todo.pop()
        if part == "..":
            done[-1:] = []
            continue
        at = "/" + "/".join([*done, part])
        try:
            leads = reader.link(at)
        except Unreadable:
            # EINVAL of what is no link, and all else.
            leads = ""
        links += bool(leads)
        if not leads or links > MOST_LINKS:
            done.append(part)
            continue
        if leads.startswith("/"):
            done = []
        todo += [each for each in reversed(leads.split("/")) if each not in {"", "."}]
    return "/" + "/".join(done)


def here() -> str:
    """Our working directory; the root where ours is gone."""
    try:
        return os.getcwd()
    except OSError:
        return "/"
