"""render/limits.py"""

import pytest

from explorer.model.limits import Limit, Used
from explorer.model.missing import Missing, Reason
from explorer.render.limits import amount, sheet
from explorer.render.piece import Role, plain
from explorer.render.width import width

UNCOUNTED = Missing(Reason.UNSUPPORTED, "the kernel tells no figure")
LIMITS = (
    Used(Limit("Max open files", 1024, 1048576, "files"), 980, "the highest is number 1001"),
    Used(Limit("Max stack size", 8 << 20, None, "bytes"), 132 << 10),
    Used(Limit("Max cpu time", None, None, "seconds"), 0),
    Used(Limit("Max file size", None, None, "bytes"), UNCOUNTED),
    Used(Limit("Max core file size", 0, None, "bytes"), UNCOUNTED),
    Used(Limit("Max processes", 96364, 96364, "processes"), Missing(Reason.DENIED, "x")),
    Used(Limit("Max new thing", 7, 8, "things"), UNCOUNTED),
)


def test_rows() -> None:
    found = sheet(LIMITS, 90)
    shown = [plain(row.line).rstrip() for row in found.rows]
    assert shown[0].split() == ["open", "files", "980", "1,024", "1,048,576", "96", "%"]
    assert shown[1].split() == ["stack", "size", "132K", "8.0M", "unlimited", "2", "%"]
    assert shown[2].split() == ["cpu", "time", "0", "s", "unlimited", "unlimited"]
    assert shown[3].split() == ["file", "size", "-", "unlimited", "unlimited"]
    assert shown[5].split()[1] == "denied"
    assert shown[6].split() == ["new", "thing", "-", "7", "8"]
    assert found.count == "1!"
    assert plain(found.summary) == "1 near its limit"
    assert any(part.role is Role.MIND for part in found.rows[0].line)
    assert not any(part.role is Role.MIND for part in found.rows[1].line)


def test_unfolded() -> None:
    row = sheet(LIMITS, 90).rows[0]
    assert row.unfold is not None
    assert [plain(line) for line in row.unfold(90)] == [
        "  RLIMIT_NOFILE: used 980, soft 1,024, hard 1,048,576 files",
        "  the highest is number 1001",
    ]


@pytest.mark.parametrize("columns", [10, 40, 80])
def test_it_fits(columns: int) -> None:
    for row in sheet(LIMITS, columns).rows:
        assert width(plain(row.line)) <= columns
        assert row.unfold is not None
        assert all(width(plain(line)) <= columns for line in row.unfold(columns))


def test_amounts() -> None:
    assert amount(8 << 20, "bytes") == "8.0M"
    assert amount(1500, "us") == "1.5 ms"
    assert amount(1234, "files") == "1,234"
