"""An engine inside a pid namespace, say of a container: inside.py ENGINE. Says in JSON whose calls it was told of, or why it would not."""

import json
import os
import sys

from explorer.model.batch import Kind
from explorer.trace.tracer import Refused
from tests.engines.watched import LOOP, Watched, go, program, until


def main() -> int:
    with program("-c", LOOP) as process:
        said: dict[str, object] = {"pid": process.pid, "parent": os.getpid(), "refused": ""}
        try:
            with Watched(sys.argv[1], [process.pid]) as watched:
                go(process)
                until(lambda: sum(line.startswith("getppid") for line in watched.lines(Kind.CALL)) > 20, "calls")
        except Refused as refused:
            said["refused"] = f"{refused.missing.detail}: {refused.missing.cure}"
        else:
            said["pids"] = sorted({(event.pid, event.tid) for event in watched.events(Kind.CALL)})
            said["lines"] = sorted({line for line in watched.lines(Kind.CALL) if line.startswith("getppid")})
    print(json.dumps(said))
    return 0


if __name__ == "__main__":
    sys.exit(main())
