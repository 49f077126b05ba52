"""trace/matching.py: which rows a filter wants."""

from explorer.decode.constants.errno import ERRNO
from explorer.model.batch import Batch, Kind
from explorer.model.trace import Call
from explorer.query.trace import TraceFilter
from explorer.render.call import PLAIN_ERRORS
from explorer.trace.filters import parse
from explorer.trace.matching import NOT_NOW, Matcher, meant
from explorer.trace.payload import Captured, call_of
from tests.traces import nginx


def matcher(line: str) -> Matcher:
    found = parse(line)
    assert isinstance(found, TraceFilter), found
    return Matcher(found, call_of)


def test_not_now_is_what_the_screen_calls_so() -> None:
    assert {-number for number, (name, _) in ERRNO.items() if name in PLAIN_ERRORS or name.startswith("ERESTART")} == NOT_NOW


def test_filters_on_columns_read_no_payload() -> None:
    rows = nginx(200)
    for line in ("close", "!close,%network", "failed", "status=failed tid=812", "slower=1ms pid=813", "errno=EAGAIN"):
        quick = matcher(line)
        assert not quick.slow
        quick.call_of = None  # type: ignore[assignment]
        assert 0 < len(quick.rows(rows, 0, 200)) < 200
    assert matcher("fd=7").slow
    assert matcher("index").slow


def test_only_the_rows_asked_for_are_looked_at() -> None:
    rows = nginx(200)
    assert list(matcher("").rows(rows, 5, 9)) == [5, 6, 7, 8]
    assert all(50 <= row < 60 for row in matcher("!close").rows(rows, 50, 60))


def test_32_bit_calls_are_told_apart() -> None:
    batch = Batch()
    for arch, number in ((0, 3), (1, 3), (0, 0x40000003), (2, 3), (2, 0x40000003), (3, 3)):
        batch.add(Kind.CALL, 7, 7, 0, number, arch=arch)
    assert matcher("close").rows(batch, 0, 6) == [0, 2, 3, 4]
    assert matcher("read").rows(batch, 0, 6) == [1]
    assert matcher("trace=close@x32").rows(batch, 0, 6) == [2, 3, 4]
    assert matcher("trace=close@64").rows(batch, 0, 6) == [0]
    assert matcher("trace=!close@64").rows(batch, 0, 6) == [1, 2, 3, 4, 5]


def test_what_calls_of_several_stand_for() -> None:
    held = Captured()
    held.pieces = [(0x1000, bytes(24))]
    assert [meant("socketcall", Call(102, (place, 0x1000), "i386", 0, held)) for place in (10, 99, 0)] == [
        "recv",
        "socketcall",
        "socketcall",
    ]
    assert meant("socketcall", Call(102, (10, 0x9000), "i386", 0, held)) == "socketcall"
    assert [meant("ipc", Call(117, (place,), "i386", 0)) for place in (1, 0x10001, 9)] == ["semop", "semop", "ipc"]
