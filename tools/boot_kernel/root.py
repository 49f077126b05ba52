"""The guest's root: Debian packages, unpacked only, in one archive."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tools.boot_kernel import Failure
from tools.boot_kernel.apt import Archive, say
from tools.boot_kernel.cpio import Cpio
from tools.boot_kernel.image import files
from tools.boot_kernel.kernels import Kernel

PACKAGES: Final = ("busybox-static", "coreutils", "dash", "libbpf1", "mount", "procps", "python3", "util-linux")
LEFT_OUT: Final = tuple(f"usr/share/{name}/" for name in ("doc", "i18n", "info", "lintian", "locale", "man", "perl5"))
MERGED: Final = ("bin", "sbin", "lib", "lib64")
"""Names in / that are links into /usr, whatever a package says."""
EMPTY: Final = ("dev", "etc", "out", "payload", "proc", "root", "run", "sys", "tmp", "var/tmp")
BY_BUSYBOX: Final = ("awk", "clear", "grep", "ip", "less", "nc", "sed", "vi", "which")
FILES: Final = {
    # What packages' scripts would have made.
    "etc/passwd": "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n",
    "etc/group": "root:x:0:\ntty:x:5:\nnogroup:x:65534:\n",
    "etc/hosts": "127.0.0.1 localhost guest\n",
    "etc/hostname": "guest\n",
}


def root_of(kernel: Kernel, cache: Path, more: Iterable[str], refresh: bool) -> Path:
    """The archive, from the cache folder or made anew; `more` packages in it. Raises Failure."""
    names = sorted({*PACKAGES, *more})
    key = hashlib.sha256("\n".join([*names, *LEFT_OUT, *FILES.values()]).encode()).hexdigest()[:10]
    made = cache / f"root-{kernel.userland}-{kernel.arch}-{key}.cpio"
    if refresh or not made.exists():
        say(f"fetching {len(names)} packages of {kernel.userland} for {kernel.arch}, and what they need")
        archive = Archive(cache, kernel.userland, kernel.arch)
        debs = archive.packages(names)
        new = made.with_suffix(".new")
        with new.open("wb") as out:
            pack(debs, Cpio(out))
        new.rename(made)
        archive.forget()
    return made


def pack(debs: Iterable[Path], cpio: Cpio) -> None:
    """All files of the packages, and what makes a root of them. Raises Failure."""
    for name in MERGED:
        cpio.folder(f"usr/{name}")
        cpio.link(name, f"usr/{name}")
    for name in EMPTY:
        cpio.folder(name, 0o1777 if name.endswith("tmp") else 0o755)
    seen: set[str] = set()
    for deb in debs:
        copy(deb, cpio, seen)
    for name, text in FILES.items():
        cpio.file(name, text.encode())
    for name in BY_BUSYBOX:
        if f"usr/bin/{name}" not in seen:
            cpio.link(f"usr/bin/{name}", "busybox")
    if "usr/bin/sh" not in seen:
        cpio.link("usr/bin/sh", "dash")


def copy(deb: Path, cpio: Cpio, seen: set[str]) -> None:
    """One package's files. seen: names so far, added to."""
    contents: dict[str, tuple[bytes, int]] = {}
    with files(deb) as found:
        for entry, data in found:
            name = place(entry.name)
            if not name or name in MERGED or f"{name}/".startswith(LEFT_OUT):
                continue
            if name in seen and not entry.isdir():
                continue
            if entry.isdir():
                cpio.folder(name, entry.mode)
            elif entry.issym():
                cpio.link(name, entry.linkname)
            elif entry.islnk():
                # One file under two names: both become files of their own.
                cpio.file(name, *contents[place(entry.linkname)])
            elif data is not None:
                contents[name] = data.read(), entry.mode
                cpio.file(name, *contents[name])
            else:
                raise Failure(f"{deb.name}: {entry.name} is neither file, folder nor link")
            seen.add(name)


def place(name: str) -> str:
    """Where a package's file goes: ./bin/x is usr/bin/x."""
    name = os.path.normpath(name).lstrip("/")
    if name == ".":
        return ""
    first, _, rest = name.partition("/")
    return f"usr/{name}" if first in MERGED and rest else name
