"""What an engine that counts itself is asked, and what it cannot answer."""

import argparse

import pytest

from explorer.cli.summary import arguments
from explorer.cli.tracing.counts import capture, countable, first, wanted
from explorer.cli.tracing.wish import Wish, summary_wish
from explorer.model.batch import UNFINISHED_END, Batch, Kind
from explorer.model.tally import TallyKey
from tests.trace.fakes import FakeTracer, calls


class Counting(FakeTracer):
    COUNTS = frozenset({"summary", "access"})


def wish(*words: str) -> Wish:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    arguments(parser)
    found = summary_wish(parser.parse_intermixed_args([*words, "1"]))
    assert isinstance(found, Wish)
    return found


@pytest.mark.parametrize(
    ("words", "yes"),
    [((), True), (("-e", "openat,read"), True), (("-e", "!futex"), True), (("-e", "%file"), True), (("-Z",), True), (("-z",), True),
     (("-e", "status=failed"), True), (("--slower", "1ms"), True), (("-e", "pid=7"), True), (("-e", "tid=!7"), True),
     (("-e", "status=!failed"), False), (("-e", "status=unfinished"), False), (("-e", "errno=ENOENT"), False), (("-e", "fd=3"), False),
     (("-P", "/etc"), False), (("-e", "path=/etc"), False), (("-e", "trace=socket"), False), (("-e", "trace=socket@64"), True)],
)  # fmt: skip
def test_what_counts_by_thread_and_call_can_answer(words: tuple[str, ...], yes: bool) -> None:
    assert countable(wish(*words).filter) is yes
    assert capture(wish(*words), Counting()).what == {"summary" if yes else "stream"}
    assert capture(wish(*words), FakeTracer()).what == {"stream"}


def test_nothing_is_copied_that_nobody_reads() -> None:
    taken = capture(wish("-e", "openat", "-Z", "--no-follow"), FakeTracer())
    assert (taken.string, taken.verbose, taken.succeeded, taken.follow, taken.signals) == (0, False, False, False, True)
    assert taken.calls == frozenset({"openat"})


def test_tallies_that_are_wanted() -> None:
    read, other = TallyKey(7, 8, 0, 0), TallyKey(9, 9, 1, 3)
    for words, found in [
        ((), (True, True)), (("-e", "read"), (True, True)), (("-e", "read@64"), (True, False)), (("-e", "!read@64"), (False, True)),
        (("-e", "pid=7"), (True, False)), (("-e", "tid=9"), (False, True)), (("-e", "tid=!8"), (False, True)),
        (("-e", "write"), (False, False)),
    ]:  # fmt: skip
        assert tuple(wanted(wish(*words).filter, key) for key in (read, other)) == found, words


def test_the_first_calls_of_a_batch() -> None:
    batch: Batch = calls(3)
    batch.add(Kind.CALL, 1, 1, 1, 231, UNFINISHED_END)
    batch.add(Kind.EXITED, 1, 1, 1)
    batch.add(Kind.CALL, 1, 1, 1, 0)
    assert first(batch, range(6), 2) == [0, 1]
    assert first(batch, range(6), 3) == [0, 1, 2, 3, 4]
    assert first(batch, range(6), 9) == [0, 1, 2, 3, 4, 5]
    assert first(batch, [1, 4, 5], 0) == []
