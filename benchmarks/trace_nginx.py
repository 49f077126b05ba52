"""What is left of nginx's requests a second while both workers are watched, wrk beside them on the same processors."""

import json
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.row import Row
from benchmarks.trace_bpf import ENGINE, TRACEFS
from tests.nginx import Nginx

SECONDS = 4
ROUNDS = 6
COUNTING = "tracepoint:raw_syscalls:sys_enter /pid == {0} || pid == {1}/ {{ @ = count(); }}"
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
P99 = re.compile(r"99%\s+([\d.]+)(us|ms|s)")
UNITS = {"us": 1e-3, "ms": 1, "s": 1e3}
BAD = re.compile(r"Socket errors|Non-2xx")


def load(nginx: Nginx) -> tuple[float, float]:
    """Requests a second, and the 99th percentile in ms. No request may fail."""
    words = ("wrk", "-t1", "-c16", f"-d{SECONDS}s", "--latency", nginx.url)
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert not BAD.search(said), said
    rate, tail = RATE.search(said), P99.search(said)
    assert rate is not None, said
    assert tail is not None, said
    return float(rate[1]), float(tail[1]) * UNITS[tail[2]]


@contextmanager
def engine(nginx: Nginx, what: str) -> Iterator[None]:
    """Ours, ready; nothing may be lost."""
    pids = ",".join(map(str, nginx.workers))
    with subprocess.Popen((*ENGINE, what, "-p", pids), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        json.loads(process.stdout.readline())
        yield
        process.stdin.close()
        said = json.loads(process.stdout.readline())
        assert not said["lost"], said
        assert what == "summary" or said["rows"] > 1000, said


@contextmanager
def peer(words: tuple[str, ...]) -> Iterator[None]:
    """Another one, after the second that it takes to be ready."""
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(2)
        assert process.poll() is None
        yield
    finally:
        process.terminate()
        process.wait(20)


def rows(rounds: int) -> list[Row]:
    with Nginx() as nginx:
        one, two = nginx.workers[:2]
        load(nginx)
        bpftrace = (*TRACEFS, "bpftrace", "-e", COUNTING.format(one, two))
        found: dict[str, list[tuple[float, float]]] = {}
        for _ in range(max(rounds, ROUNDS)):
            found.setdefault("untraced", []).append(load(nginx))
            for what in ("stream", "files", "summary"):
                with engine(nginx, what):
                    found.setdefault(what, []).append(load(nginx))
            with peer(bpftrace):
                found.setdefault("bpftrace", []).append(load(nginx))
        for _ in range(3):
            for name, words in {
                "perf trace": ("perf", "trace", "-o", "/dev/null", "-p", f"{one},{two}"),
                "strace": ("strace", "-f", "-o", "/dev/null", "-p", f"{one}", "-p", f"{two}"),
            }.items():
                with peer(words):
                    found.setdefault(name, []).append(load(nginx))
    # Time for a request, so that less is better, as everywhere.
    spent = {name: [1e6 / rate for rate, _ in each] for name, each in found.items()}
    tails = {name: [tail for _, tail in each] for name, each in found.items()}
    bare, tail, stream = spent["untraced"], tails["untraced"], spent["stream"]
    every = "a request of nginx, every call in the store"
    spread = max(tail) / sorted(tail)[len(tail) // 2] + 1
    return [
        Row(every, "µs", "untraced", stream, bare, 1 / 0.88),
        Row(every, "µs", "bpftrace, which counts them,", stream, spent["bpftrace"], 1),
        Row("a request of nginx, file calls in the store", "µs", "untraced", spent["files"], bare, 1 / 0.92),
        Row("a request of nginx, summary", "µs", "untraced", spent["summary"], bare, 1 / 0.88),
        Row(every, "µs", "perf trace", stream, spent["perf trace"], 1),
        Row(every, "µs", "strace -f", stream, spent["strace"], 1),
        Row("the slowest of a hundred requests (p99), every call in the store", "ms", "untraced", tails["stream"], tail, spread),
    ]
