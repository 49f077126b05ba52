"""collect/samples.py"""

import time

import pytest

from explorer.collect import samples as module
from explorer.collect.samples import Samples, Seen, samples_of
from explorer.model.missing import Missing, Reason
from explorer.model.process import ProcessId
from explorer.model.stack import Doing
from explorer.resolve.system import System
from tests.collect.threads import entry
from tests.fakeproc import FakeProc
from tests.loopback import until
from tests.specimens.waits import Waits

WHO = ProcessId(7, 100)


def stat(state: str = "S", utime: int = 0, stime: int = 0, start: int = 100, processor: int = 0) -> str:
    numbers = ["0"] * 50
    for place, value in ((10, utime), (11, stime), (18, start), (35, processor)):
        numbers[place] = str(value)
    return f"7 (a) b) {state} {' '.join(numbers)}\n"


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(module, "boottime", made)
    return made


def seen(samples: Samples, system: System) -> Seen:
    found = samples.look(system, WHO, 7)
    assert isinstance(found, Seen), found
    return found


def test_an_age_grows_from_the_last_switch(fakeproc: FakeProc, clock: Clock) -> None:
    fakeproc.file("7/task/7/stat", stat())
    fakeproc.file("7/task/7/schedstat", "5000000 0 3\n")
    samples, system = Samples(), fakeproc.system
    assert (seen(samples, system).age.seconds, seen(samples, system).age.at_least) == (0.0, True)
    clock.now += 4
    assert (seen(samples, system).age.seconds, seen(samples, system).age.at_least) == (4.0, True)
    fakeproc.file("7/task/7/schedstat", "5000000 0 4\n")
    assert (seen(samples, system).age.seconds, seen(samples, system).age.at_least) == (0.0, False)
    clock.now += 2
    assert (seen(samples, system).age.seconds, seen(samples, system).age.at_least) == (2.0, False)


def test_status_counts_where_schedstat_does_not(fakeproc: FakeProc, clock: Clock) -> None:
    fakeproc.file("7/task/7/stat", stat())
    fakeproc.file("7/task/7/schedstat", "0 0 0\n")
    fakeproc.file("7/task/7/status", "voluntary_ctxt_switches:\t5\nnonvoluntary_ctxt_switches:\t1\n")
    samples, system = Samples(), fakeproc.system
    seen(samples, system)
    clock.now += 3
    fakeproc.file("7/task/7/status", "voluntary_ctxt_switches:\t5\nnonvoluntary_ctxt_switches:\t2\n")
    assert not seen(samples, system).age.at_least


def test_another_thread_of_the_same_id_begins_anew(fakeproc: FakeProc, clock: Clock) -> None:
    fakeproc.file("7/task/7/stat", stat())
    fakeproc.file("7/task/7/schedstat", "5000000 0 3\n")
    samples, system = Samples(), fakeproc.system
    seen(samples, system)
    clock.now += 9
    fakeproc.file("7/task/7/stat", stat(start=101))
    assert seen(samples, system).age.seconds == 0.0


def test_cpu_and_where_it_was_spent(fakeproc: FakeProc, clock: Clock) -> None:
    samples, system = Samples(), fakeproc.system
    fakeproc.file("7/task/7/schedstat", "0 0 3\n")
    fakeproc.file("7/task/7/stat", stat("R"))
    assert seen(samples, system).cpu is None
    user = kernel = 0
    for more_user, more_kernel, where in ((100, 0, Doing.USER), (0, 100, Doing.KERNEL), (50, 50, Doing.MIXED), (0, 0, Doing.RUNNING)):
        clock.now += 2
        user, kernel = user + more_user, kernel + more_kernel
        fakeproc.file("7/task/7/schedstat", f"{int((clock.now - 1000) * 5e8)} 0 3\n")
        fakeproc.file("7/task/7/stat", stat("R", user, kernel))
        found = seen(samples, system)
        assert found.running is where
    assert found.cpu == pytest.approx(50.0)


def test_the_schedulers_note_tells_an_age_at_first_sight(fakeproc: FakeProc, clock: Clock) -> None:
    fakeproc.file("7/task/7/stat", stat())
    fakeproc.file("7/task/7/schedstat", "5000000 0 3\n")
    fakeproc.file("7/task/7/sched", "x (7, #threads: 1)\n---\nse.exec_start : 958000.000000\n")
    fakeproc.file("thread-self/stat", stat("R"))
    fakeproc.file("thread-self/sched", "x (1, #threads: 1)\n---\nse.exec_start : 999000.000000\n")
    fakeproc.file("stat", "cpu  0\ncpu0 1 2 3 4 5 6 7 8 0 0\n")
    age = seen(Samples(), fakeproc.system).age
    assert age.seconds == pytest.approx(41.0)
    assert (age.at_least, age.about) == (False, True)


def test_clocks_far_apart_tell_the_least(fakeproc: FakeProc, clock: Clock) -> None:
    fakeproc.file("7/task/7/stat", stat(processor=1))
    fakeproc.file("7/task/7/schedstat", "5000000 0 3\n")
    fakeproc.file("7/task/7/sched", "se.exec_start : 958000.000000\n")
    fakeproc.file("thread-self/stat", stat("R", processor=0))
    fakeproc.file("thread-self/sched", "se.exec_start : 999000.000000\n")
    fakeproc.file("stat", "cpu  0\ncpu0 1 2 3 4 5 6 7 8 0 0\ncpu1 1 2 3 4 5 900 1000 800 0 0\n")
    age = seen(Samples(), fakeproc.system).age
    assert age.seconds == pytest.approx(41 - 27)
    assert (age.at_least, age.about) == (True, False)


def test_gone(fakeproc: FakeProc) -> None:
    found = Samples().look(fakeproc.system, WHO, 7)
    assert isinstance(found, Missing)
    assert found.reason is Reason.GONE


def test_a_living_sleeper_and_how_long_it_has_slept(system: System) -> None:
    samples = samples_of(system)
    assert samples is samples_of(system)
    with Waits("sleep", "100") as it:
        begun = time.monotonic()
        who = ProcessId(it.pid, 0)
        until(lambda: b" S " in system.proc.read(it.pid, "stat"), "it to sleep")

        def look() -> Seen | None:
            found = samples.look(system, who, it.pid)
            return found if isinstance(found, Seen) and found.age.seconds > 0.3 else None

        found = until(look, "an age")
        assert found is not None
        assert found.age.seconds <= time.monotonic() - begun + 0.5


@pytest.mark.oracle("gcc")
def test_a_living_spinner_is_in_user_code(system: System) -> None:
    with entry("spin") as pid:
        samples, who = Samples(), ProcessId(pid, 0)

        def look() -> Seen | None:
            found = samples.look(system, who, pid)
            return found if isinstance(found, Seen) and found.running is Doing.USER else None

        found = until(look, "CPU time")
        assert found is not None
        assert found.cpu is not None
        assert found.cpu > 5
