"""procdive who beside fuser, lsof and ss: the same processes have the same files and ports."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.commands import run
from tests.loopback import until
from tests.nginx import Nginx
from tests.specimens.holds import Holds


def output(*argv: str) -> str:
    done = subprocess.run(argv, capture_output=True, timeout=100, check=False)
    return done.stdout.decode("utf-8", "surrogateescape")


def pids(*arguments: str) -> set[int]:
    return {int(line) for line in run("who", "-t", *arguments).out.split()}


@pytest.mark.oracle("fuser", "nginx")
def test_a_port_and_a_log_as_fuser_has_them() -> None:
    with Nginx() as nginx:
        everybody = {nginx.master, *nginx.workers}
        until(lambda: pids(f":{nginx.port}") == everybody, "nginx to listen")
        assert {int(word) for word in output("fuser", f"{nginx.port}/tcp").split()} == everybody
        link = next(line for line in run("fds", str(nginx.master)).out.splitlines() if "error.log" in line).split()
        log = next(word for word in link if "error.log" in word)
        if log.startswith("/"):
            assert {int(word) for word in output("fuser", log).split()} == pids(log) == everybody


@pytest.mark.oracle("lsof")
def test_files_devices_and_file_systems_as_lsof_has_them(tmp_path: Path) -> None:
    with Holds("names", str(tmp_path)) as it:
        for path in sorted(tmp_path.iterdir()):
            if path.name.isascii() and path.name.isprintable() and path.is_file():
                assert {int(word) for word in output("lsof", "-t", "-w", str(path)).split()} == pids(str(path)), path
        assert {int(word) for word in output("lsof", "-t", "-w", "+D", str(tmp_path)).split()} <= pids(f"{tmp_path}/")
        assert it.pid in pids(f"{tmp_path}/")


@pytest.mark.oracle("ss")
def test_sockets_as_ss_has_them() -> None:
    with Holds("tcp") as it:
        told = output("ss", "-tanpH", f"( sport = :{it.port} or dport = :{it.port} )")
        theirs = {(int(pid), int(fd)) for pid, fd in re.findall(r"pid=(\d+),fd=(\d+)", told)}
        ours = {(record["pid"], use["fd"]) for record in run("who", "--json", f":{it.port}").records for use in record["uses"]}
        assert ours == theirs
        assert len(ours) >= 4
