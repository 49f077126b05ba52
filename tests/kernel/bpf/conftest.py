"""A compiled specimen for the loader."""

import os
import struct
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from explorer.kernel.bpf.object import Object

SPECIMEN = Path(__file__).parent.parent.parent / "specimens" / "counted.bpf.c"
MARK = 77
GETPPID = {"x86_64": 110, "aarch64": 173}[os.uname().machine]


def compiled(folder: Path, *options: str) -> bytes:
    """The specimen's object."""
    made = folder / "counted.bpf.o"
    subprocess.run(["clang", "-O2", "-g", "-target", "bpf", *options, "-c", SPECIMEN, "-o", made], check=True)
    return made.read_bytes()


@pytest.fixture(scope="session")
def counted(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return compiled(tmp_path_factory.mktemp("bpf"))


@pytest.fixture
def loaded(counted: bytes) -> Iterator[Object]:
    """It, for our own process's getppid(2), not attached yet."""
    with closing(Object(counted, constants=struct.pack("=II", os.getpid(), MARK), sizes={"ring": 1 << 17}, without=["unused"])) as made:
        yield made


@pytest.fixture
def calls(loaded: Object) -> Callable[[int], None]:
    """Let that many calls be told."""

    def call(count: int) -> None:
        settings = loaded.memory(".data.settings")
        struct.pack_into("=II", settings, 0, 1, GETPPID)
        for _ in range(count):
            os.getppid()
        struct.pack_into("=II", settings, 0, 0, 0)

    return call
