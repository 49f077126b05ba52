"""child/tracer/main.py: orders in, frames out; more through the engine."""

import os

from explorer.kernel.tracing import TracerProcess
from explorer.trace.tracer import ALL
from explorer.trace.wire import capture_words, frames, words_frame
from tests.loopback import until
from tests.processes import Processes
from tests.tracing import identity, runs_free, tracer_of


def test_a_fault_is_told() -> None:
    process = TracerProcess()
    process.send(words_frame(nonsense=True))
    held = bytearray()
    while raw := process.read(10):
        held += raw
    [words] = frames(held)
    assert isinstance(words, dict)
    assert "KeyError" in words["why"]
    process.discard()


def test_attached_then_detached(processes: Processes) -> None:
    child = processes.start("sleep", "60")
    process = TracerProcess()
    process.send(words_frame(targets=[[child.pid, identity(child.pid).start]], capture=capture_words(ALL)))
    held = bytearray()
    while not held.endswith(b"}"):
        held += process.read(10) or b""
    assert list(frames(held))[-1] == {"attached": 1}
    assert tracer_of(child.pid) == process.pid
    process.send(words_frame(detach=True))
    while raw := process.read(10):
        held += raw
    assert list(frames(held))[-1] == {"ended": "detached", "status": None}
    assert runs_free(child.pid)
    process.discard()


def test_it_lets_go_when_nobody_speaks_to_it_any_more(processes: Processes) -> None:
    child = processes.start("dd", "if=/dev/zero", "of=/dev/null", "bs=1")
    process = TracerProcess()
    process.send(words_frame(targets=[[child.pid, identity(child.pid).start]], capture=capture_words(ALL)))
    until(lambda: process.read(0.1), "events")
    orders = process._orders
    process._orders = os.open(os.devnull, os.O_WRONLY)
    os.close(orders)
    until(lambda: tracer_of(child.pid) == 0, "it to let go")
    assert runs_free(child.pid)
    process.discard()


def test_terminal_signals_to_our_group_are_not_for_it() -> None:
    process = TracerProcess()
    assert os.getpgid(process.pid) == process.pid
    process.discard()
