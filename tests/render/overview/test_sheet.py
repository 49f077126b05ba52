"""render/overview: all entries, and as rows of a pane."""

from dataclasses import replace

import pytest

from explorer.model.missing import Missing, Reason
from explorer.render.overview import SECTIONS, entries
from explorer.render.overview.sheet import sheet
from explorer.render.piece import plain
from explorer.render.width import width
from tests.facts import DENIED, OVERVIEW


def test_every_entry_once() -> None:
    found = entries(OVERVIEW)
    assert len({entry.key or entry.label for entry in found}) == len(found)
    assert len(SECTIONS) == 7


@pytest.mark.parametrize("columns", [20, 40, 79, 140])
def test_rows_fit(columns: int) -> None:
    for row in sheet(OVERVIEW, None, columns).rows:
        assert width(plain(row.line)) <= columns
        if row.unfold:
            assert all(width(plain(line)) <= columns for line in row.unfold(columns))


def test_what_was_denied_stands_above() -> None:
    found = sheet(replace(OVERVIEW, executable=DENIED, cwd=DENIED), None, 90)
    assert plain(found.notes[0]) == "Denied: executable, directory."
    assert sheet(OVERVIEW, None, 90).notes == ()


def test_nothing_at_all_may_be_had() -> None:
    lost = Missing(Reason.TIMED_OUT, "x")
    names = ("argv", "executable", "cwd", "root", "umask", "nspid", "tracer", "namespaces", "cgroups", "coredump_filter", "personality")
    bare = replace(OVERVIEW, **dict.fromkeys(names, lost))  # type: ignore[arg-type]
    bare = replace(
        bare,
        credentials=replace(bare.credentials, uid=lost, gid=lost, groups=lost, outside=lost),
        oom=replace(bare.oom, score=lost),
        usage=replace(bare.usage, io=lost, memory=lost, voluntary_switches=lost),
        scheduling=replace(bare.scheduling, io=lost, cpus=lost, mems=lost, autogroup=lost, slack=lost),
    )
    assert len(sheet(bare, None, 80).rows) > 15
