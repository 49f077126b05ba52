"""The tracer process: started in a session of its own, told what to do, read from; gone when we are."""

import importlib.util
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Sequence
from typing import Final

from explorer.kernel.beside import ROOT
from explorer.kernel.spawn import spawn

PROGRAM: Final = "import sys; sys.path[:0] = {paths!r}; from explorer.child.tracer.main import main; main()"
STARTER: Final = """
import os, signal, sys
if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
ready, go, tracer, *command = sys.argv[1:]
if os.path.exists("/proc/sys/kernel/yama"):
    import ctypes
    ctypes.CDLL(None).prctl(0x59616d61, ctypes.c_ulong(int(tracer)), 0, 0, 0)
os.write(int(ready), b"!")
os.close(int(ready))
if not os.read(int(go), 1):
    os._exit(125)
os.close(int(go))
for name in ("SIGPIPE", "SIGXFSZ"):
    signal.signal(getattr(signal, name), signal.SIG_DFL)
try:
    os.execv(command[0], command[1:])
except OSError as error:
    os.write(2, f"procdive: {command[0]}: {error.strerror}\\n".encode())
    os._exit(126)
"""
"""Becomes a program as soon as it is told to: lets itself be traced where Yama minds (PR_SET_PTRACER), waits, undoes what Python did."""
F_SETPIPE_SZ: Final = 1031
PIPE: Final = 1 << 20
CHUNK: Final = 1 << 20


def paths() -> list[str]:
    """Where a Python without site finds explorer and python-ptrace."""
    found = importlib.util.find_spec("ptrace")
    places = [os.path.dirname(place) for place in (found.submodule_search_locations or []) if found] if found else []
    return [ROOT, *(place for place in places if place != ROOT)]


class TracerProcess:
    """One child/tracer. One thread reads; send and discard may come from any. Raises OSError where none can be started."""

    def __init__(self) -> None:
        pipes: list[int] = []
        try:
            for _ in range(2):
                pipes += os.pipe()
            orders, self._orders, self._told, told = pipes
            widen(told)
            program = PROGRAM.format(paths=paths())
            nothing = os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC)
            pipes.append(nothing)
            self.pid = spawn(program, (orders, told, nothing))
        except OSError:
            for fd in pipes:
                os.close(fd)
            raise
        for fd in (orders, told, nothing):
            os.close(fd)
        # _orders closes when we die, however we die: the tracer then ends, and all go on.
        self._guard = threading.Lock()

    def send(self, words: bytes) -> None:
        """An order: some hundred bytes, or the tracer is at work and takes them. Nothing happens where it is dead."""
        with self._guard:
            if self._orders >= 0:
                try:
                    while words:
                        words = words[os.write(self._orders, words) :]
                except OSError:
                    pass

    def read(self, seconds: float) -> bytes | None:
        """What it has sent; empty where it was silent for so long, None where it is dead."""
        poll = select.poll()
        poll.register(self._told, select.POLLIN)
        if not poll.poll(seconds * 1000):
            self._wake()
            return b""
        return os.read(self._told, CHUNK) or None

    def _wake(self) -> None:
        """Let it go on where somebody has stopped it: whom it traces would stand still with it."""
        try:
            with open(f"/proc/{self.pid}/stat", "rb") as file:
                state = file.read().rpartition(b")")[2].split()[0]
        except (OSError, IndexError):
            return
        with self._guard:
            if state == b"T" and self._orders >= 0:
                os.kill(self.pid, signal.SIGCONT)

    def ended(self, seconds: float) -> bool:
        """Whether it has ended, or does within that time. What it has sent can still be read."""
        until = time.monotonic() + seconds
        with self._guard:
            if self._orders < 0:
                return True
            while os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
                if time.monotonic() > until:
                    return False
                time.sleep(0.002)
        return True

    def kill(self) -> None:
        """End it at once. What it has sent can still be read."""
        with self._guard:
            if self._orders >= 0:
                os.kill(self.pid, signal.SIGKILL)

    def discard(self) -> None:
        """End it, if it has not ended; whom it traced goes on."""
        with self._guard:
            if self._orders < 0:
                return
            os.close(self._orders)
            self._orders = -1
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        os.waitpid(self.pid, 0)
        os.close(self._told)


def widen(pipe: int) -> None:
    """As much as an ordinary user may have: the tracer waits for nobody, so what fits is what is not lost."""
    import fcntl

    try:
        fcntl.fcntl(pipe, F_SETPIPE_SZ, PIPE)
    except OSError:
        pass


class Starting:
    """A process that is about to become a program: our child, with our terminal and descriptors. Raises OSError where it cannot be.

    tracer: who may trace it. path: of the program, which is not looked for.
    """

    def __init__(self, path: str, command: Sequence[str], tracer: int) -> None:
        ready, self._ready = os.pipe()
        self._wait, self._go = os.pipe()
        argv = [sys.executable, "-I", "-S", "-c", STARTER, str(self._ready), str(self._wait), str(tracer), path, *command]
        try:
            self.pid = os.posix_spawn(
                sys.executable, argv, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, fd, fd) for fd in (self._ready, self._wait)]
            )
        except OSError:
            os.close(self._go)
            raise
        finally:
            os.close(self._ready)
            os.close(self._wait)
            if not hasattr(self, "pid"):
                os.close(ready)
        os.read(ready, 1)
        os.close(ready)

    def go(self) -> None:
        """Now."""
        os.write(self._go, b"!")
        os.close(self._go)

    def never(self) -> None:
        """It ends without having been anything."""
        os.close(self._go)
        os.waitpid(self.pid, 0)


def reaped(pid: int, seconds: float) -> int | None:
    """The wait status of a child that ends within that time; None where it goes on, or somebody else has taken it."""
    until = time.monotonic() + seconds
    while True:
        try:
            found, status = os.waitpid(pid, os.WNOHANG)
        except ChildProcessError:
            return None
        if found:
            return status
        if time.monotonic() > until:
            return None
        time.sleep(0.005)
