"""State D: blocked in the kernel, where signals are not looked at; on which file system, where the call names a file."""

from explorer.collect.waits.blocked import Blocked
from explorer.collect.waits.mounts import mount_of
from explorer.model.missing import Missing
from explorer.model.stack import Wait
from explorer.model.trace import Value

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
    return Wait("uninterruptible", f"blocked in the kernel, {reach}" + (f": {where}" if where else ""), hopeless=True)


def place(blocked: Blocked) -> str:
    """`nfs4 on nas:/export`: the mount of the first file that the call names; "" where it names none."""
    values = blocked.thread.call.args if blocked.thread.call else ()
    for _, value in values:
        if value.kind == "fd":
            link = fd_path(blocked, value)
            if link.startswith("/"):
                return mount_of(blocked.glance, link)
        if value.kind == "path" and value.text.startswith('"/'):
            return mount_of(blocked.glance, value.text.strip('"').removesuffix('"...'))
    return ""


def fd_path(blocked: Blocked, value: Value) -> str:
    """What a descriptor's link says."""
    number = value.raw & 0xFFFFFFFF
    try:
        return blocked.glance.system.proc.link(blocked.pid, "fd", number)
    except Exception:
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
