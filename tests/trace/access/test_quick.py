"""trace/access/quick.py: names read from payloads."""

from hypothesis import given
from hypothesis import strategies as st

from explorer.model.batch import Batch, Kind
from explorer.trace.access.quick import fits, named
from explorer.trace.payload import call_of, pack
from tests.traces import batches

ARGS = (7, (1 << 64) - 1, 3, 0, 0, 0)


def test_names() -> None:
    packed = pack(ARGS, [(3, False, b"/three"), (7, True, b"/made"), (7, False, b"/seven")], [(0x1000, True, b"x" * 99)])
    blob = b"before" + packed + b"behind"
    end = 6 + len(packed)
    assert [named(blob, 6, end, register) for register in range(4)] == [b"/seven", None, b"/three", None]
    assert named(blob, 6, 6 + 20, 0) is None
    assert named(blob, 6, 6 + 60, 2) is None


@given(batches())
def test_as_the_call_has_it(batch: Batch) -> None:
    for row in range(len(batch)):
        if batch.kinds[row] == Kind.CALL:
            call = call_of(batch.numbers[row], batch.arches[row], batch.results[row], batch.payload(row))
            number = (call.args[0] & 0xFFFFFFFF ^ 0x80000000) - 0x80000000
            found = named(batch.blob, batch.ends[row - 1] if row else 0, batch.ends[row], 0)
            assert found == (call.fds[number].encode("utf-8", "surrogateescape") if number in call.fds else None)


@given(st.binary(max_size=90), st.integers(0, 5))
def test_of_damaged_ones(raw: bytes, register: int) -> None:
    found = named(raw, 0, len(raw), register)
    assert found is None or found in raw


def test_fits() -> None:
    batch = Batch()
    for names in ([], [(7, False, b"/x")]):
        batch.add(Kind.CALL, 1, 1, 0, payload=pack(ARGS, names, []))
    assert [fits(call_of, batch, row) for row in (0, 1)] == [False, True]
