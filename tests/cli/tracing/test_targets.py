"""procdive trace: whom it attaches to."""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.tracing.program import SPIN, busy_one, idle_one, program, python_that, trace
from tests.loopback import until
from tests.ordinary import as_user, python
from tests.tracing import runs_free, tracer_of


@pytest.fixture
def busy() -> "Iterator[subprocess.Popen[str]]":
    with busy_one() as process:
        yield process


@pytest.fixture
def idle() -> "Iterator[subprocess.Popen[bytes]]":
    with idle_one() as process:
        yield process


def test_a_process_until_so_many_lines(busy: "subprocess.Popen[str]") -> None:
    done = trace("--events", "6", str(busy.pid))
    assert done.status == 0
    lines = done.out.splitlines()
    assert len(lines) == 6
    assert any(re.fullmatch(rf"getppid\(\) +{'= ' + str(os.getpid())}", line) for line in lines)
    assert re.fullmatch(r"procdive: 6 events, 0 lost, [0-9.]+ s, ptrace\n", done.err)
    assert runs_free(busy.pid)


def test_two_processes_and_their_pids(busy: "subprocess.Popen[str]", idle: "subprocess.Popen[bytes]") -> None:
    done = trace("-p", f"{busy.pid},{idle.pid}", "--seconds", "0.5")
    assert done.status == 0
    pids = {int(found) for found in re.findall(r"^\[pid +(\d+)\]", done.out, re.MULTILINE)}
    assert pids == {busy.pid, idle.pid}


def test_a_call_in_flight_shows_at_once_and_at_the_end(idle: "subprocess.Popen[bytes]") -> None:
    done = trace("--seconds", "0.4", "-T", str(idle.pid))
    first, last = done.out.splitlines()
    assert re.fullmatch(r"clock_nanosleep\(CLOCK_REALTIME, 0, \{tv_sec=60, tv_nsec=[01]\},  <unfinished \.\.\.> <0\.\d{6}>", first)
    assert last == "<... clock_nanosleep resumed> <detached ...>"


def test_descendants(tmp_path: Path) -> None:
    shell = subprocess.Popen(["sh", "-c", "sleep 60 & wait"])
    try:
        child = until(lambda: Path(f"/proc/{shell.pid}/task/{shell.pid}/children").read_text().split(), "the shell's child")[0]
        assert f"[pid {child:>5}]" not in trace("--seconds", "0.4", str(shell.pid)).out
        assert f"[pid {child:>5}]" in trace("--seconds", "0.4", "--tree", str(shell.pid)).out
    finally:
        subprocess.run(["kill", child])
        shell.wait()


def test_a_thread_id_is_told() -> None:
    with python_that("import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()\nprint(flush=True)\n") as process:
        tid = until(lambda: [name for name in os.listdir(f"/proc/{process.pid}/task") if int(name) != process.pid], "a thread")[0]
        done = trace("--seconds", "0.3", tid)
        assert f"{tid} is a thread of {process.pid} python" in done.err
        assert f"[pid {int(tid):5}]" in done.out


def test_names_and_what_is_not_there() -> None:
    assert trace("no-such-name").err.startswith("procdive: no process is called no-such-name")
    assert trace("no-such-name").status == 1


def test_case_50_a_pid_that_is_not_there_is_said_within_a_second() -> None:
    began = time.monotonic()
    with program("999999") as it:
        out, err = it.communicate(timeout=10)
    assert time.monotonic() - began < 5
    assert (it.returncode, out) == (1, "")
    assert err == "procdive: there is no process 999999; procdive ps lists them\n"


def test_case_50_it_ends_with_the_traced(busy: "subprocess.Popen[str]") -> None:
    with program("-q", str(busy.pid)) as it:
        until(lambda: tracer_of(busy.pid), "the tracer")
        busy.terminate()
        out, _ = it.communicate(timeout=20)
    assert it.returncode == 0
    assert out.splitlines()[-1] == "+++ killed by SIGTERM +++"


@pytest.mark.root
def test_case_50_no_process_can_be_started() -> None:
    limited = ["bash", "-c", 'ulimit -u 1; exec "$@"', "sh", *python(), "-m", "explorer", "trace", "--", "true"]
    done = subprocess.run(limited, capture_output=True, text=True, timeout=20, **as_user(4711))  # type: ignore[call-overload]
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("procdive: ")
    assert "Traceback" not in done.stderr


@pytest.mark.root
def test_an_ordinary_user_traces_what_is_its_own_and_nothing_else() -> None:
    argv = [*python(), "-m", "explorer", "trace"]
    own = subprocess.run([*argv, "-e", "execve", "--", "true"], capture_output=True, text=True, timeout=20, **as_user())  # type: ignore[call-overload]
    assert own.returncode == 0
    assert own.stderr.startswith("execve(")
    init = subprocess.run([*argv, "1"], capture_output=True, text=True, timeout=20, **as_user())  # type: ignore[call-overload]
    assert init.returncode == 1
    assert "belongs to another user" in init.stderr


def test_what_shows_the_trace_is_left_alone() -> None:
    done = trace("--seconds", "0.3", str(os.getppid()))
    assert done.status == 1
    assert "shows you this trace" in done.err
    assert "--force" in done.err


def test_the_price_is_said_before_a_busy_process_is_traced() -> None:
    with python_that(SPIN) as process:
        done = trace("--events", "3", str(process.pid))
        assert re.search(rf"{process.pid} python\S* is busy \(\d+% of a core, \d+% in the kernel\): ptrace stops it twice a call", done.err)
        assert "is busy" not in trace("-q", "--events", "3", str(process.pid)).err
