"""open and its kin."""

import struct

from tests.decode.syscall.decoded import AT_FDCWD, arguments, text
from tests.memory import Written


def test_a_mode_only_where_a_file_may_be_made() -> None:
    assert arguments("open", 0, 0o102, 0o644) == ["NULL", "O_RDWR|O_CREAT", "0644"]
    assert arguments("open", 0, 0o2, 0o644) == ["NULL", "O_RDWR"]
    assert arguments("open", 0, 0o20200002, 0o600) == ["NULL", "O_RDWR|O_TMPFILE", "0600"]


def test_arms_own_bits() -> None:
    assert arguments("openat", AT_FDCWD, 0, 0o40000, arch="aarch64")[2] == "O_RDONLY|O_DIRECTORY"
    assert arguments("openat", AT_FDCWD, 0, 0o40000)[2] == "O_RDONLY|O_DIRECT"


def test_open_how() -> None:
    memory = Written(at_1000=struct.pack("<QQQ", 0o102, 0o600, 8))
    assert text("openat2", AT_FDCWD, 0, 0x1000, 24, memory=memory) == (
        "openat2(AT_FDCWD, NULL, {flags=O_RDWR|O_CREAT, mode=0600, resolve=RESOLVE_BENEATH}, 24"
    )
