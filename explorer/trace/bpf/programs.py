"""The programs as they are loaded: their memory, filled with what they are to take, and read for what they say."""

import os
import platform
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from struct import Struct
from typing import Final

from explorer.kernel.bpf.compiled import compiled
from explorer.kernel.bpf.lanes import FEWEST, Lanes, value_size
from explorer.kernel.bpf.object import Object
from explorer.kernel.bpf.ring import Ring
from explorer.kernel.bpf.support import unsupported
from explorer.model.missing import Missing, Unreadable
from explorer.trace.bpf import layout, table
from explorer.trace.tracer import ALL, Capture

ONE: Final = (1).to_bytes(4, "little")
BY_TID: Final = ("flights_by_tid", "stashes_by_tid", "tallied_by_tid")
MOVES: Final = ("d_move", "d_exchange")
"""Programs at functions of the kernel, which not every one of them lets programs look at."""
STORAGE: Final = ("flights", "stashes", "tallied")
TABLES: Final = {"x86_64": ("x86_64", "i386"), "aarch64": ("aarch64", "arm")}
FIRST_PIDS: Final = 0xEFFFFFFC
"""Inode of the first pid namespace: the kernel's include/linux/proc_ns.h."""
TASK_STORAGE: Final = (5, 11)
"""Linux that has it."""
CASTS: Final = (6, 2)
"""Linux that lets programs follow any pointer by plain loads."""
HAS: Final = Struct("<IIQ")
"""kernel_has of maps.h"""
IN_ORDER: Final = "x86_64"
"""A machine that keeps stores, and loads, in order."""
LEAST: Final = 1 << 20
"""Bytes of a lane, on a machine of many processors,"""
RARE: Final = 8
"""and a ring beside lanes is so many times smaller."""
KEPT_FOR: Final = 30.0
"""Seconds that programs wait to be attached."""
BITS: Final = {"stream": layout.STREAM, "summary": layout.SUMMARY, "access": layout.ACCESS}
PROGRAMS: Final = (
    "sched_process_fork",
    "sched_process_exec",
    "sched_process_exit",
    "signal_generate",
    "signal_deliver",
    "sys_exit",
    "sys_enter",
)
"""In the order in which they begin to run."""
FLIGHT_SIZE: Final = layout.FLIGHT.size + 3 * layout.NAME.size + 8


class Programs:
    """Loaded, not attached. room: bytes of what may wait to be read. Raises Unreadable. memory: struct settings, live. lanes: None where
    calls go through the ring as all else does."""

    def __init__(self, room: int) -> None:
        self.size = room
        self.object, self.modern, lane = loaded(room)
        self.lanes: Lanes | None = None
        try:
            self.memory = self.object.memory(".bss")
            self.ring = Ring(self.object.fd("ring"), self.object.entries("ring"))
            if lane:
                self.lanes = Lanes(self.object.fd("lanes"), self.object.entries("lanes"), lane)
        except Unreadable:
            self.object.close()
            raise
        self._capture: Capture | None = None
        self._generation = 1
        own = os.stat("/proc/self/ns/pid").st_ino
        if own != FIRST_PIDS:
            self.put(layout.NESTED, 1)
            self.put(layout.NAMESPACE, own)

    def mark(self, pid: int, how: int) -> None:
        """Calls of this process are taken. how: OURS, or UNTIL_EXEC for one whose calls count only once it is another program."""
        self.memory[layout.MAYBE + pid % layout.PIDS] = 1
        self.object.update("targets", pid.to_bytes(4, "little"), how.to_bytes(4, "little"))

    def marked(self) -> Iterator[int]:
        """Processes whose calls are taken, those that were started since among them."""
        for key in self.object.keys("targets", 4):
            yield int.from_bytes(key, "little")

    def forget(self, pid: int) -> None:
        """A process that is no more."""
        self.object.delete("targets", pid.to_bytes(4, "little"))

    def tell_again(self) -> None:
        """Names that were told are told anew when they occur."""
        self.memory[layout.SEEN_AT : layout.SEEN_AT + 8 * layout.SEEN] = bytes(8 * layout.SEEN)

    def put(self, at: int, value: int, size: int = 4) -> None:
        """A setting."""
        self.memory[at : at + size] = value.to_bytes(size, "little", signed=value < 0)

    def get(self, at: int, size: int = 8) -> int:
        """What a setting or count is now."""
        return int.from_bytes(self.memory[at : at + size], "little")

    def settle(self, capture: Capture) -> None:
        """They take this from now on. Raises Unreadable."""
        before = self._capture
        self._capture = capture
        self.put(layout.WHAT, sum(BITS[what] for what in capture.what))
        self.put(layout.STRING, min(capture.string, 4096))
        self.put(layout.FAILED, capture.failed)
        self.put(layout.SUCCEEDED, capture.succeeded)
        self.put(layout.SLOWER, capture.slower, 8)
        self.put(layout.SIGNALS, capture.signals)
        self.put(layout.FOLLOW, capture.follow)
        fds = sorted(capture.fds or ())[: layout.PICKED]
        for place, fd in enumerate(fds):
            self.put(layout.FDS + 4 * place, fd)
        self.put(layout.FDS_COUNT, len(fds))
        # More than there is room for are chosen among by whoever looks.
        self.put(layout.PICKS_FDS, capture.fds is not None and len(capture.fds) <= layout.PICKED)
        for key in list(self.object.keys("picked", 4)):
            self.object.delete("picked", key)
        for tid in capture.tids or ():
            self.object.update("picked", tid.to_bytes(4, "little"), ONE)
        self.put(layout.PICKS_TIDS, capture.tids is not None)
        if before is None or (before.calls, before.verbose) != (capture.calls, capture.verbose):
            self._fill(capture)
        self._generation += 1
        self.put(layout.GENERATION, self._generation)

    def _fill(self, capture: Capture) -> None:
        """The table of calls: rows by number, behind them those that a register's value chooses."""
        extra = 2 * layout.CALLS
        off = bytes(layout.ROW_SIZE)
        # Those that are left of other calls would lead to rows that are of these.
        for key in list(self.object.keys("chosen", 8)):
            self.object.delete("chosen", key)
        for second, arch in enumerate(TABLES[platform.machine()]):
            base = second * layout.CALLS
            missing = set(range(base, base + layout.CALLS))
            for row in table.rows(arch, bool(second), capture.calls, capture.verbose):
                place = base + row.number
                missing.discard(place)
                if row.chosen is not None:
                    if extra >= layout.ROWS:
                        continue
                    self.object.update("chosen", (place | row.chosen << 32).to_bytes(8, "little"), extra.to_bytes(4, "little"))
                    place = extra
                    extra += 1
                self._row(place, row.raw)
            for place in missing:
                self._row(place, off)

    def _row(self, place: int, raw: bytes) -> None:
        at = layout.ROWS_AT + place * layout.ROW_SIZE
        self.memory[at : at + layout.ROW_SIZE] = raw

    def attach(self) -> None:
        """From now on they run. Raises Unreadable."""
        what, signals, own = self.get(layout.WHAT, 4), self.get(layout.SIGNALS, 4), os.getpid()
        self.put(layout.WHAT, 0)
        self.put(layout.SIGNALS, 0)
        self.put(layout.OWN, own)
        self.memory[layout.MAYBE + (own & 0xFFFF)] = 1
        self.object.attach(*PROGRAMS)
        # A call of ours, by which they learn where our root is: names end there, and nothing is told before.
        os.getppid()
        self.put(layout.WHAT, what)
        self.put(layout.SIGNALS, signals)
        for name in MOVES:
            with suppress(Unreadable, KeyError):
                self.object.attach(name)

    def flight(self, tid: int, pidfd: int) -> bytes | None:
        """struct flight of a thread, None where it has none. pidfd: of the thread; not looked at where they are kept by tid. Raises
        Unreadable."""
        if self.modern:
            return self.object.lookup("flights", pidfd.to_bytes(4, "little", signed=True), FLIGHT_SIZE)
        return self.object.lookup("flights_by_tid", tid.to_bytes(4, "little"), FLIGHT_SIZE)

    def close(self) -> None:
        """Everything is taken away from the kernel. Idempotent."""
        self.ring.close()
        if self.lanes is not None:
            self.lanes.close()
        self.memory.release()
        self.object.close()


class Prepared:
    """Programs that were loaded to see whether they can be, kept for who attaches them next; let go of after a while."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._kept: Programs | None = None
        self._timer: threading.Timer | None = None

    def unusable(self, ring: int) -> Missing | None:
        """Why the programs cannot be loaded, None where they are. Takes a quarter of a second, nothing where they were just now."""
        with self._guard:
            if self._kept is not None:
                return None
            made: Programs | None = None
            try:
                made = Programs(ring)
                made.settle(ALL)
            except Unreadable as error:
                if made is not None:
                    made.close()
                # What is lacking says more than what the kernel said to the programs, as long as it is known.
                return unsupported() or error.missing
            self._kept = made
            self._timer = threading.Timer(KEPT_FOR, self.drop)
            self._timer.daemon = True
            self._timer.start()
            return None

    def take(self, ring: int) -> Programs:
        """Those that are kept, or others. Raises Unreadable."""
        with self._guard:
            kept, self._kept = self._kept, None
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
        if kept is not None and kept.size == ring:
            return kept
        if kept is not None:
            kept.close()
        return Programs(ring)

    def drop(self) -> None:
        """Nobody came for them."""
        with self._guard:
            kept, self._kept = self._kept, None
        if kept is not None:
            kept.close()


PREPARED: Final = Prepared()


def loaded(room: int) -> tuple[Object, bool, int]:
    """The programs, whether this kernel has what they would rather use, and bytes of each lane, 0 where there is none.

    Raises Unreadable.
    """
    words = platform.release().split(".")
    version = int(words[0]), int("".join(filter(str.isdigit, words[1][:2])) or 0)
    processors = of_processors()
    lane = lane_of(room, processors)
    failed: Unreadable | None = None
    ways: list[tuple[bool, int, tuple[str, ...]]] = [(False, 0, ()), (False, 0, MOVES)]
    if version >= TASK_STORAGE:
        ways[:0] = [(True, 0, ()), (True, 0, MOVES)]
    if version >= CASTS:
        # They go up from each file themselves.
        ways[:0] = [(True, lane, MOVES), (True, 0, MOVES)]
    for modern, data, without in dict.fromkeys(ways):
        sizes = {"ring": room // RARE if data else room, "lanes": processors}
        unused = (*(BY_TID if modern else STORAGE), *without)
        constants = HAS.pack(modern, 0, max(data, 1) - 1)
        try:
            made = Object(compiled("tracer"), constants=constants, sizes=sizes, without=unused, values={"lanes": value_size(data)})
        except Unreadable as error:
            failed = failed or error
        else:
            return made, modern, data
    assert failed is not None
    raise failed


def of_processors() -> int:
    """How many processors may run a program: one more than the last one's number."""
    try:
        online = Path("/sys/devices/system/cpu/online").read_text().strip()
    except OSError:
        return os.cpu_count() or 1
    return int(online.replace("-", ",").split(",")[-1]) + 1


def lane_of(room: int, processors: int) -> int:
    """Bytes of a lane's data: a power of two; 0 for no lanes. They lack no room together where the ring had enough of it."""
    if platform.machine() != IN_ORDER or room < FEWEST:
        return 0
    share = max(FEWEST, min(room // 2, max(LEAST, room // processors)))
    return 1 << share.bit_length() - 1
