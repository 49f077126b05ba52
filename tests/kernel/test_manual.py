"""man(1), and what it is never given."""

import time
from pathlib import Path

import pytest

from explorer.kernel.manual import Reading, has
from explorer.model.manual import Page
from tests.loopback import until


@pytest.mark.parametrize("name", ["", "-P x", "--pager=x", "../read", "a b", "read;x", "Read", "x" * 65, "é"])
def test_only_plain_names_reach_it(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "man"
    program.write_text(f"#!/bin/sh\necho x\n: > {tmp_path}/started\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert not has(Page("2", name))
    assert not has(Page(name or "-P", "read"))
    assert not (tmp_path / "started").exists()
    assert has(Page("2", "read"))


def test_it_can_be_ended_with_its_pager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "man"
    program.write_text(f"#!/bin/sh\nsh -c 'echo $$ > {tmp_path}/pager; exec sleep 60' &\nwait\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with open("/dev/null", "r+b") as nothing:
        started = Reading(Page("2", "read"), nothing.fileno())
        until(lambda: (tmp_path / "pager").exists() and (tmp_path / "pager").read_text().endswith("\n"), "the pager runs")
        pager = (tmp_path / "pager").read_text().strip()
        begun = time.monotonic()
        started.end()
        assert started.wait() != 0
        until(lambda: not Path(f"/proc/{pager}/cmdline").exists() or not Path(f"/proc/{pager}/cmdline").read_bytes(), "the pager has ended")
        assert time.monotonic() - begun < 30
        started.end()
