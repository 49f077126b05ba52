"""What every pane says of itself."""

import re
from collections import Counter

import pytest

from explorer.model.process import ProcessId
from explorer.ui.panes import PANES
from explorer.ui.panes.pane import Pane


def test_no_two_have_the_same_key() -> None:
    keys = [pane.key for pane in PANES]
    keys += [switch.key for pane in PANES for switch in pane.switches if switch.everywhere]
    assert [key for key, times in Counter(keys).items() if times > 1] == []


@pytest.mark.parametrize("kind", PANES, ids=lambda kind: kind.name)
def test_it_has_a_name_that_fits_a_tab_and_a_command_that_names_the_process(kind: type[Pane]) -> None:
    assert len(kind.key) == 1
    assert kind.name == kind.name.strip().capitalize()
    assert len(kind.short or kind.name) <= 8
    assert re.search(r"\b4711\b", kind().shell(ProcessId(4711, 1)))
    assert kind.interval > 0
