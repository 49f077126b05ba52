"""Engines on this kernel: each test is a column of docs/kernels.md (tools/kernels.py), which tells what fails in its words."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import pytest

from explorer.collect.doctor import CHECKS
from explorer.model.batch import Birth, Kind
from explorer.model.check import Verdict
from explorer.resolve.system import System
from explorer.trace.access import Access, places
from explorer.trace.summary import Summary
from explorer.trace.tracer import Capture, Refused
from tests.engines import bpf
from tests.engines.known import CHILDREN, REUSED, THREADS
from tests.engines.watched import (
    KNOWN,
    LOOP,
    NAMES,
    SAME,
    SLOWER,
    TREE,
    Watched,
    births,
    differing,
    engine,
    go,
    missing,
    program,
    state,
    tracer_of,
    until,
)

pytestmark = [pytest.mark.root, pytest.mark.timeout(100 * SLOWER), pytest.mark.xdist_group("engines")]
EVERYTHING = Capture(what=frozenset({"stream", "summary", "access"}))


@dataclass
class Seen:
    """The known program in a folder, seen by all engines that can be used at the same time. why: what an engine said that cannot."""

    folder: Path
    pid: int = 0
    by: dict[str, Watched] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)

    def of(self, name: str) -> Watched:
        """By that engine. Skips, or fails, the test where it cannot be used."""
        engine(name)
        if name in self.why:
            pytest.fail(self.why[name])
        return self.by[name]

    def run(self) -> Self:
        """To its end. Whoever stops it comes first: that ends a read that it is in."""
        with program(str(KNOWN), str(self.folder)) as process:
            self.pid = process.pid
            for name in NAMES:
                if not missing(name):
                    try:
                        self.by[name] = Watched(name, [process.pid], capture=EVERYTHING)
                    except Refused as refused:
                        self.why[name] = refused.missing.detail
            go(process)
            for watched in self.by.values():
                watched.end()
            assert process.wait(20 * SLOWER) == 7
        return self


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """Once for all tests that look at it: an emulated machine takes a while."""
    return Seen(tmp_path_factory.mktemp("known")).run()


@pytest.mark.parametrize("name", NAMES)
def test_attaches_and_lets_go(name: str) -> None:
    engine(name)
    with program("-c", LOOP) as process:
        with Watched(name, [process.pid]) as watched:
            until(lambda: any(line.startswith("read(0<pipe:[") for line in watched.lines(Kind.PENDING)), "the call that it is in")
            go(process)
            until(lambda: watched.lines(Kind.CALL).count("getppid() = " + str(os.getpid())) > 20, "calls")
        assert tracer_of(process.pid) == 0
        assert state(process.pid) in {"R", "S"}
        assert watched.lines(Kind.CALL)[0].startswith("read(0<pipe:["), watched.lines(Kind.CALL)[0]


@pytest.mark.parametrize("name", NAMES)
def test_a_command_from_its_first_call(name: str) -> None:
    engine(name)
    watched = Watched(name, command=["/bin/true", "word"]).end()
    lines = watched.lines(Kind.CALL)
    assert lines[0].startswith('execve("/bin/true", ["/bin/true", "word"], '), lines[0]
    assert lines[0].endswith(" = 0"), lines[0]
    assert lines[-1] == "exit_group(0)"
    assert any("libc.so.6" in line and line.startswith("openat(") for line in lines), lines
    assert watched.lines(Kind.EXITED) == ["exited with 0"]


@pytest.mark.parametrize("name", NAMES)
def test_forks_threads_and_programs_are_followed(name: str, seen: Seen) -> None:
    watched = seen.of(name)
    assert watched.lost == 0
    made = births(watched)
    assert made[Birth.THREAD] == THREADS
    assert made.total() == THREADS + CHILDREN
    threads = watched.by_thread(Kind.CALL)
    assert len(threads) == THREADS + CHILDREN + 1
    assert sum(any(line.startswith("stat") or "no file 19" in line for line in lines) for lines in threads.values()) >= THREADS
    programs = [
        lines for lines in threads.values() if any(line.startswith('execve("/bin/true"') and line.endswith(" = 0") for line in lines)
    ]
    assert len(programs) == 2
    assert all(lines[-1] == "exit_group(0)" for lines in programs), [lines[-1] for lines in programs]
    assert sorted(watched.lines(Kind.EXITED)) == ["exited with 0"] * (THREADS + 2) + ["exited with 3", "exited with 4", "exited with 7"]


def test_the_same_lines_as_ptrace(seen: Seen) -> None:
    by_bpf, by_ptrace = seen.of("bpf"), seen.of("ptrace")
    assert (by_ptrace.lost, by_bpf.lost) == (0, 0)
    assert sum(map(len, by_ptrace.by_thread(Kind.CALL).values())) > 500
    for kind in SAME:
        assert differing(by_ptrace.by_thread(kind), by_bpf.by_thread(kind)) == ""


def counted(watched: Watched) -> dict[tuple[int, str], tuple[int, dict[int, int], int]]:
    """Of each process and call: how many, which errors, how many were timed."""
    summary = Summary()
    for batch in watched.batches:
        summary.take(batch)
    return {(row.pid, row.name): (row.calls, row.tally.errors, row.timed) for row in summary.rows("process call")}


def test_the_same_summary_as_from_ptraces_lines(seen: Seen) -> None:
    by_bpf, by_ptrace = seen.of("bpf"), seen.of("ptrace")
    assert any(batch.tallies for batch in by_bpf.batches)
    ours, theirs = counted(by_bpf), counted(by_ptrace)
    assert {key: (ours.get(key), theirs.get(key)) for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key)} == {}
    assert ours[seen.pid, "getppid"][0] >= 20 * THREADS


def used(watched: Watched, pid: int) -> dict[tuple[str, tuple[int, ...]], tuple[object, ...]]:
    """Of each file and process: what was done with it. An engine that counts does not tell what a datagram was sent to."""
    access = Access(places(), watched.tracer.epoch)
    access.begin([pid])
    for batch in watched.batches:
        access.take(batch, watched.tracer.call_of)
    found: dict[tuple[str, tuple[int, ...]], tuple[object, ...]] = {}
    for row in access.rows("path", by="process"):
        touches = {kind: count for kind, count in (row.touches or {}).items() if kind != "send"}
        found[row.path, row.pids] = (row.opens, row.reads, row.read_bytes, row.writes, row.written_bytes, touches, row.failures)
    return found


def test_the_same_access_as_from_ptraces_lines(seen: Seen) -> None:
    by_bpf, by_ptrace = seen.of("bpf"), seen.of("ptrace")
    assert any(batch.uses for batch in by_bpf.batches)
    ours, theirs = used(by_bpf, seen.pid), used(by_ptrace, seen.pid)
    assert {key: (ours.get(key), theirs.get(key)) for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key)} == {}
    assert ours[str(seen.folder / "left"), (seen.pid,)][0] == REUSED // 2


@pytest.mark.parametrize("name", NAMES)
def test_doctor_says_what_it_can(name: str) -> None:
    engine(name)
    look = next(look for look in CHECKS if look.__name__ == name)
    system = System()
    system.reader.deadline *= SLOWER
    try:
        check = look(system)
        assert check.verdict is Verdict.WORKS, check
    finally:
        system.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_descriptor_has_the_name_of_its_moment(name: str, seen: Seen) -> None:
    watched = seen.of(name)
    written = [line for line in watched.lines(Kind.CALL) if line.startswith("write(") and ("/left>" in line or "/right>" in line)]
    wanted = [(f"{seen.folder}/{('left', 'right')[turn % 2]}>", f'"{turn}"') for turn in range(REUSED)]
    assert [all(word in line for word in words) for line, words in zip(written, wanted, strict=True)] == [True] * REUSED
    numbers = {line.partition("<")[0] for line in written}
    assert len(numbers) == 1, numbers


def environment() -> dict[str, str]:
    """Of a Python that has to find what we find."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(TREE), *sys.path])}


@pytest.mark.parametrize("name", NAMES)
def test_in_a_pid_namespace(name: str) -> None:
    engine(name)
    command = ["unshare", "-pf", "--mount-proc", sys.executable, "-m", "tests.engines.inside", name]
    done = subprocess.run(command, capture_output=True, text=True, cwd=TREE, env=environment(), timeout=60 * SLOWER)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["parent"] == 1
    assert not said["refused"], said["refused"]
    assert said["pids"] == [[said["pid"]] * 2]
    assert said["lines"] == ["getppid() = 1"]


@pytest.mark.parametrize("name", NAMES)
def test_a_killed_engine_leaves_nothing(name: str) -> None:
    engine(name)
    with program("-c", LOOP) as process:
        holder = subprocess.Popen(
            [sys.executable, "-m", "tests.engines.holder", name, str(process.pid)], stdout=subprocess.PIPE, cwd=TREE, env=environment()
        )
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == b"attached\n"
            go(process)
            assert int(holder.stdout.readline()) > 0
            objects = bpf.held(holder.pid)
            assert {kind for kind, _ in objects} == ({"prog", "map", "link"} if name == "bpf" else set())
            assert all(bpf.exists(each) for each in objects)
            holder.send_signal(signal.SIGKILL)
            holder.wait()
            until(lambda: tracer_of(process.pid) == 0, "ptrace to let go")
            until(lambda: not any(bpf.exists(each) for each in objects), f"{objects} to be gone")
            assert state(process.pid) in {"R", "S"}
        finally:
            holder.kill()
            holder.wait()
            assert holder.stdout is not None
            holder.stdout.close()
