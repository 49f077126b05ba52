"""tools/boot_kernel/__main__.py: what the command takes."""

import subprocess
from pathlib import Path

import pytest

from tools.boot_kernel.__main__ import cache_folder, parser
from tools.boot_kernel.kernels import KERNELS

COMMAND = Path(__file__).parents[3] / "tools/boot-kernel"


def test_the_kernels() -> None:
    assert list(KERNELS) == [f"{version}-{arch}" for arch in ("amd64", "arm64") for version in ("5.10", "6.1", "6.12")]


def test_the_commands_own_options_are_its_own() -> None:
    options = parser().parse_args(["--module", "a", "--module", "b", "6.1-arm64", ".", "ls", "--all", "-l"])
    assert options.modules == ["a", "b"]
    assert options.command == ["ls", "--all", "-l"]


def test_images_are_kept_where_caches_belong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/var/cache/me")
    assert cache_folder() == Path("/var/cache/me/procdive/kernels")
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    monkeypatch.setenv("HOME", "/home/user")
    assert cache_folder() == Path("/home/user/.cache/procdive/kernels")


def test_it_runs_from_everywhere() -> None:
    done = subprocess.run([COMMAND, "--help"], capture_output=True, text=True, cwd="/", check=True)
    assert "5.10-amd64" in done.stdout
    done = subprocess.run([COMMAND, "6.1-amd64", "/"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "no COMMAND" in done.stderr
