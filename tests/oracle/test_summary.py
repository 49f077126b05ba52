"""procdive summary counts what strace -c -f counts, whichever engine it has."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.trace.engines import ENGINES

SPECIMENS = Path(__file__).parent.parent / "specimens"
TREE = Path(__file__).parent.parent.parent
ENV = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(TREE)}
CHANGING = frozenset({"futex", "madvise", "munmap", "mprotect"})
"""How often glibc needs them depends on which thread comes first."""
ROW = re.compile(r"^ *(\d+) +(?:(\d+) +)?([a-z_]\w+)((?: 32-bit)?)(?: .*)?$")
"""calls, errors, name, and of ours which errors."""
Counts = dict[str, tuple[int, int]]
pytestmark = pytest.mark.oracle("strace")


def compiled(name: str, folder: Path) -> str:
    path = folder / name
    subprocess.run(["gcc", "-O1", "-w", "-pthread", str(SPECIMENS / f"{name}.c"), "-o", str(path)], check=True)
    return str(path)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> str:
    return compiled("counted", tmp_path_factory.mktemp("counted"))


def counts(text: str) -> Counts:
    """By name; 32-bit calls with that behind it. Raises where nothing was counted."""
    found: Counts = {}
    bits = ""
    for line in text.splitlines():
        if "usage summary for 32 bit mode" in line:
            bits = " 32-bit"
        row = ROW.match(line)
        if row and row[3] != "total":
            found[row[3] + (row[4] or bits)] = (int(row[1]), int(row[2] or 0))
    assert found, text
    # strace -c leaves out numbers that it has no name for.
    return {name: both for name, both in found.items() if name not in CHANGING and not name.startswith("syscall_")}


def by_strace(command: list[str], file: Path, *options: str) -> Counts:
    subprocess.run(
        ["strace", "-c", "-f", "-U", "calls,errors,name", "-o", str(file), *options, *command],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60, cwd="/", env=ENV,
    )  # fmt: skip
    return counts(file.read_text())


def by_us(command: list[str], file: Path, *options: str, engine: str = "ptrace", start: tuple[str, ...] = ("summary",)) -> Counts:
    argv = [sys.executable, "-m", "explorer", *start, "--engine", engine, "-U", "calls,errors", "-o", str(file), *options, "--", *command]
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=90, env=ENV, cwd="/")
    assert file.exists(), done.stderr.decode()
    assert b" 0 lost, " in done.stderr
    return counts(file.read_text())


def usable(engine: str) -> str:
    """Its name; skips where it cannot run here."""
    why = next(each for each in ENGINES if each.name == engine).unusable()
    if why is not None:
        pytest.skip(f"{engine}: {why.detail}")
    return engine


@pytest.mark.oracle("gcc")
@pytest.mark.parametrize("engine", [engine.name for engine in ENGINES])
def test_a_program_that_does_the_same_each_time(engine: str, program: str, tmp_path: Path) -> None:
    theirs = by_strace([program], tmp_path / "theirs")
    assert theirs["openat"][1] >= 71
    assert theirs["write 32-bit"] == (71, 0)
    assert theirs["close 32-bit"] == (71, 71)
    assert by_us([program], tmp_path / "ours", engine=usable(engine)) == theirs


@pytest.mark.oracle("gcc")
@pytest.mark.parametrize("engine", [engine.name for engine in ENGINES])
def test_first_calls_of_many_threads_at_once(engine: str, tmp_path: Path) -> None:
    """A place for its count is given to each; the last one that is given is read too."""
    command = [compiled("at_once", tmp_path)]
    theirs = by_strace(command, tmp_path / "theirs")
    assert theirs["getsid"] == (1, 1)
    assert theirs["syncfs"] == (100, 100)
    for _ in range(3 if engine == "bpf" else 1):
        assert by_us(command, tmp_path / "ours", engine=usable(engine)) == theirs


@pytest.mark.oracle("gcc")
@pytest.mark.parametrize("options", [("-e", "openat,read"), ("-e", "%file"), ("-e", "!write"), ("-e", "trace=/^l")])
def test_only_some_calls(options: tuple[str, ...], program: str, tmp_path: Path) -> None:
    theirs = by_strace([program], tmp_path / "theirs", *options)
    for engine in ENGINES:
        if engine.unusable() is None:
            assert by_us([program], tmp_path / engine.name, *options, engine=engine.name) == theirs, engine.name


def test_processes_and_signals(tmp_path: Path) -> None:
    command = ["sh", "-c", "true; cat /no/such/file; kill -URG $$; sh -c 'exit 3'; /bin/echo x"]
    theirs = by_strace(command, tmp_path / "theirs")
    assert by_us(command, tmp_path / "ours") == theirs
    assert by_us(command, tmp_path / "letter", start=("trace", "-c")) == theirs
