"""trace/access/rows.py: a file and what processes did with it."""

from explorer.model.access import SORTS, FileUse
from explorer.trace.access.rows import READABLE, WRITABLE, Counts, File, kind_of, order, summed, use_of


def file(path: bytes, **counts: int) -> File:
    found = File(path, "file", 7, False)
    found.by[1] = Counts()
    for name, value in counts.items():
        setattr(found.by[1], name, value)
    return found


def test_kinds() -> None:
    names = [b"/x", b"/memfd:x", b"socket:[5]", b"TCP:[1.2.3.4:5->6.7.8.9:10]", b"pipe:[3]", b"anon_inode:[eventfd]", b"net:[5]"]
    assert [kind_of(name) for name in names] == ["file", "memory", "socket", "socket", "pipe", "other", "other"]


def test_sums_of_processes() -> None:
    found = file(b"/x\xff", opens=1, reads=2, read_bytes=10, total=5, last=100)
    other = found.by[2] = Counts()
    other.reads, other.mapped = 1, READABLE | WRITABLE
    other.timed(7, 90)
    for counts, errors in ((found.by[1], (2, 2, 13)), (other, (2, 9999))):
        counts.touch("stat")
        for error in errors:
            counts.fail("open", error)
    found.called(b"/x\xff")
    for number in range(6):
        found.called(b"/link%d" % number)
    assert use_of(found, (2, 1), 1000) == FileUse(
        "/x\udcff", "file", (1, 2), 1, 3, 10, touches={"stat": 2}, failures={"open": {"ENOENT": 3, "EACCES": 1, "errno 9999": 1}},
        mapped="written", time=12, last=1100, names=("/link0", "/link1", "/link2", "/link3"), namespace=7,
    )  # fmt: skip
    assert use_of(found, (1,), 0).mapped == ""
    assert summed(Counts(), Counts()).touches is None


def test_orders() -> None:
    small, large = file(b"/b"), file(b"/a", opens=1, reads=1, read_bytes=1, writes=1, written_bytes=1, total=1, last=1)
    large.by[1].touch("stat")
    large.by[1].fail("stat", 2)
    pipe = file(b"pipe:[1]", total=-1, opens=-1, reads=-1, read_bytes=-1, writes=-1, written_bytes=-1, last=-1)
    for sort in SORTS:
        rows = sorted([(pipe, (1,)), (small, (1,)), (large, (1,))], key=order(sort))
        assert [row[0].path for row in rows] == [b"/a", b"/b", b"pipe:[1]"]
