"""tools/boot_kernel/image.py: kernels as qemu takes them, modules with what they need."""

import gzip
import lzma
from pathlib import Path

import pytest

from tools.boot_kernel import Failure
from tools.boot_kernel.image import Image, bare, unpacked, wanted

KERNEL = b"a kernel " * 200


def zboot(method: bytes, packed: bytes) -> bytes:
    head = b"MZ\0\0zimg" + (64).to_bytes(4, "little") + len(packed).to_bytes(4, "little") + bytes(8) + method.ljust(32, b"\0")
    return head.ljust(64, b"\0") + packed + b"signed"


def test_a_packed_kernel_is_unpacked() -> None:
    assert bare(zboot(b"gzip", gzip.compress(KERNEL))) == KERNEL
    assert bare(zboot(b"xzkern", lzma.compress(KERNEL))) == KERNEL


def test_what_qemu_takes_is_left() -> None:
    assert bare(b"MZ\0\0plain") == b"MZ\0\0plain"
    assert bare(b"\x7fELF") == b"\x7fELF"


def test_an_unknown_packing_is_named() -> None:
    with pytest.raises(Failure, match="packed by zstd22"):
        bare(zboot(b"zstd22", b"\x28\xb5\x2f\xfd" + bytes(20)))


def test_modules_may_be_packed() -> None:
    assert [unpacked(data) for data in (KERNEL, gzip.compress(KERNEL), lzma.compress(KERNEL))] == [KERNEL] * 3


def test_drivers_are_not_kept() -> None:
    assert wanted(Path("usr/lib/modules/6.12/kernel/net/ipv4/tcp_diag.ko.xz"))
    assert not wanted(Path("lib/modules/6.1/kernel/drivers/net/veth.ko"))
    assert not wanted(Path("lib/modules/6.1/extra.ko"))


def test_modules_come_behind_what_they_need(tmp_path: Path) -> None:
    folder = tmp_path / "modules"
    folder.mkdir()
    depends = {"tcp_diag": "inet-diag,", "inet_diag": "", "sctp": "libcrc32c,inet_diag"}
    for name, others in depends.items():
        (folder / f"{name}.ko").write_bytes(b"\x7fELF\0name=x\0depends=" + others.encode() + b"\0")
    (folder / "built-in").write_text("libcrc32c\next4")
    (tmp_path / "release").write_text("6.1.0")
    image = Image(tmp_path)
    assert list(image.modules(["tcp-diag", "sctp", "ext4"])) == ["inet_diag", "tcp_diag", "sctp"]
    with pytest.raises(Failure, match=r"6\.1\.0 has no module nosuch"):
        image.modules(["nosuch"])
