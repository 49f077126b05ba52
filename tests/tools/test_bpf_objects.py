"""tools/bpf_objects.py: what is shipped is made of what is in the tree."""

import shutil
import struct
import subprocess
import tomllib
from pathlib import Path

import pytest

from explorer.kernel.bpf.compiled import ARCHES, OBJECTS, Made
from tools.bpf_objects import SOURCES, build, compiler, digest, main, read_by

NAMES = sorted(source.name.removesuffix(".bpf.c") for source in SOURCES.glob("*.bpf.c"))
EM_BPF = 247


def sections(raw: bytes) -> set[str]:
    """Names of an ELF file's sections."""
    table = struct.unpack_from("<Q", raw, 0x28)[0]
    size, count, names = struct.unpack_from("<HHH", raw, 0x3A)
    headers = [struct.unpack_from("<IIQQQQ", raw, table + number * size) for number in range(count)]
    start = headers[names][4]
    return {raw[start + header[0] : raw.index(b"\0", start + header[0])].decode() for header in headers}


def test_every_source_is_compiled_for_every_architecture_and_nothing_else_is_there() -> None:
    assert NAMES
    assert {path.name for path in OBJECTS.iterdir()} == {f"{name}.{arch}.bpf.o" for name in NAMES for arch in ARCHES}


@pytest.mark.parametrize("arch", ARCHES)
@pytest.mark.parametrize("name", NAMES)
def test_an_object_is_of_its_source_as_it_is_now(name: str, arch: str) -> None:
    """`make bpf` makes it so."""
    raw = (OBJECTS / f"{name}.{arch}.bpf.o").read_bytes()
    assert Made.read(raw).source == digest(SOURCES / f"{name}.bpf.c")
    assert struct.unpack_from("<4s14xH", raw) == (b"\x7fELF", EM_BPF)
    found = sections(raw)
    assert found >= {".BTF", ".BTF.ext", "license", ".maps", "procdive"}
    assert not any(section.startswith(".debug") for section in found)
    assert str(SOURCES).encode() not in raw


@pytest.mark.oracle("clang", "llvm-objcopy")
@pytest.mark.parametrize("arch", ARCHES)
@pytest.mark.parametrize("name", NAMES)
def test_the_same_compiler_makes_the_same_bytes(name: str, arch: str, tmp_path: Path) -> None:
    shipped = (OBJECTS / f"{name}.{arch}.bpf.o").read_bytes()
    if Made.read(shipped).compiler != compiler():
        pytest.skip(f"compiled with {Made.read(shipped).compiler}, here is {compiler()}")
    for path in read_by(SOURCES / f"{name}.bpf.c"):
        shutil.copy(path, tmp_path)
    assert build(tmp_path / f"{name}.bpf.c", arch) == shipped


def test_a_header_of_a_header_counts(tmp_path: Path) -> None:
    source, near, far = tmp_path / "a.bpf.c", tmp_path / "b.h", tmp_path / "c.h"
    source.write_text('#include "b.h"\n#include <bpf/bpf_helpers.h>\n')
    near.write_text('#pragma once\n# include "c.h"\n')
    far.write_text('#include "b.h"\nint x;\n')
    assert read_by(source) == [source, near, far]
    before = digest(source)
    assert digest(source) == before
    far.write_text('#include "b.h"\nint y;\n')
    assert digest(source) != before


@pytest.mark.oracle("clang", "llvm-objcopy")
def test_one_that_fails_does_not_keep_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.bpf.c").write_text("int x = ;\n")
    (tmp_path / "good.bpf.c").write_text("// mcpu: v3\nint x = 1;\n")
    monkeypatch.setattr("tools.bpf_objects.SOURCES", tmp_path)
    monkeypatch.setattr("tools.bpf_objects.OBJECTS", tmp_path / "made")
    assert main([]) == 1
    assert sorted(path.name for path in (tmp_path / "made").iterdir()) == ["good.aarch64.bpf.o", "good.x86_64.bpf.o"]
    assert "bad.x86_64: clang failed" in capfd.readouterr().err
    assert main(["good"]) == 0


@pytest.mark.oracle("clang", "llvm-objcopy")
def test_warnings_are_errors(tmp_path: Path) -> None:
    source = tmp_path / "a.bpf.c"
    source.write_text("static int unused(void) { return 1; }\n")
    with pytest.raises(subprocess.CalledProcessError):
        build(source, "x86_64")


def test_they_come_with_the_package() -> None:
    """Objects, and, as the GPL asks, their sources."""
    patterns = tomllib.loads((SOURCES.parent.parent.parent / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"][
        "explorer"
    ]
    shipped = {path for pattern in patterns for path in SOURCES.parent.parent.glob(pattern)}
    assert shipped >= {*OBJECTS.iterdir(), *SOURCES.glob("*.c"), *SOURCES.glob("*.h")}
