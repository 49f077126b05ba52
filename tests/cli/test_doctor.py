"""cli/doctor.py"""

import json
import os
import subprocess
from pathlib import Path
from typing import Any, ClassVar

import pytest

from explorer.cli import doctor
from explorer.collect.doctor import CHECKS
from explorer.model.check import Verdict
from explorer.model.missing import Missing, Reason
from explorer.model.process import ProcessId
from explorer.trace import choice
from explorer.trace.engines import ENGINES
from explorer.trace.ptrace import PtraceTracer
from tests.commands import run
from tests.ordinary import TREE, python


def test_text_and_json() -> None:
    done = run("doctor")
    assert done.status == 0
    assert done.err == ""
    assert "Nothing of procdive needs these:" in done.out
    assert f"Linux {os.uname().release}" in done.out
    records = run("doctor", "--json").records
    assert len(records) == len(CHECKS) + 1
    assert {"name", "verdict", "detail", "cure", "parts"} == set(records[0])
    programs = next(record for record in records if record["name"] == "BPF programs")
    assert {part["name"] for part in programs["parts"]} >= {"rights", "kernel", "types", "library"}


def test_the_engine_is_told_after_what_it_needs_and_before_what_nothing_needs() -> None:
    names = [record["name"] for record in run("doctor", "--json").records]
    assert names.index("BPF programs") < names.index("trace") < names.index("tracefs")


class Lacking(PtraceTracer):
    """An engine that cannot be used here."""

    name: ClassVar[str] = "better"

    @classmethod
    def unusable(cls, target: ProcessId | None = None) -> Missing | None:
        return Missing(Reason.UNSUPPORTED, "there is no libbpf.so.1", "install libbpf1")


def test_why_not_the_better_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (choice, doctor):
        monkeypatch.setattr(module, "ENGINES", (Lacking, PtraceTracer))
    found = doctor.engine()
    assert (found.verdict, found.detail) == (Verdict.PARTLY, "by the engine ptrace; not better: there is no libbpf.so.1")
    assert found.cure == "install libbpf1"


def test_no_engine_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (choice, doctor):
        monkeypatch.setattr(module, "ENGINES", (Lacking,))
    found = doctor.engine()
    assert found.verdict is Verdict.NOT
    assert found.detail == "no engine can be used: there is no libbpf.so.1"


def test_the_best_engine() -> None:
    assert doctor.engine().detail.startswith("by the engine ")
    assert (doctor.engine().verdict is Verdict.WORKS) == (choice.engine_for()[0] is ENGINES[0])


def apart(script: str) -> tuple[dict[str, dict[str, Any]], str]:
    """What doctor says in a mount namespace in which the script was run, and what is mounted there afterwards."""
    argv = [
        "unshare",
        "-m",
        "sh",
        "-c",
        f'{script}\n"$0" "$@" && cat /proc/self/mountinfo',
        *python(),
        "-m",
        "explorer",
        "doctor",
        "--json",
    ]
    done = subprocess.run(argv, capture_output=True, text=True, cwd=TREE, check=True)
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    records = [json.loads(line) for line in lines if line.startswith("{")]
    return {record["name"]: record for record in records}, "\n".join(line for line in lines if not line.startswith("{"))


@pytest.mark.root
@pytest.mark.oracle("unshare", "umount")
def test_case_57_no_tracefs_is_needed_and_none_is_mounted() -> None:
    found, mounted = apart("umount -A /sys/kernel/tracing /sys/kernel/debug 2>/dev/null")
    assert found["tracefs"]["detail"] == "no: it is not mounted"
    assert found["tracefs"]["cure"].startswith("mount -t tracefs")
    here = {record["name"]: record["verdict"] for record in run("doctor", "--json").records}
    assert {name: found[name]["verdict"] for name in ("BPF programs", "ptrace(2)", "trace")} == {
        name: here[name] for name in ("BPF programs", "ptrace(2)", "trace")
    }
    assert "tracefs" not in mounted


@pytest.mark.root
@pytest.mark.oracle("unshare", "mount")
def test_case_57_sys_is_read_only() -> None:
    found, mounted = apart("mount -o remount,bind,ro /sys")
    here = {record["name"]: record["verdict"] for record in run("doctor", "--json").records}
    assert {name: record["verdict"] for name, record in found.items()} == here
    assert any(" /sys ro" in line for line in mounted.splitlines())


@pytest.mark.root
@pytest.mark.oracle("unshare", "umount")
def test_case_57_no_sys_at_all_names_what_is_missing() -> None:
    found, _ = apart("umount -R /sys")
    types = next(part for part in found["BPF programs"]["parts"] if part["name"] == "types")
    assert found["BPF programs"]["verdict"] == "does not work"
    assert types["cure"] == "mount -t sysfs sysfs /sys, as root"


def test_case_57_tracefs_is_not_mounted_and_it_says_so_and_mounts_nothing() -> None:
    before = Path("/proc/self/mountinfo").read_text().count("tracefs")
    out = run("doctor").out
    assert "tracefs" in out
    assert Path("/proc/self/mountinfo").read_text().count("tracefs") == before
