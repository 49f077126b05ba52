"""trace/access/access.py: files of a trace, counted."""

import pytest

from explorer.decode.syscall import numbers
from explorer.model.batch import Batch, Birth, Kind
from explorer.model.trace import Call
from explorer.model.use import Use, UseKey
from explorer.trace.access import Access, Mapped, Place
from explorer.trace.payload import call_of, pack
from tests.trace.access.told import CWD, Told

LOG = {5: b"/var/log/x"}


def test_data_by_descriptor() -> None:
    told = Told()
    told.call("write", 5, 0, 9, result=9, fds=LOG).call("write", 5, 0, 9, result=-28, fds=LOG).call("read", 5, 0, 9, result=0, fds=LOG)
    use = told.rows["/var/log/x"]
    assert (use.writes, use.written_bytes, use.reads, use.read_bytes, use.others, use.opens) == (2, 9, 1, 0, 0, 0)
    assert use.failures == {"use": {"ENOSPC": 1}}
    assert (use.time, use.last, use.pids, use.namespace) == (3000, 10**18 + 3_000_000, (812,), 7)
    assert (told.access.calls, told.access.count, told.access.counted) == (3, 1, False)


def test_rows_by_process_a_part_of_them_and_of_some() -> None:
    told = Told()
    told.born(900)
    for pid, path, size in ((812, b"/a", 1), (900, b"/a", 5), (900, b"/b", 9)):
        told.call("read", 5, 0, 9, result=size, pid=pid, fds={5: path})
    rows = told.access.rows
    assert [(row.path, row.pids, row.read_bytes) for row in rows("read")] == [("/b", (900,), 9), ("/a", (812, 900), 6)]
    each = [("/a", (812,), 1), ("/b", (900,), 9), ("/a", (900,), 5)]
    assert [(row.path, row.pids, row.read_bytes) for row in rows("read", by="process")] == each
    assert [row.path for row in rows("read", start=1)] == ["/a"]
    assert [row.path for row in rows("read", stop=1)] == ["/b"]
    assert [row.path for row in rows("read", want=lambda file: file.path == b"/a")] == ["/a"]
    assert [(row.path, row.read_bytes) for row in rows("read", pids=frozenset({812}))] == [("/a", 1)]


def test_only_rows_that_are_asked_for() -> None:
    """Of others is kept where they put a process, and what is lost."""
    batch = Batch()
    calls = [("chdir", b"www\0", 0), ("stat", b"x\0", 0), ("chroot", b"/no\0", -1), ("stat", b"y\0", 0), ("chroot", b"/jail\0", 0)]
    for name, path, result in (*calls, ("stat", b"/z\0", 0)):
        payload = pack((0x1000, 0, 0, 0, 0, 0), [], [(0x1000, False, path)])
        batch.add(Kind.CALL, 812, 812, 1, numbers.numbers("x86_64")[name], result, payload=payload)
    batch.add(Kind.LOST, 0, 0, 1, result=7)
    access = Access({812: Place(b"", 7, b"/srv")}.get)
    access.take(batch, call_of, [3, 5])
    assert [row.path for row in access.rows("path")] == ["/jail/z", "/srv/www/y"]
    assert (access.lost, access.calls) == (7, 2)


def test_uses_that_the_engine_counted() -> None:
    """Each batch has all of them since the beginning; its rows of data calls are not counted again, those that name a path are."""
    access = Access({812: Place(b"", 7, b"/srv")}.get)
    told = Told(access)
    key = UseKey(812, b"/srv/x")

    def counted(use: Use) -> None:
        access.take(Batch(uses={key: use}), call_of)

    counted(Use(2, 20, 1, 5, 3, {11: 1}, 700, 50))
    told.call("openat", CWD, b"x\0", 0, result=5, opened={5: b"/srv/x"}).call("read", 5, 0, 9, result=9, fds={5: b"/srv/x"})
    told.call("fstat", 5, fds={5: b"/srv/x"})
    use = told.rows["/srv/x"]
    assert access.counted
    assert (use.opens, use.reads, use.read_bytes, use.writes, use.written_bytes, use.others) == (1, 2, 20, 1, 5, 3)
    assert (use.failures, use.time, use.namespace) == ({"use": {"EAGAIN": 1}}, 1700, 7)
    counted(Use(3, 30, 1, 5, 3, {11: 2}, 800, 60))
    counted(Use(4, 40, 1, 5, 3, {11: 2}, 900, 70))
    use = told.rows["/srv/x"]
    assert (use.reads, use.read_bytes, use.failures, use.time) == (4, 40, {"use": {"EAGAIN": 2}}, 1900)
    access.clear()
    assert told.rows == {}
    counted(Use(5, 41, 1, 5, 3, {11: 2}, 950, 80))
    use = told.rows["/srv/x"]
    assert (use.opens, use.reads, use.read_bytes, use.writes, use.failures, use.time) == (0, 1, 1, 0, {}, 50)
    # An engine that forgot a file begins with it anew.
    counted(Use(1, 1, 0, 0, 0, {}, 10, 90))
    assert told.rows["/srv/x"].reads == 2


@pytest.mark.parametrize("late", [False, True])
def test_rows_and_counts_say_the_same(late: bool) -> None:
    """late: the engine's counts come after rows of the same calls."""
    rows, counts = Told(), Told()
    uses: dict[UseKey, Use] = {}
    for told in (rows, counts):
        if told is counts and not late:
            told.access.take(Batch(uses=uses), call_of)
        told.call("openat", CWD, b"x\0", 0, result=5, opened={5: b"/srv/x"})
        for _ in range(3):
            told.call("read", 5, 0, 9, result=9, fds={5: b"/srv/x"})
        told.call("lseek", 5, fds={5: b"/srv/x"}).call("write", 5, result=-9, fds={5: b"/srv/x"})
        told.call("sendfile", 5, 6, 0, 9, result=9, fds={5: b"/srv/x", 6: b"/srv/y"})
        told.call("sendmmsg", 9, 0, 1, result=-11, fds={9: b"socket:[7]"}).call("connect", 9, 0, 0, result=-9, fds={9: b"socket:[7]"})
    uses[UseKey(812, b"/srv/x")] = Use(3, 27, 2, 9, 1, {9: 1}, 6000, 7_000_000)
    uses[UseKey(812, b"/srv/y")] = Use(1, 9, 0, 0, 0, {}, 1000, 7_000_000)
    counts.access.take(Batch(uses=uses), call_of)
    assert counts.rows == rows.rows


@pytest.mark.parametrize(("limit", "value"), [("SOON", 2), ("SOON_NS", 2_500_000)])
def test_an_engine_that_does_not_say_so_soon_does_not_count(monkeypatch: pytest.MonkeyPatch, limit: str, value: int) -> None:
    monkeypatch.setattr(f"explorer.trace.access.access.{limit}", value)
    told = Told()
    for _ in range(4):
        told.call("read", 5, result=1, fds={5: b"/x"}).access.take(Batch(), call_of)
    told.access.take(Batch(uses={}), call_of)
    assert told.rows["/x"].reads == 4


def test_what_is_not_seen_is_said() -> None:
    told = Told(Access({812: Place(b"", 7, b"/srv")}.get))
    told.access.begin([812], rings=[813])
    told.call("io_uring_setup", 8, 0, result=6, opened={6: b"anon_inode:[io_uring]"}).call("io_uring_enter", 6, 1)
    told.call("mmap", 0, 4096, 1, 2, 5, 0, result=0x7F00, fds={5: b"/lib/x.so"})
    told.call("mmap", 0, 4096, 1, 2, 5, 0, result=0x7F00, fds={5: b"/lib/x.so"})
    told.call("mmap", 0, 4096, 3, 1, 6, 0, result=0x7F00, fds={6: b"/db"})
    told.call("mmap", 0, 4096, 3, 0x22, -1, 0, result=0x7F00).call("mmap", 0, 4096, 3, 1, 6, 0, result=-12, fds={6: b"/other"})
    told.call("io_submit", 1, 1, 0, pid=814).call("openat", CWD, 0x1234, 0, result=5, pid=815)
    told.call("openat", CWD, 0x1234, 0, result=-2, pid=815).call("openat", CWD, 0x1234, 0, result=-14, pid=815)
    told.call("read", 77, 0, 9, result=9, pid=815).call("read", 77, 0, 9, result=-9, pid=816)
    found = {unseen.pid: (unseen.io_uring, unseen.aio, unseen.mapped, unseen.written, unseen.unnamed) for unseen in told.access.unseen()}
    assert found == {812: (2, 0, 2, 1, 0), 813: (1, 0, 0, 0, 0), 814: (0, 1, 0, 0, 0), 815: (0, 0, 0, 0, 3)}
    assert {path: use.mapped for path, use in told.rows.items()} == {"/lib/x.so": "read", "/db": "written"}
    told.access.clear()
    assert [unseen.pid for unseen in told.access.unseen()] == [812, 813]


def test_what_was_mapped_before() -> None:
    access = Access({812: Place(b"", 7, b"/srv")}.get)
    access.begin([812], mapped=[Mapped(812, b"/lib/x.so", False), Mapped(812, b"/db", True), Mapped(812, b"/lib/y.so", False)])
    assert [(row.path, row.mapped, row.pids) for row in access.rows("path")] == [("/db", "written", (812,))]
    assert [(one.pid, one.mapped, one.written) for one in access.unseen()] == [(812, 3, 1)]


def test_births_and_roots() -> None:
    told = Told(Access({812: Place(b"/jail", 7, b"/jail/home")}.get), cwd=b"")
    told.call("stat", b"/etc/x\0").born(900)
    told.call("chroot", b"/inner\0", pid=900).call("stat", b"/etc/x\0", pid=900).call("stat", b"y\0", pid=900)
    told.call("chdir", b"/\0", pid=900).call("stat", b"y\0", pid=900).call("stat", b"/etc/y\0")
    stats = [path for path, use in told.rows.items() if "stat" in (use.touches or {})]
    assert stats == ["/jail/etc/x", "/jail/etc/y", "/jail/home/y", "/jail/inner/etc/x", "/jail/inner/y"]


def test_a_birth_that_is_told_after_its_events() -> None:
    batch = Batch()
    batch.add(
        Kind.CALL, 900, 900, 1, numbers.numbers("x86_64")["stat"], payload=pack((0x1000, 0, 0, 0, 0, 0), [], [(0x1000, False, b"/x\0")])
    )
    batch.add(Kind.STARTED, 812, 812, 0, Birth.FORK, 900)
    access = Access({812: Place(b"/jail", 7, b"/"), 1: Place(b"", 8, b"/")}.get)
    access.begin([812, 1])
    access.take(batch, call_of)
    assert [(row.path, row.namespace) for row in access.rows()] == [("/jail/x", 7)]


def test_a_program_that_is_gone_before_we_look_was_where_we_are() -> None:
    told = Told(Access({1: Place(b"/jail", 7, b"/jail/home")}.get), cwd=b"")
    told.access.begin([812], parent=1)
    told.call("stat", b"x\0").call("stat", b"/y\0")
    assert {path: use.namespace for path, use in told.rows.items()} == {"/jail/home/x": 7, "/jail/y": 7}


def test_dropped() -> None:
    told = Told(Access(most=1))
    for number in range(3):
        told.call("read", 5, result=1, fds={5: b"/%d" % number})
    assert (list(told.rows), told.access.dropped) == (["/0"], 2)


def test_an_engine_with_payloads_of_its_own() -> None:
    """Is asked for each; one whose payloads are packed as usual is asked once."""
    asked = 0

    def packed(number: int, arch: int, result: int | None, payload: bytes) -> Call:
        nonlocal asked
        asked += 1
        return call_of(number, arch, result, payload)

    def own(number: int, arch: int, result: int | None, payload: bytes) -> Call:
        return Call(number, (9, 0, 0, 0, 0, 0), "x86_64", result, fds={9: "/own"})

    batch = Batch()
    for _ in range(3):
        batch.add(Kind.CALL, 812, 812, 1, 0, 5, payload=pack((7, 0, 0, 0, 0, 0), [(7, True, b"/made"), (7, False, b"/x")], []))
    for of, path in ((packed, "/x"), (own, "/own")):
        access = Access()
        access.take(batch, of)
        access.take(batch, of)
        assert [(row.path, row.reads, row.read_bytes) for row in access.rows()] == [(path, 6, 30)]
    assert asked == 1
