"""render/memory.py"""

from pathlib import Path

import pytest

from explorer.decode.proc import maps
from explorer.model.maps import Memory
from explorer.model.missing import Missing
from explorer.render.memory import grouped, sheet
from explorer.render.piece import plain
from explorer.render.sheet import Sheet
from explorer.render.width import width
from tests.decode.proc.test_maps import RAW
from tests.facts import DENIED

MAPS = maps.decode(RAW)
STATUS = {"VmRSS": 14 << 20, "VmSize": 60 << 20}
MEMORY = Memory(MAPS, False, {"Rss": 14 << 20, "Pss": 6 << 20, "Private_Clean": 1 << 20, "Private_Dirty": 2 << 20, "Swap": 4096}, STATUS,
                stale=("/opt/a b",), both=1)  # fmt: skip


def text(found: Sheet) -> list[str]:
    return [plain(row.line) for row in found.rows]


def test_a_row_a_mapping() -> None:
    found = sheet(MEMORY, 90)
    shown = text(found)
    assert plain(found.header).startswith("address         size perm what")
    assert shown[0] == "55d3b8953000     12K r--p /usr/bin/sed"
    assert shown[1] == "55d3b8956000     80K r-xp /opt/a b  deleted"
    assert shown[2].endswith("rw-p heap")
    assert shown[3].endswith("rwxp anonymous  W+X")
    assert shown[5].endswith("memfd jit (deleted)")
    assert shown[6].endswith("SysV shared memory, key 00000000")
    assert shown[9].endswith("anonymous: glibc: malloc")
    assert found.count == "12"


def test_case_21_notes_and_totals() -> None:
    found = sheet(MEMORY, 90)
    assert [plain(line) for line in found.notes] == [
        "Runs code of a file that is deleted or replaced on disk: /opt/a b",
        "1 mapping can be written and executed (W+X)",
    ]
    assert plain(found.summary) == "14M resident · Pss 6.0M · private 3.0M · swap 4.0K"
    plainer = sheet(Memory(MAPS, False, DENIED, STATUS), 90)
    assert plain(plainer.summary) == "14M resident of 60M"


def test_grouped_largest_first() -> None:
    every = maps.decode(Path("/proc/self/maps").read_bytes())
    groups = grouped(every)
    found = sheet(Memory(every, False, {}, STATUS), 90, groups)
    assert len(found.rows) == len(groups) < len(every)
    sizes = [sum(each.size for each in group) for _, group in groups]
    assert sizes == sorted(sizes, reverse=True)
    several = next(row for row, (_, group) in zip(found.rows, groups, strict=True) if len(group) > 1)
    assert " mappings" in plain(several.line)
    assert several.unfold is not None
    assert len(several.unfold(90)) == int(plain(several.line).split()[0])


@pytest.mark.parametrize("columns", [20, 40, 80])
def test_it_fits(columns: int) -> None:
    for found in (sheet(MEMORY, columns), sheet(MEMORY, columns, grouped(MAPS))):
        assert all(width(line) <= columns for line in text(found))
        for row in found.rows:
            assert row.unfold is not None
            assert all(width(plain(line)) <= columns for line in row.unfold(columns))


def test_unfolded() -> None:
    file, memfd = sheet(MEMORY, 90).rows[1], sheet(MEMORY, 90).rows[5]
    assert file.unfold is not None
    assert memfd.unfold is not None
    assert any("offset 0x3000, device 254:0, inode 260850" in plain(line) for line in file.unfold(90))
    assert any("no file was deleted" in plain(line) for line in memfd.unfold(90))


def test_sizes() -> None:
    from explorer.decode.proc import smaps
    from tests.decode.proc.test_smaps import RAW as SMAPS

    found = sheet(Memory(smaps.decode(SMAPS), True, {}, STATUS), 90)
    assert "Rss" in plain(found.header)
    assert "8.0K" in text(found)[0]
    assert found.rows[0].unfold is not None
    assert any("Rss 8.0K" in plain(line) for line in found.rows[0].unfold(90))


def test_denied() -> None:
    assert "No permission" in plain(sheet(Memory(DENIED, False, DENIED, STATUS), 90).notes[0])
    assert isinstance(DENIED, Missing)
