"""model/batch.py: rows in columns."""

from hypothesis import given
from hypothesis import strategies as st

from explorer.model.batch import UNKNOWN, Batch, Kind

PAYLOADS = st.lists(st.binary(max_size=9), max_size=12)


def filled(payloads: list[bytes], base: int = 0) -> Batch:
    batch = Batch()
    for row, payload in enumerate(payloads):
        batch.add(Kind.CALL, 7, 6, base + row, number=row, result=-row, payload=payload)
    return batch


@given(PAYLOADS, PAYLOADS)
def test_rows_stay_what_they_were_behind_others(first: list[bytes], second: list[bytes]) -> None:
    batch = filled(first)
    batch.extend(filled(second, 100))
    assert len(batch) == len(first) + len(second)
    assert [batch.payload(row) for row in range(len(batch))] == first + second
    assert list(batch.results) == [-row for row in range(len(first))] + [-row for row in range(len(second))]
    assert list(batch.times)[len(first) :] == [100 + row for row in range(len(second))]


def test_what_was_not_told_is_unknown() -> None:
    batch = Batch()
    batch.add(Kind.EXITED, 7, 7, 5)
    assert (batch.tooks[0], batch.cpus[0], batch.payload(0)) == (UNKNOWN, UNKNOWN, b"")


def test_size_grows_with_rows_and_payloads() -> None:
    assert filled([b"x" * 100]).size - filled([b""]).size == 100
    assert filled([b"", b""]).size == 2 * filled([b""]).size > 0
