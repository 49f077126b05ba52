"""A command, traced by a Python loop that asks nothing and tells nothing: wait, let go on. Below that no tracer in Python can be."""

import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from explorer.kernel import ptrace


def main() -> None:
    ready, go = os.pipe()
    child = os.fork()
    if not child:
        os.close(go)
        os.read(ready, 1)
        os.execvp(sys.argv[1], sys.argv[1:])
    os.close(ready)
    if ptrace.seize(child):
        raise SystemExit("not allowed to trace")
    ptrace.interrupt(child)
    os.close(go)
    wait, resume = os.waitpid, ptrace.resume
    while True:
        tid, status = wait(-1, ptrace.WALL)
        if os.WIFSTOPPED(status):
            number = os.WSTOPSIG(status)
            resume(tid, 0 if status >> 16 or number in {ptrace.SYSCALL_STOP, signal.SIGTRAP} else number)
        elif tid == child:
            return


if __name__ == "__main__":
    main()
