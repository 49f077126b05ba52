"""The table, tick by tick: rows are right, rows are kept, nothing is lost, nothing hangs."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import psutil
import pytest

from explorer.collect import snapshot as module
from explorer.collect.births import BirthBook
from explorer.collect.snapshot import ProcessTable
from explorer.collect.titles import UNREAD
from explorer.kernel.held import Held
from explorer.model.missing import Missing, Reason
from explorer.model.process import TICKS, ProcessId
from explorer.model.snapshot import Snapshot
from explorer.resolve.system import System
from tests.fakeproc import FakeProc
from tests.namespaces import first_pids
from tests.ordinary import python

DEADLINE = 30.0


@pytest.fixture
def system() -> Iterator[System]:
    system = System()
    yield system
    system.close()


@pytest.fixture
def table(system: System) -> Iterator[ProcessTable]:
    table = ProcessTable(system)
    yield table
    table.close()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The moment of the table's clock, set by the test."""
    now = [1000.0]
    monkeypatch.setattr(module, "boottime", lambda: now[0])
    return now


def line(
    pid: int, comm: str | bytes = "x", state: str = "S", ppid: int = 1, start: int = 50_000, used: int = 0, flags: int = 0, threads: int = 1
) -> bytes:
    name = comm if isinstance(comm, bytes) else comm.encode("utf-8", "surrogateescape")
    fields = f") {state} {ppid} {pid} {pid} 0 -1 {flags} 0 0 0 0 {used} 0 0 0 20 0 {threads} 0 {start} 4096 2 0" + " 0" * 27 + "\n"
    return f"{pid} (".encode() + name + fields.encode()


class Fake:
    """A /proc of the test's own, and its table."""

    def __init__(self, fakeproc: FakeProc, counted: str = "5 6 7\n") -> None:
        self.fakeproc = fakeproc
        self.slices = 0
        fakeproc.file("self/schedstat", counted)
        self.system = fakeproc.system
        self.table = ProcessTable(self.system, Held(most=4))

    def put(self, pid: int, cmdline: bytes | None = b"x\0", **facts: object) -> None:
        self.slices += 1
        self.fakeproc.file(f"{pid}/stat", line(pid, **facts))  # type: ignore[arg-type]
        self.fakeproc.file(f"{pid}/schedstat", f"1 0 {self.slices}\n")
        if cmdline is not None:
            self.fakeproc.file(f"{pid}/cmdline", cmdline)

    def remove(self, pid: int) -> None:
        for path in (self.fakeproc.root / str(pid)).iterdir():
            path.unlink()
        (self.fakeproc.root / str(pid)).rmdir()

    def close(self) -> None:
        self.table.close()
        self.system.close()


@pytest.fixture
def fake(fakeproc: FakeProc) -> Iterator[Fake]:
    fake = Fake(fakeproc)
    yield fake
    fake.close()


def until(table: ProcessTable, ready: Callable[[Snapshot], bool], visible: tuple[int, ...] = ()) -> Snapshot:
    """The first snapshot that is as wanted."""
    end = time.monotonic() + DEADLINE
    while True:
        snapshot = table.tick(visible)
        if ready(snapshot):
            return snapshot
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


def test_rows_are_what_proc_says(fake: Fake, clock: list[float]) -> None:
    fake.put(7, b"nginx: worker process\0", comm="nginx", ppid=1, used=250, start=40_000)
    fake.put(8, b"", comm="kthread", flags=0x200000, ppid=2)
    fake.put(9, b"sh\0-c\0\0", comm=b"a) R 1 1 1 (", state="D", threads=3)
    snapshot = fake.table.tick()
    rows = snapshot.processes
    assert sorted(rows) == [7, 8, 9]
    assert (rows[7].id, rows[7].argv, rows[7].utime) == (ProcessId(7, 40_000), ("nginx: worker process",), 250)
    assert (rows[7].uid, rows[7].cpu) == (os.geteuid(), 0.0)
    assert (rows[8].is_kernel_thread, rows[8].argv) == (True, ())
    assert (rows[9].comm, rows[9].state, rows[9].threads, rows[9].argv) == ("a) R 1 1 1 (", "D", 3, ("sh", "-c", ""))
    assert (snapshot.born, snapshot.ended, snapshot.hidden, snapshot.taken) == ({}, (), None, 1000.0)


def test_shares_are_over_the_time_since_the_last_reading(fake: Fake, clock: list[float]) -> None:
    fake.put(7, used=100)
    fake.put(8, used=100)
    fake.table.tick()
    clock[0] += 2
    fake.put(7, used=150)
    assert fake.table.tick([7, 8]).processes[7].cpu == 25.0
    clock[0] += 0.1
    fake.put(7, used=151)
    moment = fake.table.tick([7, 8]).processes[7]
    assert (moment.cpu, moment.utime) == (25.0, 151)
    clock[0] += 0.9
    fake.put(7, used=1151)
    assert fake.table.tick([7, 8]).processes[7].cpu == 100.0
    clock[0] += 1
    rows = fake.table.tick([7, 8]).processes
    assert (rows[7].cpu, rows[8].cpu) == (0.0, 0.0)


def test_a_newcomers_share_is_over_its_life(fake: Fake, clock: list[float]) -> None:
    fake.put(1)
    fake.table.tick()
    clock[0] += 1
    fake.put(7, used=40, start=int((clock[0] - 0.8) * TICKS))
    fake.put(8, used=4000, start=100)
    snapshot = fake.table.tick()
    assert snapshot.processes[7].cpu == pytest.approx(50.0)
    assert snapshot.processes[8].cpu == 0.0
    assert snapshot.born == {snapshot.processes[7].id: clock[0], snapshot.processes[8].id: clock[0]}
    clock[0] += 6
    assert fake.table.tick().born == {}


def test_an_unchanged_row_is_the_same_object(fake: Fake, clock: list[float]) -> None:
    for pid in range(1, 9):
        fake.put(pid)
    before = fake.table.tick()
    clock[0] += 1
    fake.put(3, used=5)
    after = fake.table.tick(range(1, 9))
    assert [pid for pid in range(1, 9) if after.processes[pid] is not before.processes[pid]] == [3]
    assert before.processes[3].utime == 0
    for _ in range(5):
        clock[0] += 1
        last, after = after, fake.table.tick()
    assert after.processes is last.processes


def test_no_row_is_older_than_three_seconds_and_a_tick(fake: Fake, clock: list[float]) -> None:
    for pid in range(1, 101):
        fake.put(pid)
    for _ in range(12):
        fake.table.tick()
        clock[0] += 1
    for pid in range(1, 101):
        fake.put(pid, comm="other", used=1)
    for _ in range(4):
        snapshot = fake.table.tick()
        clock[0] += 1
    assert {row.comm for row in snapshot.processes.values()} == {"other"}


def test_who_is_gone_stays_five_seconds_among_the_ended(fake: Fake, clock: list[float]) -> None:
    fake.put(7)
    fake.put(8, ppid=7)
    row = fake.table.tick().processes[7]
    fake.remove(7)
    fake.put(8, ppid=1)
    clock[0] += 1
    snapshot = fake.table.tick()
    assert [(ended.process, ended.when) for ended in snapshot.ended] == [(row, clock[0])]
    assert 7 not in snapshot.processes
    # Not three seconds later: a child whose parent went would be a root for so long.
    assert snapshot.processes[8].ppid == 1
    clock[0] += 4.9
    assert len(fake.table.tick().ended) == 1
    clock[0] += 0.2
    assert fake.table.tick().ended == ()


def test_a_pid_that_is_used_again_is_an_end_and_a_birth(fake: Fake, clock: list[float]) -> None:
    fake.put(7, b"old\0", start=100)
    old = fake.table.tick().processes[7]
    clock[0] += 1
    fake.put(7, b"new\0", start=200)
    snapshot = fake.table.tick([7])
    assert snapshot.processes[7].id == ProcessId(7, 200)
    assert snapshot.processes[7].argv == ("new",)
    assert [ended.process for ended in snapshot.ended] == [old]
    assert snapshot.born == {ProcessId(7, 200): clock[0]}


def test_another_program_is_asked_for_its_command_line_at_once(fake: Fake, clock: list[float]) -> None:
    fake.put(7, b"bash\0", comm="bash", flags=0x40)
    fake.table.tick()
    clock[0] += 1
    fake.put(7, b"sleep\09\0", comm="sleep", used=1)
    assert fake.table.tick([7]).processes[7].argv == ("sleep", "9")


def test_a_title_is_looked_at_again(fake: Fake, clock: list[float]) -> None:
    fake.put(7, b"one\0")
    fake.put(8, b"one\0")
    fake.table.tick()
    for pid in (7, 8):
        fake.put(pid, b"two\0")
    clock[0] += 3.5
    rows = fake.table.tick([7]).processes
    assert (rows[7].argv, rows[8].argv) == (("two",), ("one",))
    for _ in range(45):
        clock[0] += 3
        rows = fake.table.tick([7]).processes
    assert rows[8].argv == ("two",)


def test_a_zombie_has_no_arguments_and_is_no_kernel_thread(fake: Fake, clock: list[float]) -> None:
    fake.put(7, b"x\0-y\0")
    fake.table.tick()
    clock[0] += 1
    fake.put(7, b"", state="Z", used=1)
    row = fake.table.tick([7]).processes[7]
    assert (row.state, row.argv, row.is_kernel_thread) == ("Z", (), False)


@pytest.mark.parametrize("raw", [b"", b"garbage", b"7 (x", b"7 (x) S", b"\xff" * 3000])
def test_what_is_malformed_is_a_row_all_the_same(fake: Fake, clock: list[float], raw: bytes) -> None:
    fake.fakeproc.file("7/stat", raw)
    fake.put(8)
    for _ in range(3):
        rows = fake.table.tick([7, 8]).processes
        clock[0] += 1
    assert sorted(rows) == [7, 8]
    before = rows[8]
    fake.fakeproc.file("8/stat", raw)
    rows = fake.table.tick([7, 8]).processes
    assert rows[8].id.pid == 8
    assert rows[8] == before or raw == b"7 (x) S"


def test_a_folder_without_stat_is_no_process(fake: Fake, clock: list[float]) -> None:
    fake.fakeproc.file("7/comm", "x")
    fake.fakeproc.file("sys/kernel", "x")
    fake.fakeproc.file("²/stat", line(2))
    fake.put(8)
    assert list(fake.table.tick().processes) == [8]


def test_an_empty_proc_and_none_at_all(fakeproc: FakeProc) -> None:
    fake = Fake(FakeProc(fakeproc.root / "nowhere"))
    assert fake.table.tick().processes == {}
    fake.close()


def test_whatever_happens_no_row_is_lost(fake: Fake, clock: list[float]) -> None:
    """Processes come, go, change and are used again at random; the table agrees with /proc within four ticks."""
    # Nothing held open: a file that was removed answers on, a process that is gone does not.
    fake.table = ProcessTable(fake.system, Held(most=0))
    dice = random.Random(4)
    alive: dict[int, dict[str, int]] = {}
    for _ in range(60):
        for _ in range(dice.randrange(12)):
            pid = dice.randrange(2, 40)
            if pid in alive and dice.random() < 0.5:
                fake.remove(pid)
                del alive[pid]
            else:
                known = alive.get(pid)
                start = known["start"] if known and dice.random() < 0.6 else dice.randrange(1, 10**6)
                alive[pid] = {"start": start, "ppid": dice.randrange(0, 40), "used": dice.randrange(1000)}
                fake.put(pid, **alive[pid])  # type: ignore[arg-type]
        snapshot = fake.table.tick([dice.randrange(2, 40)])
        assert snapshot.processes.keys() == alive.keys()
        clock[0] += dice.choice([0.1, 1.0, 2.0])
    for _ in range(4):
        clock[0] += 1
        rows = fake.table.tick().processes
    told = {pid: {"start": row.id.start, "ppid": row.ppid, "used": row.utime} for pid, row in rows.items()}
    assert told == alive


def test_the_first_screen_does_not_wait_for_thousands(fake: Fake, clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    for pid in range(1, 13):
        fake.put(pid, b"%d\0" % pid)
    monkeypatch.setattr(fake.table._titles, "read", lambda first, now, read=fake.table._titles.read: read(first, now, 5))
    first = fake.table.tick([11, 12]).processes
    assert [pid for pid, row in first.items() if row.argv is not UNREAD] == [1, 2, 3, 11, 12]
    clock[0] += 1
    fake.table.tick()
    clock[0] += 1
    assert all(row.argv == (str(pid),) for pid, row in fake.table.tick().processes.items())


# the real one


def test_all_processes_of_the_machine(table: ProcessTable) -> None:
    before = {process.pid for process in psutil.process_iter()}
    snapshot = table.tick()
    after = {process.pid for process in psutil.process_iter()}
    assert before & after <= snapshot.processes.keys()
    own = snapshot.processes[os.getpid()]
    assert own.ppid == os.getppid()
    assert own.uid == os.geteuid()
    with open("/proc/self/cmdline", "rb") as file:
        assert own.argv == tuple(os.fsdecode(word) for word in file.read().removesuffix(b"\0").split(b"\0"))
    assert all(row.id.pid == pid for pid, row in snapshot.processes.items())


def test_times_and_memory_are_those_of_psutil(table: ProcessTable) -> None:
    spin = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        table.tick()
        snapshot = until(table, lambda s: s.processes[spin.pid].utime > 30, (spin.pid,))
        row, theirs = snapshot.processes[spin.pid], psutil.Process(spin.pid)
        times = theirs.cpu_times()
        assert 0 <= times.user + times.system - (row.utime + row.stime) / TICKS < 5
        assert abs(row.rss - theirs.memory_info().rss) < 1 << 20
        assert row.vsize == theirs.memory_info().vms
        assert abs(snapshot.machine.boot_time + row.id.start / TICKS - theirs.create_time()) < 2
        assert (row.nice, row.threads, row.state) == (theirs.nice(), theirs.num_threads(), "R")
        assert until(table, lambda s: s.processes[spin.pid].cpu > 1, (spin.pid,)).processes[spin.pid].cpu <= 100
    finally:
        spin.kill()
        spin.wait()


def test_births_and_ends_are_seen(table: ProcessTable) -> None:
    table.tick()
    child = subprocess.Popen(["sleep", "1000"])
    snapshot = until(table, lambda s: child.pid in s.processes and s.processes[child.pid].argv == ("sleep", "1000"))
    row = snapshot.processes[child.pid]
    assert row.id in snapshot.born
    child.send_signal(signal.SIGSTOP)
    assert until(table, lambda s: s.processes[child.pid].state == "T", (child.pid,))
    child.kill()
    assert until(table, lambda s: s.processes[child.pid].state == "Z", (child.pid,)).processes[child.pid].argv == ()
    child.wait()
    gone = until(table, lambda s: child.pid not in s.processes)
    assert [ended.process.id for ended in gone.ended if ended.process.id.pid == child.pid] == [row.id]


def test_a_process_at_rest_that_moves_is_seen(table: ProcessTable) -> None:
    script = "import signal, sys; signal.signal(10, lambda *_: sum(range(10**7))); print(flush=True)\nwhile True: signal.pause()"
    child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    try:
        until(table, lambda s: child.pid in table._rest.pids)
        used = table.tick().processes[child.pid].utime
        child.send_signal(10)
        assert until(table, lambda s: s.processes[child.pid].utime > used)
        until(table, lambda s: child.pid in table._rest.pids)
        os.setpriority(os.PRIO_PROCESS, child.pid, 7)
        assert table.tick((child.pid,)).processes[child.pid].nice == 7
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


@pytest.mark.parametrize("counted", ["5 6 7\n", "0 0 0\n"])
def test_a_kernel_that_does_not_count_is_read_all_the_same(fakeproc: FakeProc, clock: list[float], counted: str) -> None:
    fake = Fake(fakeproc, counted)
    for pid in (7, 8):
        fake.put(pid)
    for _ in range(9):
        fake.table.tick()
        clock[0] += 1
    assert fake.table._rest.pids == ({7, 8} if counted[0] == "5" else set())
    fake.put(8, used=3)
    for _ in range(4):
        row = fake.table.tick().processes[8]
        clock[0] += 1
    assert row.utime == 3
    fake.close()


def test_threads_are_rows_under_their_process(table: ProcessTable) -> None:
    start = "threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()"
    script = f"import threading, time\nfor _ in range(3): {start}\nprint(flush=True); input()"
    child = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    try:
        rows = table.tick(threads=True).processes
        threads = {pid: row for pid, row in rows.items() if row.thread_of == child.pid}
        assert threads.keys() == {int(name) for name in os.listdir(f"/proc/{child.pid}/task")} - {child.pid}
        assert {row.ppid for row in threads.values()} == {child.pid}
        assert {row.user for row in threads.values()} == {rows[child.pid].user}
        assert all(again is threads[tid] for tid, again in table.tick(threads=True).processes.items() if tid in threads)
        assert not [row for row in table.tick().processes.values() if row.thread_of]
    finally:
        child.communicate()


def test_case_18_a_storm_of_processes_loses_none_that_lives(table: ProcessTable) -> None:
    storm = [subprocess.Popen(["sh", "-c", "while :; do /bin/true & wait; done"], start_new_session=True) for _ in range(2)]
    lasting = [subprocess.Popen(["sleep", "1000"]) for _ in range(20)]
    try:
        for _ in range(60):
            snapshot = table.tick()
            assert {child.pid for child in lasting} <= snapshot.processes.keys()
            assert {child.pid for child in storm} <= snapshot.processes.keys()
            assert all(ended.process.id not in {row.id for row in snapshot.processes.values()} for ended in snapshot.ended)
    finally:
        for child in (*storm, *lasting):
            try:
                os.killpg(child.pid, signal.SIGKILL) if child in storm else child.kill()
            finally:
                child.wait()


def test_a_limit_of_descriptors_costs_speed_only(system: System) -> None:
    table = ProcessTable(system, Held(most=3))
    for _ in range(4):
        snapshot = table.tick()
        assert {os.getpid(), os.getppid()} <= snapshot.processes.keys()
        assert len(table._held._fds) <= 3
    table.close()


def test_a_command_line_that_hangs_costs_the_others_nothing(fake: Fake, clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    """One that never answers: its row says so, the others are whole, and it is asked again later."""
    for pid in range(1, 9):
        fake.put(pid, b"%d\0" % pid)
    (fake.fakeproc.root / "3" / "cmdline").unlink()
    real, silent = fake.system.reader.ask, [True]

    def ask(asks: list[object]) -> list[bytes | Missing]:
        found = real(asks)  # type: ignore[arg-type]
        return [Missing(Reason.TIMED_OUT) if silent[0] and "/3/" in one.path else answer for one, answer in zip(asks, found, strict=True)]  # type: ignore[attr-defined]

    monkeypatch.setattr(fake.system.reader, "ask", ask)
    rows = fake.table.tick().processes
    assert isinstance(rows[3].argv, Missing)
    assert rows[3].argv.reason is Reason.TIMED_OUT
    assert [rows[pid].argv for pid in (1, 2, 4, 5, 6, 7, 8)] == [(str(pid),) for pid in (1, 2, 4, 5, 6, 7, 8)]
    silent[0] = False
    fake.put(3, b"back\0")
    for _ in range(12):
        clock[0] += 1
        rows = fake.table.tick().processes
    assert rows[3].argv == ("back",)


@pytest.mark.root
@pytest.mark.xdist_group("machine")
def test_hung_processes_do_not_hold_the_table(table: ProcessTable) -> None:
    from tests.specimens.hung import Hung

    with Hung() as hung:
        begun = time.monotonic()
        snapshot = table.tick()
        jammed = hung.pids["jammed"]
        snapshot = until(table, lambda s: s.processes[jammed].argv not in {UNREAD, ()})
        assert time.monotonic() - begun < DEADLINE
        row = snapshot.processes[jammed]
        assert isinstance(row.argv, Missing)
        assert row.argv.reason is Reason.TIMED_OUT
        assert isinstance(snapshot.processes[os.getpid()].argv, tuple)
        begun = time.monotonic()
        table.tick()
        assert time.monotonic() - begun < 10


REUSED = """
import os, subprocess, sys, time
from explorer.collect.snapshot import ProcessTable
from explorer.resolve.system import System

system = System()
table = ProcessTable(system)
old = subprocess.Popen(["sleep", "1000"])
parent = subprocess.Popen(["sh", "-c", "sleep 2000 & wait"])
while not any(row.argv == ("sleep", "2000") for row in table.tick().processes.values()):
    pass
for _ in range(int(sys.argv[1])):
    table.tick()
before = table.tick()
orphan = next(row for row in before.processes.values() if row.argv == ("sleep", "2000"))
assert orphan.ppid == parent.pid
for gone in (old, parent):
    gone.kill()
    gone.wait()
pids = {}
for gone in (old, parent):
    with open("/proc/sys/kernel/ns_last_pid", "w") as last:
        last.write(str(gone.pid - 1))
    new = os.fork()
    if new == 0:
        os.execvp("sleep", ["sleep", "3000"])
    assert new == gone.pid
end = time.monotonic() + 20
while time.monotonic() < end:
    after = table.tick()
    if all(after.processes[gone.pid].argv == ("sleep", "3000") for gone in (old, parent)):
        break
for pid in (old.pid, parent.pid):
    assert after.processes[pid].id != before.processes[pid].id, pid
    assert [end.process for end in after.ended if end.process.id.pid == pid] == [before.processes[pid]]
    assert after.processes[pid].id in after.born
assert after.processes[orphan.id.pid].ppid == 1, "the new owner of the pid got the child of the old one"
print("right")
"""


@pytest.mark.root
@pytest.mark.oracle("unshare")
@pytest.mark.parametrize("ticks", [0, 12])
def test_pids_used_again_for_real(ticks: int) -> None:
    argv = ["unshare", "-pf", "--mount-proc", "--kill-child", *python(), "-c", REUSED, str(ticks)]
    done = subprocess.run(argv, capture_output=True, text=True, cwd="/", timeout=60)
    if "ns_last_pid" in done.stderr:
        pytest.skip("pids cannot be chosen here")
    assert (done.stdout, done.stderr) == ("right\n", "")


@first_pids
@pytest.mark.root
def test_how_a_process_ended_is_known_whoever_reaped_it(system: System) -> None:
    book = BirthBook(system)
    table = ProcessTable(system, births=book)
    try:
        children = {127 << 8: subprocess.Popen(["sh", "-c", "read x; exit 127"], stdin=subprocess.PIPE)}
        children[signal.SIGTERM] = subprocess.Popen(["sleep", "100"])
        table.tick()
        table.tick([child.pid for child in children.values()])
        children[signal.SIGTERM].terminate()
        children[127 << 8].communicate(b"\n")
        for child in children.values():
            child.wait()
        known: dict[int, int | Missing] = {}

        def told(snapshot: Snapshot) -> bool:
            known.update({ended.process.id.pid: ended.status for ended in snapshot.ended})
            return all(known.get(child.pid) == status for status, child in children.items())

        until(table, told)
    finally:
        table.close()
