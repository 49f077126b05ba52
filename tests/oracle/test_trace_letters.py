"""strace's letters: what procdive trace prints with each is what strace prints with it, on a program that does the same twice."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.oracle.test_trace_programs import EXPLAINED, SPECIMEN
from tests.oracle.traces import by_strace, by_us, compared, threads

pytestmark = [pytest.mark.oracle("strace", "gcc")]
CHANGING = (
    (r"\b\d\d:\d\d:\d\d", "HH:MM:SS"),
    (r"\bN\.\d+ ", "SECONDS "),
    (r"\b\d{9,}\.\d{6} ", "SECONDS "),
    (r"(\.|\b)\d{6}\b", r"\1MICRO"),
    (r"\bN\.MICRO", "SECONDS.MICRO"),
    (r"\.N\b", ".MICRO"),
    (r"^ *-?\d+\.MICRO", "N.MICRO"),
    (r"\(\+ *-?\d+\.MICRO\)", "(+MICRO)"),
    (r" <\d\.MICRO>$", " <TOOK>"),
    (r"(<\\x70\\x69\\x70\\x65\\x3a\\x5b)[^>]*", r"\1N"),
)
"""What the clock says."""
LETTERS = (
    "-t", "-tt", "-ttt", "-r", "-t -r", "-T", "-n", "-v", "-x", "-xx", "-z", "-Z", "-q", "-qq", "-s 3", "-s 200", "-a 20", "-a 0",
    "-P /etc/hostname", "-P /etc/hostname -P /no/such/thing", "-e openat,read", "-e trace=%file", "-e !read,write", "-e trace=none",
    "-e signal=none", "-e signal=SIGUSR1", "-e status=failed", "-e status=!failed", "-e raw=lseek", "-e abbrev=none", "-e quiet=exit",
    "-e trace=/^open", "-tt -T -s 8 -e trace=%desc", "-e openat -e signal=none -z", "-e ?nosuch,close",
)  # fmt: skip


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("letters") / "traced"
    subprocess.run(["gcc", "-O1", "-w", "-pthread", str(SPECIMEN), "-o", str(path)], check=True)
    return str(path)


@pytest.mark.parametrize("letters", LETTERS)
def test_as_strace_has_it(letters: str, program: str, tmp_path: Path) -> None:
    words = letters.split()
    theirs, ours = (
        [[timeless(line) for line in mine] for mine in threads(by([program], tmp_path / name, *words))]
        for by, name in ((by_strace, "a"), (by_us, "b"))
    )
    assert len(theirs) == len(ours)
    share, rest = compared(theirs, ours)
    assert share >= 0.95 or not theirs, rest
    assert [line for line in rest if not any(re.search(why, bare(line)) for why in EXPLAINED)] == []


def test_results_stand_in_the_same_column(program: str, tmp_path: Path) -> None:
    for column in ("0", "40", "70"):
        theirs, ours = (
            {line.partition("  ")[0] + str(line.index("= ")) for line in by([program], tmp_path / name, "-a", column) if "O_RDONLY" in line}
            for by, name in ((by_strace, "a"), (by_us, "b"))
        )
        assert {re.sub(r"^\d+", "", line) for line in theirs} == {re.sub(r"^\d+", "", line) for line in ours}


def timeless(line: str) -> str:
    for pattern, instead in CHANGING:
        line = re.sub(pattern, instead, line)
    return line


def bare(line: str) -> str:
    """Without the sign of the picture, times and number in front."""
    return re.sub(r"^[-+] (?:\(?\+? *[\w:.]*(?:MICRO|SS)\)? +)*(?:\[ *\d+\] )?", "", line)
