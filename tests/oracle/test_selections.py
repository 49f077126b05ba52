"""lsof's options: what procdive fds selects with each is what lsof selects with it, of processes that hold things of every sort."""

import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.commands import run
from tests.specimens.holds import Holds

pytestmark = [pytest.mark.oracle("lsof"), pytest.mark.root]
Row = tuple[int, str, str]
"""Process, what lsof's FD column has, of mapped files the path."""
LABELS = {"cwd": "cwd", "root": "rtd", "exe": "txt"}
WORKS = """
import mmap, os, sys
file = open("mapped", "r+b"); memory = mmap.mmap(file.fileno(), 0); file.close()
gone = open("mapped and gone", "r+b"); other = mmap.mmap(gone.fileno(), 0); gone.close(); os.unlink("mapped and gone")
print(flush=True); sys.stdin.read()
"""


@dataclass(frozen=True)
class Stage:
    """folder: where files are held. pids: of the processes, by kind. no_sockets: which of their sockets lsof does not take for any."""

    folder: Path
    pids: dict[str, int]
    ports: dict[str, int]
    no_sockets: frozenset[Row]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("held")
    folder.chmod(0o755)
    with ExitStack() as stack:
        pids: dict[str, int] = {}
        ports: dict[str, int] = {}
        no_sockets: set[Row] = set()
        for kind in ("eventfd", "tcp", "udp", "pipe", "memfd", "packet"):
            it = stack.enter_context(Holds(kind))
            pids[kind] = it.pid
            if kind in {"tcp", "udp"}:
                ports[kind] = it.port
            no_sockets |= {(it.pid, str(it.said[name]), "") for name in ("idle", "icmp") if name in it.said}
        for kind, name in (("unix", "unix"), ("names", "names"), ("regular", "names/file")):
            (folder / name).parent.mkdir(exist_ok=True)
            if kind != "regular":
                (folder / name).mkdir(exist_ok=True)
            it = stack.enter_context(Holds(kind, str(folder / name)))
            pids[kind] = it.pid
            no_sockets |= {(it.pid, str(it.said[name]), "") for name in ("tcp",) if name in it.said}
        (folder / "works/below").mkdir(parents=True)
        for name in ("mapped", "mapped and gone"):
            (folder / "works" / name).write_bytes(b"x" * 4096)
        program = subprocess.Popen(
            [sys.executable, "-c", WORKS], cwd=folder / "works", stdin=subprocess.PIPE, stdout=subprocess.PIPE, process_group=0
        )
        stack.enter_context(program)
        assert program.stdin is not None
        assert program.stdout is not None
        stack.callback(program.stdin.close)
        program.stdout.readline()
        pids["works"] = program.pid
        yield Stage(folder, pids, ports, frozenset(no_sockets))


def by_lsof(*options: str) -> set[Row]:
    said = subprocess.run(["lsof", "-nPw", "-Fpfn", *options], capture_output=True, timeout=100).stdout.decode("utf-8", "surrogateescape")
    found, pid, label = set(), 0, ""
    for line in said.splitlines():
        letter, rest = line[:1], line[1:]
        if letter == "p":
            pid = int(rest)
        elif letter == "f":
            label = rest
        elif letter == "n":
            found.add((pid, label, rest if label in {"mem", "DEL"} else ""))
    return found


def by_us(*options: str) -> set[Row]:
    busy = ["--busy"] if re.search(r"-a?[pcug] ?[^\s^]", " ".join(options)) else []
    done = run("fds", "--json", *busy, *options)
    assert done.status in {0, 1}, done.err
    return {row(record) for record in done.records}


def row(record: dict[str, object]) -> Row:
    pid = record["pid"]
    assert isinstance(pid, int)
    if "fd" in record:
        return pid, str(record["fd"]), ""
    if record["how"] == "mapped":
        return pid, "DEL" if record["deleted"] is True else "mem", str(record["path"])
    return pid, LABELS[str(record["how"])], ""


CASES = (
    "-p {tcp}", "-p {tcp},{udp}", "-p {tcp},{unix} -a -i", "-p {tcp} -i udp", "-a -p {tcp} -i", "-ap{tcp} -i4", "-a -p {tcp} -i6",
    "-i", "-i4", "-i 6", "-iTCP", "-iUDP", "-i :{port}", "-i tcp:{port}", "-i udp:{port}", "-i @127.0.0.1", "-i @127.0.0.1:{port}",
    "-i tcp@127.0.0.1", "-i @[::1]", "-i4 -i6", "-i tcp:1-65535", "-i tcp:{port},{other}", "-iTCP -sTCP:LISTEN",
    "-iTCP -sTCP:^LISTEN", "-i tcp -s TCP:ESTABLISHED,LISTEN", "-sTCP:LISTEN -p {tcp}", "-U", "-U -a -p {unix}", "-U -i",
    "-a -U -i", "-d 3", "-d 0-2", "-a -d 0-3,5 -p {tcp}", "-a -d ^0-2 -p {tcp}", "-a -d cwd -p {works}",
    "-a -d cwd,rtd,txt -p {works},{tcp}", "-a -d mem -p {works}", "-a -d fd -p {works}", "-a -d DEL -p {works}",
    "-a -d ^mem,^txt -p {works}", "-p ^{tcp} -i", "-i -p ^{tcp},^{udp}", "-u {me}",
    "-a -u {me} -i", "-u ^{me} -i", "-u 4242", "-a -u {me},4242 -p {tcp}", "-c python", "-c pyth -a -i", "-c /^python/ -a -U",
    "-c /PYTHON/i -a -i4", "-c /thon[0-9.]*$/ -a -U", "-c ^python -i", "-a -c /p.*n/b -p {tcp}", "-g {pgrp}", "-a -g {pgrp} -d cwd",
    "-g ^{pgrp} -a -d cwd -p {works},{tcp}", "{folder}/names/file", "-a -p {regular} {folder}/names/file",
    "{folder}/names/file {folder}/works",
    "{folder}/names", "{folder}/works", "{folder}/works/mapped", "+d {folder}/names", "+d {folder}", "+d {folder}/works",
    "-a -p {tcp},{works} /dev/null", "{folder}/unix/server", "-p {tcp} {folder}/works", "-a +d {folder}/works -d cwd",
    "-a -p {names},{works},{memfd} /", "-a -p {tcp},{works} -f -- /", "/dev/shm", "+f -- /dev/shm",
)  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_as_lsof_has_it(stage: Stage, case: str) -> None:
    """Of sockets lsof knows those that stand in a table: one that nobody bound or connected, and a raw one, are none for its -i and -s."""
    words = {name: str(pid) for name, pid in stage.pids.items()}
    words |= {"port": str(stage.ports["tcp"]), "other": str(stage.ports["udp"]), "folder": str(stage.folder), "me": str(os.geteuid())}
    options = [word.format(**words, pgrp=os.getpgid(stage.pids["works"])) for word in case.split()]
    pids = set(stage.pids.values())
    theirs, ours = ({found for found in by(*options) if found[0] in pids} for by in (by_lsof, by_us))
    apart = stage.no_sockets | nameless(stage)
    assert ours - apart == theirs - apart
    assert ours >= theirs or "-s" in case


def test_deleted_files_as_lsof_has_them_and_those_mapped_besides(stage: Stage) -> None:
    """lsof counts no names of files that are only mapped."""
    pids = set(stage.pids.values())
    theirs, ours = ({found for found in by("+L1") if found[0] in pids} for by in (by_lsof, by_us))
    assert {found for found in ours if found[1] != "DEL"} == theirs
    assert ours - theirs == {(stage.pids["works"], "DEL", f"{stage.folder}/works/mapped and gone")}
    both = {found for found in by_us("+aL1", str(stage.folder / "names")) if found[0] in pids}
    assert both == {found for found in by_lsof("+aL1", str(stage.folder / "names")) if found[0] in pids}


def test_a_tree_as_lsof_has_it_and_deleted_files_besides(stage: Stage) -> None:
    """lsof walks the tree, so it cannot meet what has no name any more."""
    theirs, ours = by_lsof("+D", str(stage.folder)), by_us("+D", str(stage.folder))
    assert theirs <= ours
    assert ours - theirs == nameless(stage)


def nameless(stage: Stage) -> set[Row]:
    """Files of which no name is left, and a symbolic link that is open itself (O_PATH): lsof does not find them in a folder."""
    found = {(stage.pids["works"], "DEL", f"{stage.folder}/works/mapped and gone")}
    for pid in (stage.pids["names"], stage.pids["works"]):
        for number in os.listdir(f"/proc/{pid}/fd"):
            file, inside = os.stat(f"/proc/{pid}/fd/{number}"), os.readlink(f"/proc/{pid}/fd/{number}").startswith(f"{stage.folder}/")
            if inside and (not file.st_nlink or stat.S_ISLNK(file.st_mode)):
                found.add((pid, number, ""))
    return found


def test_pids_alone_and_the_exit_status(stage: Stage) -> None:
    for options in (
        ["-t", "-i", f":{stage.ports['tcp']}"],
        ["-t", str(stage.folder / "works")],
        ["-t", "-p", f"{stage.pids['tcp']},4194303"],
        ["-t", "-Q", "-p", f"{stage.pids['tcp']},4194303"],
        ["-t", "-a", "-p", str(stage.pids["eventfd"]), "-i"],
        ["-t", "-c", "no such name"],
        ["-t", "-Q", "-c", "no such name"],
        ["-t", str(stage.folder / "nothing")],
        ["-t", str(stage.folder / "names"), str(stage.folder / "works/below")],
    ):
        theirs = subprocess.run(["lsof", "-nPw", *options], capture_output=True, text=True)
        ours = run("fds", *options)
        assert (ours.status, sorted(ours.out.split())) == (theirs.returncode, sorted(theirs.stdout.split())), options
        assert bool(ours.err) == bool(ours.status), options
