"""The Files pane of a process, refreshed once a second as the screen does it: prints CPU milliseconds of each refresh as JSON.

`python -m benchmarks.files_pane_program PID REFRESHES`. Counted are this process and those that it started (the reader of what
may hang), reading, comparing and making the rows of a screen; what comes before all is read is not.
"""

import json
import os
import sys
import time

from benchmarks.cost import family, spent
from explorer.model.files import OpenFiles
from explorer.model.process import ProcessId
from explorer.resolve.system import System
from explorer.ui.folds import Folds
from explorer.ui.panes.files import FilesPane

COLUMNS, ROWS = 120, 40
INTERVAL = 1.0


def started(pid: int) -> int:
    """Clock ticks at which it was started (proc_pid_stat(5))."""
    with open(f"/proc/{pid}/stat", "rb") as file:
        return int(file.read().rpartition(b")")[2].split()[19])


def main(pid: int, refreshes: int) -> list[float]:
    pane, system, process = FilesPane(), System(), ProcessId(pid, started(pid))
    last: object = None
    took: list[float] = []
    settled = 0
    while len(took) < refreshes:
        everybody = family(os.getpid())
        before = sum(map(spent, everybody))
        facts = pane.fetch(system, process)
        assert isinstance(facts, OpenFiles), facts
        if facts != last:
            folds = Folds(pane.sheet(facts, COLUMNS))
            middle = len(folds) // 2
            for line in range(middle, middle + ROWS):
                folds.at(line)
        last = facts
        settled = settled + 1 if not facts.unread else 0
        if settled > 5:
            took.append((sum(map(spent, everybody)) - before) / 1e6)
        if not facts.unread:
            time.sleep(INTERVAL)
    system.close()
    return took


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]))))
