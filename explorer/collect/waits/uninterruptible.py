"""State D: blocked in the kernel, where signals are not looked at; on which file system, where the call names a file."""

from explorer.collect.waits.blocked import Blocked
from explorer.collect.waits.mounts import of_descriptor, of_path
from explorer.model.missing import Missing
from explorer.model.stack import Wait

SIGKILL_REACHES = "killable"


def find(blocked: Blocked) -> Wait | None:
    """None where it is not in D, or in a vfork, which is D by design."""
    if blocked.thread.state != "D":
        return None
    if blocked.name in {"vfork", "clone", "clone3"}:
        from explorer.collect.waits import by_call

        return by_call(blocked)
    reach = "only SIGKILL reaches it" if killable(blocked) else "no signal reaches it"
    where = place(blocked) or kernel_place(blocked)
    return Wait("uninterruptible", f"blocked in the kernel, {reach}" + (f": {where}" if where else ""))


def place(blocked: Blocked) -> str:
    """`nfs4 on nas:/export`: the mount of the first file that the call names; "" where it names none."""
    for _, value in blocked.thread.call.args if blocked.thread.call else ():
        found = ""
        if value.kind == "fd":
            found = of_descriptor(blocked.glance, value.raw & 0xFFFFFFFF)
        elif value.kind == "path" and value.text.startswith('"/'):
            found = of_path(blocked.glance, value.text.partition('"')[2].rpartition('"')[0])
        if found:
            return found
    return ""


def kernel_place(blocked: Blocked) -> str:
    """The kernel function, where nothing says more."""
    wchan = blocked.thread.wchan
    return f"in {wchan}" if isinstance(wchan, str) and wchan else ""


def killable(blocked: Blocked) -> bool:
    """Whether a frame says so by its name: TASK_KILLABLE shows as D as well (include/linux/sched.h)."""
    names = [frame.symbol for frame in (() if isinstance(blocked.thread.frames, Missing) else blocked.thread.frames)]
    wchan = blocked.thread.wchan
    return any(SIGKILL_REACHES in name for name in [*names, wchan if isinstance(wchan, str) else ""])
