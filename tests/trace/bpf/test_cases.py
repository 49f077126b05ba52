"""Cases that broke other tracers (area C of the list of cases), with programs in the kernel."""

import os
import platform
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from explorer.model.batch import Kind
from explorer.model.trace import Syscall
from explorer.trace.tracer import Capture
from tests.engines.test_engines import environment
from tests.engines.watched import TREE, Watched, engine, state, until
from tests.namespaces import first_pids
from tests.processes import Processes
from tests.trace.bpf.programs import SPECIMENS, by_both, compiled, different, go, waiting

pytestmark = [pytest.mark.root]

DIVIDES = r"""
#include <pthread.h>
static volatile int zero;
static void *divides(void *argument) { return (void *)(long)(7 / zero); }
int main(void) {
    pthread_t thread;
    pthread_create(&thread, 0, divides, 0);
    pthread_join(thread, 0);
}
"""

FAILS = r"""
#include <stdio.h>
#include <unistd.h>
int main(int argc, char **argv) {
    char line, *args[] = { "asked", "", "a\nb", 0 }, *empty[] = { 0 };
    write(1, "\n", 1);
    read(0, &line, 1);
    execve("/nowhere/at/all", args, empty);
    execve(argv[1], args, empty);
    execve(argv[2], args, empty);
}
"""

DEEP = r"""
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
static char path[4096], name[4001];
int main(void) {
    char line;
    getcwd(path, sizeof path);
    while (strlen(path) < 3700) {
        strcat(path, "/"); memset(path + strlen(path), 'd', 200);
        mkdir(path, 0700);
    }
    char *end = path + strlen(path);
    write(1, "\n", 1);
    read(0, &line, 1);
    for (int i = 0; i < 2; i++) {
        sprintf(end, "/end-%c", 'A' + i);
        int file = open(path, O_RDWR | O_CREAT, 0600);
        write(file, path, 4);
        close(file);
    }
    memset(name, 'n', 4000);
    open(name, O_RDONLY);
}
"""


@pytest.fixture(autouse=True)
def _usable() -> None:
    engine("bpf")


def procdive(*words: str, wait: float = 30, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    """`procdive WORDS`."""
    argv = [sys.executable, "-m", "explorer", *words]
    return subprocess.run(argv, capture_output=True, cwd=TREE, env=environment(), timeout=wait, input=stdin)


def test_case_45_itself_and_two_that_trace_each_other(processes: Processes, tmp_path: Path) -> None:
    holder = [sys.executable, "-m", "tests.engines.holder", "bpf"]
    options = {"stdout": subprocess.PIPE, "cwd": TREE, "env": environment()}
    target = processes.start("sleep", "60")
    one = processes.start(*holder, str(target.pid), **options)
    assert one.stdout is not None
    assert one.stdout.readline() == b"attached\n"
    other = processes.start(*holder, str(one.pid), **options)
    assert other.stdout is not None
    assert other.stdout.readline() == b"attached\n"
    # Each reads its ring in memory; what it prints of the other makes the other print: twenty times a second at most.
    with Watched("bpf", [other.pid], capture=Capture(frozenset({"write"}))) as watched:
        until(lambda: sum(map(len, watched.batches)) > 2, "one to write of the other")
    for process in (other, one):
        busy = [cpu(process.pid)]
        began = time.monotonic()
        until(lambda began=began: time.monotonic() - began > 1, "a second")  # type: ignore[misc]
        assert (cpu(process.pid) - busy[0]) / (time.monotonic() - began) < 0.3
        process.kill()
        assert process.wait(5) == -signal.SIGKILL
    assert state(target.pid) == "S"
    own = procdive("trace", "--engine", "bpf", "-p", "1,0", "--seconds", "1")
    assert own.returncode != 0


def cpu(pid: int) -> float:
    """Seconds that it has used."""
    words = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.oracle("gcc")
@pytest.mark.skipif(platform.machine() != "x86_64", reason="calls by hand, in x86_64's way")
def test_case_47_calls_of_32_bits(tmp_path: Path) -> None:
    program = compiled(SPECIMENS / "many_calls.c", tmp_path, "-no-pie")
    with waiting([program, "i"], tmp_path) as process:
        watched = Watched("bpf", [process.pid], capture=Capture(what=frozenset({"stream", "summary"})))
        go(process)
        watched.end()
    made = [event.what for event in watched.events(Kind.CALL)]
    calls = {call.name: call for call in made if isinstance(call, Syscall) and call.arch == "i386"}
    assert calls["write"].args[1][1].text == '"a string below 4 GB"'
    assert calls["open"].args[0][1].text == '"/etc/hostname"'
    assert "exit(6)" in watched.lines(Kind.CALL)
    tallies = next(batch.tallies for batch in reversed(watched.batches) if batch.tallies)
    mine = {(key.arch, key.number): tally.count for key, tally in tallies.items() if key.pid == process.pid}
    # write is 4 there, which is stat here; getpid is 20, which is writev here.
    assert mine[1, 4] == 1
    assert mine[1, 20] == 1
    assert (0, 4) not in mine
    assert (0, 20) not in mine


@pytest.mark.oracle("gcc")
@pytest.mark.parametrize("command", ["ls", "bash", "divides"])
def test_case_48_a_command_ends_as_it_would(command: str, tmp_path: Path) -> None:
    argv = {
        "ls": ["ls", "-l", "/etc"],
        "bash": ["bash", "-c", "ls /; true"],
        "divides": [str(compiled(DIVIDES, tmp_path)) if command == "divides" else ""],
    }[command]
    plain = subprocess.run(argv, capture_output=True)
    for _ in range(2):
        done = procdive("trace", "--engine", "bpf", "-o", str(tmp_path / "out"), "--", *argv)
        assert done.stdout == plain.stdout
        assert done.returncode == (plain.returncode if plain.returncode >= 0 else 128 - plain.returncode), done.stderr
        lines = (tmp_path / "out").read_text().splitlines()
        assert re.search(rf'^\d+ +execve\("[^"]*{Path(argv[0]).name}", \["{re.escape(argv[0][:32])}"', lines[0]), lines[0]
        assert not any("4294967196" in line for line in lines)
        assert any("AT_FDCWD" in line for line in lines)
    if command == "divides":
        assert plain.returncode == -signal.SIGFPE
        assert lines[-1].endswith("killed by SIGFPE +++") or "killed by SIGFPE" in lines[-1]


def test_case_50_what_ends_and_what_is_not_there(tmp_path: Path) -> None:
    began = time.monotonic()
    done = procdive("trace", "--engine", "bpf", "999999")
    assert done.returncode != 0
    assert b"999999" in done.stderr
    assert time.monotonic() - began < 10
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as target:
        watched = Watched("bpf", [target.pid])
        assert target.stdin is not None
        target.stdin.close()
        watched.end()
    assert watched.lines(Kind.EXITED) == ["exited with 0"]
    assert watched.tracer.status == 0  # type: ignore[attr-defined]


@pytest.mark.oracle("gcc")
def test_case_53_execs_that_fail_and_scripts(tmp_path: Path) -> None:
    script, broken = tmp_path / "script", tmp_path / "broken"
    script.write_text("#!/bin/sh -e\nexit 3\n")
    broken.write_text("no program")
    for path in (script, broken):
        path.chmod(0o700)
    by_ptrace, by_bpf = by_both([compiled(FAILS, tmp_path), broken, script], tmp_path, Capture(string=4096))
    assert different(by_ptrace, by_bpf, Kind.CALL) == []
    execs = [line for line in by_bpf.lines(Kind.CALL) if line.startswith("execve(")]
    assert execs[0].startswith('execve("/nowhere/at/all", ["asked", "", "a\\nb"], ')
    assert "ENOENT" in execs[0]
    assert execs[1].startswith(f'execve("{broken}", ["asked", "", "a\\nb"], ')
    assert "ENOEXEC" in execs[1]
    assert execs[2].startswith(f'execve("{script}", ["asked", "", "a\\nb"], ')
    assert execs[2].endswith(" = 0")


@pytest.mark.oracle("gcc")
def test_case_54_long_paths(tmp_path: Path) -> None:
    by_ptrace, by_bpf = by_both([compiled(DEEP, tmp_path)], tmp_path)
    assert different(by_ptrace, by_bpf, Kind.CALL) == []
    lines = by_bpf.lines(Kind.CALL)
    for end in ("A", "B"):
        assert any(line.startswith("openat(") and f'/end-{end}"' in line and f"/end-{end}>" in line for line in lines)
        assert any(line.startswith("write(") and f"/end-{end}>" in line for line in lines)
    assert any("ENAMETOOLONG" in line for line in lines)


@first_pids
def test_case_57_without_tracefs(processes: Processes) -> None:
    target = processes.start("dd", "if=/dev/zero", "of=/dev/null", "bs=1")
    before = Path("/proc/self/mounts").read_text()
    trace = f"{sys.executable} -m explorer trace --engine bpf -p {target.pid} --events 5"
    for hide in ("umount -A /sys/kernel/tracing /sys/kernel/debug 2>/dev/null", "mount -o remount,bind,ro /sys 2>/dev/null"):
        done = subprocess.run(
            ["unshare", "-m", "sh", "-c", f"{hide}; {trace}"], capture_output=True, text=True, cwd=TREE, env=environment(), timeout=30
        )
        assert 'read(0</dev/zero>, "\\0", 1)' in done.stdout, done.stderr
    assert Path("/proc/self/mounts").read_text() == before
