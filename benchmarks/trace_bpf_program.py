"""A command, or processes, under the bpf engine, all of it read into the store that the screen has: `WHAT COMMAND…` or `WHAT -p PID,PID`.

WHAT: stream, summary, access, files (stream of calls that name a path). With -p it says ready, and ends with its standard input. Then it
prints what came as JSON.
"""

import json
import os
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from explorer.decode.syscall.sets import members
from explorer.trace.bpf.engine import BpfTracer
from explorer.trace.log import Log
from explorer.trace.ptrace import identity
from explorer.trace.tracer import Capture


def capture(what: str) -> Capture:
    """What to take."""
    if what == "files":
        return Capture(calls=members("file"))
    return Capture(what=frozenset({what}))


def until_closed(tracer: BpfTracer) -> None:
    """Our standard input says when it is over."""
    sys.stdin.read()
    tracer.detach()


def main() -> None:
    what, arguments = sys.argv[1], sys.argv[2:]
    begun = time.monotonic()
    tracer = BpfTracer()
    if arguments[0] == "-p":
        tracer.attach([identity(int(pid)) for pid in arguments[1].split(",")], capture(what))
        print(json.dumps({"ready": time.monotonic() - begun}), flush=True)
        threading.Thread(target=until_closed, args=(tracer,), daemon=True).start()
    else:
        tracer.start(arguments, capture(what))
    log = Log(tracer.epoch, tracer.call_of)
    cpu = time.process_time()
    for batch in tracer.batches():
        log.append(batch)
    print(json.dumps({"rows": log.end, "lost": log.lost, "cpu": time.process_time() - cpu, "pid": os.getpid()}))


if __name__ == "__main__":
    main()
