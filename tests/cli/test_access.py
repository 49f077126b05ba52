"""procdive access: what it takes, and what it prints of a program."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.tracing.program import TREE, idle_one
from tests.commands import Done, run
from tests.loopback import until
from tests.tracing import tracer_of

CAT = ("cat", "/etc/passwd")


def access(*arguments: str) -> Done:
    return run("access", *(() if "--engine" in arguments else ("--engine", "ptrace")), *arguments)


def program(*arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "explorer", "access", "--engine", "ptrace", *arguments]
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(TREE)}, **pipes)  # type: ignore[call-overload, no-any-return]


def rows(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text().splitlines()]


@pytest.mark.parametrize(
    "words",
    [[], ["1", "--", "true"], ["--"], ["-o", "|cat", "1"], ["-S", "nothing", "1"], ["--opened", "--failed", "1"], ["-e", "nocall", "1"]],
)
def test_wrong_usage(words: list[str]) -> None:
    assert access(*words).status == 2


def test_nobody() -> None:
    assert access("999999999").status == 1


def test_a_program(tmp_path: Path) -> None:
    out = tmp_path / "table"
    done = access("-o", str(out), "--", "sh", "-c", f"cat /etc/passwd > {tmp_path}/copy; cat {tmp_path}/none; exit 3")
    assert done.status == 3
    lines = out.read_text().splitlines()
    assert lines[0].split() == [
        "OPENS",
        "FAILED",
        "READS",
        "READ",
        "WRITES",
        "WRITTEN",
        "OTHER",
        "TOUCHED",
        "TIME",
        "LAST",
        "PROCESS",
        "PATH",
    ]
    (none,) = [line for line in lines if f"{tmp_path}/none" in line]
    assert none.endswith(f"{tmp_path}/none  open ENOENT")
    (copy,) = [line for line in lines if f"{tmp_path}/copy" in line]
    assert copy.split()[0] == "1"
    assert any(line.startswith("mapped into memory, where use is unseen: ") for line in lines)
    assert re.fullmatch(r"procdive: (\d+ calls on )?\d+ files, 0 lost, \d+\.\d s, \w+", done.err.splitlines()[-1])
    assert out.stat().st_mode & 0o077 == 0


def test_json(tmp_path: Path) -> None:
    out = tmp_path / "rows"
    assert access("--json", "-o", str(out), "-P", "/etc/passwd", "--", *CAT).status == 0
    first, file, *_, last = rows(out)
    assert first["procdive"] == "access"
    assert (file["row"], file["path"], file["opens"], file["reads"]) == ("file", "/etc/passwd", 1, 2)
    assert file["read_bytes"] == os.stat("/etc/passwd").st_size
    assert file["comms"] == ["cat"]
    assert (last["row"], last["lost"], last["dropped"]) == ("total", 0, 0)
    assert [row.get("row") for row in rows(out)].count("file") == 1


def test_by_process_and_in_order(tmp_path: Path) -> None:
    out = tmp_path / "rows"
    assert (
        access(
            "--json", "-o", str(out), "--by", "process", "-S", "path", "-e", "path=/etc", "--", "sh", "-c", "cat /etc/passwd; true"
        ).status
        == 0
    )
    files = [row for row in rows(out) if row.get("row") == "file"]
    order = [(row["pids"], row["path"]) for row in files]
    assert order == sorted(order)
    assert len({str(row["pids"]) for row in files}) == 2
    assert all(str(row["path"]).startswith("/etc") or any("/etc" in name for name in row["names"]) for row in files)  # type: ignore[attr-defined]


def test_opened(tmp_path: Path) -> None:
    """strace -f -e open | grep -v ENOENT: each once."""
    out = tmp_path / "opened"
    assert access("--opened", "-o", str(out), "--", "sh", "-c", "cat /etc/passwd /etc/passwd /etc/none; cat /etc/passwd").status == 0
    lines = out.read_text().splitlines()
    assert lines.count("/etc/passwd") == 1
    assert len(set(lines)) == len(lines)
    assert "/etc/none" not in lines
    assert all(line.startswith("/") for line in lines)


def test_failed(tmp_path: Path) -> None:
    out = tmp_path / "failed"
    (tmp_path / "file").write_text("")
    script = f"cd {tmp_path}; cat none none; cat file/x; cat none"
    assert access("--failed", "-e", f"path={tmp_path}", "-o", str(out), "--", "sh", "-c", script).status == 1
    assert out.read_text() == f"ENOENT {tmp_path}/none\nENOTDIR {tmp_path}/file/x\n"
    assert access("--failed", "--json", "--events", "1", "-e", f"path={tmp_path}", "-o", str(out), "--", "sh", "-c", script).status in {
        0,
        1,
    }
    told = [row for row in rows(out) if row.get("row") == "failed"]
    assert [(row["error"], row["path"], row["cut"]) for row in told] == [("ENOENT", f"{tmp_path}/none", False)]


def test_some_calls_only(tmp_path: Path) -> None:
    """What is not asked for is followed where it moves the process."""
    out = tmp_path / "rows"
    script = f"cd {tmp_path}; mkdir made; rmdir made"
    assert access("--json", "-o", str(out), "-e", "mkdir,rmdir", "--", "sh", "-c", script).status == 0
    files = [row for row in rows(out) if row.get("row") == "file"]
    assert [(row["path"], row["touches"], row["opens"]) for row in files] == [(f"{tmp_path}/made", {"mkdir": 1, "rmdir": 1}, 0)]


def test_attached_to_one_that_runs_and_let_go_by_ctrl_c(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    loop = f"import time\nfile = open({str(file)!r}, 'a', buffering=1)\nprint(flush=True)\nwhile True:\n    print('x', file=file)\n"
    loop += "    time.sleep(0.01)\n"
    with subprocess.Popen([sys.executable, "-I", "-S", "-c", loop], stdout=subprocess.PIPE, text=True) as target:
        assert target.stdout
        target.stdout.readline()
        with program("-e", "path=" + str(tmp_path), str(target.pid)) as ours:
            until(lambda: tracer_of(target.pid), "it to be traced")
            size = file.stat().st_size
            until(lambda: file.stat().st_size > size + 100, "it to write")
            ours.send_signal(signal.SIGINT)
            out, err = ours.communicate(timeout=30)
        assert ours.returncode == 0, err
        target.kill()
    (line,) = [line for line in out.splitlines() if line.endswith(str(file))]
    assert int(line.split()[0]) > 0
    assert "PATH" in out.splitlines()[0]


def test_seconds_end_it() -> None:
    with idle_one() as target, program("--seconds", "0.3", str(target.pid)) as ours:
        out, err = ours.communicate(timeout=30)
        assert ours.returncode == 0, err
    assert out.splitlines()[0].split()[-1] == "PATH"


def test_events_end_it(tmp_path: Path) -> None:
    out = tmp_path / "rows"
    access("--json", "--events", "5", "-o", str(out), "--", "sh", "-c", "cat /etc/passwd /etc/passwd > /dev/null")
    assert rows(out)[-1]["calls"] == 5


def test_of_a_trace_that_was_kept(tmp_path: Path) -> None:
    kept, out = tmp_path / "calls.json", tmp_path / "rows"
    assert run("trace", "--engine", "ptrace", "--json", "-o", str(kept), "--", *CAT).status == 0
    assert access("--open", str(kept), "--json", "-P", "/etc/passwd", "-o", str(out)).status == 0
    (file,) = [row for row in rows(out) if row.get("row") == "file"]
    assert (file["opens"], file["read_bytes"], file["namespace"]) == (1, os.stat("/etc/passwd").st_size, 0)
    assert access("--open", str(tmp_path / "none")).status == 1


def test_hostile_names(tmp_path: Path) -> None:
    evil = tmp_path / "a\x1b[31m\nb"
    evil.write_text("")
    out = tmp_path / "opened"
    access("--opened", "-e", f"path={tmp_path}", "-o", str(out), "--", "cat", str(evil))
    assert out.read_text() == f"{tmp_path}/a\\e[31m\\nb\n"
