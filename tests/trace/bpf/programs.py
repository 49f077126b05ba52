"""C programs for tests, and what both engines tell of one run of a program."""

import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from explorer.model.batch import Kind
from explorer.trace.tracer import ALL, Capture
from tests.engines.watched import Watched, state, until

SPECIMENS = Path(__file__).parents[2] / "specimens"


def compiled(source: str | Path, folder: Path, *flags: str) -> Path:
    """A program of C source, or of a file with it."""
    if isinstance(source, str):
        (folder / "source.c").write_text(source)
        source = folder / "source.c"
    program = folder / source.stem
    subprocess.run(["gcc", "-O1", "-w", "-pthread", *flags, "-o", program, source], check=True)
    return program


@contextmanager
def waiting(argv: Sequence[str | Path], cwd: Path | None = None) -> Iterator["subprocess.Popen[bytes]"]:
    """A program that has written a line and waits for one; killed at the end of the block."""
    process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=cwd)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == b"\n"
        until(lambda: state(process.pid) == "S", "it to wait")
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def go(process: "subprocess.Popen[bytes]") -> None:
    """The line that it waits for."""
    assert process.stdin is not None
    process.stdin.write(b"\n")
    process.stdin.flush()


def by_both(argv: Sequence[str | Path], cwd: Path, capture: Capture = ALL) -> list[Watched]:
    """What ptrace and BPF programs told of one run, to its end: whoever stops it was there first, for that ends a read under way."""
    with waiting(argv, cwd) as process:
        watched = [Watched(name, [process.pid], capture=capture) for name in ("ptrace", "bpf")]
        go(process)
        for each in watched:
            each.end()
        process.wait(20)
    return watched


def different(ptrace: Watched, bpf: Watched, kind: Kind, same: Callable[[str], str] = str) -> list[tuple[str, str]]:
    """Lines of a thread at one place that are not equal, those that only one has beside nothing. same: makes equal what may differ."""
    out: list[tuple[str, str]] = []
    theirs, ours = ptrace.by_thread(kind), bpf.by_thread(kind)
    for tid in theirs.keys() | ours.keys():
        left, right = list(map(same, theirs.get(tid, []))), list(map(same, ours.get(tid, [])))
        size = max(len(left), len(right))
        pairs = zip(left + [""] * (size - len(left)), right + [""] * (size - len(right)), strict=True)
        out += [pair for pair in pairs if pair[0] != pair[1]]
    return out
