"""A /proc that a test writes."""

from pathlib import Path

from explorer.kernel.procfs import Procfs
from explorer.resolve.system import System


class FakeProc:
    """Files and links below a folder of the test's own."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def system(self) -> System:
        return System(Procfs(str(self.root)))

    def file(self, path: str, text: str | bytes) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text)

    def link(self, path: str, to: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(to)

    def fd(self, pid: int, number: int, link: str, info: str) -> None:
        self.file(f"{pid}/fdinfo/{number}", info)
        self.link(f"{pid}/fd/{number}", link)
