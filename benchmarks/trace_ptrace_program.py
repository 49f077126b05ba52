"""A command under the ptrace engine, everything taken and read: what trace_ptrace.py measures."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from explorer.trace.ptrace import PtraceTracer
from explorer.trace.tracer import ALL


def main() -> None:
    tracer = PtraceTracer()
    tracer.start(sys.argv[1:], ALL)
    for _ in tracer.batches():
        pass


if __name__ == "__main__":
    main()
