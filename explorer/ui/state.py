"""What the areas share. The screen writes it; areas read it as `self.app.state` and ask for changes by message.

The tree (ui/tree.py, class Tree, a Lines) answers the screen with: show(snapshot), choose(pid) -> bool (select that row,
False where it is not in the table or hidden), process (the selected Process or None), on_screen() (pids that are visible, for
the feed's next tick); and posts Selected.
"""

from collections import Counter
from dataclasses import dataclass, field

from explorer.model.process import ProcessId
from explorer.model.snapshot import Snapshot


@dataclass(slots=True)
class State:
    """snapshot: the last table; counts: how many of those that the tree could show are in each state. process: the selected one.
    paused: nothing is refreshed. zoomed: the area that has the screen ("tree", "first", "second",
    "trace"), "" for none. split,
    split_columns: how far the border was moved, split_trace the one above the trace. lower: which one stands below the card where there is
    room for one, "first" or "trace". panes: how two of them stand. back: where jumps came from, the last one last:
    process and letter of the pane. sort, descending, flat: how the tree stands, as model.tree.View has it.
    """

    snapshot: Snapshot | None = None
    counts: Counter[str] = field(default_factory=Counter)
    process: ProcessId | None = None
    paused: bool = False
    zoomed: str = ""
    split: int = 0
    split_columns: int = 0
    split_trace: int = 0
    lower: str = "first"
    panes: str = "auto"
    sort: str = "pid"
    descending: bool = False
    flat: bool = False
    back: list[tuple[ProcessId, str]] = field(default_factory=list)
