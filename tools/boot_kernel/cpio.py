"""Archives that a kernel unpacks as its first root: cpio of the "newc" kind, every file root's."""

import os
import stat
from pathlib import Path
from typing import BinaryIO, Final

MAGIC: Final = b"070701"
BLOCK: Final = 4
END: Final = "TRAILER!!!"


class Cpio:
    """Writes one archive; close() ends it, another may follow in the same stream. Folders that a name needs are made."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._folders: set[str] = {"."}
        self._number = 0
        self._size = 0

    def folder(self, name: str, mode: int = 0o755) -> None:
        """A folder; the second time with the same name it only gets that mode."""
        self._parents(name)
        self._folders.add(name)
        self._entry(name, stat.S_IFDIR | mode, b"")

    def file(self, name: str, data: bytes, mode: int = 0o644) -> None:
        """A regular file."""
        self._parents(name)
        self._entry(name, stat.S_IFREG | mode, data)

    def link(self, name: str, target: str) -> None:
        """A symbolic link."""
        self._parents(name)
        self._entry(name, stat.S_IFLNK | 0o777, os.fsencode(target))

    def tree(self, folder: Path, prefix: str) -> None:
        """A folder's files, folders and links below a prefix; links stay links, other kinds are left out."""
        self.folder(prefix)
        for place, folders, files in os.walk(folder):
            here = Path(place)
            for name in sorted([*folders, *files]):
                path = here / name
                inside = f"{prefix}/{path.relative_to(folder)}"
                if path.is_symlink():
                    self.link(inside, os.readlink(path))
                elif path.is_dir():
                    self.folder(inside)
                elif path.is_file():
                    self.file(inside, path.read_bytes(), stat.S_IMODE(path.stat().st_mode))

    def close(self) -> None:
        """The end of the archive."""
        self._entry(END, 0, b"")

    def _parents(self, name: str) -> None:
        parent = os.path.dirname(name)
        if parent and parent not in self._folders:
            self.folder(parent)

    def _entry(self, name: str, mode: int, data: bytes) -> None:
        self._number += 1
        raw = os.fsencode(name) + b"\0"
        # ino mode uid gid nlink mtime filesize devmajor devminor rdevmajor rdevminor namesize check
        fields = (self._number, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(raw), 0)
        self._write(MAGIC + b"".join(b"%08x" % field for field in fields) + raw)
        self._write(data)

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._size += len(data)
        rest = -self._size % BLOCK
        self._out.write(bytes(rest))
        self._size += rest
