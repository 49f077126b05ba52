"""Stopped: by a signal, or by a tracer."""

from explorer.collect.waits.blocked import Blocked, party
from explorer.decode.proc.status import decode as decode_status
from explorer.model.missing import Missing, Unreadable
from explorer.model.stack import Wait


def find(blocked: Blocked) -> Wait | None:
    """Who stopped it, and what lets it go on; None where it is not stopped."""
    if blocked.thread.state == "t":
        tracer = tracer_of(blocked)
        if tracer <= 0:
            return Wait("stopped", "stopped by its tracer", hopeless=True)
        glance = blocked.glance
        return Wait("stopped", f"stopped by its tracer, {glance.named(tracer)}", parties=(party(glance, tracer, "tracer"),), hopeless=True)
    if blocked.thread.state != "T":
        return None
    stat = blocked.glance.stat(blocked.pid)
    if stat is not None and stat.tty_nr and stat.tpgid > 0 and stat.tpgid != stat.pgrp:
        return Wait("stopped", "stopped, in the background of its terminal: SIGCONT lets it go on, or fg in its shell", hopeless=True)
    return Wait("stopped", "stopped by a signal: SIGCONT lets it go on", hopeless=True)


def tracer_of(blocked: Blocked) -> int:
    """TracerPid of the thread, 0 for none."""
    try:
        status = decode_status(blocked.glance.system.proc.read(blocked.pid, "task", blocked.thread.tid, "status"))
    except Unreadable:
        return 0
    return 0 if isinstance(status.tracer, Missing) else status.tracer
