"""child/tracer/sink.py: rows to procdive, dropped and counted where it does not read."""

import os
from collections.abc import Iterator

import pytest

from explorer.child.tracer.sink import Sink
from explorer.model.batch import Batch, Kind
from explorer.trace.wire import frames


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    ours, theirs = os.pipe()
    os.set_blocking(ours, False)
    os.set_blocking(theirs, False)
    yield ours, theirs
    os.close(ours)
    os.close(theirs)


def row(time: int, kind: Kind = Kind.CALL) -> tuple[int, int, int, int, int, int, int, bytes, int]:
    return time, kind, 7, 7, 0, time, 1, bytes(500), 0


def read(fd: int, sink: Sink) -> list[Batch]:
    held = bytearray()
    while True:
        sink.write()
        try:
            held += os.read(fd, 1 << 20)
        except BlockingIOError:
            return [frame for frame in frames(held) if isinstance(frame, Batch)]


def test_rows_go_in_the_order_of_their_times(pipe: tuple[int, int]) -> None:
    sink = Sink(pipe[1])
    sink.rows += [row(5), row(3), row(4)]
    sink.flush()
    assert [list(batch.times) for batch in read(pipe[0], sink)] == [[3, 4, 5]]


def test_what_is_not_read_is_counted_and_stands_in_its_place(pipe: tuple[int, int]) -> None:
    sink = Sink(pipe[1], most=200_000)
    for time in range(1000):
        sink.rows.append(row(time))
        sink.flush()
    assert sink.full
    sink.lose(1000, 5)
    batches = read(pipe[0], sink)
    before = sum(map(len, batches))
    sink.rows += [row(2000), row(2001, Kind.PENDING)]
    sink.flush()
    after = read(pipe[0], sink)
    assert [list(batch.kinds) for batch in after] == [[Kind.LOST, Kind.CALL, Kind.PENDING]]
    assert before + after[0].results[0] == 1005
    assert after[0].times[0] == before


def test_words_bring_what_was_lost_before_them(pipe: tuple[int, int]) -> None:
    sink = Sink(pipe[1])
    sink.lose(7, 3)
    sink.say(ended="all")
    [batch] = read(pipe[0], sink)
    assert (list(batch.kinds), list(batch.results), list(batch.times)) == ([Kind.LOST], [3], [7])


def test_a_reader_that_is_gone(pipe: tuple[int, int]) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    sink = Sink(theirs)
    with pytest.raises(BrokenPipeError):
        sink.say(ended="all")
    os.close(theirs)
