"""A kernel's package becomes what qemu can load, and the modules that a guest may want."""

import gzip
import io
import lzma
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from tools.boot_kernel import Failure
from tools.boot_kernel.apt import Archive, say
from tools.boot_kernel.kernels import Kernel

KEPT: Final = ("net", "fs", "lib", "crypto")
"""Folders of modules that are kept; drivers, most of the package, are not."""
DEPENDS: Final = re.compile(rb"\0depends=([^\0]*)\0")


@contextmanager
def files(deb: Path) -> Iterator[Iterator[tuple[tarfile.TarInfo, IO[bytes] | None]]]:
    """A package's files in its order, names without ./ in front."""
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(deb)], stdout=subprocess.PIPE) as unpacking:
        assert unpacking.stdout is not None
        with tarfile.open(fileobj=unpacking.stdout, mode="r|") as archive:
            yield ((each, archive.extractfile(each) if each.isfile() else None) for each in archive)
        unpacking.stdout.read()
    if unpacking.returncode:
        raise Failure(f"{deb.name} cannot be unpacked")


class Image:
    """A kernel in the cache folder. bare: the file for qemu. config: how it was built. release: as uname -r says it."""

    def __init__(self, folder: Path) -> None:
        self._modules = folder / "modules"
        self.bare = folder / "image"
        self.config = folder / "config"
        self.release = (folder / "release").read_text() if (folder / "release").exists() else ""

    def modules(self, names: Iterable[str]) -> dict[str, bytes]:
        """Those modules and what they need, in the order in which they load. What is built in is no module and left out.

        Raises Failure where a name is neither.
        """
        found: dict[str, bytes] = {}
        built_in = (self._modules / "built-in").read_text().split()
        for name in names:
            self._add(name.replace("-", "_"), found, built_in)
        return found

    def _add(self, name: str, found: dict[str, bytes], built_in: list[str]) -> None:
        if name in found or name in built_in:
            return
        path = self._modules / f"{name}.ko"
        if not path.exists():
            raise Failure(f"kernel {self.release} has no module {name} among {', '.join(KEPT)}")
        data = path.read_bytes()
        depends = DEPENDS.search(data)
        for other in depends[1].decode().split(",") if depends else []:
            if other:
                self._add(other.replace("-", "_"), found, built_in)
        found[name] = data


def image_of(kernel: Kernel, cache: Path, refresh: bool) -> Image:
    """From the cache folder, else from the archive. Raises Failure."""
    folder = cache / f"kernel-{kernel.name}"
    if refresh or not folder.exists():
        say(f"fetching {kernel.package} of {kernel.suite}")
        archive = Archive(cache, kernel.suite, kernel.arch)
        deb = archive.kernel(kernel.package)
        new = folder.with_suffix(".new")
        shutil.rmtree(new, ignore_errors=True)
        unpack(deb, new)
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)
        archive.forget()
    return Image(folder)


def unpack(deb: Path, folder: Path) -> None:
    """image, config, release, modules/NAME.ko of a kernel's package."""
    (folder / "modules").mkdir(parents=True)
    with files(deb) as found:
        for entry, data in found:
            if data is None:
                continue
            name = Path(entry.name)
            if name.name.startswith("vmlinuz-"):
                (folder / "image").write_bytes(bare(data.read()))
                (folder / "release").write_text(name.name.removeprefix("vmlinuz-"))
            elif name.name.startswith("config-"):
                (folder / "config").write_bytes(data.read())
            elif name.name == "modules.builtin":
                names = (Path(line).name.removesuffix(".ko").replace("-", "_") for line in data.read().decode().split())
                (folder / "modules/built-in").write_text("\n".join(names))
            elif ".ko" in name.suffixes and wanted(name):
                plain = name.name.partition(".ko")[0].replace("-", "_")
                (folder / f"modules/{plain}.ko").write_bytes(unpacked(data.read()))


def wanted(module: Path) -> bool:
    """Whether it lies in one of the folders that are kept: lib/modules/RELEASE/kernel/FOLDER/…"""
    parts = module.parts
    return "kernel" in parts and parts[parts.index("kernel") + 1] in KEPT


def unpacked(data: bytes) -> bytes:
    """What may be packed by xz or gzip."""
    if data[:6] == b"\xfd7zXZ\0":
        return lzma.decompress(data)
    if data[:2] == b"\x1f\x8b":
        return gzip.GzipFile(fileobj=io.BytesIO(data)).read()
    return data


def bare(image: bytes) -> bytes:
    """arm64 kernels come packed so that only firmware can start them (EFI "zboot": where the packed image begins and how long it is
    stands at 8 and 12, by what it is packed at 24), others as qemu takes them. Raises Failure where we cannot unpack it."""
    if image[:2] != b"MZ" or image[4:8] != b"zimg":
        return image
    begins, size = (int.from_bytes(image[at : at + 4], "little") for at in (8, 12))
    inside = unpacked(image[begins : begins + size])
    if len(inside) <= size:
        raise Failure(f"a kernel packed by {image[24:32].rstrip(bytes(1)).decode('ascii', 'replace')} cannot be unpacked")
    return inside
