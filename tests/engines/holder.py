"""An engine in a process of its own, to be killed: holder.py ENGINE PID. Says "attached", and then a line for each batch with rows."""

import sys
from pathlib import Path

from explorer.model.process import ProcessId
from explorer.trace.engines import ENGINES
from explorer.trace.tracer import ALL


def main() -> int:
    name, pid = sys.argv[1], int(sys.argv[2])
    tracer = next(each for each in ENGINES if each.name == name)()
    start = int(Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[19])
    tracer.attach([ProcessId(pid, start)], ALL)
    print("attached", flush=True)
    for batch in tracer.batches():
        if batch:
            print(len(batch), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
