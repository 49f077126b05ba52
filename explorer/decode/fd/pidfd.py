"""pidfd_open(2): a hold on a process."""

from dataclasses import dataclass
from typing import ClassVar

from explorer.decode.fd.raw import RawFd
from explorer.model.fd import Fd
from explorer.model.missing import Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class PidFd(Fd):
    """pid: of the process, as /proc's pid namespace numbers it; -1 when it has ended, 0 when it is not of that namespace.

    ns_pids: its pids in its own namespaces, outermost first. comm: its name, "" where it is not known.
    """

    kind: ClassVar[str] = "pidfd"

    pid: int | Missing
    ns_pids: tuple[int, ...] = ()
    comm: str = ""

    @property
    def note(self) -> str:
        if self.pid == -1:
            return "pidfd of an ended process"
        return f"pidfd {self.pid} {self.comm}".rstrip() if isinstance(self.pid, int) else "pidfd"


def decode(raw: RawFd) -> PidFd | None:
    """anon_inode:[pidfd], on some kernels pidfd:[INODE] (fs/pidfs.c, pidfd_open(2))"""
    numbers = tuple(int(word) for word in raw.first("NSpid").split() if word.lstrip("-").isdecimal() and len(word) < 20)
    return PidFd(**raw.common, pid=raw.number_of("Pid"), ns_pids=numbers)
