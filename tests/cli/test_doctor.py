"""cli/doctor.py"""

import os
from pathlib import Path

from explorer.collect.doctor import CHECKS
from tests.commands import run


def test_text_and_json() -> None:
    done = run("doctor")
    assert done.status == 0
    assert done.err == ""
    assert "Nothing of procdive needs these yet" in done.out
    assert f"Linux {os.uname().release}" in done.out
    records = run("doctor", "--json").records
    assert len(records) == len(CHECKS)
    assert {"name", "verdict", "detail", "cure"} == set(records[0])


def test_case_57_tracefs_is_not_mounted_and_it_says_so_and_mounts_nothing() -> None:
    before = Path("/proc/self/mountinfo").read_text().count("tracefs")
    out = run("doctor").out
    assert "tracefs" in out
    assert Path("/proc/self/mountinfo").read_text().count("tracefs") == before
