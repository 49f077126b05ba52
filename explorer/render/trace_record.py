"""An event of a trace as an object of JSON."""

from typing import Any, Final

from explorer.model.event import Exited, Lost, Notice, Signal, Started, Stopped, Superseded, TraceEvent, Unfinished
from explorer.model.trace import Syscall
from explorer.render.record import record
from explorer.render.strace import strace_text

WORDS: Final = {
    Signal: "signal",
    Stopped: "stopped",
    Started: "started",
    Exited: "exited",
    Superseded: "superseded",
    Lost: "lost",
    Notice: "notice",
}
"""The key event of what is no call; of calls it is call, in flight, or never returned."""


def trace_record(event: TraceEvent) -> dict[str, Any]:
    """Its keys first, then those of what happened; a call as procdive stack has it, with result and error."""
    what = event.what
    head = {"time": event.time, "pid": event.pid, "tid": event.tid, "took": event.took, "cpu": event.cpu}
    if isinstance(what, Syscall):
        return {"event": "call", **head, **call_record(what)}
    if isinstance(what, Unfinished):
        return {"event": "never returned" if what.ended else "in flight", **head, **call_record(what.call)}
    made = record(what)
    if isinstance(what, Started):
        # "tid" is the one that made it.
        made = {"new": what.tid, "birth": what.birth.name.lower()}
    return {"event": WORDS[type(what)], **head, **made}


def call_record(call: Syscall) -> dict[str, Any]:
    """Name, text as strace writes it, and each argument by name."""
    return {
        "name": call.name,
        "text": strace_text(call),
        "arch": call.arch,
        "args": {name: record(value) for name, value in call.args},
        "result": record(call.result),
        "error": call.error,
    }
