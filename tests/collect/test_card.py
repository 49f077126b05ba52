"""collect/card.py"""

import os
from pathlib import Path

from explorer.collect.card import card, last_of
from explorer.model.card import Card, Gone
from explorer.model.executable import Executable, Fate
from explorer.model.process import ProcessId
from explorer.model.stack import Now
from explorer.resolve.place import Place, place
from explorer.resolve.system import System
from tests.loopback import until
from tests.processes import HELD, Processes


def identity(system: System, pid: int) -> ProcessId:
    at = place(system, pid)
    assert isinstance(at, Place)
    return at.id


def test_of_a_process(system: System, processes: Processes) -> None:
    process = identity(system, processes.python("import sys; " + HELD).pid)
    found = card(system, process)
    assert isinstance(found, Card)
    assert found.comm.startswith("python")
    assert isinstance(found.argv, tuple)
    assert found.argv[1] == "-ISc"
    assert isinstance(found.executable, Executable)
    assert found.executable.fate is Fate.PRESENT
    assert found.parents[0].pid == os.getpid()
    assert found.user == system.users.name(os.geteuid())
    assert 0 <= found.age < 60
    assert isinstance(found.now, Now)


def test_of_one_that_ended_what_was_seen_last(system: System, processes: Processes) -> None:
    started = processes.python("import sys; " + HELD)
    process = identity(system, started.pid)
    seen = card(system, process)
    started.kill()
    started.wait()
    first = card(system, process)
    assert isinstance(first, Gone)
    assert first.card == seen
    again = card(system, process)
    assert isinstance(again, Gone)
    assert again.ended == first.ended
    assert again.now >= first.now
    assert again.heir == ""


def test_a_pid_that_is_used_again(system: System) -> None:
    ours = identity(system, os.getpid())
    found = card(system, ProcessId(ours.pid, ours.start - 1))
    assert isinstance(found, Gone)
    assert found.card is None
    assert found.heir == Path("/proc/self/comm").read_text().strip()
    assert found.heir_started > 0


def test_a_zombie_says_how_it_ended(system: System) -> None:
    child = os.fork()
    if child == 0:
        os._exit(3)
    until(lambda: b") Z" in Path(f"/proc/{child}/stat").read_bytes(), "a zombie")
    found = card(system, identity(system, child))
    os.waitpid(child, 0)
    assert isinstance(found, Card)
    assert found.exit_code == 3 << 8


def test_only_so_many_are_remembered(system: System) -> None:
    memory = last_of(system)
    for pid in range(200):
        memory.gone(system, ProcessId(1 << 22 | pid, 1))
    assert len(memory._ended) <= 64
    assert last_of(system) is memory


def test_execve_shows_at_once_though_the_rest_is_kept_a_while(system: System, processes: Processes) -> None:
    program = "import os, sys; print(flush=True); sys.stdin.readline(); os.execv('/bin/cat', ['cat', '-'])"
    started = processes.python(program)
    process = identity(system, started.pid)
    before = card(system, process)
    assert isinstance(before, Card)
    again = card(system, process)
    assert isinstance(again, Card)
    assert again.argv is before.argv
    assert started.stdin is not None
    started.stdin.write(b"\n")
    started.stdin.flush()
    until(lambda: Path(f"/proc/{started.pid}/comm").read_bytes() == b"cat\n", "execve")
    after = card(system, process)
    assert isinstance(after, Card)
    assert after.argv == ("cat", "-")
    assert isinstance(after.executable, Executable)
    assert after.executable.path.endswith("/cat")


def test_a_thread_says_whose_it_is(system: System) -> None:
    import threading

    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    assert thread.native_id is not None
    found = card(system, identity(system, thread.native_id))
    over.set()
    thread.join()
    assert isinstance(found, Card)
    assert found.thread_of == os.getpid()
