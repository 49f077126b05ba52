"""The cells of a descriptor's row. Which file has the words of a kind: FILES, loaded when the first of them is shown."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Final, NamedTuple

from explorer.model.endpoints import Holder
from explorer.model.fd import Fd
from explorer.model.missing import Missing
from explorer.render.piece import Line, Role, line, piece


class Cells(NamedTuple):
    """kind, short: at most 11 and 4 columns. target, detail: the same in several lengths, the fullest first."""

    kind: str
    short: str
    target: tuple[Line, ...] = ()
    detail: tuple[Line, ...] = ()


Form = Callable[[Fd, float], Cells]
"""From a descriptor and the rate of its position, bytes a second."""

FILES: Final = {
    "fd_paths": ("regular", "directory", "chr", "blk", "file", "fifo", "pipe", "mqueue"),
    "fd_sockets": ("socket",),
    "fd_events": ("eventfd", "eventpoll", "timerfd", "signalfd", "inotify", "fanotify", "pidfd", "userfaultfd"),
    "fd_objects": ("memfd", "memory", "bpf", "perf", "io_uring", "namespace", "anon_inode"),
}
FILE_OF: Final = {kind: file for file, kinds in FILES.items() for kind in kinds}


def cells(fd: Fd, rate: float = 0.0) -> Cells:
    """What to show of any descriptor; one of a kind that nobody has words for shows its link."""
    if not fd.target and isinstance(fd.position, Missing):
        return Cells(fd.kind, fd.kind[:4], (line(piece(f"its link: {fd.position.reason.value}", Role.MIND)),))
    file = FILE_OF.get(fd.kind)
    forms: dict[str, Form] = import_module(f"explorer.render.{file}").FORMS if file else {}
    form = forms.get(fd.kind)
    return form(fd, rate) if form else Cells(fd.kind, fd.kind[:4], (line(piece(fd.note, Role.PATH)),))


def lines(*texts: Line | str) -> tuple[Line, ...]:
    """Variants of a cell, the fullest first; empty ones are left out."""
    return tuple(found for found in ((text if isinstance(text, tuple) else line(text)) for text in texts) if found and found[0].text)


def joined(*parts: Line, gap: str = "  ") -> Line:
    """Parts of a cell one after the other, empty ones left out."""
    out: list[Line] = [part for part in parts if part]
    return tuple(bit for index, part in enumerate(out) for bit in ((piece(gap), *part) if index else part))


def people(holders: Sequence[Holder], most: int = 2) -> Line:
    """`nginx 811`, `nginx 811 813`, `sh 9, cat 10 and 3 more`: each process once."""
    names: dict[str, list[int]] = {}
    for pid, comm in {holder.pid: holder.comm for holder in holders}.items():
        names.setdefault(comm, []).append(pid)
    out: list[Line] = []
    left = sum(map(len, names.values()))
    for comm, pids in names.items():
        if most <= 0:
            break
        shown = pids[:most]
        most -= len(shown)
        left -= len(shown)
        out.append(line(piece(f"{comm or '?'} ", Role.NAME), piece(" ".join(map(str, shown)))))
    if not out:
        return ()
    more = line(piece(f" and {left} more", Role.SECONDARY)) if left else ()
    return (*joined(*out, gap=", "), *more)


def also(holders: Sequence[Holder], pid_of_own: int = 0) -> tuple[str, str]:
    """Who else has the same thing, long and short: `also 811 813`, `+811 813`; by number only, for they are usually of one name."""
    pids = [str(pid) for pid in dict.fromkeys(holder.pid for holder in holders) if pid != pid_of_own]
    if not pids:
        return "", ""
    more = f" and {len(pids) - 3} more" if len(pids) > 4 else ""
    shown = " ".join(pids[: 3 if more else 4])
    return f"also {shown}{more}", f"+{shown}{'…' if more else ''}"
