"""What is known of a file."""

import struct

from explorer.decode.syscall.call import Style
from tests.decode.syscall.decoded import AT_FDCWD, text
from tests.memory import Written


def test_layouts_of_each_architecture() -> None:
    names = {
        "x86_64": struct.pack("<QQQIII4xQqqqqqqqqq", 1, 2, 1, 0o100644, 3, 4, 0, 4127, 4096, 8, *[5] * 6),
        "aarch64": struct.pack("<QQIIIIQ8xqi4xqqqqqqq", 1, 2, 0o100644, 1, 3, 4, 0, 4127, 4096, 8, *[5] * 6),
        "i386": struct.pack("<Q4xIIIIIQ4xqIQIIIIIIQ", 1, 2, 0o100644, 1, 3, 4, 0, 4127, 4096, 8, *[5] * 6, 2),
    }
    for arch, raw in names.items():
        call = "fstat64" if arch == "i386" else "fstat"
        assert (
            text(call, 3, 0x1000, memory=Written(at_1000=raw), arch=arch, result=0)
            == f"{call}(3, {{st_mode=S_IFREG|0644, st_size=4127, ...}}) = 0"
        )
        whole = text(call, 3, 0x1000, memory=Written(at_1000=raw), arch=arch, result=0, style=Style(verbose=True))
        assert "st_ino=2," in whole
        assert "st_uid=3, st_gid=4, st_blksize=4096, st_blocks=8" in whole


def test_devices_have_a_number_in_place_of_a_size() -> None:
    raw = struct.pack("<QQQIII4xQqqqqqqqqq", 1, 2, 1, 0o020666, 0, 0, 0x103, 0, 4096, 0, *[0] * 6)
    assert "{st_mode=S_IFCHR|0666, st_rdev=makedev(0x1, 0x3), ...}" in text("fstat", 0, 0x1000, memory=Written(at_1000=raw), result=0)


def test_statx() -> None:
    raw = struct.pack("<IIQIIIH2xQQQQ", 0x7FF, 4096, 0, 1, 0, 0, 0o100600, 9, 10, 8, 0) + bytes(100)
    assert text("statx", AT_FDCWD, 0, 0x100, 0x7FF, 0x1000, memory=Written(at_1000=raw), result=0) == (
        "statx(AT_FDCWD, NULL, AT_STATX_SYNC_AS_STAT|AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, "
        "{stx_mask=STATX_BASIC_STATS, stx_attributes=0, stx_mode=S_IFREG|0600, stx_size=10, ...}) = 0"
    )


def test_file_systems() -> None:
    raw = struct.pack("<qqQQQQQiiqqq", 0x9FA0, 4096, 0, 0, 0, 0, 0, 5, 0, 255, 4096, 0x20) + bytes(32)
    assert text("fstatfs", 3, 0x1000, memory=Written(at_1000=raw), result=0) == (
        "fstatfs(3, {f_type=PROC_SUPER_MAGIC, f_bsize=4096, f_blocks=0, f_bfree=0, f_bavail=0, f_files=0, f_ffree=0, "
        "f_fsid={val=[0x5, 0]}, f_namelen=255, f_frsize=4096, f_flags=ST_VALID}) = 0"
    )


def test_statx_whole() -> None:
    head = struct.pack("<IIQIIIH2xQQQQ", 0x17FF & ~0x800, 4096, 0x10, 1, 3, 4, 0o100644, 2, 4127, 8, 0x30)
    raw = head + struct.pack("<" + "qI4x" * 4, 1, 5, 2, 0, 0, 0, 3, 0) + struct.pack("<IIIIQ", 0, 0, 254, 1, 27)
    shown = text("statx", AT_FDCWD, 0, 0x100, 0x7FF, 0x1000, memory=Written(at_1000=raw), result=0, style=Style(verbose=True))
    assert (
        "{stx_mask=STATX_BASIC_STATS|STATX_MNT_ID, stx_blksize=4096, stx_attributes=STATX_ATTR_IMMUTABLE, stx_nlink=1, stx_uid=3" in shown
    )
    assert "stx_gid=4, stx_mode=S_IFREG|0644, stx_ino=2, stx_size=4127, stx_blocks=8, stx_attributes_mask=STATX_ATTR_IMMUTABLE|" in shown
    assert "stx_atime={tv_sec=1, tv_nsec=5} /* 1970-01-01T" in shown
    assert "stx_btime" not in shown
    assert shown.endswith("stx_rdev_major=0, stx_rdev_minor=0, stx_dev_major=254, stx_dev_minor=1, stx_mnt_id=0x1b}) = 0")
