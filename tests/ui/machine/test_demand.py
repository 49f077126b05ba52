"""ui/machine/demand.py"""

import pytest

from explorer.ui.machine.arranging import grouped
from explorer.ui.machine.demand import Demand, Group, Picture, identity
from tests.opened import file, opened

ROWS = [opened(pid, file(number, f"/{number}")) for pid in (1, 2) for number in (3, 4)]


def pictured(*unfolded: object) -> Picture:
    groups = grouped(ROWS, "target")
    lines, at = [], 0
    for group in groups:
        lines.append(at)
        at += 1 + (len(group.rows) if group.label in unfolded else 0)
    return Picture(Demand(group="target", unfolded=frozenset(unfolded)), ROWS, groups, lines)


def test_a_list_has_a_line_for_each_row() -> None:
    picture = Picture(Demand(), ROWS)
    assert [picture.at(line) for line in range(len(picture))] == ROWS
    assert len(Picture(Demand())) == 0


def test_groups_have_theirs_and_their_rows_where_unfolded() -> None:
    folded = pictured()
    assert [item.label for line in range(len(folded)) if isinstance(item := folded.at(line), Group)] == ["/3", "/4"]
    picture = pictured("/3")
    lines = [picture.at(line) for line in range(len(picture))]
    assert [line.label if isinstance(line, Group) else line.owner.process.pid for line in lines] == ["/3", 1, 2, "/4"]
    last = pictured("/4")
    assert len(last) == 4
    assert last.at(3) is ROWS[3]
    for line in (-1, 4):
        with pytest.raises(IndexError):
            last.at(line)


def test_no_groups_no_lines() -> None:
    assert len(Picture(Demand(group="kind"))) == 0


def test_a_line_is_the_same_in_the_next_picture() -> None:
    assert identity(ROWS[0]) == identity(opened(1, file(3, "/3", 500)))
    assert identity(pictured().groups[0]) == identity(pictured("/3").groups[0])
    assert identity(ROWS[0]) != identity(pictured().groups[0])
