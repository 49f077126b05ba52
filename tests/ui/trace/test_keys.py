"""The trace's keys: as the screen's page has them, each of them does something."""

from explorer.ui.trace.keys import COMMANDS
from explorer.ui.trace.panel import TracePanel


def test_every_key_has_its_action() -> None:
    for command in COMMANDS:
        assert hasattr(TracePanel, f"action_{command.action.partition('(')[0]}"), command


def test_no_key_is_bound_twice() -> None:
    keys = [key for command in COMMANDS for key in command.keys.split(",")]
    assert len(keys) == len(set(keys))


def test_all_that_is_promised_is_there() -> None:
    keys = {key for command in COMMANDS for key in command.written.split()}
    assert keys >= {"/", "n", "N", "f", "!", "h", "H", "p", "P", "d", "<", ">", "^", "T", "Space", "End", "Enter", "S"}
