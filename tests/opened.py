"""What processes hold, as a test says it: a machine to be read in rounds."""

import time
from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any

from explorer.collect.rounds import Rounds
from explorer.decode.fd import decode_fd
from explorer.decode.fd.raw import Stat
from explorer.model.fd import Fd
from explorer.model.held import Held, Wanted
from explorer.model.keeping import Keeping
from explorer.model.missing import Missing
from explorer.model.opened import Opened, Owner
from explorer.model.process import ProcessId
from tests.query.things import fd as socket_fd

__all__ = ["Clock", "Played", "file", "held", "opened", "socket_fd"]


def file(number: int, path: str, position: int = 0, *, size: int = 4096, ino: int = 7, flags: int = 0) -> Fd:
    """A regular file."""
    info = f"pos:\t{position}\nflags:\t0{flags:o}\nmnt_id:\t29\nino:\t{ino}\n".encode()
    return decode_fd(number, path, info, Stat(0xFE00, ino, 0o100644, 1, 0, size, "ext4", "/"))


def held(pid: int, *fds: Fd, comm: str = "nginx", uid: int = 33, start: int = 0, why: Missing | None = None, keepings: Any = ()) -> Held:
    """A process with these. why: why its descriptors are not known."""
    return Held(ProcessId(pid, start or pid * 100), comm, uid, fds if why is None else why, tuple(keepings))


def opened(pid: int, what: Fd | Keeping, *, comm: str = "nginx", user: str = "www-data", uid: int = 33, **more: Any) -> Opened:
    """A row."""
    return Opened(Owner(ProcessId(pid, pid * 100), comm, user, uid), what, **more)


class Clock:
    """now: what it says. ticks: by how much it goes on whenever it is asked."""

    def __init__(self, ticks: float = 0.0) -> None:
        self.now, self.ticks = 1000.0, ticks

    def __call__(self) -> float:
        self.now += self.ticks
        return self.now


class Played:
    """holds: what each process has; a test changes it. asked: of whom, in order. wanted: with what last."""

    def __init__(self, *holds: Held) -> None:
        self.holds = {each.process.pid: each for each in holds}
        self.asked: list[int] = []
        self.wanted = Wanted()
        self.unseen: Exception | None = None
        self.system: Any = SimpleNamespace(
            proc=self, users=SimpleNamespace(name=lambda uid: {0: "root", 33: "www-data"}.get(uid, str(uid)))
        )

    def numbers(self) -> list[int]:
        """As System.proc has them."""
        if self.unseen is not None:
            raise self.unseen
        return sorted(self.holds)

    def __call__(self, system: Any, pids: Iterable[int] | None = None, wanted: Wanted = Wanted()) -> Iterator[Held]:  # noqa: B008
        self.wanted = wanted
        for pid in sorted(self.holds) if pids is None else pids:
            if pid in self.holds:
                self.asked.append(pid)
                yield self.holds[pid]

    def rounds(self, clock: Clock | None = None, **options: Any) -> Rounds:
        """What reads it."""
        return Rounds(self.system, self, clock or time.monotonic, **options)
