"""render/absence.py"""

import pytest

from explorer.model.missing import Missing, Reason
from explorer.render.absence import TITLES, absence
from explorer.render.piece import plain
from explorer.render.width import width


def words(missing: Missing, what: str, columns: int = 80, *known: str) -> list[str]:
    return [plain(line) for line in absence(missing, what, columns, known)]


def test_no_permission_as_sketched() -> None:
    missing = Missing(Reason.DENIED, "/proc/1302/stack needs root; you are deploy", "sudo procdive 1302")
    assert words(missing, "Stack of 1302 rsync", 80, "blocked (D) for ≥ 41 s, in nfs_wait_on_request") == [
        "No permission",
        "  Stack of 1302 rsync: denied: /proc/1302/stack needs root; you are deploy.",
        "  Still known   blocked (D) for ≥ 41 s, in nfs_wait_on_request",
        "  Helps         sudo procdive 1302",
    ]


def test_nothing_of_the_kind() -> None:
    assert words(Missing(Reason.UNSUPPORTED, "a kernel thread has no memory"), "Memory of 41 kworker") == [
        "Nothing of the kind",
        "  Memory of 41 kworker: a kernel thread has no memory.",
    ]


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("columns", [20, 40, 80])
def test_each_reason_fits(reason: Reason, columns: int) -> None:
    found = words(Missing(reason, "x" * 50 + " and why not\x1b", "do this " * 20), "What", columns, "y " * 40)
    assert found[0] == TITLES[reason]
    assert all(width(line) <= columns for line in found)
    assert "\x1b" not in "".join(found)
