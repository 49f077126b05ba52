"""When whose command line is asked for."""

from collections.abc import Sequence

import pytest

from explorer.collect.titles import BUSY_AGAIN, CHUNK, RETRIES, TOGETHER, Titles
from explorer.decode.proc.cmdline import decode
from explorer.kernel.reader import Ask
from explorer.model.argv import Argv
from explorer.model.missing import Missing, Reason
from tests.fakeproc import FakeProc


class Told:
    """A reader that answers at once, but for those that hang; remembers what it was asked."""

    def __init__(self) -> None:
        self.hung: set[int] = set()
        self.denied: set[int] = set()
        self.asked: list[int] = []
        self.calls = 0

    def ask(self, asks: Sequence[Ask]) -> list[bytes | Missing]:
        self.calls += 1
        found: list[bytes | Missing] = []
        for ask in asks:
            pid = int(ask.path.split("/")[-2])
            self.asked.append(pid)
            why = Reason.TIMED_OUT if pid in self.hung else Reason.DENIED if pid in self.denied else None
            found.append(b"it\0%d\0" % pid if why is None else Missing(why, ask.path))
        return found

    def since(self) -> list[int]:
        """What was asked since the last time this was asked for."""
        asked, self.asked = self.asked, []
        return asked


@pytest.fixture
def reader() -> Told:
    return Told()


@pytest.fixture
def titles(fakeproc: FakeProc, reader: Told, monkeypatch: pytest.MonkeyPatch) -> Titles:
    system = fakeproc.system
    monkeypatch.setattr(system, "reader", reader)
    return Titles(system)


def test_each_wish_is_asked_once(titles: Titles, reader: Told) -> None:
    titles.want([7, 8])
    assert titles.read((), 1000.0) == {7: ("it", "7"), 8: ("it", "8")}
    assert titles.read((), 1001.0) == {}
    assert reader.since() == [7, 8]


def test_those_on_the_screen_come_first_and_the_rest_in_later_ticks(titles: Titles, reader: Told) -> None:
    titles.want(range(1, 11))
    assert list(titles.read([9, 50], 1000.0, most=3)) == [9, 1, 2]
    assert list(titles.read((), 1001.0, most=3)) == [3, 4, 5]
    titles.want([77])
    assert list(titles.read((), 1002.0, most=2)) == [77, 6]


def test_whoever_is_on_the_screen_is_asked_even_beyond_the_room(titles: Titles) -> None:
    titles.want(range(1, 11))
    assert list(titles.read([5, 6, 7], 1000.0, most=1)) == [5, 6, 7]


def test_a_command_line_that_has_not_changed_is_not_understood_again(titles: Titles, monkeypatch: pytest.MonkeyPatch) -> None:
    titles.want([7, 8])
    first = titles.read((), 1000.0)
    understood = []

    def counted(raw: bytes, limit: int) -> Argv:
        understood.append(raw)
        return decode(raw, limit=limit)

    monkeypatch.setattr("explorer.collect.titles.decode", counted)
    titles.want([7, 8])
    again = titles.read((), 1001.0)
    assert again == first
    assert again[7] is first[7]
    assert not understood
    titles.forget([8])
    titles.want([7, 8])
    assert titles.read((), 1002.0) == first
    assert understood == [b"it\x008\0"]


def test_looks_wait_and_are_gathered(titles: Titles, reader: Told) -> None:
    titles.want([7, 8])
    titles.read((), 1000.0)
    titles.look([7], 1000.5, after=3)
    assert titles.read((), 1000.0 + TOGETHER) == {}, "asked half a second ago"
    titles.look([7], 1003.0, after=3)
    assert titles.read((), 1003.0 + 0.1) == {}, "one that can wait wakes no reader"
    titles.look([8], 1003.5, after=3)
    assert sorted(titles.read((), 1000.0 + 2 * TOGETHER)) == [7, 8]


def test_looks_go_along_with_a_wish(titles: Titles) -> None:
    titles.want([7])
    titles.read((), 1000.0)
    titles.look([7], 1000.9, after=0.5)
    titles.want([9])
    assert sorted(titles.read((), 1001.0)) == [7, 9]


def test_who_was_never_asked_is_not_looked_at(titles: Titles) -> None:
    titles.look([7], 1000.0, after=3)
    assert titles.read((), 1000.0) == {}


def test_the_gone_are_not_asked(titles: Titles, reader: Told) -> None:
    titles.want([7, 8])
    titles.forget([7])
    assert list(titles.read((), 1000.0)) == [8]


def test_one_that_hangs_costs_its_tick_and_is_asked_again_later(titles: Titles, reader: Told) -> None:
    reader.hung = {3}
    titles.want(range(1, 2 * CHUNK + 1))
    found = titles.read((), 1000.0)
    assert reader.calls == 1, "the other chunk waits for the next tick"
    assert isinstance(found[3], Missing)
    assert found[3].reason is Reason.TIMED_OUT
    assert len(titles.read((), 1001.0)) == CHUNK
    titles.want([3])
    assert titles.read((), 1002.0) == {}, "not before its time, whoever wants it"
    reader.hung = set()
    assert titles.read((), 1000.0 + BUSY_AGAIN) == {3: ("it", "3")}
    assert titles.read((), 1000.0 + 2 * BUSY_AGAIN) == {}


def test_few_of_the_silent_are_tried_in_a_tick(titles: Titles, reader: Told) -> None:
    reader.hung = set(range(1, 21))
    titles.want(range(1, 21))
    titles.read((), 1000.0)
    reader.since()
    titles.read((), 1000.0 + BUSY_AGAIN)
    assert len(reader.since()) == RETRIES


def test_what_may_not_be_read_is_said_and_not_retried(titles: Titles, reader: Told) -> None:
    reader.denied = {7}
    titles.want([7])
    found = titles.read((), 1000.0)[7]
    assert isinstance(found, Missing)
    assert found.reason is Reason.DENIED
    assert titles.read((), 1000.0 + BUSY_AGAIN) == {}


def test_no_more_than_the_limit_is_asked_for(fakeproc: FakeProc) -> None:
    fakeproc.file("7/cmdline", b"it\0" + b"x" * 100 + b"\0")
    titles = Titles(fakeproc.system, limit=10)
    titles.want([7])
    found = titles.read((), 1000.0)[7]
    assert isinstance(found, tuple)
    assert found[0] == "it"
    assert len(found[1]) < 20
