"""An event of a trace, decoded: what a row of a batch means."""

from dataclasses import dataclass

from explorer.model.batch import Birth
from explorer.model.trace import Syscall, Value


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A call that has not returned: in flight (ended False), or one that never will, like exit (ended True)."""

    call: Syscall
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal was delivered. info: siginfo as strace writes it."""

    number: int
    name: str
    info: Value


@dataclass(frozen=True, slots=True)
class Stopped:
    """The process was stopped by a signal and stays so until SIGCONT."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Started:
    """The thread made another one: of its own process (THREAD) or a process."""

    tid: int
    birth: Birth


@dataclass(frozen=True, slots=True)
class Exited:
    """The thread ended. status: its exit status, or None where signal ended it. signal: "" or SIGSEGV; core: it dumped core."""

    status: int | None
    signal: str = ""
    core: bool = False


@dataclass(frozen=True, slots=True)
class Superseded:
    """The thread ended because thread `by` of its process called execve."""

    by: int


@dataclass(frozen=True, slots=True)
class Lost:
    """So many events are missing here."""

    count: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a person should know, such as a child that could not be followed."""

    text: str


What = Syscall | Unfinished | Signal | Stopped | Started | Exited | Superseded | Lost | Notice


@dataclass(frozen=True, slots=True)
class TraceEvent:
    """time: when it began, ns since 1970. took: ns, None where it was not timed. cpu: None where it is not known."""

    time: int
    tid: int
    pid: int
    what: What
    took: int | None = None
    cpu: int | None = None
