"""procdive stack"""

import json
import os
import subprocess

import pytest

from explorer.resolve.system import System
from tests.collect.threads import thread_of, wait_of
from tests.commands import Done, run
from tests.ordinary import as_user, python
from tests.specimens.waits import Waits


def stack(*arguments: str) -> Done:
    return run("stack", *arguments)


def as_nobody(*arguments: str) -> subprocess.CompletedProcess[str]:
    argv = [*python(), "-m", "explorer", "stack", *arguments]
    return subprocess.run(argv, capture_output=True, text=True, **as_user())  # type: ignore[call-overload, no-any-return]


def test_a_deadlock_in_words() -> None:
    system = System()
    with Waits("deadlock") as it:
        left, right = it.tids
        wait_of(system, it.pid, left, lambda found: found.hopeless)
        done = stack(str(it.pid))
        assert (done.status, done.err) == (0, "")
        lines = done.out.splitlines()
        assert lines[0].split() == ["tid", "thread", "S", "in", "for"]
        assert any(f"{left} left waits for {right} right waits for {left} left" in line for line in lines)
        assert lines[-1] == "3 sleep"
    system.close()


def test_json_has_the_call_by_name_and_as_strace_writes_it() -> None:
    system = System()
    with Waits("full_pipe") as it:
        wait_of(system, it.pid, ready=lambda found: bool(found.parties))
        done = stack("--json", str(it.pid))
        assert done.status == 0
        (record,) = done.records
        assert (record["pid"], record["tid"], record["state"], record["doing"]) == (it.pid, it.pid, "S", "in a call")
        assert record["call"]["name"] == "write"
        assert record["call"]["text"].startswith(f"write({it.fd}<pipe ")
        assert record["call"]["text"].endswith("1048576 <unfinished ...>")
        assert record["call"]["args"]["fd"]["raw"] == it.fd
        assert record["waits"]["parties"][0]["pid"] == it.children[0]
        assert record["cpu"] is None
        assert done.out.isascii()
    system.close()


def test_looking_twice_tells_cpu() -> None:
    with Waits("spin") as it:
        done = stack("--json", "-i", "0.3", str(it.pid))
        shares = {record["tid"]: record["cpu"] for record in done.records}
        assert shares[it.tids[0]] > 1
        assert "CPU%" in stack("-i", "0.1", str(it.pid)).out


def test_grouped() -> None:
    system = System()
    with Waits("held") as it:
        for tid in it.tids:
            thread_of(system, it.pid, tid)
        out = stack("-t", str(it.pid)).out
        assert "5× pool-*" in out
    system.close()


def test_a_thread_id_and_a_name() -> None:
    with Waits("deadlock") as it:
        done = stack(str(it.tids[0]))
        assert done.status == 0
        assert f"{it.tids[0]} is a thread of {it.pid}" in done.err


def test_wrong_usage_and_nobody_there() -> None:
    assert stack().status == 2
    assert stack("-i", "soon", "1").status == 2
    gone = stack("4194304")
    assert gone.status == 1
    assert gone.err.startswith("procdive: there is no process 4194304")


@pytest.mark.root
def test_as_an_ordinary_user_what_is_denied_is_said() -> None:
    done = as_nobody(str(os.getpid()))
    assert done.returncode == 1
    assert "No permission" in done.stdout or "denied" in done.stdout
    assert "denied" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.root
def test_an_ordinary_user_sees_its_own_calls_but_not_its_own_kernel_stack() -> None:
    sleeper = subprocess.Popen(["sleep", "100"], **as_user())  # type: ignore[call-overload]
    try:
        done = as_nobody("--json", str(sleeper.pid))
        assert done.stderr == ""
        assert done.returncode == 0
        record = json.loads(done.stdout)
        assert record["call"]["name"] == "clock_nanosleep"
        assert record["frames"]["missing"] == "denied"
        assert "sudo procdive stack" in record["frames"]["cure"]
    finally:
        sleeper.kill()
        sleeper.wait()


def test_case_18_threads_that_end_while_we_look() -> None:
    with Waits("churn") as it:
        for _ in range(200):
            done = stack("--json", str(it.pid))
            assert (done.status, done.err) == (0, "")
            assert it.pid in {record["tid"] for record in done.records}


def test_case_74_hostile_names_do_not_reach_the_terminal() -> None:
    from tests.specimens.hostile import COMMS, RENAMED

    for comm in COMMS.values():
        sleeper = subprocess.Popen(["python3", "-c", RENAMED, comm.hex()], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            assert sleeper.stdout is not None
            sleeper.stdout.readline()
            for arguments in ((), ("--json",)):
                out = stack(*arguments, str(sleeper.pid)).out
                assert all(line.isprintable() for line in out.splitlines())
        finally:
            sleeper.kill()
            sleeper.communicate()
