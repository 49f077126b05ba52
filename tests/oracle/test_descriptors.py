"""Descriptors as lsfd, lsof and ss see them, on processes that hold one thing each: the facts that stay."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from explorer.collect.files import files
from explorer.decode.fd.path import PathFd
from explorer.decode.fd.socket import SocketFd
from explorer.model.fd import Fd
from explorer.model.missing import Missing
from explorer.model.socket import InetSocket, UnixSocket, where
from explorer.resolve.system import System
from tests.specimens.holds import Holds

PLAIN = (
    "eventfd",
    "eventpoll",
    "timerfd",
    "signalfd",
    "pidfd",
    "memfd",
    "bpf",
    "perf",
    "io_uring",
    "userfaultfd",
    "namespace",
    "mqueue",
    "pipe",
    "tcp",
    "udp",
    "packet",
    "vsock",
    "mptcp",
)
WITH_PATH = ("inotify", "fanotify", "names", "unix")
LSFD_FLAGS = {
    "O_WRONLY": "wronly",
    "O_RDWR": "rdwr",
    "O_APPEND": "append",
    "O_NONBLOCK": "nonblock",
    "O_DIRECTORY": "directory",
    "O_CLOEXEC": "cloexec",
    "O_PATH": "path",
}


@pytest.fixture
def system() -> Iterator[System]:
    made = System()
    yield made
    made.close()


def ours(system: System, pid: int) -> dict[int, Fd]:
    found = files(system, pid)
    assert not isinstance(found, Missing)
    return {fd.number: fd for fd in found}


def output(*argv: str) -> str:
    done = subprocess.run(argv, capture_output=True, timeout=60, check=False)
    return done.stdout.decode("utf-8", "surrogateescape")


def lsfd(pid: int, *columns: str) -> dict[int, dict[str, Any]]:
    rows = json.loads(output("lsfd", "-J", "-p", str(pid), "-o", ",".join(("FD", *columns))))["lsfd"]
    return {row["fd"]: row for row in rows if row["fd"] is not None}


@pytest.mark.oracle("lsfd")
@pytest.mark.parametrize("kind", [*PLAIN, *WITH_PATH, "regular"])
def test_as_lsfd(system: System, tmp_path: Path, kind: str) -> None:
    arguments = [str(tmp_path / "file")] if kind == "regular" else [str(tmp_path)] if kind in WITH_PATH else []
    with Holds(kind, *arguments) as it:
        theirs = lsfd(it.pid, "POS", "FLAGS", "INODE", "MNTID", "MODE", "SIZE", "TYPE")
        found = ours(system, it.pid)
        assert set(found) == {number for number in theirs if number >= 0}
        for number, fd in found.items():
            row = theirs[number]
            assert fd.position == int(row["pos"]), number
            assert fd.mnt_id == int(row["mntid"]), number
            assert fd.access == row["mode"].replace("-", "").replace("x", ""), (number, row)
            flags = set((row["flags"] or "").split(",")) - {""}
            assert flags >= {LSFD_FLAGS[name] for name in fd.flag_names if name in LSFD_FLAGS}, number
            if isinstance(fd, PathFd):
                assert (fd.inode, fd.size) == (int(row["inode"]), int(row["size"])), number


def lsof(pid: int) -> dict[int, dict[str, str]]:
    """Field letter → value of each descriptor (lsof -F)."""
    found: dict[int, dict[str, str]] = {}
    current: dict[str, str] = {}
    for line in output("lsof", "-nPw", "-a", "-d", "0-100", "-p", str(pid), "-FftaoinPT").splitlines():
        if line.startswith("f"):
            current = found.setdefault(int(line[1:]), {}) if line[1:].isdecimal() else {}
        elif line.startswith("T") and "=" in line:
            current[line[1:3]] = line.partition("=")[2]
        elif line:
            current[line[0]] = line[1:]
    return found


@pytest.mark.oracle("lsof")
@pytest.mark.parametrize("kind", ["tcp", "udp", "regular", "pipe", "eventfd"])
def test_as_lsof(system: System, tmp_path: Path, kind: str) -> None:
    with Holds(kind, *([str(tmp_path / "file")] if kind == "regular" else [])) as it:
        theirs, found = lsof(it.pid), ours(system, it.pid)
        assert set(found) == set(theirs)
        for number, fd in found.items():
            row = theirs[number]
            assert {"r": "r", "w": "w", "u": "rw", " ": ""}[row["a"]] == fd.access, number
            if isinstance(fd, PathFd):
                assert row["n"].removesuffix(" (deleted)") == fd.path
            if not isinstance(fd, SocketFd) or not isinstance(fd.socket, InetSocket) or not fd.socket.local[0]:
                continue
            socket = fd.socket
            assert row["P"].lower() == ("udplite" if row["P"] == "UDPLITE" else socket.protocol)
            ends = [where(socket.local), *([where(socket.remote)] if socket.connected else [])]
            assert row["n"].replace("*:", "[::]:") == "->".join(ends)
            if socket.protocol == "tcp":
                assert (row["ST"], int(row["QR"])) == (socket.state, socket.receive_queue)


@pytest.mark.oracle("ss")
def test_tcp_as_ss(system: System) -> None:
    with Holds("tcp") as it:
        found = ours(system, it.pid)
        rows: dict[int, tuple[str, int, int, str, str]] = {}
        for line in output("ss", "-tanpH").splitlines():
            words = line.split()
            for match in re.finditer(rf"pid={it.pid},fd=(\d+)", " ".join(words[5:])):
                rows[int(match[1])] = (words[0], int(words[1]), int(words[2]), words[3], words[4])
        assert set(rows) == {it.listening, it.client, it.accepted, it.waits}
        for number, (state, receive, send, local, remote) in rows.items():
            fd = found[number]
            assert isinstance(fd, SocketFd)
            socket = fd.socket
            assert isinstance(socket, InetSocket)
            assert {"ESTAB": "ESTABLISHED"}.get(state, state) == socket.state
            assert (receive, send) == (socket.receive_queue, socket.send_queue)
            assert local.replace("[::ffff:127.0.0.1]", "127.0.0.1").replace("*:", "[::]:") == where(socket.local)
            if socket.connected:
                assert remote.replace("[::ffff:127.0.0.1]", "127.0.0.1") == where(socket.remote)


@pytest.mark.oracle("ss")
def test_unix_peers_as_ss(system: System, tmp_path: Path) -> None:
    with Holds("unix", str(tmp_path)) as it:
        peers = {}
        for line in output("ss", "-xanH").splitlines():
            if match := re.search(r" (\d+) +\* (\d+)\s*$", line):
                peers[int(match[1])] = int(match[2])
        checked = 0
        for fd in ours(system, it.pid).values():
            if isinstance(fd, SocketFd) and isinstance(fd.socket, UnixSocket) and fd.inode in peers:
                assert fd.socket.peer == peers[fd.inode]
                checked += 1
        assert checked == 7
