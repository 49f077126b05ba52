"""What we ask the kernel, and the reader, for."""

import os
import time

from explorer.decode.constants.sockets import AF_INET
from explorer.decode.netlink import inet, unix
from explorer.kernel import probes
from explorer.kernel.netlink import SocketTables
from explorer.kernel.proc_connector import BIRTHS_AND_ENDS, Connector
from explorer.kernel.reader import Ask
from explorer.model.check import Check, Verdict
from explorer.model.missing import Missing, Unreadable
from explorer.resolve.system import System


def reader(system: System) -> Check:
    """The process that reads what may hang."""
    start = time.monotonic()
    answer = system.reader.ask([Ask("r", system.proc.path("self", "cmdline"))])[0]
    if isinstance(answer, Missing):
        return Check("reads that may hang", Verdict.NOT, answer.detail, answer.cure)
    took = 1000 * (time.monotonic() - start)
    return Check("reads that may hang", Verdict.WORKS, f"made in a process of their own, which answered in {took:.1f} ms")


def sock_diag(system: System) -> Check:  # noqa: ARG001
    """Sockets: addresses, states, peers."""
    try:
        with SocketTables() as line:
            local = len(line.dump(unix.request()))
            tcp = len(line.dump(inet.request(AF_INET, 6)))
    except Unreadable as unreadable:
        found = unreadable.missing
        detail = f"{found.detail}: {found.reason.value}; /proc/net is read instead, without peers"
        return Check("sockets", Verdict.PARTLY, detail, "modprobe unix_diag tcp_diag, as root")
    return Check("sockets", Verdict.WORKS, f"sock_diag answers: {local} unix, {tcp} TCP over IPv4")


def births(system: System) -> Check:  # noqa: ARG001
    """Births and ends of processes, as the kernel tells them."""
    try:
        with Connector(BIRTHS_AND_ENDS, 1 << 16):
            pass
    except Unreadable as unreadable:
        found = unreadable.missing
        detail = f"{found.detail}: {found.reason.value}; who lives between two refreshes is not seen, nor how others' children end"
        return Check("births", Verdict.PARTLY, detail, found.cure)
    if os.geteuid():
        return Check("births", Verdict.PARTLY, "the kernel tells them, but keeps some 100 for us between two refreshes", "sudo procdive")
    return Check("births", Verdict.WORKS, "the kernel tells of births and ends (proc connector)")


def handles(system: System) -> Check:
    """Paths of what inotify watches."""
    try:
        kind, raw = probes.handle("/")
    except Unreadable as unreadable:
        return Check("inotify paths", Verdict.NOT, f"{unreadable.missing.detail}: {unreadable.missing.reason.value}")
    question = b"/\0" + kind.to_bytes(4, "little", signed=True) + raw
    answer = system.reader.ask([Ask("h", question.decode("utf-8", "surrogateescape"))])[0]
    if answer == b"/":
        return Check("inotify paths", Verdict.WORKS, "a file handle leads to its path (open_by_handle_at)")
    cure = "sudo procdive" if os.geteuid() else "it needs CAP_DAC_READ_SEARCH in the first user namespace"
    return Check("inotify paths", Verdict.PARTLY, "file handles may not be opened; paths are sought among open files", cure)
