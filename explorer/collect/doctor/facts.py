"""Facts about the machine that nothing of procdive depends on yet."""

from collections.abc import Callable
from typing import Final

from explorer.kernel import probes
from explorer.model.check import Check, Verdict
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.resolve.system import System

TRACEFS: Final = ("/sys/kernel/tracing", "/sys/kernel/debug/tracing")


def tracefs(system: System) -> Check:
    """Where the kernel's trace points are."""

    def tried() -> str:
        refused = Unreadable(Missing(Reason.GONE, "it is not mounted"))
        for path in TRACEFS:
            try:
                names = system.reader.names(f"{path}/events")
            except Unreadable as unreadable:
                if unreadable.missing.reason is not Reason.GONE:
                    refused = unreadable
                continue
            return f"mounted at {path}, {len(names)} groups of events"
        raise refused

    return fact("tracefs", tried, "mount -t tracefs none /sys/kernel/tracing, as root")


def audit(system: System) -> Check:  # noqa: ARG001
    """The audit system."""

    def tried() -> str:
        enabled, pid = probes.audit_status()
        state = {0: "off", 1: "on", 2: "on, and locked until the next boot"}.get(enabled, str(enabled))
        return f"{state}, {f'its records go to process {pid}' if pid else 'no daemon takes its records'}"

    return fact("audit", tried, "root, outside of containers, and a kernel with CONFIG_AUDIT")


def fact(name: str, trial: Callable[[], str], cure: str) -> Check:
    """Nothing of procdive uses it yet."""
    try:
        return Check(name, Verdict.FACT, trial())
    except Unreadable as unreadable:
        found = unreadable.missing
        why = "" if found.reason in {Reason.GONE, Reason.UNSUPPORTED} else f": {found.reason.value}"
        return Check(name, Verdict.FACT, f"no: {found.detail}{why}", cure)
