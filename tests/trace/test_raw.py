"""trace/raw.py: rows by their bytes."""

from hypothesis import given
from hypothesis import strategies as st

from explorer.model.batch import Batch, Kind
from explorer.trace.raw import holding

FEW = st.text("abAB", max_size=4).map(str.encode)


@given(st.lists(FEW, max_size=30), st.lists(FEW.filter(bool), min_size=1, max_size=3), st.booleans(), st.data())
def test_it_equals_looking_at_each(payloads: list[bytes], needles: list[bytes], lower: bool, data: st.DataObject) -> None:
    batch = Batch()
    for payload in payloads:
        batch.add(Kind.CALL, 7, 7, 0, payload=payload)
    rows = sorted(data.draw(st.sets(st.integers(0, max(0, len(payloads) - 1)), max_size=len(payloads)))) if payloads else []
    needles = [needle.lower() for needle in needles] if lower else needles
    expected = [row for row in rows if any(needle in (payloads[row].lower() if lower else payloads[row]) for needle in needles)]
    assert holding(batch, rows, needles, lower=lower) == expected
