"""Calls in flight: what we say of each from /proc/PID/syscall and memory is what strace had written when it blocked."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.decode.proc.syscall import Registers
from explorer.decode.proc.syscall import decode as decode_registers
from explorer.decode.syscall import decode_syscall
from explorer.model.trace import Call
from explorer.render.strace import strace_text
from tests.engine import Live, names

SOURCE = Path(__file__).parent.parent / "specimens" / "blocked.c"
DEADLINE = 30
UNFINISHED = " <unfinished ...>"
EPOLL_DATA = re.compile(r"data=0x[0-9a-f]+")
pytestmark = [pytest.mark.oracle("strace", "gcc"), pytest.mark.skipif(os.uname().machine != "x86_64", reason="the specimen is for x86-64")]


class Blocked:
    """The specimen under strace. threads: label → tid."""

    def __init__(self, folder: Path) -> None:
        program, self.log = folder / "blocked", folder / "strace.txt"
        subprocess.run(["gcc", "-O1", "-w", "-o", program, SOURCE, "-lpthread"], check=True)
        work = folder / "work"
        work.mkdir()
        self.strace = subprocess.Popen(
            ["strace", "-f", "-y", "-o", str(self.log), str(program)],
            cwd=work,
            stdout=subprocess.PIPE,
            text=True,
            env={"PATH": os.environ["PATH"]},
        )
        self.threads: dict[str, int] = {}
        assert self.strace.stdout is not None
        for line in self.strace.stdout:
            if line == "ready\n":
                break
            label, tid = line.split()
            self.threads[label] = int(tid)
        first = next(iter(self.threads.values()))
        self.pid = int(re.search(r"^Tgid:\s+(\d+)", Path(f"/proc/{first}/status").read_text(), re.M)[1])  # type: ignore[index]

    def written(self, tid: int) -> str:
        """strace's last word of a thread, without what says that it goes on."""
        lines = [line for line in self.log.read_text().splitlines() if line.startswith(f"{tid} ")]
        return lines[-1].partition(" ")[2].lstrip() if lines else ""

    def end(self) -> None:
        try:
            os.kill(self.pid, signal.SIGTERM)
        except ProcessLookupError:
            pass
        try:
            self.strace.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            self.strace.kill()
            self.strace.wait()
        if self.strace.stdout is not None:
            self.strace.stdout.close()


@pytest.fixture(scope="module")
def blocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Blocked]:
    if not shutil.which("strace") or not shutil.which("gcc"):
        pytest.skip("needs strace, gcc")
    specimen = Blocked(tmp_path_factory.mktemp("blocked"))
    yield specimen
    specimen.end()


LABELS = re.findall(r"ROW\((\w+)\)", SOURCE.read_text().split("#define ROW")[1].partition("\n")[2])


@pytest.mark.parametrize("label", LABELS)
def test_in_flight_as_strace_has_it(blocked: Blocked, label: str) -> None:
    tid = blocked.threads[label]
    deadline = time.monotonic() + DEADLINE
    while not (theirs := blocked.written(tid)).endswith(UNFINISHED) or "rt_sigprocmask" in theirs:
        assert time.monotonic() < deadline, theirs
        time.sleep(0.02)
    registers = decode_registers(Path(f"/proc/{blocked.pid}/task/{tid}/syscall").read_bytes())
    assert isinstance(registers, Registers), registers
    live = Live(blocked.pid)
    try:
        ours = strace_text(decode_syscall(Call(registers.number, registers.args, "x86_64", None, live, names(blocked.pid))))
    finally:
        live.close()
    # strace stops at the first argument that the kernel will fill.
    begun = theirs.removesuffix(UNFINISHED)
    begun = begun[:-2] if begun.endswith(", ") else begun
    assert ours.removesuffix(UNFINISHED).startswith(begun), (ours, theirs)
    assert ours.partition("(")[0] == re.sub(r"_(timed|until|bitset|eventfd|timerfd|inotify|fifo|lock)$", "", label).replace(
        "open", "openat"
    )


def test_the_labels_are_the_specimens() -> None:
    assert len(LABELS) >= 35
