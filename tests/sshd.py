"""A real sshd on loopback, with a host key, a configuration and an authorized key of its own, in a folder that goes away with it."""

import getpass
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.loopback import answers, free_port, until

CONF = """
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {folder}/authorized
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
PrintMotd no
PrintLastLog no
"""
SEPARATION = Path("/run/sshd")


class Sshd:
    """`with Sshd() as sshd:` — sshd.command("procdive") is the argv that runs it over ssh, in a terminal of its own, as who we are."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="sshd-"))
        self.port = 0
        self._made: list[Path] = []

    def __enter__(self) -> Self:
        for name in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.folder / name)], check=True)
        shutil.copy(self.folder / "user.pub", self.folder / "authorized")
        if os.geteuid() == 0 and not SEPARATION.exists():
            SEPARATION.mkdir(mode=0o755)  # sshd's unit makes it, and no service was started
            self._made.append(SEPARATION)
        for attempt in range(5):
            try:
                return self._start()
            except AssertionError:
                self._end()
                if attempt == 4:
                    self.stop()
                    raise
        raise AssertionError

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def command(self, *remote: str, terminal: bool = True) -> list[str]:
        """An argv for ssh that runs `remote`, words of a shell there."""
        options = {
            "IdentitiesOnly": "yes",
            "StrictHostKeyChecking": "no",
            "UserKnownHostsFile": str(self.folder / "known"),
            "LogLevel": "ERROR",
        }
        flags = [part for name, value in options.items() for part in ("-o", f"{name}={value}")]
        key = str(self.folder / "user")
        return [
            "ssh", "-F", "none", "-tt" if terminal else "-T", "-i", key, "-p", str(self.port), *flags,
            f"{getpass.getuser()}@127.0.0.1", *remote,
        ]  # fmt: skip

    def _start(self) -> Self:
        self.port = free_port()
        (self.folder / "conf").write_text(CONF.format(port=self.port, folder=self.folder))
        with open(self.folder / "log", "wb") as log:
            self._process = subprocess.Popen(
                [str(shutil.which("sshd")), "-D", "-e", "-f", str(self.folder / "conf")], stdin=subprocess.DEVNULL, stderr=log
            )
        until(self._listens, "sshd to listen")
        return self

    def _listens(self) -> bool:
        assert self._process.poll() is None, (self.folder / "log").read_text()
        return answers(self.port)

    def _end(self) -> None:
        self._process.terminate()
        self._process.wait(10)

    def stop(self) -> None:
        """End it and take its folder away. Sessions that still run keep running until their ssh ends."""
        self._end()
        for path in self._made:
            path.rmdir()
        shutil.rmtree(self.folder, ignore_errors=True)
