"""trace/bpf/engine.py: what it tells is what ptrace tells of the same run, call by call."""

import platform
import re
from pathlib import Path

import pytest

from explorer.model.batch import Kind
from explorer.trace.bpf import programs
from explorer.trace.bpf.programs import PREPARED
from explorer.trace.tracer import ALL, Capture
from tests.engines.watched import engine
from tests.trace.bpf.programs import SPECIMENS, by_both, compiled, different

pytestmark = [pytest.mark.root, pytest.mark.oracle("gcc")]
KINDS = (Kind.CALL, Kind.SIGNAL, Kind.EXITED, Kind.STARTED, Kind.SUPERSEDED, Kind.STOPPED)
PARTS = "fso" + "i" * (platform.machine() == "x86_64")
LEAST = {"f": 120, "s": 60, "o": 150, "i": 20}
WEAKER = re.compile(r"= \d+<socket:\[\d+\]>$|^connect\(|^select\(")
"""By old ways a block of memory holds the arguments: which of these are descriptors or point to more, the programs do not look up."""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program that makes calls of many kinds; where pointers of 32 bits reach it."""
    engine("bpf")
    return compiled(SPECIMENS / "many_calls.c", tmp_path_factory.mktemp("many"), "-no-pie")


def same(line: str) -> str:
    """Whoever kills itself ends in that call; ptrace is not told that it has returned already."""
    return re.sub(r"^(tgkill\(\d+, \d+, SIGKILL\)) = 0$", r"\1", line)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("capture", [ALL, Capture(string=4096, verbose=True)], ids=["usual", "long"])
def test_the_same_lines_as_ptrace(many: Path, tmp_path: Path, part: str, capture: Capture) -> None:
    by_ptrace, by_bpf = by_both([many, part], tmp_path, capture)
    assert (by_ptrace.lost, by_bpf.lost) == (0, 0)
    assert len(by_bpf.lines(Kind.CALL)) >= LEAST[part]
    for kind in KINDS:
        found = [pair for pair in different(by_ptrace, by_bpf, kind, same) if pair[0] or not pair[1].startswith("SIGKILL ")]
        assert [pair for pair in found if part != "i" or not WEAKER.search(pair[0])] == []


@pytest.mark.parametrize("part", PARTS)
def test_calls_may_go_through_the_ring(many: Path, tmp_path: Path, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where processors keep no order of what they store, or a map's value cannot be so large."""
    PREPARED.drop()
    monkeypatch.setattr(programs, "lane_of", lambda room, processors: 0)
    by_ptrace, by_bpf = by_both([many, part], tmp_path)
    PREPARED.drop()
    assert (by_ptrace.lost, by_bpf.lost) == (0, 0)
    assert len(by_bpf.lines(Kind.CALL)) >= LEAST[part]
    found = different(by_ptrace, by_bpf, Kind.CALL, same)
    assert [pair for pair in found if part != "i" or not WEAKER.search(pair[0])] == []


@pytest.mark.parametrize(
    "argv",
    [
        [
            "/usr/bin/python3",
            "-ISc",
            "print(flush=True); input(); import json, subprocess; subprocess.run(['ls', '/'], capture_output=True)",
        ],
        ["/bin/sh", "-c", "echo; read line; ls /usr | sort | head -3; cat /etc/passwd | wc -l; test -e /nowhere; exit 4"],
        ["/bin/bash", "-c", "echo; read line; for i in 1 2 3; do (echo $i; ulimit -a) >/dev/null & done; wait; kill -TERM $$"],
    ],
    ids=["python", "sh", "bash"],
)
def test_the_same_lines_of_usual_programs(argv: list[str], tmp_path: Path) -> None:
    engine("bpf")
    by_ptrace, by_bpf = by_both(argv, tmp_path)
    assert (by_ptrace.lost, by_bpf.lost) == (0, 0)
    assert len(by_bpf.lines(Kind.CALL)) > 100
    for kind in KINDS:
        assert different(by_ptrace, by_bpf, kind, same) == []
