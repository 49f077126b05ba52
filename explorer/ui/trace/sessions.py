"""All traces of this screen."""

from collections.abc import Callable, Sequence
from typing import Final

from explorer.model.missing import Missing
from explorer.model.process import ProcessId
from explorer.model.snapshot import Process
from explorer.trace.addresses import Addresses, Ask
from explorer.trace.saved import Opened
from explorer.trace.tracer import ALL, Capture, Tracer
from explorer.ui.trace.comms import Comms
from explorer.ui.trace.session import Session

LABEL: Final = 24


class Sessions:
    """post: thread-safe, called with a session that has something to take. ask: what a socket is, as Sockets.of.
    name_of: what a process or thread is called, "" where it is gone. Newest last."""

    def __init__(self, post: Callable[[Session], object], ask: Ask | None = None, name_of: Callable[[int], str] = lambda _id: "") -> None:
        self._post = post
        self._ask = ask
        self._name_of = name_of
        self.all: list[Session] = []

    @property
    def traced(self) -> frozenset[int]:
        """Pids of all processes that are traced now, by whichever session."""
        return frozenset().union(*(session.traced for session in self.all))

    @property
    def running(self) -> list[Session]:
        """Those that are attached, or about to be."""
        return [session for session in self.all if session.running]

    def of(self, pid: int) -> Session | None:
        """The session that traces this process, or is about to."""
        return next(
            (each for each in self.running if pid in each.traced or any(target.pid == pid for target in each.targets)),
            None,
        )

    def attach(
        self,
        engine: type[Tracer],
        processes: Sequence[Process],
        capture: Capture = ALL,
        *,
        seconds: float | None = None,
        damped: bool = False,
    ) -> Session:
        """One session for all of them."""
        session = self._added(Session(label(processes), ids(processes), engine=engine.name, capture=capture))
        session.damped = damped
        session.addresses = Addresses(self._ask) if self._ask else None
        session.comms = Comms(self._name_of)
        session.names = tuple((process.id.pid, process.comm) for process in processes)
        session.begin(engine(), self._post, seconds=seconds)
        return session

    def start(self, engine: type[Tracer], command: Sequence[str], capture: Capture = ALL) -> Session:
        """A program of our own, traced from its first instruction. What it writes is kept in session.written."""
        session = self._added(Session(" ".join(command)[:LABEL], engine=engine.name, capture=capture))
        session.addresses = Addresses(self._ask) if self._ask else None
        session.comms = Comms(self._name_of)
        session.begin(engine(), self._post, command)
        return session

    def refused(self, processes: Sequence[Process], why: Missing, engine: str = "") -> Session:
        """One that never began, to say why."""
        session = self._added(Session(label(processes), ids(processes), engine=engine))
        session.refuse(why)
        return session

    def opened(self, file: Opened, label: str) -> Session:
        """One that is read from a file."""
        session = self._added(Session(label, engine=file.name))
        session.read(file, self._post)
        return session

    def close(self, session: Session) -> None:
        """Forget it and its events; what it traces goes on."""
        session.detach()
        if session in self.all:
            self.all.remove(session)

    def stop_all(self) -> list[Session]:
        """Let go of all that are traced; their logs stay. Which they were."""
        running = self.running
        for session in running:
            session.detach()
        return running

    def _added(self, session: Session) -> Session:
        """Refusals that were read are not kept."""
        self.all = [each for each in self.all if each.state != "refused"]
        self.all.append(session)
        return session


def label(processes: Sequence[Process]) -> str:
    """ "812 nginx", "812 nginx and 3 more"."""
    first = processes[0]
    more = f" and {len(processes) - 1} more" if len(processes) > 1 else ""
    return f"{first.id.pid} {first.comm}{more}"


def ids(processes: Sequence[Process]) -> tuple[ProcessId, ...]:
    """Who they are."""
    return tuple(process.id for process in processes)
