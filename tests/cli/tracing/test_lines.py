"""procdive trace: what is printed, and where."""

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.tracing.program import busy_one, trace


@pytest.fixture
def busy() -> "Iterator[subprocess.Popen[str]]":
    with busy_one() as process:
        yield process


def test_files_are_for_their_owner_alone(tmp_path: Path, busy: "subprocess.Popen[str]") -> None:
    file = tmp_path / "calls"
    assert trace("-o", str(file), "--events", "4", str(busy.pid)).status == 0
    assert file.stat().st_mode & 0o777 == 0o600
    lines = file.read_text().splitlines()
    assert len(lines) == 4
    assert all(line.startswith(f"{busy.pid:<5} ") for line in lines)
    assert trace("-A", "-o", str(file), "--events", "2", str(busy.pid)).status == 0
    assert len(file.read_text().splitlines()) == 6
    link = tmp_path / "link"
    link.symlink_to(file)
    done = trace("-o", str(link), str(busy.pid))
    assert (done.status, done.out) == (1, "")
    assert "it is a link" in done.err


def test_json_has_what_docs_say(busy: "subprocess.Popen[str]") -> None:
    done = trace("--json", "--events", "3", "-e", "getppid", str(busy.pid))
    assert done.out.isascii()
    kept, first, *_ = map(json.loads, done.out.splitlines())
    assert (kept["procdive"], kept["engine"], kept["targets"][0]["pid"]) == ("trace", "ptrace", busy.pid)
    assert (first["event"], first["name"], first["pid"], first["tid"]) == ("call", "getppid", busy.pid, busy.pid)
    assert first["result"]["raw"] == os.getpid()
    assert first["text"] == f"getppid() = {os.getpid()}"
    assert abs(first["time"] / 1e9 - time.time()) < 60
    assert first["took"] > 0


def test_filters() -> None:
    script = "true; cat /no/such/file </dev/null; true"
    only = trace("-e", "openat", "-Z", "-qq", "--", "sh", "-c", script).err.splitlines()
    assert any('"/no/such/file"' in line for line in only)
    calls = [line for line in only if not line.startswith(("---", "[pid", "cat:", "<..."))]
    assert all("ENOENT" in line for line in calls)
    path = trace("-P", "/dev/null", "-qq", "--", "sh", "-c", "cat </dev/null").err
    assert '"/dev/null"' in path
    assert "ld.so" not in path
    assert trace("--slower", "5", "1").err == "procdive: slower=5: slower= wants a time with its unit: slower=1ms (ns, us, ms, s, m)\n"


def test_quiet() -> None:
    assert "+++ exited with 0 +++" in trace("-q", "--", "true").err
    done = trace("-qq", "--", "true")
    assert "+++" not in done.err
    assert "lost" not in done.err


def test_a_kept_trace_is_printed_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "calls.json"
    script = "true; cat /no/such/file; kill -USR1 $$"
    assert trace("--json", "-o", str(file), "--", "sh", "-c", script).status == 128 + signal.SIGUSR1
    assert file.stat().st_mode & 0o777 == 0o600
    done = trace("--open", str(file))
    assert done.status == 0
    assert done.out.startswith("execve(")
    assert done.out.rstrip().endswith("+++ killed by SIGUSR1 +++")
    assert done.err.endswith(" s, file\n")
    lines = len(file.read_text().splitlines()) - 1
    failed = trace("--open", str(file), "-e", "openat", "-Z", "-ttt", "-T").out.splitlines()
    assert 0 < len(failed) < lines
    assert any(re.search(r'\d{10}\.\d{6} openat\(.*"/no/such/file".* ENOENT .* <0\.\d{6}>$', line) for line in failed)
    again = tmp_path / "again.json"
    assert trace("--open", str(file), "--json", "-o", str(again)).status == 0
    # How long a call in flight had been so is of the moment when it was told.
    assert [ageless(line) for line in again.read_text().splitlines()] == [ageless(line) for line in file.read_text().splitlines()]


def ageless(line: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(line)
    return {**found, "took": None} if found.get("event") == "in flight" else found


def test_what_is_no_kept_trace(tmp_path: Path) -> None:
    (tmp_path / "odd").write_bytes(b"\x1b[2Jno json\n")
    done = trace("--open", str(tmp_path / "odd"))
    assert done.out == ""
    assert "does not begin as a trace" in done.err
    assert "\x1b" not in done.err
    assert trace("--open", str(tmp_path / "none")).status == 1
