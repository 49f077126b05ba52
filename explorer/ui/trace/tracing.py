"""What the keys and the palette do about traces: whom they mean, what is asked first, what is begun and ended."""

import os
import shlex
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from textual.message import Message

from explorer.model.missing import Missing
from explorer.model.snapshot import Process, Snapshot
from explorer.model.socket import Socket
from explorer.render.missing import sentence
from explorer.render.piece import Line, Role, piece
from explorer.resolve.comm import comm
from explorer.resolve.system import System
from explorer.trace.tracer import ALL, Capture
from explorer.ui.fault import Fault
from explorer.ui.messages import Prompt
from explorer.ui.state import State
from explorer.ui.trace.kin import below, ours, showing
from explorer.ui.trace.look import Chosen, Prices, look
from explorer.ui.trace.notice import notice
from explorer.ui.trace.session import Session
from explorer.ui.trace.sessions import Sessions

if TYPE_CHECKING:
    from explorer.ui.trace.header import Tab
    from explorer.ui.trace.look import Looked
    from explorer.ui.trace.saving import Saved

Engine = Callable[[Process | None], Chosen]
"""Which engine for this process; for a command of our own where None."""


class Area(Protocol):
    """Where traces are shown (ui/trace/panel.py)."""

    session: Session | None

    def show(self, session: Session, tab: "Tab | None" = None) -> None:
        """Show this one, on that tab."""

    def told(self, session: Session) -> None:
        """It has changed."""

    def closed(self, session: Session) -> None:
        """It is forgotten: show another one, or nothing."""

    def saved(self, tab: str) -> "Saved | None":
        """What a table of the shown one has for a file; None of its lines."""


def best(process: Process | None) -> Chosen:
    """The best engine there is. Loads it, so not in the screen's thread."""
    from explorer.trace.choice import engine_for

    engine, why = engine_for(None if process is None else process.id)
    return Chosen(engine, next(iter(why.items()), None))


class Tracing:
    """post, later: thread-safe; later calls something in the screen's thread. say: a line for the person. area: where traces are
    shown. columns: of the screen. changed: called after others are traced than before. engine: may take its time, so not called there."""

    def __init__(
        self,
        state: State,
        system: System,
        post: Callable[[Message], object],
        later: Callable[[Callable[[], object]], object],
        say: Callable[[Line], object],
        area: Area,
        columns: Callable[[], int],
        changed: Callable[[], object],
        engine: Engine | None = None,
    ) -> None:
        self.state = state
        self.system = system
        self.sessions = Sessions(lambda session: later(partial(self.told, session)), self._sockets, partial(comm, system.proc))
        self.prices = Prices()
        self._post, self._later, self._say, self._area = post, later, say, area
        self._columns, self._changed, self._engine = columns, changed, engine or best
        self._looking: frozenset[int] = frozenset()

    def _sockets(self, pid: int, wanted: Mapping[int, int]) -> Mapping[int, Socket | Missing]:
        """What they are; loaded when first asked for."""
        return self.system.sockets.of(pid, wanted)

    @property
    def snapshot(self) -> Snapshot | None:
        """The last table."""
        return self.state.snapshot

    # begun

    def toggle(self, processes: Sequence[Process]) -> None:
        """`s`: stop the traces of these processes where all of them are traced, else trace those that are not."""
        untraced = [process for process in processes if self.sessions.of(process.id.pid) is None]
        if processes and not untraced:
            for session in {id(found): found for process in processes if (found := self.sessions.of(process.id.pid))}.values():
                self.stop(session)
        else:
            self.begin(untraced)

    def count(self, process: Process, tab: "Tab") -> None:
        """Its summary or access: of the trace that there is, else of a new one."""
        session = self.sessions.of(process.id.pid)
        if session is None:
            self.begin([process], tab)
        else:
            self._area.show(session, tab)

    def begin(self, processes: Sequence[Process], tab: "Tab | None" = None, since: int | None = None) -> None:
        """Look at them first, in a thread; looked() goes on. tab: what is shown then; only that is taken. since: as Capture has it."""
        snapshot = self.snapshot
        processes = [process for process in processes if process.id.pid not in self._looking]
        if not processes or snapshot is None:
            return
        self._looking |= {process.id.pid for process in processes}
        who = f"{processes[0].id.pid} {processes[0].comm}" if len(processes) == 1 else f"{len(processes)} processes"
        self._say((piece(f"looks at {who} …", Role.SECONDARY),))
        threading.Thread(target=self._look, args=(tuple(processes), snapshot, tab, since), name="look", daemon=True).start()

    def _look(self, processes: tuple[Process, ...], snapshot: Snapshot, tab: "Tab | None", since: int | None) -> None:
        us, table = os.getpid(), snapshot.processes
        found: Looked | Fault
        try:
            found = look(self.system, processes, self._engine, self.prices, ours=ours(table, us), showing=showing(table, us))
        except Exception as error:  # noqa: BLE001 it must not end the screen
            found = Fault.of(error, "a look before a trace")
        self._later(partial(self.looked, processes, found, tab, since))

    def looked(self, processes: Sequence[Process], found: "Looked | Fault", tab: "Tab | None" = None, since: int | None = None) -> None:
        """What is known of them now: attach, ask, or say why not."""
        self._looking -= {process.id.pid for process in processes}
        self._say(())
        if isinstance(found, Fault):
            self._say(found.line)
        elif found.engine is None:
            self._refuse([process for process, _ in found.refused], found.refused[0][1])
        elif found.safe:
            self._attach(found, None, tab, since)
        else:
            from explorer.ui.prompts.attach import Attach

            machine = self.snapshot.machine if self.snapshot is not None else None
            question = Attach(found, machine, lambda seconds: self._attach(found, seconds, tab, since))
            self._post(question.ask(question.rows(self._columns() - 1)))

    def _attach(self, found: "Looked", seconds: float | None, tab: "Tab | None", since: int | None) -> None:
        assert found.engine is not None
        what = frozenset({tab}) if tab is not None and tab in found.engine.COUNTS else ALL.what
        capture = Capture(what=what, since=since)
        session = self.sessions.attach(found.engine, found.processes, capture, seconds=seconds, damped=bool(found.shows))
        self._notice(session, found.lesser, found.processes[0].id.pid)
        self._began(session, tab)
        if found.refused:
            process, why = found.refused[0]
            more = f" and {len(found.refused) - 1} more not" if len(found.refused) > 1 else ""
            self._say((piece(f"not {process.id.pid} {process.comm}: ", Role.MIND), *sentence(why), piece(more, Role.MIND)))

    def _refuse(self, processes: Sequence[Process], why: Missing) -> None:
        session = self.sessions.refused(processes, why)
        self._began(session)
        if isinstance(session.why, Missing):
            self._say((piece(f"{session.label}: "), *sentence(session.why)))

    def _began(self, session: Session, tab: "Tab | None" = None) -> None:
        self._area.show(session, tab)
        self._changed()

    # whom

    def subtree(self, pid: int) -> None:
        """It and all its descendants."""
        if self.snapshot is not None:
            listed = int(self.snapshot.taken * os.sysconf("SC_CLK_TCK"))
            self.begin(self._others(below(self.snapshot.processes, pid)), since=listed)

    def named(self, comm: str) -> None:
        """All of that name."""
        if self.snapshot is not None:
            self.begin(self._others([each for each in self.snapshot.processes.values() if each.comm == comm and not each.thread_of]))

    def unit(self, name: str) -> None:
        """All of a systemd unit, found in a thread."""
        threading.Thread(target=self._unit, args=(name, self.snapshot), name="unit", daemon=True).start()

    def _unit(self, name: str, snapshot: Snapshot | None) -> None:
        from explorer.collect.members import members

        if snapshot is not None:
            found = [snapshot.processes[pid] for pid in members(self.system, name, snapshot.processes)]
            self._later(lambda: self.begin(self._others(found)))

    def _others(self, processes: Collection[Process]) -> list[Process]:
        """Neither we nor what is traced already."""
        return [process for process in processes if process.id.pid != os.getpid() and self.sessions.of(process.id.pid) is None]

    # a command

    def command(self) -> None:
        """Ask for one and start it under trace."""

        def done(text: str | None) -> None:
            if text is None or not text.strip():
                return
            try:
                words = shlex.split(text)
            except ValueError as error:
                self._say((piece(f"{text}: ", Role.MIND), piece(str(error).lower())))
                return
            threading.Thread(target=self._choose, args=(words,), name="command", daemon=True).start()

        self._post(Prompt("Trace command", done, hint="its output is kept, not shown    Enter start  Esc"))

    def _choose(self, words: list[str]) -> None:
        try:
            chosen = self._engine(None)
            why = chosen.engine.unusable()
        except Exception as error:  # noqa: BLE001 it must not end the screen
            line = Fault.of(error, "the choice of an engine").line
            self._later(lambda: self._say(line))
            return
        if why is None:
            self._later(lambda: self._start(chosen, words))
        else:
            said = (piece(f"{words[0]}: ", Role.MIND), *sentence(why))
            self._later(lambda: self._say(said))

    def _notice(self, session: Session, lesser: tuple[str, Missing] | None, pid: int) -> None:
        """What a person has to know of its engine."""
        session.notice = notice(session.engine, lesser, pid)
        session.without = lesser[0] if lesser is not None else ""

    def _start(self, chosen: Chosen, words: list[str]) -> None:
        session = self.sessions.start(chosen.engine, words)
        self._notice(session, chosen.lesser, 0)
        self._began(session)

    # told and ended

    def told(self, session: Session) -> None:
        """It has something to take."""
        before = self.sessions.traced, session.running
        session.take()
        if session in self.sessions.all:
            self._area.told(session)
        if (self.sessions.traced, session.running) != before:
            self._changed()

    def stop(self, session: Session) -> None:
        """Let go of what it traces; its log stays."""
        session.detach()
        self._say((piece(f"lets go of {session.label}"),))

    def stop_all(self) -> bool:
        """Of all; False where nothing runs."""
        stopped = self.sessions.stop_all()
        if stopped:
            self._say((piece(f"lets go of {', '.join(session.label for session in stopped)}"),))
        return bool(stopped)

    def close(self) -> None:
        """Forget the one that is shown."""
        session = self._area.session
        if session is not None:
            self.sessions.close(session)
            self._area.closed(session)
            self._changed()

    def written(self) -> None:
        """What the command that is shown has written."""
        from explorer.ui.prompts.output import Output

        session = self._area.session
        if session is None or session.written is None:
            self._say((piece("no command of ours is shown here", Role.MIND),))
            return
        output = Output(session.label, session.written)
        self._post(output.ask(output.rows(self._columns() - 1)))

    # files

    def save(self, session: Session, tab: str = "trace") -> None:
        """Ask where to, and write it there. tab: a table instead, as it is now."""
        from explorer.ui.trace.saving import save, still, suggested

        def done(text: str | None) -> None:
            if text is None or not text.strip():
                return
            trace, path = still(session), text.strip()
            table = self._area.saved(tab)

            def write() -> None:
                found = save(trace, path, table)
                said: Line = sentence(found) if isinstance(found, Missing) else (piece("saved ", Role.NAME), piece(found))
                self._later(lambda: self._say(said))

            threading.Thread(target=write, name="save", daemon=True).start()

        hint = f".jsonl {'opens again' if tab == 'trace' else 'for JSON'}, else text    Enter save  Esc"
        self._post(Prompt("Save to", done, text=suggested(session, tab), hint=hint))

    def open_one(self) -> None:
        """Ask for a file."""

        def done(text: str | None) -> None:
            if text is not None and text.strip():
                self.open(text.strip())

        self._post(Prompt("Open trace", done, hint="a .jsonl that was saved    Enter open  Esc"))

    def open(self, path: str) -> None:
        """Show the events of a file; read in a thread."""
        threading.Thread(target=self._open, args=(path,), name="open", daemon=True).start()

    def _open(self, path: str) -> None:
        from explorer.trace.saved import opened

        place = os.path.expanduser(path)
        found = opened(place)
        if isinstance(found, Missing):
            said = sentence(found)
            self._later(lambda: self._say(said))
        else:
            self._later(lambda: self._began(self.sessions.opened(found, os.path.basename(place))))
