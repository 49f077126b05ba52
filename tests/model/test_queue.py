"""model/queue.py: nothing more than the count is needed."""

from explorer.model.queue import Queue


def test_what_is_not_told() -> None:
    found = Queue(5)
    assert (found.count, found.data, found.whole, found.moved) == (5, b"", True, False)
