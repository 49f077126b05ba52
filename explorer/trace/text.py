"""The text of an event in which is searched: strace's line, without pid and times."""

from typing import Final

from explorer.decode.syscall.call import Style
from explorer.decode.syscall.value import shown
from explorer.model.event import Exited, Lost, Notice, Signal, Started, Stopped, Superseded, Unfinished, What
from explorer.model.trace import Syscall

STYLE: Final = Style(string=4096)
"""All that was captured is searched, not only what a line has room for."""


def text(what: What) -> str:
    """On one line; never raises."""
    if isinstance(what, Syscall):
        return call_text(what)
    if isinstance(what, Unfinished):
        return call_text(what.call)
    if isinstance(what, Signal):
        return f"{what.name} {what.info.text}"
    if isinstance(what, Stopped):
        return f"stopped by {what.name}"
    if isinstance(what, Started):
        return f"started {what.tid} {what.birth.name.lower()}"
    if isinstance(what, Exited):
        return f"killed by {what.signal}{' (core dumped)' if what.core else ''}" if what.signal else f"exited with {what.status}"
    if isinstance(what, Superseded):
        return f"superseded by execve in pid {what.by}"
    if isinstance(what, Lost):
        return f"{what.count} events lost"
    assert isinstance(what, Notice)
    return what.text


def call_text(call: Syscall) -> str:
    """`openat(AT_FDCWD, "x", O_RDONLY) = -1 ENOENT (No such file or directory)`."""
    head = f"{call.name}({', '.join(shown(value) for _, value in call.args)})"
    if call.result is None:
        return head
    error = f" {call.error}" if call.error else ""
    note = f" ({call.result.note})" if call.result.note and call.result.kind != "fd" else ""
    return f"{head} = {shown(call.result)}{error}{note}"
