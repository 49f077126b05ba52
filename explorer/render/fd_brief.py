"""Rows of the most usual descriptors, each the same text as render/fd.py makes of the whole model.fd.Fd, at a tenth of the price."""

from functools import lru_cache

from explorer.model.brief import Brief, BriefConnection, BriefCounter, BriefFile, BriefPair
from explorer.model.fd import ACCESS, O_ACCMODE, O_PATH
from explorer.render.fd import Layout, best
from explorer.render.fd_paths import shortened
from explorer.render.fd_sockets import inet, kind, queue_words
from explorer.render.piece import piece, plain
from explorer.render.printable import printable
from explorer.render.sizes import size
from explorer.render.width import cut, width

O_APPEND = 0o2000
sized = lru_cache(4096)(size)


def text(found: Brief, layout: Layout) -> str:
    """A row, printable, for a layout that has room for whole names of kinds and for details."""
    if isinstance(found, BriefFile):
        access = "" if found.flags & O_PATH else ACCESS[found.flags & O_ACCMODE]
        return row(layout, found.number, "regular", access, path(found.path, layout.target), of_file(found))
    if isinstance(found, BriefPair):
        return row(layout, found.number, "unix stream", "rw", "socketpair", who(found))
    if isinstance(found, BriefConnection):
        queue = plain(queue_words(found.socket, "queue "))
        target = plain(best(inet(found.socket), layout.target))
        return row(layout, found.number, kind(found.socket), "rw", target, f"{queue}{'  ' if queue else ''}{who(found)}")
    if isinstance(found, BriefCounter):
        return row(layout, found.number, "eventfd", "", f"count {found.value}", "")
    watched = f"watches {' '.join(map(str, found.watched))}" if found.watched else "watches nothing"
    many = f"{len(found.watched)} watched" if len(watched) > 24 else ""
    return row(layout, found.number, "eventpoll", "", cut(watched, layout.target), many)


def row(layout: Layout, number: int, kind: str, access: str, target: str, detail: str) -> str:
    """Texts in their columns; nothing after the last."""
    ahead = f"{number:>{layout.number}} {kind:<{layout.kind}} {access:<{layout.access}} "
    return f"{ahead}{target}{' ' * (layout.target - width(target) + 1)}{detail}" if detail else ahead + target


def who(found: BriefPair | BriefConnection) -> str:
    """Who has the other end."""
    return f"{printable(found.comm) or '?'} {found.pid}"


def path(found: str, columns: int) -> str:
    """Whole, or without so many folders that it fits."""
    shown = printable(found)
    return shown if width(shown) <= columns else plain(best([(piece(text),) for text in shortened(found)], columns))


def of_file(found: BriefFile) -> str:
    """Its size, and the position where that is not the beginning; of one that is only read, that it is read to its end."""
    if found.fstype:
        return found.fstype
    if found.position == found.size > 0 and found.flags & (O_ACCMODE | O_PATH) == 0:
        return f"{sized(found.size)} at its end"
    if 0 < found.position != found.size and not found.flags & O_APPEND:
        return f"{sized(found.size)} at {sized(found.position)}"
    return sized(found.size)
