"""A child that is to end, or to exec: which, and what it does meanwhile."""

from typing import Final

from explorer.collect.glance import Glance
from explorer.collect.waits.blocked import Blocked, listed, party, signed
from explorer.decode.fd.pidfd import PidFd
from explorer.model.stack import Wait

# waitid(2), include/uapi/linux/wait.h
P_ALL, P_PID, P_PGID, P_PIDFD = range(4)
WNOWAIT: Final = 0x01000000
WSTOPPED, WEXITED, WCONTINUED = 2, 4, 8
STATES: Final = {"T": "is stopped (T)", "t": "is stopped by its tracer (t)", "D": "is blocked in the kernel (D)", "Z": "has ended (Z)"}


def find(blocked: Blocked) -> Wait | None:
    """wait4, waitpid, waitid; and vfork, clone with CLONE_VFORK, whose parent sleeps until the child has memory of its own."""
    if blocked.name in {"vfork", "clone", "clone3"}:
        return vfork(blocked)
    children = blocked.glance.children()
    if blocked.name == "waitid":
        return waitid(blocked, children)
    wanted = blocked.signed(0)
    options = blocked.args[2] if len(blocked.args) > 2 else 0
    doing = "to stop or end" if options & WSTOPPED else "to end"
    if wanted > 0:
        return certain(blocked.glance, wanted, doing)
    if wanted == -1:
        return any_of(blocked.glance, children, "of its", doing)
    group = -wanted if wanted else own_group(blocked.glance)
    return any_of(blocked.glance, in_group(blocked.glance, children, group), f"in process group {group}, of its", doing)


def waitid(blocked: Blocked, children: tuple[int, ...]) -> Wait | None:
    """As wait4, chosen by id type."""
    glance, sort, number = blocked.glance, blocked.args[0], signed(blocked.args[1])
    options = blocked.args[3]
    doing = "to end" if not options & (WSTOPPED | WCONTINUED) else "to stop, go on or end" if options & WEXITED else "to stop or go on"
    if sort == P_PID:
        return certain(glance, number, doing)
    if sort == P_PIDFD:
        fd = glance.fd(number)
        return one(glance, fd.pid, doing) if isinstance(fd, PidFd) and isinstance(fd.pid, int) else None
    if sort == P_PGID:
        group = number or own_group(glance)
        return any_of(glance, in_group(glance, children, group), f"in process group {group}, of its", doing)
    return any_of(glance, children, "of its", doing)


def certain(glance: Glance, number: int, doing: str) -> Wait:
    """A child by the number that its parent knows it by."""
    pid = glance.ours(number)
    return one(glance, pid, doing) if pid else Wait("child", f"waits for process {number} of its pid namespace {doing}")


def one(glance: Glance, pid: int, doing: str) -> Wait:
    """A certain child."""
    stat = glance.stat(pid)
    if stat is None:
        return Wait("child", f"waits for {pid} {doing}; there is no such process any more")
    state = STATES.get(stat.state)
    text = f"waits for {glance.named(pid)} {doing}" + (f"; that one {state}" if state else "")
    return Wait("child", text, parties=(party(glance, pid, "child"),), hopeless=stat.state in "Tt")


def any_of(glance: Glance, pids: tuple[int, ...], which: str, doing: str) -> Wait:
    """Whichever comes first."""
    if not pids:
        return Wait("child", f"waits for any {which} children {doing}; it has none there", hopeless=True)
    if len(pids) == 1:
        return one(glance, pids[0], doing)
    states = [(pid, stat.state) for pid in pids if (stat := glance.stat(pid)) is not None]
    still = [f"{glance.named(pid)} {STATES[state]}" for pid, state in states if state in STATES]
    text = f"waits for any {which} {len(pids)} children {doing}: {listed(glance.named(pid) for pid in pids)}"
    parties = tuple(party(glance, pid, "child") for pid in pids)
    stopped = bool(states) and all(state in "Tt" for _, state in states)
    return Wait("child", text, (listed(still),) if still else (), parties, hopeless=stopped)


def vfork(blocked: Blocked) -> Wait | None:
    """The child that borrows its parent's memory: the newest one that shares it (vfork(2))."""
    glance = blocked.glance
    born = [(stat.starttime, pid) for pid in glance.children() if (stat := glance.stat(pid)) is not None and stat.state not in "ZX"]
    if not born:
        return None
    child = max(born)[1]
    found = one(glance, child, "to exec or end: it runs in the memory of its parent (vfork)")
    return Wait(found.kind, found.text, ("only SIGKILL reaches it meanwhile",), found.parties, hopeless=found.hopeless)


def own_group(glance: Glance) -> int:
    """Its own process group."""
    stat = glance.stat(glance.pid)
    return stat.pgrp if stat else 0


def in_group(glance: Glance, pids: tuple[int, ...], group: int) -> tuple[int, ...]:
    """Those of a process group."""
    return tuple(pid for pid in pids if (stat := glance.stat(pid)) is not None and stat.pgrp == group)
