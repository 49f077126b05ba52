"""Every process as ps has it, at the same moment: before and after agree on what did not change in between."""

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import psutil
import pytest

from explorer.collect.listing import listing
from explorer.collect.snapshot import ProcessTable
from explorer.decode.text import exact, text
from explorer.model.missing import Missing
from explorer.model.process import TICKS
from explorer.model.snapshot import Process, Snapshot
from explorer.render.process import clock_time, cpu_share, started
from explorer.resolve.system import System
from tests.ordinary import as_user, python

FORMAT = "pid:20=,ppid:20=,user:64=,tname:32=,ni:8=,nlwp:16=,args="
TIMES = "pid=,cputimes=,time=,etimes=,c=,start_time="
TIMEOUT = 15
TRIES = 4
CUT = 16_000
"""Bytes of a command from which on ps, by version, and our table leave the rest away."""


def ps(columns: str) -> bytes:
    """The lines of ps: in the C locale with -ww it cuts nothing, and writes bytes"""
    for _ in range(TRIES):
        try:
            argv = ["ps", "-eww", "-o", columns]
            return subprocess.run(argv, capture_output=True, check=True, timeout=TIMEOUT, env={**os.environ, "LC_ALL": "C"}).stdout
        except subprocess.TimeoutExpired:
            continue
    pytest.skip("ps hangs on this machine: at a process whose memory cannot be read")


class Theirs(NamedTuple):
    """A line of ps."""

    ppid: int
    user: str
    tty: str
    nice: str
    threads: int
    command: bytes


def theirs() -> dict[int, Theirs]:
    """What ps says of everybody."""
    rows = {}
    for line in ps(FORMAT).splitlines():
        words = line.split(None, 6)
        pid, ppid, user, tty, nice, threads = (word.decode() for word in words[:6])
        rows[int(pid)] = Theirs(int(ppid), user, tty, nice, int(threads), words[6] if len(words) > 6 else b"")
    return rows


def shown(raw: bytes) -> bytes:
    """As ps may write it: for what is no printable ASCII it has a question mark, a full stop or a space, by version and column."""
    return bytes(byte if 32 < byte < 127 and byte != ord(".") else ord("?") for byte in raw).rstrip(b"?")


def command_of(process: Process) -> bytes | None:
    """The command as ps would have it; None where it did not answer us, so it did not them."""
    if isinstance(process.argv, Missing):
        return None
    words = [exact(word) for word in process.argv]
    line = shown(b" ".join(words)) if any(words) else b""
    return line or shown(b"[" + exact(process.comm) + b"]" + (b" <defunct>" if process.state == "Z" else b""))


@pytest.fixture
def system() -> Iterator[System]:
    system = System()
    yield system
    system.close()


def listed(system: System) -> Snapshot:
    return listing(system, figures=True)


def ticked(system: System) -> Snapshot:
    table = ProcessTable(system)
    try:
        table.tick()
        snapshot = table.tick(table.tick().processes.keys())
        while any(isinstance(row.argv, Missing) and row.argv.detail == "not read yet" for row in snapshot.processes.values()):
            snapshot = table.tick()
        return snapshot
    finally:
        table.close()


def same(before: Mapping[int, Theirs], after: Mapping[int, Theirs]) -> set[int]:
    """Those that lived through both, and were the same in both."""
    return {pid for pid, row in before.items() if after.get(pid) == row}


@pytest.mark.oracle("ps")
@pytest.mark.parametrize("way", [listed, ticked])
def test_every_process_is_as_ps_has_it(system: System, way: Callable[[System], Snapshot]) -> None:
    before = theirs()
    processes = way(system).processes
    after = theirs()
    steady = same(before, after)
    assert len(steady) > 5
    assert steady <= processes.keys()
    for pid in steady:
        row, other = processes[pid], after[pid]
        assert (row.id.pid, row.ppid, text(row.user.encode()), row.tty) == (pid, other.ppid, other.user, other.tty), pid
        assert row.threads == other.threads, pid
        assert other.nice in {str(row.nice), "-"}, pid
        command = command_of(row)
        if command is not None and not title_is_odd(row):
            whole = len(other.command) < CUT
            assert command == shown(other.command) if whole else command[:CUT] == shown(other.command)[:CUT], pid


def title_is_odd(row: Process) -> bool:
    """ps shows an empty first argument as a space that split() here would eat."""
    return isinstance(row.argv, tuple) and "" in row.argv[:1]


@pytest.mark.oracle("ps")
def test_times_are_those_of_ps_and_psutil(system: System) -> None:
    out = ps(TIMES).decode()
    snapshot = listing(system, figures=True)
    for line in out.splitlines():
        pid, seconds, time, etimes, share, start = line.split()
        row = snapshot.processes.get(int(pid))
        if row is None or etimes == "0" or row.id.start / TICKS > snapshot.taken - 5:
            continue
        assert 0 <= (row.utime + row.stime) / TICKS - int(seconds) < 30, pid
        if int(seconds) == (row.utime + row.stime) // TICKS:
            assert clock_time(row) == time, pid
        assert abs(cpu_share(row, snapshot.machine) - int(share)) <= 5 or int(etimes) < 60, pid
        assert started(row, snapshot.machine)[:2] in {start[:2], f"{(int(start[:2]) + 1) % 24:02}"} if ":" in start else True, pid
    for process in psutil.process_iter():
        row = snapshot.processes.get(process.pid)
        try:
            if row is None or abs(process.create_time() - snapshot.machine.boot_time - row.id.start / TICKS) > 2:
                continue
            times, memory = process.cpu_times(), process.memory_info()
        except psutil.Error:
            continue
        assert -0.02 <= times.user - row.utime / TICKS < 30, process.pid
        assert -0.02 <= times.system - row.stime / TICKS < 30, process.pid
        assert memory.vms >= 0
    own, theirs_ = snapshot.processes[os.getpid()], psutil.Process()
    assert own.rss == pytest.approx(theirs_.memory_info().rss, rel=0.2)
    assert snapshot.machine.memory_total == psutil.virtual_memory().total


@pytest.mark.root
@pytest.mark.oracle("ps")
def test_an_ordinary_user_sees_the_same_rows() -> None:
    argv = [*python(), "-m", "explorer", "ps", "-e", "--flat", "--no-headers", "-o", "pid,ppid,user"]
    before = theirs()
    out = subprocess.run(argv, capture_output=True, text=True, timeout=4 * TIMEOUT, **as_user())  # type: ignore[call-overload]
    after = theirs()
    ours = {int(line.split()[0]): line.split()[1:] for line in out.stdout.splitlines()}
    assert out.stderr == ""
    for pid in same(before, after):
        assert ours[pid] == [str(after[pid].ppid), after[pid].user[:32]], pid
