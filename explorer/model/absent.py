"""Why a pane has nothing to show, and what is known all the same."""

from dataclasses import dataclass

from explorer.model.missing import Missing
from explorer.model.process import ProcessId


@dataclass(frozen=True, slots=True)
class Absent:
    """comm: "" where the process is gone. rss, vsize: bytes, of status, which anybody may read; 0 where there are none. us: who asks."""

    process: ProcessId
    comm: str
    missing: Missing
    state: str = ""
    owner: str = ""
    us: str = ""
    rss: int = 0
    vsize: int = 0
