"""tools/boot_kernel/cpio.py: what is written is what cpio's format says."""

import io
import stat
from pathlib import Path

from tools.boot_kernel.cpio import Cpio

Entry = tuple[str, int, bytes]


def read(raw: bytes) -> list[Entry]:
    """Every entry up to the end: name, mode, data; asserts what the kernel insists on."""
    entries: list[Entry] = []
    at = 0
    while True:
        assert at % 4 == 0
        assert raw[at : at + 6] == b"070701"
        fields = [int(raw[at + 6 + 8 * place : at + 14 + 8 * place], 16) for place in range(13)]
        mode, size, length = fields[1], fields[6], fields[11]
        assert fields[2:4] == [0, 0], "not root's"
        name = raw[at + 110 : at + 110 + length - 1].decode()
        assert raw[at + 110 + length - 1] == 0
        at += (110 + length + 3) // 4 * 4
        if name == "TRAILER!!!":
            assert at == len(raw)
            return entries
        entries.append((name, mode, raw[at : at + size]))
        at += (size + 3) // 4 * 4


def test_files_folders_and_links() -> None:
    out = io.BytesIO()
    cpio = Cpio(out)
    cpio.file("a/b/x", b"12345", 0o755)
    cpio.link("a/l", "b/x")
    cpio.folder("tmp", 0o1777)
    cpio.file("a/b/empty", b"")
    cpio.close()
    assert read(out.getvalue()) == [
        ("a", stat.S_IFDIR | 0o755, b""),
        ("a/b", stat.S_IFDIR | 0o755, b""),
        ("a/b/x", stat.S_IFREG | 0o755, b"12345"),
        ("a/l", stat.S_IFLNK | 0o777, b"b/x"),
        ("tmp", stat.S_IFDIR | 0o1777, b""),
        ("a/b/empty", stat.S_IFREG | 0o644, b""),
    ]


def test_a_tree(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/run").write_bytes(b"#!")
    (tmp_path / "sub/run").chmod(0o700)
    (tmp_path / "link").symlink_to("sub")
    out = io.BytesIO()
    cpio = Cpio(out)
    cpio.tree(tmp_path, "payload")
    cpio.close()
    assert {name: (mode, data) for name, mode, data in read(out.getvalue())} == {
        "payload": (stat.S_IFDIR | 0o755, b""),
        "payload/link": (stat.S_IFLNK | 0o777, b"sub"),
        "payload/sub": (stat.S_IFDIR | 0o755, b""),
        "payload/sub/run": (stat.S_IFREG | 0o700, b"#!"),
    }
