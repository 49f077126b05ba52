"""The threads that ask: one wish a slot, bursts collapse, faults are answers, nobody waits for them."""

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from explorer.ui.fault import Fault
from explorer.ui.feed import Feed, Wish, next_beat
from explorer.ui.messages import Fetched
from tests.ui.shown import rests

DEADLINE = 20.0


class Answers:
    """What the feed posted."""

    def __init__(self) -> None:
        self.queue: queue.Queue[Fetched] = queue.Queue()
        self.feed = Feed(self.queue.put)  # type: ignore[arg-type]

    def next(self) -> Fetched:
        return self.queue.get(timeout=DEADLINE)

    def rest(self, slot: str) -> None:
        """Wait until that slot's thread has looked at what it was told last, and waits."""
        until(lambda: rests(self.feed, slot))


@pytest.fixture
def answers() -> Iterator[Answers]:
    made = Answers()
    yield made
    made.feed.stop()


def until(satisfied: Callable[[], bool]) -> None:
    end = time.monotonic() + DEADLINE
    while not satisfied():
        assert time.monotonic() < end
        time.sleep(0.005)


def counted(calls: list[int]) -> int:
    """One call more; how many there were."""
    calls.append(1)
    return len(calls)


def test_a_wish_is_answered_again_and_again(answers: Answers) -> None:
    numbers = iter(range(100))
    answers.feed.wish("table", Wish("numbers", "key", lambda: next(numbers), 0.01))
    for wanted in range(3):
        found = answers.next()
        assert (found.slot, found.key, found.facts) == ("table", "key", wanted)
        answers.feed.taken("table")


def test_nothing_is_fetched_before_the_last_answer_was_taken(answers: Answers) -> None:
    calls: list[int] = []
    answers.feed.wish("table", Wish("calls", "key", lambda: counted(calls), 0.0))
    answers.next()
    answers.rest("table")
    assert calls == [1]
    answers.feed.taken("table")
    answers.next()


def test_a_burst_of_wishes_answers_only_the_last_ones(answers: Answers) -> None:
    gate, fetched = threading.Event(), []

    def fetch(number: int) -> int:
        gate.wait(DEADLINE)
        fetched.append(number)
        return number

    for number in range(100):
        answers.feed.wish("card", Wish("numbers", number, lambda number=number: fetch(number), 10.0))  # type: ignore[misc]
    gate.set()
    while answers.next().key != 99:
        answers.feed.taken("card")
    assert len(fetched) <= 3


def test_a_fault_is_an_answer_and_the_thread_goes_on(answers: Answers) -> None:
    def broken() -> object:
        raise KeyError("made by the test")

    answers.feed.wish("first", Wish("pane Files", 1, broken, 10.0))
    found = answers.next()
    assert isinstance(found.facts, Fault)
    assert found.facts.what == "pane Files"
    answers.feed.taken("first")
    answers.feed.wish("first", Wish("pane Files", 2, lambda: "fine", 10.0))
    assert answers.next().facts == "fine"


def test_a_slot_that_hangs_holds_up_nobody(answers: Answers) -> None:
    answers.feed.wish("first", Wish("hangs", 1, threading.Event().wait, 1.0))
    answers.feed.wish("second", Wish("answers", 2, lambda: 2, 1.0))
    assert answers.next().slot == "second"
    begun = time.monotonic()
    answers.feed.stop()
    assert time.monotonic() - begun < 1
    assert all(thread.daemon for thread in threading.enumerate() if thread.name.startswith("feed-"))


def test_paused_nothing_is_fetched_and_a_withdrawn_wish_neither(answers: Answers) -> None:
    calls: list[int] = []
    wish = Wish("calls", "key", lambda: counted(calls), 0.0)
    answers.feed.wish("table", wish)
    answers.next()
    answers.feed.pause(True)
    answers.feed.taken("table")
    answers.feed.now("table")
    answers.rest("table")
    assert calls == [1]
    answers.feed.pause(False)
    answers.next()
    answers.feed.wish("table", None)
    answers.feed.taken("table")
    answers.feed.now("table")
    answers.rest("table")
    assert calls == [1, 1]


def test_now_does_not_wait_for_the_interval(answers: Answers) -> None:
    answers.feed.wish("table", Wish("numbers", "key", time.monotonic, 3600.0))
    answers.next()
    answers.feed.taken("table")
    answers.feed.now("table")
    answers.next()


def test_what_stands_still_is_not_told_again_but_asked_on(answers: Answers) -> None:
    calls: list[int] = []
    facts = {"value": 1}

    def fetch() -> dict[str, int]:
        calls.append(1)
        return dict(facts)

    answers.feed.wish("first", Wish("facts", "key", fetch, 0.01))
    assert answers.next().facts == {"value": 1}
    answers.feed.taken("first")
    until(lambda: len(calls) > 5)
    assert answers.queue.empty()
    facts["value"] = 2
    assert answers.next().facts == {"value": 2}
    answers.feed.taken("first")
    answers.feed.wish("first", Wish("facts", "other key", fetch, 0.01))
    assert answers.next().key == "other key"


def test_slots_keep_one_beat() -> None:
    assert next_beat(17.3, 1.0) == pytest.approx(18.0)
    assert next_beat(18.0, 1.0) == pytest.approx(19.0)
    assert next_beat(17.3, 2.0) == pytest.approx(18.0)
    assert next_beat(17.3, 0.0) == 17.3


@dataclass(frozen=True)
class Part:
    """Some of what there is."""

    number: int
    unfinished: bool


def test_what_is_unfinished_goes_on_soon() -> None:
    answers, parts = Answers(), iter([Part(1, True), Part(2, True), Part(3, False)])
    answers.feed.wish("first", Wish("parts", "key", lambda: next(parts), 3600.0))
    try:
        for number in (1, 2, 3):
            assert answers.next().facts == Part(number, number < 3)
            answers.feed.taken("first")
        answers.rest("first")
        assert answers.queue.empty()
    finally:
        answers.feed.stop()
