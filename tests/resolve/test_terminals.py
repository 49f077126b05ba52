"""Names of terminals by their device numbers."""

import pytest

from explorer.kernel.procfs import Procfs
from explorer.resolve.terminals import Terminals
from tests.fakeproc import FakeProc

DRIVERS = """/dev/console         /dev/console    5       1 system:console
serial               /dev/ttyS       4 64-67 serial
pty_slave            /dev/pts      136 0-1048575 pty:slave
unknown              /dev/tty        4 1-63 console
"""


@pytest.mark.parametrize(
    ("device", "name"),
    [(0, "?"), (136 << 8 | 7, "pts/7"), (4 << 8 | 2, "tty2"), (4 << 8 | 65, "ttyS1"), (5 << 8 | 1, "console"), (204 << 8 | 3, "204:3")],
)  # fmt: skip
def test_a_name_for_each_number(fakeproc: FakeProc, device: int, name: str) -> None:
    fakeproc.file("tty/drivers", DRIVERS)
    assert Terminals(Procfs(str(fakeproc.root))).name(device) == name


def test_where_the_drivers_are_not_told(fakeproc: FakeProc) -> None:
    terminals = Terminals(Procfs(str(fakeproc.root)))
    assert terminals.name(136 << 8 | 7) == "pts/7"
    assert terminals.name(4 << 8 | 65) == "4:65"


def test_the_drivers_are_read_once_and_not_before_they_are_needed(fakeproc: FakeProc) -> None:
    terminals = Terminals(Procfs(str(fakeproc.root)))
    assert terminals.name(0) == "?"
    fakeproc.file("tty/drivers", DRIVERS)
    assert terminals.name(4 << 8 | 65) == "ttyS1"
    (fakeproc.root / "tty/drivers").unlink()
    assert terminals.name(4 << 8 | 65) == "ttyS1"
    assert terminals.name(4 << 8 | 64) == "ttyS0"
