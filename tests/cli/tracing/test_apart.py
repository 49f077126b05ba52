"""cli/tracing/apart.py: a file for each thread, as strace -ff."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.cli.tracing.program import trace
from tests.oracle.traces import by_strace, by_us, threads

SCRIPT = "/bin/true; /bin/echo hello >/dev/null; exit 3"


def files(folder: Path) -> list[list[str]]:
    """Their lines, in the order of births."""
    found = sorted(folder.iterdir(), key=lambda path: int(path.suffix[1:]))
    return [threads(path.read_text().splitlines())[0] for path in found]


def calls(lines: list[str]) -> Counter[str]:
    """How often each was made, and how many lines are none."""
    return Counter(re.split(r"\W", line, maxsplit=1)[0] for line in lines)


@pytest.mark.oracle("strace")
def test_as_strace_has_it(tmp_path: Path) -> None:
    for name, by in (("theirs", by_strace), ("ours", by_us)):
        (tmp_path / name).mkdir()
        with pytest.raises(AssertionError):  # FILE itself is not made
            by(["/bin/sh", "-c", SCRIPT], tmp_path / name / "calls", "-ff", *(("--engine", "ptrace") if by is by_us else ()))
    theirs, ours = files(tmp_path / "theirs"), files(tmp_path / "ours")
    assert len(ours) == len(theirs) == 3
    for mine, their in zip(ours, theirs, strict=True):
        # When a child ends, before it is waited for or after, moves its signal and the way back from it among the calls.
        assert calls(mine) == calls(their)
    assert ours[0][-1] == "+++ exited with 3 +++"
    assert any("hello" in line for line in ours[2])


def test_so_many_lines_in_all(tmp_path: Path) -> None:
    done = trace("-ff", "-o", str(tmp_path / "calls"), "--events", "10", "--engine", "ptrace", "--", "/bin/sh", "-c", SCRIPT)
    assert "10 events" in done.err
    assert sum(map(len, files(tmp_path))) == 10
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in tmp_path.iterdir())


def test_not_with_a_table(tmp_path: Path) -> None:
    assert trace("-ff", "-C", "-o", str(tmp_path / "calls"), "--", "true").status == 2
    assert list(tmp_path.iterdir()) == []
