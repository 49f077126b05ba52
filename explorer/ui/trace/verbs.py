"""The app's keys and palette entries about traces. What they need is loaded with the first trace, not before the first picture."""

from typing import TYPE_CHECKING, Any, Final

from explorer.model.snapshot import Process
from explorer.render.piece import Role, piece
from explorer.ui.command import Command
from explorer.ui.messages import SaveTrace

if TYPE_CHECKING:
    from explorer.ui.screen import Main
    from explorer.ui.state import State
    from explorer.ui.subject import Subject
    from explorer.ui.trace.header import Tab
    from explorer.ui.trace.panel import TracePanel
    from explorer.ui.trace.session import Session
    from explorer.ui.trace.tracing import Tracing

TRACE: Final = Command("s", "trace", "trace: start, stop", "s", "Trace", "s trace", "s trace", rank=55, least=3)
STOP: Final = Command("s", "trace", "stop tracing", "s", "Trace", "s stop trace", "s stop", rank=55, least=3)


class Verbs:
    """Of Explorer."""

    main: "Main"
    state: "State"
    subject: "Subject"
    system: Any
    say: Any
    end: Any
    _tracing: "Tracing | None" = None

    @property
    def tracing(self) -> "Tracing":
        """Made when first asked for."""
        if self._tracing is None:
            from explorer.ui.trace.tracing import Tracing

            app: Any = self
            self._tracing = Tracing(
                self.state,
                self.system,
                post=self.main.post_message,
                later=app.call_later,
                say=self.say,
                area=self.trace_area,
                columns=lambda: self.main.size.width,
                changed=self._others_traced,
            )
        return self._tracing

    @property
    def trace_area(self) -> "TracePanel":
        """Where traces are shown."""
        return self.main.trace

    @property
    def running(self) -> "list[Session]":
        """Traces that run."""
        return self._tracing.sessions.running if self._tracing is not None else []

    def _others_traced(self) -> None:
        self.subject.tree.mark_traced(self.tracing.sessions.traced)
        self.main.keys.changed()

    def trace_commands(self) -> list[Command]:
        """For key line, help and palette. Those without a key are found by their names only."""
        row = self.subject.row()
        traced = row is not None and self._tracing is not None and self._tracing.sessions.of(row.id.pid) is not None
        found = [STOP if traced else TRACE]
        if row is not None:
            found += [
                only_named("trace_subtree", f"trace the subtree of {row.id.pid}"),
                only_named("trace_named", f"trace all named {row.comm}"),
                only_named("count('summary')", f"summary of {row.id.pid} {row.comm}: where its time goes"),
                only_named("count('access')", f"access of {row.id.pid} {row.comm}: which files it uses"),
            ]
            if unit := self._unit():
                found.append(only_named("trace_unit", f"trace all of {unit}"))
        found += [only_named("trace_command", "trace a command …"), only_named("trace_open", "open a saved trace …")]
        if self._tracing is not None:
            shown = self.trace_area.session
            if shown is not None:
                found.append(only_named("trace_close", f"close this trace: {shown.label}"))
                if shown.written is not None:
                    found.append(only_named("trace_written", f"what {shown.label} wrote"))
            if self.running:
                found.append(only_named("trace_stop_all", "stop all traces"))
        return found

    def _unit(self) -> str:
        """Of the selected process, as its card has it."""
        unit = getattr(self.main.card._facts, "unit", None)
        return getattr(unit, "unit", "") or getattr(unit, "user_unit", "")

    # keys

    def action_trace(self) -> None:
        """Start, stop: of the shown trace in its area, of the tagged processes in the tree, else of the selected one."""
        area, shown = self.trace_area, self.trace_area.session
        if self.main.area in area.faces and shown is not None and shown.running:
            self.tracing.stop(shown)
            return
        processes = self._meant()
        if processes:
            self.tracing.toggle(processes)

    def _meant(self) -> list[Process]:
        if self.main.area is self.main.processes:
            processes, gone = self.subject.tree.meant()
            alive = [process for process in processes if process.id not in gone]
        else:
            row = self.subject.row()
            alive = [] if row is None else [row]
        if not alive:
            selected = self.subject.tree.process is not None
            self.say((piece("ended already, nothing to trace" if selected else "no process is selected yet", Role.MIND),))
        return alive

    def action_count(self, tab: "Tab") -> None:
        """The summary or access of the selected process: of its trace, or of a new one that takes nothing else where that can be."""
        if (row := self.subject.row()) is not None:
            self.tracing.count(row, tab)

    def action_trace_subtree(self) -> None:
        if (row := self.subject.row()) is not None:
            self.tracing.subtree(row.id.pid)

    def action_trace_named(self) -> None:
        if (row := self.subject.row()) is not None:
            self.tracing.named(row.comm)

    def action_trace_unit(self) -> None:
        if unit := self._unit():
            self.tracing.unit(unit)

    def action_trace_command(self) -> None:
        self.tracing.command()

    def action_trace_close(self) -> None:
        self.tracing.close()

    def action_trace_written(self) -> None:
        self.tracing.written()

    def action_trace_stop_all(self) -> None:
        self.tracing.stop_all()

    def action_trace_open(self) -> None:
        self.tracing.open_one()

    def on_save_trace(self, message: SaveTrace) -> None:
        self.tracing.save(message.session, message.tab)

    # the end

    def action_interrupt(self) -> None:
        """Ctrl-C: as in strace it ends traces that run; else procdive."""
        if not self.running or not self.tracing.stop_all():
            self.end()

    def action_leave(self) -> None:
        """Ask first while a trace runs; the second time do not."""
        running = self.running
        if not running:
            self.end()
            return
        from explorer.ui.prompts.letgo import LetGo

        if isinstance(self.main.asked, LetGo):
            self.end()
            return
        self.main.post_message(LetGo([session.label for session in running], self.end).ask(4))

    def let_go(self) -> None:
        """Procdive ends. Waits for nobody: what is not done in time the engines do when we are gone."""
        if self._tracing is not None:
            self._tracing.sessions.stop_all()


def only_named(action: str, name: str) -> Command:
    """A command without a key: in the palette, and nowhere else."""
    return Command("", action, name, group="")
