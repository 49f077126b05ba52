"""child/tracer/attach.py: all threads of some processes, or none; in a process that has no other children."""

import subprocess
import sys

PROGRAM = """
import os, sys
sys.path[:0] = sys.argv[2:]
from explorer.child.tracer.attach import STALE, Failed, seize
from explorer.child.tracer.tracee import start_of
pid = int(sys.argv[1])
start = start_of(pid)
print(seize([(pid, start - 1)]) == Failed(pid, pid, STALE))
print(seize([(4_000_000, 1)]) == Failed(4_000_000, 4_000_000, 3))
found = seize([(pid, start)])
print(sorted(found) == sorted(map(int, os.listdir(f"/proc/{pid}/task"))), set(found.values()) == {pid})
"""
THREADS = "import threading\nfor _ in range(20): threading.Thread(target=threading.Event().wait).start()\nprint(flush=True)"


def test_every_thread() -> None:
    with subprocess.Popen([sys.executable, "-c", THREADS], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        told = subprocess.run([sys.executable, "-c", PROGRAM, str(child.pid), *sys.path], capture_output=True, text=True, timeout=20)
        child.kill()
    assert told.stdout.split() == ["True", "True", "True", "True"], told.stderr
