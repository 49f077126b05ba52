"""The card's lines `now` and `waits for`."""

from typing import Final

from explorer.model.missing import Missing
from explorer.model.stack import Age, Doing, Now, Thread, Wait
from explorer.render.inflight import inflight
from explorer.render.missing import sentence
from explorer.render.piece import Line, Piece, Role, piece
from explorer.render.times import duration
from explorer.render.width import cut, fit, width

LABEL: Final = Piece("now ", Role.SECONDARY)
ENOUGH: Final = 20
"""Columns that a call needs at least."""
FURTHER: Final = Piece("··· ", Role.SECONDARY)


def now_line(now: Now | Missing, columns: int) -> Line:
    """`now epoll_wait(8<eventpoll, 5 watched>, …, 512, 4.8 s)      for 2.1 s`: what, and at the right for how long."""
    if isinstance(now, Missing):
        return fit((LABEL, *sentence(now)), columns)
    thread = now.thread
    tail = ""
    if now.others:
        tail = f"+{now.others} {'thread' if now.others == 1 else 'threads'}"
    age = age_text(thread.age) if thread.age and thread.doing is not Doing.ENDED else ""
    age = f"for {age}" if age else ""
    # Where there is little room, what it does is worth more.
    right = next(
        right
        for right in ("  ".join(filter(None, (tail, age))), age, "")
        if columns - width(LABEL.text) - width(right) - 2 >= ENOUGH or not right
    )
    room = columns - width(LABEL.text) - (width(right) + 2 if right else 0)
    head: Line = ()
    if thread.tid != now.process.pid:
        head = (piece(cut(f"{thread.tid} {thread.comm}", max(8, room // 3)), Role.NAME), piece(": "))
    what = (*head, *doing(thread, room - sum(width(part.text) for part in head)))
    if not right:
        return (LABEL, *fit(what, room))
    return spread((LABEL, *fit(what, room)), (piece(right, Role.SECONDARY),), columns)


def waits_line(now: Now | Missing, columns: int) -> Line | None:
    """`··· waits for tcp 0.0.0.0:80, unix to 811, 3 more — or 2.7 s from now`; None where it waits for nothing that is known."""
    if isinstance(now, Missing) or now.thread.waits is None:
        return None
    wait = now.thread.waits
    end = due_text(wait)
    room = columns - width(FURTHER.text) - width(end)
    return fit((FURTHER, piece(cut(piece(wait.text).text, max(room, 10)), wait_role(wait)), piece(end)), columns)


def doing(thread: Thread, columns: int) -> Line:
    """Where a thread is: its call, or in words."""
    if isinstance(thread.doing, Missing):
        return fit(unknown(thread, thread.doing), columns)
    if thread.call is not None:
        if thread.doing is Doing.STOPPED:
            return (piece("stopped in ", Role.MIND), *inflight(thread.call, columns - 11))
        return inflight(thread.call, columns)
    if thread.runs:
        return (piece(cut(thread.doing.value, columns), Role.NEW),)
    role = Role.MIND if thread.doing in {Doing.STOPPED, Doing.ENDED} else Role.FAILED if thread.state == "D" else Role.TEXT
    where = f": {thread.wchan}" if isinstance(thread.wchan, str) and thread.wchan and thread.doing is not Doing.STOPPED else ""
    return (piece(cut(thread.doing.value + where, columns), role),)


STATES: Final = {"S": "sleeps", "D": "blocked", "I": "idle", "P": "parked", "T": "stopped", "t": "stopped by its tracer"}


def unknown(thread: Thread, missing: Missing) -> Line:
    """What is still known of a thread whose call may not be read."""
    state = STATES.get(thread.state, thread.state)
    where = f" in {thread.wchan}" if isinstance(thread.wchan, str) and thread.wchan else ""
    words = (piece(state + where, Role.FAILED if thread.state == "D" else Role.TEXT),)
    return (*words, piece(f" (its call: {missing.reason.value})", Role.SECONDARY))


def age_text(age: Age) -> str:
    """2.1 s; ≥ 41 s where it began before we looked; ~41 s where the kernel's own note tells it, nearly; "" where nothing is known yet."""
    text = duration(age.seconds) if age.seconds >= 1 else f"{age.seconds:.1f} s"
    if age.at_least:
        return f"≥ {text}" if age.seconds >= 0.05 else ""
    return f"~{text}" if age.about else text


def due_text(wait: Wait) -> str:
    """` — or 2.7 s from now`; of one who only sleeps, `until 2.7 s from now`; "" where no time ends it."""
    if wait.due is None:
        return ""
    when = f"{'at most ' if wait.due_most else ''}{duration(wait.due)} from now"
    return f" until {when}" if wait.kind == "timer" else f" — or {when}"


def wait_role(wait: Wait) -> Role:
    """Red where nothing ends it but help from outside, and where no signal reaches it."""
    return Role.FAILED if wait.hopeless or wait.kind in {"uninterruptible", "fault"} else Role.TEXT


def spread(left: Line, right: Line, columns: int) -> Line:
    """Left and right, blanks between, so wide."""
    used = sum(width(part.text) for part in (*left, *right))
    return (*left, Piece(" " * max(1, columns - used)), *right)
