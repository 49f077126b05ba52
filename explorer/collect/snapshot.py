"""All processes, again and again: what a tick costs follows what happens, more than how many there are."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final

from explorer.collect.births import BirthBook
from explorer.collect.hidden import hidden
from explorer.collect.pids import Pids
from explorer.collect.rest import Rest
from explorer.collect.rows import closed, has_no_argv, owner, row, understood
from explorer.collect.shares import SHORTEST, Shares
from explorer.collect.tasks import Tasks
from explorer.collect.titles import BUSY_AGAIN, SHOWN_AGAIN, UNREAD, Titles
from explorer.collect.turns import Turns
from explorer.decode.proc.stat import Stat
from explorer.kernel.clock import boottime
from explorer.kernel.held import Held
from explorer.kernel.machine import Figures
from explorer.model.birth import NOBODY, UNTOLD, Births
from explorer.model.missing import Missing, Reason
from explorer.model.process import TICKS, ProcessId
from explorer.model.snapshot import Ended, Process, Snapshot
from explorer.resolve.system import System

REMEMBERED: Final = 5.0
"""Seconds for which a process counts as new, and one that ended stays."""

MOST_ENDED: Final = 1000
LOOK_AGAIN: Final = 60.0
"""Seconds between two looks at what hides processes."""

DEEPER: Final = 40
"""After so many turns a process at rest is read too, and asked for its command line, though it has not run."""

UNEXPLAINED: Final = 0.05
"""Seconds of CPU time a second that nobody seems to have used."""

PF_FORKNOEXEC: Final = 0x40


class ProcessTable:
    """The table of one screen; not for two threads at once.

    In each tick new, visible and recently active processes are read, the others in turns, so that no row is older than
    three seconds and a tick (six where there are a thousand and all is calm, see turns.py and rest.py). A row that did not
    change is the same object as before. Whatever a process does, vanishing between two reads included, a tick does not
    raise, and takes no longer than a few of the reader's deadlines.
    """

    def __init__(self, system: System, held: Held | None = None, births: BirthBook | None = None) -> None:
        """births: asked too, in the thread of the ticks, where there is one."""
        self._system = system
        self._births = births
        self._held = Held() if held is None else held
        self._pids = Pids(system)
        self._turns = Turns()
        self._rest = Rest(system, self._held)
        self._shares = Shares()
        self._titles = Titles(system)
        self._tasks: Tasks | None = None
        self._figures: Figures | None = None
        self._rows: dict[int, Process] = {}
        self._names: set[str] = set()
        self._children: dict[int, set[int]] = {}
        self._raw: dict[int, bytes] = {}
        self._programs: dict[int, tuple[str | int, ...]] = {}
        self._born: dict[ProcessId, float] = {}
        self._ended: list[Ended] = []
        self._hidden: Missing | None = None
        self._looked = -LOOK_AGAIN
        self._steady = 0.0
        self._accounts = (0.0, 0, 0.0)
        self._first = True
        self._changed = True
        self._told: dict[int, Process] = {}

    def close(self) -> None:
        """Let go of what is held open."""
        self._held.close()
        if self._births is not None:
            self._births.close()

    def tick(self, visible: Collection[int] = (), threads: bool = False) -> Snapshot:
        """The processes now. visible: pids on the screen, read in any case. threads: rows of threads too, under their processes."""
        now = boottime()
        if self._figures is None:
            self._figures = Figures()
        moved = self._read(now, visible)
        self._understand(moved, visible, now)
        births = self._listen(now)
        # The first table is not to wait for what tells of the machine.
        quick, self._first = self._first, False
        if self._changed:
            self._told, self._changed = dict(self._rows), False
        self._ended = [ended for ended in self._ended if now - ended.when < REMEMBERED][-MOST_ENDED:]
        self._born = {born: when for born, when in self._born.items() if now - when < REMEMBERED}
        if now - self._looked >= LOOK_AGAIN:
            self._hidden, self._looked = hidden(self._system), now
        told = self._told
        if threads:
            self._tasks = self._tasks or Tasks(self._system)
            told = {**self._tasks.rows(told.values(), now), **told}
        else:
            self._tasks = None
        machine = self._figures.sample(quick=quick)
        self._turns.calm = not quick and self._explained(now)
        return Snapshot(told, machine, now, dict(self._born), tuple(self._ended), self._hidden, births)

    def _listen(self, now: float) -> Births:
        """What the kernel tells of births, and the ends of those that are gone."""
        if self._births is None:
            return NOBODY
        self._births.read(self._rows, now)
        for at, ended in enumerate(self._ended):
            if isinstance(ended.status, Missing) and not isinstance(status := self._births.end(ended.process.id), Missing):
                self._ended[at] = replace(ended, status=status)
        return self._births.told(self._rows, now)

    def _explained(self, now: float) -> bool:
        """Whether the processes that we read used the CPU time that the machine has used since the last tick, but for a twentieth
        of a core: if not, somebody at rest is not any more, or many come and go between two ticks."""
        assert self._figures is not None
        busy, seen, when = self._figures.busy, self._shares.seen, now
        before, self._accounts = self._accounts, (busy, seen, when)
        return busy - before[0] - (seen - before[1]) / TICKS < UNEXPLAINED * (when - before[2])

    def _path(self, pid: int) -> str:
        return f"{self._system.proc.root}/{pid}/stat"

    def _read(self, now: float, visible: Collection[int]) -> set[int]:
        """Read who is new, visible, active, or whose turn it is. The pids whose bytes are new; who is gone has no row any more."""
        new, went = self._pids.changed(now, self._names)
        due, shown, gone = self._turns.due(now, self._rows), frozenset(visible), set(went)
        due.update((pid, None) for pid in visible if pid in self._rows)
        # Of those at rest some are read all the same: others may have changed what is shown of them.
        deep = [pid for pid in due if not (pid + self._turns.round) % DEEPER and pid not in shown]
        still, ran, lost = self._rest.slept(due.keys() - shown - gone - {*deep})
        gone |= lost
        changed, silent = self._held.reread([pid for pid in due if pid not in still and pid not in gone], self._raw, self._path)
        for pid in self._rest.pids.intersection(deep):
            self._held.release(pid)
        self._rest.forgive(deep)
        self._titles.look(deep, now, BUSY_AGAIN)
        self._titles.look(ran, now, BUSY_AGAIN)
        gone.update(pid for pid, why in silent.items() if why.reason is Reason.GONE)
        if gone:
            self._end(gone, now)
            # Their children have another parent now, and their pids may belong to others.
            orphans = [child for pid in gone for child in self._children.get(pid, ()) if child not in gone]
            changed += self._held.reread(orphans, self._raw, self._path)[0]
            new += gone.difference(went)
        if self._first:
            # Most of a machine's processes are at rest: so they are held to be from the start.
            self._rest.lay(new)
        found, silent = self._held.reread(new, self._raw, self._path, hold=not self._first)
        for pid, why in silent.items():
            if why.reason is not Reason.GONE:
                self._shut(pid, why)
        if now - self._steady >= SHORTEST:
            self._steady = now
            changed += self._settle(due.keys() - changed - gone, deep, now)
        self._rest.wake(changed)
        return {*changed, *found}

    def _settle(self, quiet: Collection[int], deep: Iterable[int], now: float) -> list[int]:
        """These were read and did not move. Those that moved after all."""
        still, rested = self._turns.stood(quiet)
        for pid in still:
            if self._rows[pid].cpu:
                self._put(replace(self._rows[pid], cpu=0.0))
        self._shares.unchanged(quiet, now)
        alone = [pid for pid in (*rested, *deep) if pid in quiet and self._rows[pid].threads == 1]
        laid = self._rest.lay(alone)
        moved = self._held.reread(laid, self._raw, self._path)[0]
        for pid in laid:
            self._held.release(pid)
        return moved

    def _understand(self, moved: Iterable[int], visible: Collection[int], now: float) -> None:
        """New rows for those whose bytes are new, and for those whose command line is."""
        stats: dict[int, Stat] = {}
        others = []
        for pid in sorted(moved):
            stat = understood(pid, self._raw[pid])
            if isinstance(stat, Missing):
                self._shut(pid, stat)
                continue
            stats[pid] = stat
            old = self._rows.get(pid)
            if old is not None and old.id.start != stat.starttime:
                # Only where it could not be held open; else it was silent first.
                self._end((pid,), now)
                self._turns.moved(self._children.get(pid, ()))
            # What execve(2) and prctl(PR_SET_MM) change.
            program = (stat.comm, stat.flags & PF_FORKNOEXEC, stat.startcode, stat.arg_start, stat.arg_end)
            if self._programs.get(pid) != program and not has_no_argv(stat):
                self._programs[pid] = program
                others.append(pid)
        self._titles.want(others)
        lively = [pid for pid, stat in stats.items() if pid not in self._rest.pids or stat.num_threads > 1 or stat.state == "R"]
        self._rest.wake(lively)
        self._turns.moved(lively)
        self._titles.look(visible, now, SHOWN_AGAIN)
        self._titles.look(stats, now, BUSY_AGAIN)
        argvs = self._titles.read(visible, now)
        for pid, stat in stats.items():
            self._row(pid, stat, argvs.pop(pid, None), now)
        for pid, argv in argvs.items():
            old = self._rows.get(pid)
            if old is not None and old.argv != argv and not (isinstance(argv, Missing) and argv.reason is Reason.GONE):
                self._put(replace(old, argv=argv))

    def _row(self, pid: int, stat: Stat, argv: tuple[str, ...] | Missing | None, now: float) -> None:
        old, ticks = self._rows.get(pid), stat.utime + stat.stime
        if old is None:
            cpu = self._shares.begin(pid, ticks, stat.starttime, now, self._first)
            if not self._first:
                self._born[ProcessId(pid, stat.starttime)] = now
        else:
            cpu = self._shares.share(pid, ticks, max(old.threads, stat.num_threads), now, old.cpu)
        if has_no_argv(stat):
            argv = ()
        elif argv is None or (isinstance(argv, Missing) and argv.reason is Reason.GONE):
            argv = UNREAD if old is None else old.argv
        fresh = row(self._system, stat, argv, owner(self._system, pid), cpu)
        if fresh != old:
            self._put(fresh)

    def _put(self, process: Process) -> None:
        pid = process.id.pid
        old = self._rows.get(pid)
        if old is None:
            self._names.add(str(pid))
        elif old.ppid != process.ppid:
            self._orphan(old)
        if old is None or old.ppid != process.ppid:
            self._children.setdefault(process.ppid, set()).add(pid)
        self._rows[pid] = process
        self._changed = True

    def _orphan(self, process: Process) -> None:
        """Take it from its parent."""
        siblings = self._children[process.ppid]
        siblings.discard(process.id.pid)
        if not siblings:
            del self._children[process.ppid]

    def _shut(self, pid: int, why: Missing) -> None:
        """A row for a process that may not be read or understood; one that was read before keeps what it had."""
        if pid not in self._rows:
            uid = owner(self._system, pid)
            self._put(closed(pid, why, uid, self._system.users.name(uid)))

    def _end(self, pids: Collection[int], now: float) -> None:
        """These are gone, or others now."""
        for pid in pids:
            self._held.release(pid)
            self._programs.pop(pid, None)
            self._names.discard(str(pid))
            old = self._rows.pop(pid, None)
            if old is not None:
                self._changed = True
                self._orphan(old)
                if old.id.start:
                    # A zombie's status is 0 too where it may not be seen.
                    self._ended.append(Ended(old, now, old.exit_code or UNTOLD))
            self._raw.pop(pid, None)
        self._rest.wake(pids)
        self._rest.forgive(pids)
        self._titles.forget(pids)
        self._shares.forget(pids)
        self._turns.forget(pids)
