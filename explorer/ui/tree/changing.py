"""Whom a change is meant for: the tagged processes, else the selected one; and the questions that come before it."""

from typing import Any

from explorer.model.process import ProcessId
from explorer.model.snapshot import Process
from explorer.render.piece import Role, piece
from explorer.render.process import started
from explorer.ui.messages import Say
from explorer.ui.tree.rows import Rows


class Changing(Rows):
    """The keys that change other processes. Each opens a question; nothing is done by the key itself."""

    @property
    def system(self) -> Any:
        """The handle on the machine, which the app has."""
        return getattr(self.app, "system")  # noqa: B009  textual's App is not ours to type

    def meant(self) -> tuple[list[Process], frozenset[ProcessId]]:
        """Who, with their newest figures, and which of them have ended. A thread's row stands for its process."""
        one = self.process
        tags = self.outline.tags
        chosen = [tags[key] for key in sorted(tags)] or ([one] if one is not None else [])
        processes: list[Process] = []
        gone = set()
        for process in chosen:
            if process.thread_of:
                whole = self.outline.living(process.thread_of)
                if whole is not None and whole not in processes:
                    processes.append(whole)
                continue
            now = self.outline.living(process.id.pid)
            if now is None or now.id != process.id:
                gone.add(process.id)
                processes.append(process)
            else:
                processes.append(now)
        return processes, frozenset(gone)

    def action_signal(self) -> None:
        """Ask which signal to send."""
        from explorer.ui.prompts.signal import SendSignal  # questions are loaded when they are asked: the first picture is sooner

        processes, gone = self._alive()
        if processes:
            machine = self.outline.latest.machine if self.outline.latest is not None else None
            since = f" · since {started(processes[0], machine)}" if machine is not None else ""
            self.post_message(SendSignal(self.system, processes, gone, since).ask(2))

    def action_nice(self, step: int) -> None:
        """Ask for a nice value, one step from the present one."""
        from explorer.ui.prompts.nice import Nice

        processes, gone = self._alive()
        if processes:
            self.post_message(Nice(self.system, processes, gone, step).ask(2))

    def action_ioprio(self) -> None:
        """Ask for an I/O class and level."""
        from explorer.ui.prompts.ioprio import IoPriority

        processes, gone = self._alive()
        if processes:
            self.post_message(IoPriority(self.system, processes, gone).ask(2))

    def action_affinity(self) -> None:
        """Ask on which processors."""
        from explorer.ui.prompts.affinity import Affinity

        processes, gone = self._alive()
        if processes:
            question = Affinity(self.system, processes, gone)
            self.post_message(question.ask(question.rows(self.app.size.width - 2)))

    def _alive(self) -> tuple[list[Process], frozenset[ProcessId]]:
        """Who is meant; nobody, and a word about it, where all of them have ended."""
        processes, gone = self.meant()
        if processes and len(gone) == len(processes):
            who = str(processes[0].id.pid) if len(processes) == 1 else "all of them"
            self.post_message(Say((piece(f"{who}: ended already, nothing to change", Role.MIND),)))
            return [], gone
        return processes, gone
