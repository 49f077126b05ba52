"""cli/tracing/files.py: what an engine has to take, and what is drawn meanwhile."""

import io
import mmap
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.cli.output import Output
from explorer.cli.tracing.files import Asked, Files, capture, has_ring, mapped
from explorer.cli.tracing.live import Live
from explorer.cli.tracing.wish import Wish
from explorer.query.trace import Wrong
from explorer.render.piece import plain
from explorer.render.trace import Look
from explorer.resolve.system import System
from explorer.trace.access import calls, placing
from explorer.trace.filters import options
from tests.trace.access.told import Told
from tests.trace.fakes import FakeTracer
from tests.trace.fakes import calls as some_calls


class Counting(FakeTracer):
    COUNTS = frozenset({"access"})


@pytest.fixture
def system() -> Iterator[System]:
    found = System()
    yield found
    found.close()


def wish(*expressions: str, paths: tuple[str, ...] = (), only: str = "", events: int | None = None) -> Wish:
    found = options(expressions, paths, "", only)
    assert not isinstance(found, Wrong)
    return Wish(found, Look(), events=events)


def test_what_an_engine_counts_is_asked_of_it() -> None:
    for what in (wish(), wish("path=/etc"), wish(paths=("/etc/passwd",))):
        assert capture(what, Counting()).what == {"access"}
        assert capture(what, FakeTracer()).what == {"stream"}
        assert capture(what, Counting()).calls == calls()


def test_other_questions_are_answered_from_rows() -> None:
    for what in (wish("openat"), wish(only="failed"), wish("fd=3"), wish(events=5)):
        assert capture(what, Counting()).what == {"stream"}
    assert capture(wish("openat"), Counting()).calls == placing() | {"openat"}


USUAL = Asked()


def made(system: System, what: Wish, asked: Asked = USUAL) -> Files:
    out = Output(io.StringIO(), io.StringIO())
    return Files(what, asked, Live(out, wanted=False), system, out, out, {"targets": [{"pid": os.getpid(), "name": "us"}]})


def test_a_picture(system: System) -> None:
    files = made(system, wish("path=/srv"))
    told = Told(files.access, pid=os.getpid())
    for number in range(30):
        told.call("read", 5, 0, 9, result=number, fds={5: b"/srv/%d" % number}).call("read", 5, 0, 9, result=1, fds={5: b"/etc/x"})
    lines = [plain(line) for line in files.picture(80, 10, "ptrace")]
    assert len(lines) <= 10
    assert lines[0].startswith("60 calls on 31 files, 0 lost, ")
    assert lines[1].split()[-1] == "PATH"
    assert all("/srv/" in line for line in lines[2:-1])
    assert lines[-1].startswith("mapped into memory, where use is unseen: ")


def test_only_the_opened(system: System) -> None:
    files = made(system, wish(), Asked(opened=True))
    told = Told(files.access, pid=os.getpid(), cwd=b"/srv")
    for path, result in ((b"x\0", 5), (b"y\0", -2), (b"x\0", 5)):
        told.call("open", path, result=result, opened={5: b"/srv/x"} if result > 0 else {})
    told.call("open", b"z" * 4096, result=6)
    assert isinstance(files.where.out, io.StringIO)
    assert files.where.out.getvalue().splitlines() == ["/srv/x", f"{os.getcwd()}/{'z' * 4095}..."]
    assert files.lines == 2


def test_batches_of_an_engine(system: System) -> None:
    files, tracer = made(system, wish()), FakeTracer()
    files.take(some_calls(3), tracer)
    files.rest()
    files.sum_up(tracer)
    assert isinstance(files.out.err, io.StringIO)
    assert files.out.err.getvalue().startswith("procdive: 0 calls on 0 files, 0 lost, ")


def test_what_an_engine_had_no_room_for(system: System) -> None:
    files, tracer = made(system, wish()), FakeTracer()
    tracer.untallied = 7  # type: ignore[attr-defined]
    files.take(some_calls(1), tracer)
    assert "7 calls on more files than there is room for are not counted" in [plain(line) for line in files.remarks()]


def test_rings(system: System) -> None:
    assert not has_ring(system, os.getpid())
    assert not has_ring(system, 1 << 30)


def test_mapped(system: System, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x" * 4096)
    with file.open("r+b") as opened, mmap.mmap(opened.fileno(), 4096):
        found = {one.path: one.written for one in mapped(system, [os.getpid(), 1 << 30])}
    assert [path for path, written in found.items() if written and path == os.fsencode(file)]
    assert False in found.values()
