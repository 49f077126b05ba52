"""trace/wire.py: frames between the tracer process and us."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.model.batch import Batch, Kind
from explorer.trace.tracer import ALL, Capture
from explorer.trace.wire import Broken, capture_of, capture_words, frames, rows_frame, words_frame


def batch(rows: list[tuple[int, bytes]]) -> Batch:
    made = Batch()
    for number, payload in rows:
        made.add(Kind.CALL, number, number + 1, number << 32, -number, -number << 31, number, payload, 3, -1)
    return made


@given(st.lists(st.lists(st.tuples(st.integers(0, 1 << 31 - 1), st.binary(max_size=40)), max_size=5), max_size=5), st.integers(1, 300))
def test_frames_come_whole_however_they_are_cut(batches: list[list[tuple[int, bytes]]], size: int) -> None:
    sent = [batch(rows) for rows in batches]
    raw = b"".join(rows_frame(each) + words_frame(said=index) for index, each in enumerate(sent))
    held = bytearray()
    came: list[object] = []
    for start in range(0, len(raw), size):
        held += raw[start : start + size]
        came += frames(held)
    assert came[::2] == sent
    assert came[1::2] == [{"said": index} for index in range(len(sent))]
    assert not held


def test_what_is_no_frame_is_said() -> None:
    with pytest.raises(Broken):
        list(frames(bytearray(b"X" * 100)))


def test_a_capture_comes_back() -> None:
    picky = Capture(frozenset({"read", "openat"}), frozenset({7}), failed=False, slower=5, fds=frozenset({3}), string=0, follow=False)
    for capture in (ALL, picky):
        assert capture_of(capture_words(capture)) == capture
