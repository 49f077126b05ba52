"""Rows of descriptors that tell of events."""

from typing import Final

from explorer.decode.fd.eventfd import EventFd
from explorer.decode.fd.eventpoll import EventPoll
from explorer.decode.fd.fanotify import Fanotify
from explorer.decode.fd.inotify import Inotify
from explorer.decode.fd.pidfd import PidFd
from explorer.decode.fd.signalfd import SignalFd
from explorer.decode.fd.timerfd import TimerFd
from explorer.decode.fd.userfaultfd import UserFaultFd
from explorer.model.fd import Fd
from explorer.model.missing import Missing
from explorer.render.fd_cells import Cells, Form, also, joined, lines, people
from explorer.render.missing import short
from explorer.render.piece import Line, Role, line, piece
from explorer.render.times import duration


def number(value: float | Missing, word: str) -> Line:
    """A word and its number, or why there is none."""
    return short(value) if isinstance(value, Missing) else line(piece(f"{word} {value}"))


def eventfd(fd: Fd, _rate: float) -> Cells:
    assert isinstance(fd, EventFd)
    target = number(fd.count, "count")
    semaphore = line(piece("semaphore", Role.SECONDARY)) if fd.semaphore else ()
    shared = line(piece("with ", Role.SECONDARY), *people(fd.others)) if fd.others else ()
    _, brief = also(fd.others)
    return Cells("eventfd", "evfd", lines(joined(target, semaphore), target), lines(shared, brief))


def eventpoll(fd: Fd, _rate: float) -> Cells:
    assert isinstance(fd, EventPoll)
    numbers = " ".join(f"{watch.tfd}{'!' if watch.closed else ''}" for watch in fd.watches)
    text = f"watches {numbers}" if fd.watches else "watches nothing"
    closed = sum(watch.closed for watch in fd.watches)
    gone = line(piece(f"{closed} of them closed (!)", Role.MIND)) if closed else ()
    many = line(piece(f"{len(fd.watches)} watched", Role.SECONDARY)) if len(text) > 24 else ()
    return Cells("eventpoll", "epol", lines(line(piece(text, Role.SECONDARY))), lines(joined(many, gone), gone or many))


def timerfd(fd: Fd, _rate: float) -> Cells:
    assert isinstance(fd, TimerFd)
    clock = fd.clock.removeprefix("CLOCK_")
    missed = line(piece(f"{fd.ticks} unread", Role.MIND)) if isinstance(fd.ticks, int) and fd.ticks else ()
    detail = lines(joined(missed, line(piece(clock, Role.SECONDARY)) if clock else ()), missed)
    if isinstance(fd.value, Missing):
        return Cells("timerfd", "timr", (short(fd.value),), detail)
    if not fd.value:
        return Cells("timerfd", "timr", lines(line(piece("not armed", Role.SECONDARY))), detail)
    due = f"due in {duration(fd.value)}"
    every = f", every {duration(fd.interval)}" if isinstance(fd.interval, float | int) and fd.interval else ""
    return Cells("timerfd", "timr", lines(due + every, due), detail)


def signalfd(fd: Fd, _rate: float) -> Cells:
    assert isinstance(fd, SignalFd)
    target = (
        short(fd.sigmask)
        if isinstance(fd.sigmask, Missing)
        else line(" ".join(name.removeprefix("SIG") for name in fd.signals) or "no signals")
    )
    return Cells("signalfd", "sigf", (target,))


def watched(fd: Fd, _rate: float) -> Cells:
    """inotify and fanotify: the paths, as far as they are known."""
    assert isinstance(fd, Inotify | Fanotify)
    watches = fd.watches if isinstance(fd, Inotify) else fd.marks
    texts = [watch.path.detail if isinstance(watch.path, Missing) else watch.path for watch in watches]
    roles = [Role.SECONDARY if isinstance(watch.path, Missing) else Role.PATH for watch in watches]
    shown = joined(*(line(piece(text, role)) for text, role in zip(texts, roles, strict=True)), gap=" ")
    target = lines(line(piece("watches ", Role.SECONDARY), *shown) if shown else "watches nothing")
    count = lines(line(piece(f"{len(texts)} watched", Role.SECONDARY))) if len(texts) > 1 else ()
    return Cells(fd.kind, fd.kind[:4], target, count)


def pidfd(fd: Fd, _rate: float) -> Cells:
    assert isinstance(fd, PidFd)
    if isinstance(fd.pid, Missing):
        return Cells("pidfd", "pidf", (short(fd.pid),))
    if fd.pid == -1:
        return Cells("pidfd", "pidf", lines(line(piece("process has ended", Role.GONE))))
    if fd.pid == 0:
        return Cells("pidfd", "pidf", lines(line(piece("process of another pid namespace", Role.SECONDARY))))
    inside = f"pid {fd.ns_pids[-1]} in its namespace" if len(fd.ns_pids) > 1 else ""
    name = f"{fd.comm} " if fd.comm else ""
    target = line(piece(name, Role.NAME), piece(fd.pid)) if name else line(piece(fd.pid))
    return Cells("pidfd", "pidf", (target,), lines(line(piece(inside, Role.SECONDARY))))


def userfaultfd(fd: Fd, _rate: float) -> Cells:
    assert isinstance(fd, UserFaultFd)
    return Cells("userfaultfd", "uffd", (joined(number(fd.pending, "pending"), number(fd.total, "total"), gap=" "),))


FORMS: Final[dict[str, Form]] = {
    "eventfd": eventfd,
    "eventpoll": eventpoll,
    "timerfd": timerfd,
    "signalfd": signalfd,
    "inotify": watched,
    "fanotify": watched,
    "pidfd": pidfd,
    "userfaultfd": userfaultfd,
}
