"""The compiled programs that come with procdive: one file for each source and architecture, made by tools/bpf_objects.py."""

import platform
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from explorer.kernel.errors import unreadable
from explorer.model.missing import Missing, Reason, Unreadable

OBJECTS: Final = Path(__file__).parent / "objects"
ARCHES: Final = {"x86_64": "x86", "aarch64": "arm64"}
"""As uname -m says, and as the headers of libbpf do."""


@dataclass(frozen=True, slots=True)
class Made:
    """What an object was made of and with. source: sha256 of its .bpf.c and the headers beside it. compiler: words with versions."""

    source: str
    compiler: str

    def written(self) -> bytes:
        """As it stands in the object's section `procdive`."""
        return f"procdive-object\nsource: {self.source}\ncompiler: {self.compiler}\n".encode()

    @classmethod
    def read(cls, raw: bytes) -> Self:
        """Of an object's bytes. Raises ValueError where it says nothing."""
        found = re.search(rb"procdive-object\nsource: ([0-9a-f]{64})\ncompiler: ([^\n]+)\n", raw)
        if not found:
            raise ValueError("no object of ours")
        return cls(found[1].decode(), found[2].decode())


def compiled(name: str) -> bytes:
    """The object of NAME.bpf.c for this machine. Raises Unreadable where there is none."""
    machine = platform.machine()
    if machine not in ARCHES:
        raise Unreadable(Missing(Reason.UNSUPPORTED, f"no BPF programs are compiled for {machine}, only for {' and '.join(ARCHES)}"))
    path = OBJECTS / f"{name}.{machine}.bpf.o"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        cure = "install procdive from a release, or: make bpf"
        raise Unreadable(Missing(Reason.UNSUPPORTED, f"this procdive came without its BPF programs ({path.name})", cure)) from None
    except OSError as error:
        raise unreadable(error, str(path)) from None
