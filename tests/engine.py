"""A tracer for tests: one program under ptrace, each call decoded at its end with the memory of both its ends.

Slow and simple; what it is for is to feed the decoder what an engine will feed it, on the very program that strace sees.
"""

import os
import signal
from collections.abc import Iterator, Sequence
from typing import Protocol

from ptrace.binding import func

from explorer.decode.syscall import decode_syscall
from explorer.model.trace import Call, Syscall

PAGE = 4096
INT_80 = b"\xcd\x80"
REGISTERS = {"x86_64": ("rdi", "rsi", "rdx", "r10", "r8", "r9"), "i386": ("rbx", "rcx", "rdx", "rsi", "rdi", "rbp")}
AROUND = 3
"""Pages kept from each pointer on, as they were when the call began."""


class Live:
    """The memory of a stopped process."""

    def __init__(self, pid: int) -> None:
        self.file = os.open(f"/proc/{pid}/mem", os.O_RDONLY | os.O_CLOEXEC)

    def read(self, address: int, size: int) -> bytes:
        found = b""
        while size > 0:
            step = min(size, PAGE - address % PAGE)
            try:
                more = os.pread(self.file, step, address)
            except (OSError, OverflowError):
                break
            found += more
            address, size = address + step, size - step
        return found

    def close(self) -> None:
        os.close(self.file)


class Kept:
    """Pages as they were at one moment; those that nobody asked for then are read late."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.pages: dict[int, bytes] = {}

    def keep(self, address: int) -> None:
        for number in range(address // PAGE, address // PAGE + AROUND):
            self.page(number)

    def page(self, number: int) -> bytes:
        if number not in self.pages:
            self.pages[number] = self.live.read(number * PAGE, PAGE)
        return self.pages[number]

    def read(self, address: int, size: int) -> bytes:
        found = b""
        while size > 0:
            step = min(size, PAGE - address % PAGE)
            more = self.page(address // PAGE)[address % PAGE :][:step]
            found += more
            if len(more) < step:
                break
            address, size = address + step, size - step
        return found


def names(pid: int) -> dict[int, str]:
    """Each descriptor and the working directory, as links of /proc have them."""
    out = {}
    try:
        out[-100] = os.readlink(f"/proc/{pid}/cwd")
        for number in os.listdir(f"/proc/{pid}/fd"):
            out[int(number)] = os.readlink(f"/proc/{pid}/fd/{number}")
    except OSError:
        pass
    return out


class Watcher(Protocol):
    """Is shown each call while its process stands still."""

    def begin(self, call: Call, live: Live) -> None:
        """call.memory: as it is now."""

    def end(self, call: Call, live: Live, seen: Syscall) -> None:
        """seen: what it was decoded to."""


def traced(command: Sequence[str], folder: str, watcher: Watcher | None = None) -> Iterator[Syscall]:
    """Each call of a program of one thread, in order, from main on; its children are not followed. Its environment is A=1 alone."""
    pid = os.fork()
    if not pid:
        try:
            os.chdir(folder)
            empty = os.open("/dev/null", os.O_RDONLY)
            os.dup2(empty, 0)
            os.dup2(os.open("/dev/null", os.O_WRONLY), 1)
            os.closerange(3, 1024)
            func.ptrace_traceme()
            os.kill(os.getpid(), signal.SIGSTOP)
            os.execve(command[0], list(command), {"A": "1"})
        finally:
            os._exit(127)
    os.waitpid(pid, 0)
    func.ptrace_setoptions(pid, func.PTRACE_O_TRACESYSGOOD | func.PTRACE_O_TRACEEXEC)
    func.ptrace_cont(pid)
    os.waitpid(pid, 0)
    live = Live(pid)
    entry: tuple[Call, Kept] | None = None
    number = 0
    try:
        func.ptrace_syscall(pid)
        # The end of execve itself.
        os.waitpid(pid, 0)
        while True:
            func.ptrace_syscall(pid, number)
            number = 0
            _, status = os.waitpid(pid, 0)
            if not os.WIFSTOPPED(status):
                if entry is not None:
                    yield decode_syscall(entry[0])
                return
            if os.WSTOPSIG(status) != signal.SIGTRAP | 0x80:
                number = os.WSTOPSIG(status)
                continue
            registers = func.ptrace_getregs(pid)
            if entry is None:
                arch = "i386" if live.read(registers.rip - 2, 2) == INT_80 else "x86_64"
                args = tuple(getattr(registers, name) for name in REGISTERS[arch])
                kept = Kept(live)
                for argument in args:
                    if 0x1000 <= argument < 1 << 47:
                        kept.keep(argument)
                call = Call(registers.orig_rax, args, arch, memory=kept, fds=names(pid))
                decode_syscall(call)
                if watcher is not None:
                    watcher.begin(call, live)
                entry = (call, kept)
            else:
                call, kept = entry
                result = registers.rax - (1 << 64) if registers.rax >> 63 else registers.rax
                made = names(pid)
                ended = Call(call.number, call.args, call.arch, result, live, call.fds, kept, made)
                seen = decode_syscall(ended)
                if watcher is not None:
                    watcher.end(ended, live, seen)
                yield seen
                entry = None
    finally:
        live.close()
