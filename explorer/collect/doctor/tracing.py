"""What the engines of the trace need."""

from explorer.kernel import probes
from explorer.kernel.bpf import support
from explorer.kernel.reader import Ask
from explorer.model.check import Check, Verdict
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.resolve.system import System


def bpf(system: System) -> Check:  # noqa: ARG001
    """Whether programs of ours run in the kernel, with each thing that they need."""
    found = dict(support.facts())
    parts = tuple(part(name, value) for name, value in found.items() if name != "programs")
    tried = found["programs"]
    if not isinstance(tried, Missing):
        return Check("BPF programs", Verdict.WORKS, tried, parts=parts)
    known = any(check.verdict is Verdict.NOT for check in parts)
    return Check("BPF programs", Verdict.NOT, f"{tried.detail}: {tried.reason.value}", "" if known else tried.cure, parts)


def part(name: str, value: str | Missing) -> Check:
    """One condition."""
    if isinstance(value, Missing):
        return Check(name, Verdict.NOT, value.detail, value.cure)
    return Check(name, Verdict.WORKS, value)


def ptrace(system: System) -> Check:
    """Whether we may trace: a child of ours is seized, unstopped, and thrown away."""
    try:
        return Check("ptrace(2)", Verdict.WORKS, seized(system))
    except Unreadable as unreadable:
        found = unreadable.missing
        return Check("ptrace(2)", Verdict.NOT, f"{found.detail}: {found.reason.value}", "sudo, or sysctl kernel.yama.ptrace_scope")


def seized(system: System) -> str:
    """Our own reader, which ends with it. Raises Unreadable."""
    system.reader.ask([Ask("s", "/")])
    for pid in system.reader.pids():
        probes.seize(pid)
        system.reader.retire()
        return "a child of ours was seized and let go"
    raise Unreadable(Missing(Reason.UNSUPPORTED, "no child to try it on"))
