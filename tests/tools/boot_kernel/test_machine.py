"""tools/boot_kernel/machine.py: the words of init, the kernel and the command, told apart."""

import base64
import io
import tarfile
from pathlib import Path

import pytest

from tests.tools.boot_kernel.test_cpio import read
from tools.boot_kernel.machine import Console, initrd, keep, secret_mark


def console(*lines: bytes) -> tuple[Console, bytes]:
    out = io.BytesIO()
    made = Console(b"MARK", out)
    for line in lines:
        made.take(line)
    return made, out.getvalue()


def test_the_commands_output_and_status() -> None:
    made, shown = console(b"Booting\n", b"MARK begin\n", b"one\n", b"\n", b"two\n", b"\n", b"MARK end 3\n", b"Power down\n")
    assert shown == b"one\n\ntwo\n"
    assert made.status == 3
    assert list(made.before) == [b"Booting\n", b"Power down\n"]


def test_output_without_an_end_of_line() -> None:
    made, shown = console(b"MARK begin\n", b"half\n", b"MARK end 0\n")
    assert shown == b"half\n"
    assert made.status == 0


def test_files_come_back(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        entry = tarfile.TarInfo("./sub/report")
        entry.size = 4
        archive.addfile(entry, io.BytesIO(b"fine"))
    coded = base64.encodebytes(packed.getvalue()).splitlines(keepends=True)
    made, shown = console(b"MARK begin\n", b"\n", b"MARK out\n", *coded, b"MARK end 0\n")
    assert shown == b""
    keep(made.files(), tmp_path / "out")
    assert (tmp_path / "out/sub/report").read_bytes() == b"fine"
    keep(b"", tmp_path / "nothing")
    assert list((tmp_path / "nothing").iterdir()) == []


def test_files_stay_in_their_folder(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("../outside"), io.BytesIO(b""))
    with pytest.raises(ValueError, match="outside"):
        keep(packed.getvalue(), tmp_path / "out")


def test_a_machine_that_never_woke_up() -> None:
    made, shown = console(b"Kernel panic\n")
    assert (made.began, made.status, shown) == (False, None, b"")
    assert list(made.before) == [b"Kernel panic\n"]


def test_the_guests_own_files_stand_behind_the_packages(tmp_path: Path) -> None:
    (tmp_path / "root").write_bytes(b"packages")
    (tmp_path / "config").write_bytes(b"CONFIG_BPF=y\n")
    (tmp_path / "payload").mkdir()
    (tmp_path / "payload/x").write_bytes(b"1")
    mark = secret_mark()
    initrd(tmp_path / "made", tmp_path / "root", tmp_path / "payload", "true", {"a": b"ko"}, tmp_path / "config", mark)
    raw = (tmp_path / "made").read_bytes()
    assert raw.startswith(b"packages")
    found = {name: data for name, _, data in read(raw[8:])}
    assert found["command"] == b"true"
    assert found["modules/order"] == b"a\n"
    assert found["payload/x"] == b"1"
    assert found["boot/config"] == b"CONFIG_BPF=y\n"
    assert f"{mark} begin".encode() in found["init"]
    assert b"MARK " not in found["init"]
