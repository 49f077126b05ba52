"""Debian packages of any suite and architecture, from the archive that this machine's apt uses."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from tools.boot_kernel import Failure

FRESH: Final = 3600
"""Seconds for which a package list is not asked for again."""
PATIENCE: Final = 900
KEYS: Final = "/usr/share/keyrings/debian-archive-keyring.gpg"
DEB: Final = re.compile(r"^'[^']+' (\S+\.deb) \d+", re.MULTILINE)
ADDRESS: Final = re.compile(r"\w+://[^/\s]+|\[IP: [^]]*\]")


def say(text: str) -> None:
    """To the person who waits."""
    print(f"boot-kernel: {text}", file=sys.stderr, flush=True)


def run(*command: str, cwd: Path | None = None) -> str:
    """What a program prints. Raises Failure with its own last words, without the archive's address."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, cwd=cwd, env=environment)
    except subprocess.TimeoutExpired:
        raise Failure(f"{command[0]} took more than {PATIENCE} s") from None
    if done.returncode:
        words = ADDRESS.sub("", done.stderr)[-1500:].strip()
        raise Failure(f"{command[0]} {command[-1]} failed: {words}")
    return done.stdout


def install(programs: dict[str, str]) -> None:
    """What is missing of these programs (name → package), by apt. Raises Failure where we are not root."""
    if shutil.which("apt-get") is None:
        raise Failure("this needs Debian's apt-get")
    missing = sorted({package for name, package in programs.items() if shutil.which(name) is None})
    if not missing:
        return
    if os.geteuid() != 0:
        raise Failure(f"as root: apt-get install {' '.join(missing)}")
    say(f"installing {' '.join(missing)}")
    run("apt-get", "update", "-qq")
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing)


class Archive:
    """One suite for one architecture. apt has its own state in the cache folder, so that this machine's is left alone."""

    def __init__(self, cache: Path, suite: str, arch: str) -> None:
        self.suite = suite
        self._folder = cache / f"apt-{suite}-{arch}"
        self._debs = self._folder / "cache/archives"
        settings = {
            "APT::Architecture": arch,
            "APT::Architectures": arch,
            "APT::Install-Recommends": "false",
            "APT::Sandbox::User": "",  # the cache folder may be where only we may look
            "Acquire::Languages": "none",
            "Dir::Cache": f"{self._folder}/cache",
            "Dir::State": f"{self._folder}/state",
            "Dir::State::status": f"{self._folder}/status",
            "Dir::Etc::sourcelist": f"{self._folder}/sources.list",
            "Dir::Etc::sourceparts": "/dev/null",
            "Dir::Etc::preferencesparts": "/dev/null",
        }
        self._options = [word for key, value in settings.items() for word in ("-o", f"{key}={value}")]

    def packages(self, names: Sequence[str]) -> list[Path]:
        """The files of packages and of all that they depend on. Raises Failure."""
        self._update()
        wanted = DEB.findall(run("apt-get", *self._options, "--print-uris", "-y", "install", *names))
        run("apt-get", *self._options, "--download-only", "-y", "-qq", "install", *names)
        return [self._debs / name for name in wanted]

    def kernel(self, meta: str) -> Path:
        """The newest kernel that a package of that name depended on and the archive still has, alone. Raises Failure."""
        self._update()
        shown = run("apt-cache", *self._options, "--all-versions", "show", meta)
        names = list(dict.fromkeys(re.findall(r"^Depends: (linux-image-[^ ,]+)", shown, re.MULTILINE)))
        why = "the archive lists none"
        for name in names:
            try:
                run("apt-get", *self._options, "download", name, cwd=self._debs)
            except Failure as failure:
                why = str(failure)
                continue
            return next(self._debs.glob(f"{name}_*.deb"))
        raise Failure(f"{meta} of {self.suite}: {why}")

    def forget(self) -> None:
        """What was downloaded; the lists stay."""
        for deb in self._debs.glob("*.deb"):
            deb.unlink()

    def _update(self) -> None:
        for name in ("state/lists/partial", "cache/archives/partial"):
            (self._folder / name).mkdir(parents=True, exist_ok=True)
        (self._folder / "status").touch()
        stamp = self._folder / "updated"
        if stamp.exists() and time.time() - stamp.stat().st_mtime < FRESH:
            return
        (self._folder / "sources.list").write_text("".join(f"{line}\n" for line in sources(self.suite)))
        run("apt-get", *self._options, "update", "-qq")
        stamp.touch()


def sources(suite: str) -> list[str]:
    """Lines for a sources.list: this machine's archives of Debian, with another suite. Raises Failure where it has none."""
    found = re.search(r"^VERSION_CODENAME=(\w+)", Path("/etc/os-release").read_text(), re.MULTILINE)
    ask = ("apt-get", "indextargets", "--format", "$(SITE) $(RELEASE) $(COMPONENT)", "Created-By: Packages")
    targets = run(*ask)
    if not targets and os.geteuid() == 0:
        run("apt-get", "update", "-qq")
        targets = run(*ask)
    lines = other_suite(targets.splitlines(), found[1] if found else "", suite)
    if not lines:
        raise Failure("apt here knows no archive of Debian (apt-get update, as root, may be all that it needs)")
    return lines


def other_suite(targets: Iterable[str], ours: str, suite: str) -> list[str]:
    """targets: "SITE RELEASE COMPONENT" each; those of our own release and its updates, as lines for another one."""
    lines: dict[str, None] = {}
    for site, release, component in (target.split() for target in targets):
        if ours and re.fullmatch(rf"{ours}(-updates|-security)?", release):
            lines[f"deb [signed-by={KEYS}] {site} {release.replace(ours, suite)} {component}"] = None
    return list(lines)
