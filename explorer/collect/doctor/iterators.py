"""All open files of the machine at once."""

import os

from explorer.decode.bpf_iter import file
from explorer.kernel.bpf.walks import Walks
from explorer.model.check import Check, Verdict
from explorer.model.missing import Unreadable
from explorer.resolve.system import System

NAME = "all open files"


def walk(system: System) -> Check:
    """Whether the kernel tells them in one walk, our own among them. Where it does not, /proc is read, which takes longer."""
    try:
        with Walks(system.proc.root) as walks:
            told = sum(pid == os.getpid() for chunk in walks.files() for pid, _ in file.split(chunk))
            without = "" if walks.has_paths else "; their paths come from /proc (this kernel's iterators may not ask for them)"
    except Unreadable as unreadable:
        found = unreadable.missing
        return Check(
            NAME, Verdict.PARTLY, f"from /proc, some 40 µs each; not in one walk: {found.detail}: {found.reason.value}", found.cure
        )
    if not told:
        return Check(NAME, Verdict.PARTLY, "from /proc, some 40 µs each; the kernel's walk does not come by our own")
    return Check(NAME, Verdict.WORKS, f"the kernel tells them in one walk (BPF iterator), {told} of our own among them{without}")
