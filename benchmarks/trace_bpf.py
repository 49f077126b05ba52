"""What a system call costs while it is watched: dd bs=1 on one processor, by the bpf engine, and by those who count or print calls."""

import json
import re
import subprocess
import sys
from pathlib import Path

from benchmarks.row import Row

COUNT = 1_000_000
SLOW = 20_000
"""Calls are made so many times two where a tracer stops dd at each."""
DD = ("/usr/bin/taskset", "-c", "1", "dd", "if=/dev/zero", "of=/dev/null", "bs=1")
ENGINE = (sys.executable, str(Path(__file__).with_name("trace_bpf_program.py")))
TRACEFS = ("unshare", "-m", "sh", "-c", 'mount -t tracefs none /sys/kernel/tracing; exec "$@"', "sh")
"""bpftrace sees nothing where it is not mounted."""
PEERS = {
    "bpftrace counting": (*TRACEFS, "bpftrace", "-e", "tracepoint:raw_syscalls:sys_enter /pid == cpid/ { @ = count(); }", "-c"),
    "perf trace": ("perf", "trace", "-o", "/dev/null"),
    "strace": ("strace", "-f", "-o", "/dev/null"),
}
READY = 0.3
TOOK = re.compile(r"copied, ([\d.]+) s")


def nanoseconds(words: tuple[str, ...], count: int) -> tuple[float, str]:
    """What a call takes, as dd itself measures it; and what was printed."""
    done = subprocess.run(words, capture_output=True, text=True, check=True, env={"LC_ALL": "C", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"})
    found = TOOK.search(done.stderr)
    assert found is not None, done.stderr
    return float(found[1]) / (2 * count) * 1e9, done.stdout


def floor() -> float:
    """While another process is watched."""
    with subprocess.Popen(("sleep", "60")) as other:
        with subprocess.Popen(
            (*ENGINE, "stream", "-p", str(other.pid)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as engine:
            assert engine.stdout is not None
            engine.stdout.readline()
            took = nanoseconds((*DD, f"count={COUNT}"), COUNT)[0]
            engine.communicate()
        other.kill()
    return took


def ours(what: str) -> float:
    """By the engine; nothing may be lost."""
    took, said = nanoseconds((*ENGINE, what, *DD, f"count={COUNT}"), COUNT)
    found = json.loads(said.splitlines()[-1])
    assert not found["lost"], said
    assert what != "stream" or found["rows"] >= 2 * COUNT, said
    return took


def ready() -> float:
    """Seconds from the wish to trace a process until all its calls are seen."""
    with subprocess.Popen(("sleep", "60")) as target:
        with subprocess.Popen(
            (*ENGINE, "stream", "-p", str(target.pid)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as engine:
            assert engine.stdout is not None
            took = float(json.loads(engine.stdout.readline())["ready"])
            engine.communicate()
        target.kill()
    return took


def rows(rounds: int) -> list[Row]:
    whats = ("summary", "access", "stream")
    found: dict[str, list[float]] = {name: [] for name in ("untraced", "floor", *whats, *PEERS)}
    began = [ready() for _ in range(max(rounds, 3))]
    for _ in range(max(rounds, 3)):
        found["untraced"].append(nanoseconds((*DD, f"count={COUNT}"), COUNT)[0])
        found["floor"].append(floor())
        for what in whats:
            found[what].append(ours(what))
        for name, words in PEERS.items():
            count = COUNT if name.startswith("bpftrace") else SLOW
            command = (*DD, f"count={count}")
            found[name].append(nanoseconds((*words, " ".join(command)) if words[-1] == "-c" else (*words, *command), count)[0])
    bare, stream = found["untraced"], found["stream"]
    every = "a call of dd bs=1, every one with its arguments"
    return [
        Row("ready to tell of a process's calls", "s", "promised", began, [READY] * len(began), 1),
        Row("a call of dd bs=1, while another process is watched (the floor)", "ns", "untraced", found["floor"], bare, 1.5),
        Row("a call of dd bs=1, summary", "ns", "untraced", found["summary"], bare, 1.9),
        Row("a call of dd bs=1, access", "ns", "untraced", found["access"], bare, 2.4),
        Row(every, "ns", "untraced", stream, bare, 2.4),
        Row(every, "ns", "bpftrace, which counts them,", stream, found["bpftrace counting"], 1),
        Row(every, "ns", "perf trace", stream, found["perf trace"], 1),
        Row(every, "ns", "strace -f", stream, found["strace"], 1),
    ]
