"""What the threads of a process are doing."""

from dataclasses import dataclass
from enum import Enum

from explorer.model.missing import Missing
from explorer.model.process import ProcessId
from explorer.model.trace import Syscall


class Doing(Enum):
    """Where a thread is. RUNNING: on a CPU, user code and kernel not told apart; MIXED: both, since the last look.

    OUTSIDE: blocked, but not in a call: a page fault, a stop on the way back to user code.
    """

    CALL = "in a call"
    RUNNING = "running"
    USER = "running, in user code"
    KERNEL = "running, in the kernel"
    MIXED = "running, in user code and in the kernel"
    OUTSIDE = "blocked outside a call"
    STOPPED = "stopped"
    ENDED = "ended"
    KERNEL_THREAD = "kernel thread"
    UNREAD = "not read yet"


RUNS = frozenset({Doing.RUNNING, Doing.USER, Doing.KERNEL, Doing.MIXED})


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame of the kernel's stack: offset into the function and its size, in bytes; module: "" for the kernel itself."""

    symbol: str
    offset: int = 0
    size: int = 0
    module: str = ""


@dataclass(frozen=True, slots=True)
class Age:
    """Seconds since a thread last had a CPU. at_least: it was so already when we first looked, and only that is sure.

    about: likewise, but the kernel's own note of it told when, to some parts in ten (collect/samples.py).
    """

    seconds: float
    at_least: bool = False
    about: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody whom a wait concerns. role: owner, waiter, writer, reader, peer, child, tracer, holder. fd: theirs, -1 for none."""

    pid: int
    tid: int
    comm: str
    role: str
    fd: int = -1


@dataclass(frozen=True, slots=True)
class Wait:
    """What a thread waits for, found out by looking.

    kind: which file of collect/waits found it. text: one sentence; more: further ones. parties: who can end it, or waits
    too. due: seconds until it ends by itself, None where nothing is known to end it; due_most: it may be sooner.
    hopeless: it does not end without help from outside (a deadlock, a stop, a pipe to itself).
    """

    kind: str
    text: str
    more: tuple[str, ...] = ()
    parties: tuple[Party, ...] = ()
    due: float | None = None
    due_most: bool = False
    hopeless: bool = False


@dataclass(frozen=True, slots=True)
class Thread:
    """One thread. state: the letter of proc_pid_stat(5). cpu: per cent of one core since the last look, None at the first.

    doing: Missing where /proc/PID/syscall may not be read. call: what it is in, None outside one; entered: how, an
    AUDIT_ARCH name in lower case, "" where that could not be found out; restarted: goes on with it after a signal.
    age: None while it runs. frames: the kernel's stack. waits: None where it waits for nothing. looked: CLOCK_BOOTTIME
    seconds at which its state was read; read: at which its call, stack and wait were. Many threads are read in turns.
    """

    tid: int
    comm: str
    state: str
    cpu: float | None = None
    doing: Doing | Missing = Doing.UNREAD
    call: Syscall | None = None
    entered: str = ""
    restarted: bool = False
    wchan: str | Missing = ""
    age: Age | None = None
    frames: tuple[Frame, ...] | Missing = ()
    waits: Wait | None = None
    looked: float = 0.0
    read: float = 0.0

    @property
    def since(self) -> float:
        """CLOCK_BOOTTIME seconds at which it last had a CPU, as far as is known; 0 where it has one."""
        return self.looked - self.age.seconds if self.age else 0.0

    @property
    def runs(self) -> bool:
        """On a CPU, or waiting for one."""
        return self.state == "R" or self.doing in RUNS


@dataclass(frozen=True, slots=True)
class Stacks:
    """Every thread of a process, blocked ones first, then running, then by how long.

    looked: how many of them were looked at this time; the others are as they were, or UNREAD. taken: CLOCK_BOOTTIME seconds.
    """

    process: ProcessId
    comm: str
    threads: tuple[Thread, ...]
    looked: int
    taken: float


@dataclass(frozen=True, slots=True)
class Now:
    """The one thread that says most about its process, and how many more it has."""

    process: ProcessId
    thread: Thread
    others: int
