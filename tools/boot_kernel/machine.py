"""qemu, without help of the processor, so that it needs no privilege and is any architecture; and what its guest says."""

import base64
import io
import secrets
import subprocess
import sys
import tarfile
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final

from tools.boot_kernel import Failure
from tools.boot_kernel.apt import say
from tools.boot_kernel.cpio import Cpio
from tools.boot_kernel.image import Image
from tools.boot_kernel.kernels import Kernel

INIT: Final = Path(__file__).parent / "init"
LAST_LINES: Final = 40
TIMED_OUT: Final = 124
LEAST: Final = 1024
"""MiB of memory of a guest."""


@dataclass(slots=True)
class Console:
    """What comes over the serial line, told apart: the kernel's words, the command's output, files, the exit status.

    mark: begins lines that our init writes, and is not to be guessed. out: where the command's output goes.
    """

    mark: bytes
    out: BinaryIO
    everything: bool = False
    began: bool = False
    status: int | None = None
    before: deque[bytes] = field(default_factory=lambda: deque(maxlen=LAST_LINES))
    """The last lines that were not the command's."""
    _packed: list[bytes] | None = None
    _held: bytes = b""

    def take(self, line: bytes) -> None:
        """One line, with its end."""
        if line.startswith(self.mark):
            word, *rest = line[len(self.mark) :].split()
            if word == b"begin":
                self.began = True
            elif word == b"out":
                self._packed = []
            elif word == b"end":
                self.status = int(rest[0])
            self._held = b""
        elif self._packed is not None and self.status is None:
            self._packed.append(line)
        elif self.began and self.status is None:
            # An empty line waits for the next one: the last of them is our init's, not the command's.
            show, self._held = (self._held, line) if line == b"\n" else (self._held + line, b"")
            self._show(show)
        else:
            self.before.append(line)
            if self.everything:
                self._show(line)

    def files(self) -> bytes:
        """What the command left in /out: a tar packed by gzip, or nothing."""
        return base64.b64decode(b"".join(self._packed or []))

    def _show(self, data: bytes) -> None:
        self.out.write(data)
        self.out.flush()


@dataclass(frozen=True, slots=True)
class Wish:
    """How a guest is to be. memory: MiB, 0 for what it needs. verbose: the kernel's words are shown, too. nice: less haste than others."""

    seconds: float = 300
    memory: int = 0
    cpus: int = 2
    words: str = ""
    verbose: bool = False
    nice: int = 0


def initrd(into: Path, root: Path, payload: Path, command: str, modules: Mapping[str, bytes], config: Path, mark: str) -> None:
    """The guest's whole root: what was made of packages, then this run's own files."""
    with into.open("wb") as out:
        with root.open("rb") as packages:
            while block := packages.read(1 << 20):
                out.write(block)
        own = Cpio(out)
        own.file("init", INIT.read_bytes().replace(b"MARK", mark.encode()), 0o755)
        own.file("command", command.encode())
        own.file("modules/order", "".join(f"{name}\n" for name in modules).encode())
        for name, data in modules.items():
            own.file(f"modules/{name}.ko", data)
        own.file("boot/config", config.read_bytes())
        own.tree(payload, "payload")
        own.close()


def boot(kernel: Kernel, image: Image, packed: Path, mark: str, wish: Wish, out: BinaryIO | None = None) -> tuple[int, bytes]:
    """Run a guest to its end: (the command's exit status, files as Console.files has them); TIMED_OUT where it took too long.

    Raises Failure where the guest died before its command did.
    """
    machine = kernel.machine
    memory = wish.memory or max(LEAST, 640 + 3 * (packed.stat().st_size >> 20))
    loud = "" if wish.verbose else "quiet loglevel=1"
    words = f"console={machine.console} rdinit=/init panic=-1 mitigations=off {loud} {wish.words}".strip()
    # The machine ends when we do, however we end.
    command = ["setpriv", "--pdeathsig", "KILL", "nice", "-n", str(wish.nice), machine.qemu, *machine.setup, "-accel", "tcg"]
    command += ["-smp", str(wish.cpus), "-m", str(memory), "-nodefaults", "-display", "none", "-serial", "stdio", "-no-reboot"]
    command += ["-kernel", str(image.bare), "-initrd", str(packed), "-append", words]
    console = Console(mark.encode(), out if out is not None else sys.stdout.buffer, wish.verbose)
    begun, overdue = time.monotonic(), threading.Event()
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        clock = threading.Timer(wish.seconds, stop, (process, overdue))
        clock.start()
        try:
            read(process, console, f"{kernel.name}: Linux {image.release}", begun)
        finally:
            clock.cancel()
            process.kill()
    if console.status is not None:
        return console.status, console.files()
    if overdue.is_set():
        say(f"{kernel.name}: ended after {wish.seconds:g} s, the time limit")
        return TIMED_OUT, b""
    said = b"".join(console.before).decode("utf-8", "replace")
    raise Failure(f"{kernel.name}: the machine stopped before the command did; its last words:\n{said}")


def stop(process: "subprocess.Popen[Any]", overdue: threading.Event) -> None:
    """Its time is over."""
    overdue.set()
    process.kill()


def read(process: "subprocess.Popen[bytes]", console: Console, name: str, begun: float) -> None:
    """All that it says, until the command has ended."""
    assert process.stdout is not None
    for line in process.stdout:
        up = console.began
        console.take(line)
        if console.began and not up:
            say(f"{name} is up after {time.monotonic() - begun:.1f} s")
        if console.status is not None:
            return


def secret_mark() -> str:
    """Begins the lines of our init."""
    return f"boot-kernel-{secrets.token_hex(8)}"


def keep(data: bytes, folder: Path) -> None:
    """Files of a guest into a folder. Raises ValueError for one that would lie elsewhere."""
    folder.mkdir(parents=True, exist_ok=True)
    if data:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as archive:
            # Debian 12's Python has no filter for this yet.
            for member in archive:
                if not (folder / member.name).resolve().is_relative_to(folder.resolve()):
                    raise ValueError(f"{member.name} lies outside of the folder")
                if member.isfile() or member.isdir():
                    archive.extract(member, folder, set_attrs=False)
