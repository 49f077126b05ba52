"""Makes explorer/kernel/bpf/objects/ from explorer/kernel/bpf/*.bpf.c: what is shipped, because no user's machine has a compiler.

    python -m tools.bpf_objects [NAME ...]      needs clang, llvm and libbpf-dev (for <bpf/bpf_helpers.h>; no header of a kernel)

A source says in a line `// mcpu: v3` what it needs of the kernel's instruction set; v2 (Linux 4.14) where it does not.
Each object has a section `procdive` in which is written what it was made of and with; explorer/kernel/bpf/compiled.py, Made.read,
reads it, or `readelf -p procdive OBJECT`. A test fails when an object is older than its source.
"""

import hashlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from explorer.kernel.bpf.compiled import ARCHES, OBJECTS, Made

SOURCES: Final = Path(__file__).parent.parent / "explorer" / "kernel" / "bpf"
BESIDE: Final = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)
MCPU: Final = re.compile(r"^// mcpu: (v[1-4])\s*$", re.M)
HELPERS: Final = re.compile(r"LIBBPF_(?:MAJOR|MINOR)_VERSION (\d+)")
STRICT: Final = ("-O2", "-g", "-Wall", "-Wextra", "-Wno-unused-parameter", "-Werror", "-target", "bpf")


def read_by(source: Path) -> list[Path]:
    """The source and the files beside it that it includes, and they."""
    found = [source]
    for path in found:
        found += [other for name in BESIDE.findall(path.read_text()) if (other := path.parent / name) not in found]
    return found


def digest(source: Path) -> str:
    """sha256 over names and contents of all that it is made of."""
    whole = hashlib.sha256()
    for path in sorted(read_by(source)):
        whole.update(f"{path.name}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return whole.hexdigest()


def compiler() -> str:
    """clang's version, and that of the library whose headers it reads."""
    first = subprocess.run(["clang", "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]
    header = subprocess.run(
        ["clang", "-target", "bpf", "-E", "-dM", "-include", "bpf/libbpf_version.h", "-x", "c", "/dev/null"],
        capture_output=True,
        text=True,
        check=True,
    )
    return f"{first}, libbpf {'.'.join(sorted(HELPERS.findall(header.stdout), reverse=True))}"


def build(source: Path, arch: str) -> bytes:
    """The object for one architecture: equal bytes for equal sources, wherever they lie. Raises CalledProcessError."""
    chosen = MCPU.search(source.read_text())
    with tempfile.TemporaryDirectory() as folder:
        made, note = Path(folder) / "made.o", Path(folder) / "note"
        macros = (f"-D__TARGET_ARCH_{ARCHES[arch]}", f"-mcpu={chosen[1] if chosen else 'v2'}", "-fdebug-compilation-dir=.")
        subprocess.run(["clang", *STRICT, *macros, "-c", source.name, "-o", made], cwd=source.parent, check=True)
        note.write_bytes(Made(digest(source), compiler()).written())
        subprocess.run(["llvm-objcopy", "--strip-debug", f"--add-section=procdive={note}", made], check=True)
        return made.read_bytes()


def main(names: list[str]) -> int:
    """All of them, or those named. One that cannot be compiled does not keep the others from being made."""
    OBJECTS.mkdir(exist_ok=True)
    failed = 0
    for source in sorted(SOURCES.glob("*.bpf.c")):
        name = source.name.removesuffix(".bpf.c")
        for arch in ARCHES if not names or name in names else ():
            try:
                raw = build(source, arch)
            except subprocess.CalledProcessError as error:
                print(f"{name}.{arch}: {error.cmd[0]} failed", file=sys.stderr)
                failed = 1
                continue
            (OBJECTS / f"{name}.{arch}.bpf.o").write_bytes(raw)
            print(f"{name}.{arch}.bpf.o: {len(raw):,} bytes")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
