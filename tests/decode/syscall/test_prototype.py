"""Rows from the kernel's prototype."""

from tests.decode.syscall.decoded import AT_FDCWD, MINUS_ONE, arguments, syscall
from tests.memory import Written


def test_what_is_sure_is_decoded() -> None:
    memory = Written(at_1000=b"/dev/sda\0")
    assert arguments("quotactl", 0x800001, 0x1000, 5, 0x2000, memory=memory) == ["0x800001", '"/dev/sda"', "0x5", "0x2000"]
    assert arguments("quotactl_fd", MINUS_ONE, 1, 2, 0) == ["-1", "0x1", "0x2", "NULL"]
    assert arguments("file_getattr", AT_FDCWD, 0x1000, 0, 0, 0, memory=memory)[:2] == ["AT_FDCWD", '"/dev/sda"']
    assert arguments("process_mrelease", 3, 0)[0] == "3"


def test_names_are_the_kernels() -> None:
    assert [name for name, _ in syscall("migrate_pages", 5, 1, 2, 3).args] == ["pid", "maxnode", "old_nodes", "new_nodes"]
