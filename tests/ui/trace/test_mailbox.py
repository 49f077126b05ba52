"""ui/trace/mailbox.py: nothing is kept without bound, and nothing is lost without being counted."""

import threading

from hypothesis import given
from hypothesis import strategies as st

from explorer.model.batch import Batch, Kind
from explorer.ui.trace.mailbox import Mailbox, events
from tests.trace.fakes import calls, pending


def taken(box: Mailbox) -> Batch:
    whole = Batch()
    for batch in box.take():
        whole.extend(batch)
    return whole


def lost(batch: Batch) -> int:
    return sum(batch.results[row] for row, kind in enumerate(batch.kinds) if kind == Kind.LOST)


@given(st.lists(st.integers(0, 40)), st.integers(1, 100))
def test_kept_and_lost_are_all_there_were(sizes: list[int], most: int) -> None:
    box = Mailbox(most=most)
    for size in sizes:
        box.put(calls(size))
    came = taken(box)
    assert came.kinds.count(Kind.CALL) + lost(came) == sum(sizes)
    assert came.kinds.count(Kind.CALL) <= max(most, *sizes, 0)
    assert not box
    assert not box.take()


def test_a_loss_stands_where_it_happened() -> None:
    box = Mailbox(most=10)
    for count in (6, 6, 3):
        box.put(calls(count))
    assert [Kind(kind) for kind in taken(box).kinds] == [Kind.CALL] * 6 + [Kind.LOST] + [Kind.CALL] * 3


def test_bytes_bound_it_too() -> None:
    box = Mailbox(most_bytes=calls(10).size)
    box.put(calls(10))
    box.put(calls(1))
    assert lost(taken(box)) == 1


def test_what_an_engine_lost_is_lost_once() -> None:
    batch = calls(2)
    batch.add(Kind.LOST, 0, 0, 0, result=100)
    batch.extend(pending(812))
    assert events(batch) == 102


def test_two_threads() -> None:
    box, came = Mailbox(most=1000), 0

    def put() -> None:
        for _ in range(300):
            box.put(calls(100))

    thread = threading.Thread(target=put)
    thread.start()
    while thread.is_alive() or box:
        came += events(taken(box))
    thread.join()
    assert came == 30_000
