"""Files that a program touches, by each engine that works here, beside what strace -y says."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from posixpath import join

import pytest

from explorer.model.access import FileUse, Unseen
from explorer.trace.access import Access, calls, places
from explorer.trace.engines import ENGINES
from explorer.trace.tracer import Capture, Tracer
from tests.namespaces import first_pids
from tests.tracing import identity

PYTHON = ("/usr/bin/python3", "-I", "-S")
SPECIMEN = str(Path(__file__).parent.parent / "specimens/touches.py")
OPEN = re.compile(
    r'^\d+ +(?:open|openat|openat2|creat)\((?:(\S+?)<(.*?)>(?:\(deleted\))?, )?"(.*?)".* = '
    r"(?:(\d+)<(.*)>(?:\(deleted\))?$|-1 (E\w+))"
)
LONG = """
import os, sys
os.chdir(sys.argv[1])
while len(os.getcwd()) < 3700:
    os.mkdir("d" * 200)
    os.chdir("d" * 200)
for end in "AB":
    os.close(os.open(os.getcwd() + f"/end-{end}", os.O_CREAT | os.O_WRONLY))
    os.stat(f"end-{end}")
for name in ("n" * 4000, "/" + "n/" * 3000, "/" + "n/" * 3000):
    try:
        os.open(name, 0)
    except OSError:
        pass
"""
CHANGED = re.compile(r'^\d+ +(unlink|rename|mkdir|rmdir)\("(.*?)"(?:, "(.*?)")?.* = 0$')


class Watched:
    """What Access made of all events of a tracer, to its end."""

    def __init__(self, tracer: Tracer, access: Access) -> None:
        for batch in tracer.batches():
            access.take(batch, tracer.call_of)
        self.uses = access.rows("path")
        self.rows: dict[str, FileUse] = {row.path: row for row in self.uses}
        self.unseen: list[Unseen] = access.unseen()


def what(engine: type[Tracer]) -> Capture:
    return Capture(calls(), string=0, what=frozenset({"access" if "access" in engine.COUNTS else "stream"}))


@pytest.fixture(params=[engine.name for engine in ENGINES])
def engine(request: pytest.FixtureRequest) -> type[Tracer]:
    found = next(engine for engine in ENGINES if engine.name == request.param)
    why = found.unusable()
    if why is not None:
        pytest.skip(f"{why.detail}; {why.cure}")
    return found


def watched(engine: type[Tracer], *command: str) -> Watched:
    tracer, access = engine(), Access(places())
    pid = tracer.start(command, what(engine))
    access.begin([pid], parent=os.getpid())
    return Watched(tracer, access)


@pytest.fixture
def empty(tmp_path: Path) -> str:
    """A folder that is as empty each time."""
    folder = tmp_path / "empty"
    folder.mkdir()
    return str(folder)


def by_strace(folder: str, out: Path, *command: str) -> list[str]:
    """Its lines; the folder is empty again."""
    subprocess.run(["strace", "-f", "-y", "-s", "4096", "-o", str(out), *command], check=True, timeout=60, capture_output=True)
    shutil.rmtree(folder)
    os.mkdir(folder)
    return out.read_text().splitlines()


def opened_and_failed(lines: Sequence[str], cwd: str) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """By strace: the descriptor's own name; the name that was asked for, with its error."""
    good: Counter[str] = Counter()
    bad: Counter[tuple[str, str]] = Counter()
    for line in lines:
        if found := OPEN.match(line):
            _, base, name, number, real, error = found.groups()
            if number:
                good[real] += 1
            else:
                bad[join(base or cwd, name), error] += 1
    return good, bad


@pytest.mark.oracle("strace")
def test_as_strace_has_it(engine: type[Tracer], empty: str, tmp_path: Path) -> None:
    command = (*PYTHON, SPECIMEN, empty)
    lines = by_strace(empty, tmp_path / "strace", *command)
    rows = watched(engine, *command).rows
    good, bad = opened_and_failed(lines, os.getcwd())
    assert {path: row.opens for path, row in rows.items() if row.opens and row.kind == "file"} == good
    failed = Counter({(row.path, error): times for row in rows.values() for error, times in row.failures.get("open", {}).items()})
    assert failed == bad
    changed: Counter[tuple[str, str]] = Counter()
    for line in lines:
        if found := CHANGED.match(line):
            kind, one, other = found.groups()
            where = f"{empty}/sub" if one == "inner" else empty
            changed[kind, join(where, one)] += 1
            if other:
                changed["rename to", join(where, other)] += 1
    kinds = {"unlink", "rename", "rename to", "mkdir", "rmdir"}
    touched = {(kind, row.path): times for row in rows.values() for kind, times in row.touches.items() if kind in kinds}
    assert touched == changed
    assert len(changed) == 9


def test_what_was_done_with_each(engine: type[Tracer], empty: str) -> None:
    found = watched(engine, *PYTHON, SPECIMEN, empty)
    rows = {path.removeprefix(f"{empty}/"): row for path, row in found.rows.items()}
    file, copy, moved = rows["file"], rows["copy"], rows["sub/moved"]
    assert (file.opens, file.reads, file.read_bytes, file.writes, file.written_bytes) == (3, 2, 55, 1, 100)
    assert (file.mapped, sorted(file.names)) == ("written", [f"{empty}/link"])
    assert (file.touches["chmod"], file.touches["truncate"], file.touches["link"]) == (1, 1, 1)
    assert (copy.opens, copy.writes, copy.written_bytes, copy.names) == (1, 1, 50, (f"{empty}/sub/../copy",))
    assert (moved.writes, moved.written_bytes, moved.deleted) == (2, 9, True)
    assert rows["none.sock"].failures == {"connect": {"ENOENT": 1}}
    assert rows["bound.sock"].touches == {"bind": 1}
    assert rows["sub/inner"].touches == {"stat": 1, "unlink": 1}
    assert [one.written for one in found.unseen] == [1]


@pytest.mark.root
def test_a_root_of_its_own(engine: type[Tracer], empty: str) -> None:
    rows = watched(engine, *PYTHON, SPECIMEN, empty, "jail").rows
    conf = rows[f"{empty}/jail/etc/conf"]
    assert conf.opens == 2
    assert (conf.touches["stat"] >= 1, conf.touches["unlink"]) == (True, 1)
    assert rows[f"{empty}/jail"].touches["chroot"] == 1


@first_pids
@pytest.mark.root
def test_a_mount_namespace_of_its_own(engine: type[Tracer], empty: str) -> None:
    """The same path in it is another file; paths are as they are there."""
    script = f"mount -t tmpfs none {empty} && echo there > {empty}/file && cat {empty}/file"
    Path(empty, "file").write_text("here")
    tracer, access = engine(), Access(places())
    command = ["sh", "-c", f"cat {empty}/file; unshare -m sh -c '{script}; true'; true"]
    pid = tracer.start(command, what(engine))
    access.begin([pid], parent=os.getpid())
    rows = [row for row in Watched(tracer, access).uses if row.path == f"{empty}/file"]
    assert sorted((row.opens, row.read_bytes, row.written_bytes) for row in rows) == [(1, 4, 0), (2, 6, 6)]
    assert len({row.namespace for row in rows}) == 2


def test_open_before_it_was_attached_to(engine: type[Tracer], tmp_path: Path) -> None:
    (tmp_path / "old").write_text("x" * 50)
    (tmp_path / "gone").write_text("")
    os.mkdir(tmp_path / "there")
    program = (
        "import os, sys\nos.chdir('there')\nold = os.open('../old', 0)\ngone = os.open('../gone', os.O_WRONLY)\nos.unlink('../gone')\n"
        "print(flush=True)\nsys.stdin.readline()\nos.read(old, 20)\nos.write(gone, b'123')\nos.mkdir('made')\n"
    )
    command = [sys.executable, "-I", "-S", "-c", program]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path) as child:
        assert child.stdin
        assert child.stdout
        child.stdout.readline()
        tracer, access = engine(), Access(places())
        access.begin([child.pid])
        tracer.attach([identity(child.pid)], what(engine))
        child.stdin.write(b"\n")
        child.stdin.close()
        rows = Watched(tracer, access).rows
    old, gone = rows[f"{tmp_path}/old"], rows[f"{tmp_path}/gone"]
    assert (old.opens, old.reads, old.read_bytes) == (0, 1, 20)
    assert (gone.writes, gone.written_bytes, gone.deleted) == (1, 3, True)
    assert rows[f"{tmp_path}/there/made"].touches == {"mkdir": 1}


def test_io_uring_is_said(engine: type[Tracer]) -> None:
    program = "import ctypes\nctypes.CDLL(None).syscall(425, 0, 0)\n"
    found = watched(engine, *PYTHON, "-c", program)
    assert [one.io_uring for one in found.unseen] == [1]


def test_case_54_long_paths_have_their_ends_or_a_mark(engine: type[Tracer], empty: str) -> None:
    uses = [row for row in watched(engine, *PYTHON, "-c", LONG, empty).uses if len(row.path) > 3700]
    for end in "AB":
        (row,) = [row for row in uses if row.path.endswith(f"/end-{end}")]
        assert (row.opens, row.touches.get("stat")) == (1, 1)
        assert row.cut or row.path.startswith(empty)
    (name,) = [row for row in uses if row.path.endswith("n" * 4000)]
    assert (name.failures, name.cut) == ({"open": {"ENAMETOOLONG": 1}}, False)
    # Twice the same, as far as it was captured.
    cut = [row for row in uses if "/n/n/n" in row.path]
    assert [(row.failures, row.cut) for row in cut] == [({"open": {"ENAMETOOLONG": 1}}, True)] * 2
