"""Starts: reads what to trace on standard input, answers on standard output, ends when standard input does.

Both carry the frames of trace/wire.py. First order: targets [[pid, start], …], capture, hidden (a target of which nothing is told
until it calls execve). Later ones: capture, or detach. Answers: attached, or refused (pid, tid, error); rows; ended (status, why).
"""

import _thread
import gc
import os
import select
import signal
import traceback
from collections import deque
from typing import Any, Final

from explorer.child.tracer.attach import Failed, seize, seize_late
from explorer.child.tracer.grasp import Grasp
from explorer.child.tracer.loop import Loop
from explorer.child.tracer.sink import Sink
from explorer.child.tracer.tracee import start_of, state_of
from explorer.kernel.ptrace import Remote
from explorer.trace.wire import capture_of, frames

TICK: Final = 0.05
PERIOD, PATIENCE = 0.4, 4
"""Seconds between two looks at whether tracing is stuck; so many say so."""


class Ended(Exception):
    """Standard input is at its end: procdive is dead."""


class Orders:
    """What procdive says, as it comes. One thread reads; waiting may be taken from by another."""

    def __init__(self) -> None:
        self.held = bytearray()
        self.waiting: deque[dict[str, Any]] = deque()

    def read(self) -> None:
        """Wait for more. Raises Ended."""
        more = os.read(0, 1 << 16)
        if not more:
            raise Ended
        self.held += more
        self.waiting.extend(frame for frame in frames(self.held) if isinstance(frame, dict))


def main() -> None:
    """Trace until all is over."""
    gc.disable()
    sink = Sink(1)
    os.set_blocking(1, False)
    orders = Orders()
    try:
        while not orders.waiting:
            orders.read()
        end(sink, trace(orders.waiting.popleft(), orders, sink))
    except (Ended, BrokenPipeError):
        os._exit(0)
    except Exception:  # noqa: BLE001 whatever it was, procdive is to say so
        try:
            end(sink, {"why": traceback.format_exc(limit=-4)})
        finally:
            os._exit(1)


def trace(first: dict[str, Any], orders: Orders, sink: Sink) -> dict[str, Any]:
    """All of it; the words to end with."""
    targets = [(int(pid), int(start)) for pid, start in first["targets"]]
    found = seize(targets)
    if isinstance(found, Failed):
        return {"refused": found._asdict()}
    seize_late(found, capture_of(first["capture"]).since)
    loop = LoopOfOrders(found, orders, sink, first)
    signal.signal(signal.SIGALRM, loop.interrupted)
    main_thread = _thread.get_ident()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    _thread.start_new_thread(listen, (orders, loop, main_thread))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM})
    signal.setitimer(signal.ITIMER_REAL, TICK, TICK)
    loop.begin()
    sink.say(attached=len(found))
    loop.run()
    signal.setitimer(signal.ITIMER_REAL, 0)
    left = bool(loop.tracees)
    return {"ended": "detached" if left else "all ended", "status": loop.status.get(targets[0][0])}


class LoopOfOrders(Loop):
    """A loop that does what procdive says meanwhile."""

    def __init__(self, found: dict[int, int], orders: Orders, sink: Sink, first: dict[str, Any]) -> None:
        self.orders = orders
        super().__init__(found, capture_of(first["capture"]), sink, Grasp(Remote()))
        self.hidden.update(first.get("hidden", ()))

    def interrupted(self, number: int, frame: object) -> None:
        """SIGALRM: it only has to interrupt waiting."""

    def tick(self, now: int) -> None:
        while self.orders.waiting:
            order = self.orders.waiting.popleft()
            if "capture" in order:
                self.take(capture_of(order["capture"]))
            self.stop = self.stop or "detach" in order
        super().tick(now)


def listen(orders: Orders, loop: Loop, main_thread: int) -> None:
    """The other thread: hears orders at once, and procdive's end even while tracing is stuck, and sees that it is."""
    watch = Watch(loop)
    while True:
        try:
            if not select.select([0], [], [], PERIOD)[0]:
                if watch.stuck():
                    end(loop.sink, watch.words())
                continue
            orders.read()
        except (Ended, OSError):
            os._exit(0)
        signal.pthread_kill(main_thread, signal.SIGALRM)


class Watch:
    """Whether a tracee's memory hangs (a page that userfaultfd or a dead file system should bring): then all others wait, too.

    Nothing but SIGKILL ends such a read, so we end, which lets go of all, and another one of us takes those that are well.
    """

    def __init__(self, loop: Loop) -> None:
        self.loop = loop
        self.stop = self.times = 0

    def stuck(self) -> bool:
        """Asked every PERIOD: the same stop all the time, and the kernel waits for something."""
        same = self.loop.now == self.stop and state_of(os.getpid()) == "D"
        self.stop, self.times = self.loop.now, self.times + 1 if same else 0
        return self.times >= PATIENCE

    def words(self) -> dict[str, Any]:
        """Whose memory it is, and who is well."""
        tracees = self.loop.tracees
        pid = tracees.get(self.loop.grasp.remote.tid, self.loop.grasp.remote.tid)
        return {"stuck": pid, "others": [(other, start_of(other)) for other in dict.fromkeys(tracees.values()) if other != pid]}


def end(sink: Sink, words: dict[str, Any]) -> None:
    """Say so, and let all tracees go by ending: at once, whatever they are doing. What procdive has not read yet a child of ours brings."""
    sink.say(**words)
    if sink.held and os.fork():
        os._exit(0)
    sink.drain()
    os._exit(0)
