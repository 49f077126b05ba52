"""procdive trace: commands, and how a trace ends."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.tracing.program import ARGV, TREE, busy_one, program, trace
from tests.loopback import until
from tests.tracing import runs_free, tracer_of


@pytest.fixture
def busy() -> "Iterator[subprocess.Popen[str]]":
    with busy_one() as process:
        yield process


@pytest.mark.parametrize(
    ("script", "status"), [("exit 7", 7), ("true", 0), ("kill -SEGV $$", 139), ("kill -KILL $$", 137), ("sleep 0.01 & exit 3", 3)]
)
def test_a_commands_status_is_ours(script: str, status: int) -> None:
    done = trace("--", "sh", "-c", script)
    assert done.status == status
    assert done.out == ""
    assert done.err.startswith("execve(")


def test_case_48_programs_under_trace_do_as_they_would() -> None:
    for _ in range(3):
        with program("-o", "/dev/null", "--", "ls", "-l", "/etc") as it:
            out, err = it.communicate(timeout=30)
        assert it.returncode == 0
        assert out == subprocess.run(["ls", "-l", "/etc"], capture_output=True, text=True, check=True).stdout
        assert len(err.splitlines()) == 1
        with program("--", "bash", "-c", "ls /; true") as it:
            _, err = it.communicate(timeout=30)
        assert it.returncode == 0
        assert re.search(r'^execve\("\S+/bash", \["bash", "-c", "ls /; true"\], 0x', err, re.MULTILINE)
        assert "4294967196" not in err


@pytest.mark.oracle("gcc")
def test_case_48_a_threaded_program_dies_of_sigfpe(tmp_path: Path) -> None:
    source = "#include <pthread.h>\nvolatile int zero; void *f(void *a){ return (void *)(long)(7 / zero); }\n"
    source += "int main(){ pthread_t t; pthread_create(&t, 0, f, 0); pthread_join(t, 0); return 0; }\n"
    subprocess.run(["gcc", "-w", "-pthread", "-xc", "-", "-o", str(tmp_path / "dies")], input=source, text=True, check=True)
    for _ in range(3):
        done = trace("--", str(tmp_path / "dies"))
        assert done.status == 136
        assert "--- SIGFPE {si_signo=SIGFPE, si_code=FPE_INTDIV, si_addr=0x" in done.err
        assert "+++ killed by SIGFPE" in done.err


def test_case_53_all_arguments_of_execve_and_those_that_fail(tmp_path: Path) -> None:
    script = tmp_path / "script"
    script.write_text("#!/bin/sh -e\ntrue\n")
    script.chmod(0o755)
    odd = tmp_path / "odd"
    odd.write_bytes(b"\x7fELF nothing")
    odd.chmod(0o755)
    words = [f"a{number}" for number in range(60)]
    words[30], words[40], words[50] = "", "a\nb", "x" * 5_000
    does = f"import os\nfor each in {str(tmp_path / 'none')!r}, {str(odd)!r}:\n"
    does += "    try: os.execv(each, ['asked', 'so'])\n    except OSError: pass\nos.execv('/bin/true', ['true', *{words!r}])"
    done = trace("-e", "execve", "-s", "100", "--", sys.executable, "-I", "-S", "-c", does.replace("{words!r}", repr(words)))
    assert 'none", ["asked", "so"]' in done.err
    assert "ENOENT (No such file or directory)" in done.err
    assert "ENOEXEC (Exec format error)" in done.err
    (last,) = [line for line in done.err.splitlines() if '"/bin/true"' in line]
    assert '"a29", "", "a31"' in last
    assert r'"a39", "a\nb", "a41"' in last
    assert '"' + "x" * 100 + '"..., "a51"' in last
    assert '"a59"]' in last
    asked = trace("-e", "execve", "-s", "300", "--", str(script), "one").err
    assert f'execve("{script}", ["{script}", "one"], 0x' in asked


def test_case_54_the_ends_of_long_paths(tmp_path: Path) -> None:
    deep = str(tmp_path) + ("/" + "d" * 99) * 38
    does = f"import os\nos.makedirs({deep!r})\n"
    does += f"for end in 'AB': os.open({deep!r} + '/end-' + end, os.O_CREAT)\n"
    does += "try: os.open('n' * 4000 + 'Z', os.O_RDONLY)\nexcept OSError: pass\n"
    lines = trace("-e", "openat", "--", sys.executable, "-I", "-S", "-c", does).err.splitlines()
    assert len({line for line in lines if f'{deep}/end-A"' in line}) == 1
    assert len({line for line in lines if f'{deep}/end-B"' in line}) == 1
    assert any('nZ", O_RDONLY' in line and "ENAMETOOLONG" in line for line in lines)
    subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)


def test_case_55_what_is_lost_is_told_at_its_place_and_in_all(tmp_path: Path) -> None:
    count = 10_000
    file = tmp_path / "lines"
    with program("-o", str(file), "--", "dd", "if=/dev/zero", "of=/dev/null", "bs=1", f"count={count}") as it:
        until(lambda: file.exists() and file.stat().st_size > 10_000, "lines")
        it.send_signal(signal.SIGSTOP)
        ended = until(lambda: Path(f"/proc/{it.pid}/stat").read_text().split()[2] == "T", "it to stop")
        assert ended
        time.sleep(2)
        it.send_signal(signal.SIGCONT)
        _, err = it.communicate(timeout=90)
    assert it.returncode == 0
    lines = file.read_text().splitlines()
    lost = sum(map(int, re.findall(r"--- (\d+) events? lost ---", "\n".join(lines))))
    made = len([line for line in lines if re.search(r" (read|write)\([01]<", line)])
    others = len(lines) - made - len(re.findall(r"events? lost ---", "\n".join(lines)))
    assert abs(made + lost - 2 * count) <= others + 20
    assert f" {lost} lost, " in err


def test_case_57_no_file_system_of_tracing_is_needed() -> None:
    script = f"umount -A /sys/kernel/tracing /sys/kernel/debug 2>/dev/null; exec {' '.join(ARGV)} -e execve -- true"
    env = {**os.environ, "PYTHONPATH": str(TREE)}
    done = subprocess.run(["unshare", "-m", "sh", "-c", script], capture_output=True, text=True, timeout=20, env=env)
    if "unshare:" in done.stderr:
        pytest.skip("no namespace of mounts for us")
    assert done.returncode == 0
    assert done.stderr.startswith("execve(")


def test_case_79_a_closed_pipe_ends_it_without_a_word(busy: "subprocess.Popen[str]") -> None:
    for _ in range(3):
        line = f"{' '.join(ARGV)} {busy.pid} | head -5"
        env = {**os.environ, "PYTHONPATH": str(TREE)}
        done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, timeout=30, env=env)
        assert done.stderr == ""
        assert len(done.stdout.splitlines()) == 5
        until(lambda: runs_free(busy.pid), "it to be let go")


def test_case_79_a_full_disk_is_said_in_one_line(busy: "subprocess.Popen[str]") -> None:
    for words in ([str(busy.pid)], ["-o", "/dev/full", str(busy.pid)]):
        with open("/dev/full", "w") as full, program(*words, stdout=full) as it:
            err = it.communicate(timeout=20)[1]
        assert it.returncode == 1
        assert err.splitlines() == ["procdive: cannot write: No space left on device"]
        until(lambda: runs_free(busy.pid), "it to be let go")


def test_case_80_without_a_terminal(busy: "subprocess.Popen[str]") -> None:
    with program("--events", "3", str(busy.pid), start_new_session=True) as it:
        out, _ = it.communicate(timeout=20)
    assert it.returncode == 0
    assert "\x1b" not in out
    assert len(out.splitlines()) == 3


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 0), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_an_attached_trace(number: int, status: int, busy: "subprocess.Popen[str]") -> None:
    with program(str(busy.pid)) as it:
        assert it.stdout
        it.stdout.readline()
        it.send_signal(number)
        _, err = it.communicate(timeout=20)
    assert it.returncode == status
    assert "Traceback" not in err
    assert (" lost, " in err) == (status == 0)
    until(lambda: runs_free(busy.pid), "it to be let go")


def test_ctrl_c_goes_to_the_command() -> None:
    script = "trap 'echo caught; exit 9' INT; echo ready; while :; do sleep 0.05; done"
    with program("-o", "/dev/null", "--", "sh", "-c", script, start_new_session=True) as it:
        assert it.stdout
        assert it.stdout.readline() == "ready\n"
        os.killpg(it.pid, signal.SIGINT)
        out, _ = it.communicate(timeout=20)
    assert out == "caught\n"
    assert it.returncode == 9


def test_a_command_outlives_us(tmp_path: Path) -> None:
    with program("-o", "/dev/null", "--", "sh", "-c", f"echo $$; exec sleep 60") as it:  # noqa: F541
        assert it.stdout
        pid = int(it.stdout.readline())
        until(lambda: tracer_of(pid), "the tracer")
        it.kill()
        it.wait()
        until(lambda: tracer_of(pid) == 0, "it to be let go")
        os.kill(pid, signal.SIGKILL)
