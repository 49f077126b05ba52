"""Facts about the machine that nothing of procdive depends on yet; tracing will."""

from collections.abc import Callable
from typing import Final

from explorer.kernel import probes
from explorer.kernel.reader import Ask
from explorer.model.check import Check, Verdict
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.resolve.system import System

BTF: Final = "/sys/kernel/btf/vmlinux"
BTF_MAGIC: Final = {b"\x9f\xeb", b"\xeb\x9f"}
TRACEFS: Final = ("/sys/kernel/tracing", "/sys/kernel/debug/tracing")


def ptrace(system: System) -> Check:
    """Whether we may trace: a child of ours is seized, unstopped, and thrown away."""
    return fact("ptrace(2)", lambda: probed_seize(system), "sudo, or sysctl kernel.yama.ptrace_scope")


def probed_seize(system: System) -> str:
    """Seize our own reader, which ends with it."""
    system.reader.ask([Ask("s", "/")])
    for pid in system.reader.pids():
        probes.seize(pid)
        system.reader.retire()
        return "a child of ours was seized and let go"
    raise Unreadable(Missing(Reason.UNSUPPORTED, "no child to try it on"))


def bpf(system: System) -> Check:  # noqa: ARG001
    """Whether we may use BPF at all."""

    def tried() -> str:
        probes.bpf_map()
        return "a map was made"

    return fact("bpf(2)", tried, "root, or CAP_BPF and CAP_PERFMON")


def btf(system: System) -> Check:
    """The kernel's types."""

    def tried() -> str:
        if system.reader.read(BTF, 2) not in BTF_MAGIC:
            raise Unreadable(Missing(Reason.UNSUPPORTED, f"{BTF} is no BTF"))
        return f"{system.reader.stat(BTF).size >> 10:,} KB of kernel types"

    return fact("BTF", tried, "a kernel with CONFIG_DEBUG_INFO_BTF")


def libbpf(system: System) -> Check:  # noqa: ARG001
    """The library that loads BPF programs."""
    return fact("libbpf", lambda: f"{probes.library('libbpf.so.1')} loads", "install libbpf1")


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
