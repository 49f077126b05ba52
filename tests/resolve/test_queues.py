"""resolve/queues.py: asked until it stands still, and no more where programs cannot run."""

import os
from collections.abc import Iterator

import pytest

from explorer.decode.bpf_iter.waiting import TOLD
from explorer.kernel.reader import Reader
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.queue import Queue
from explorer.resolve import queues
from explorer.resolve.queues import SHARE, TRIES, Queues, load

REFUSED = Missing(Reason.DENIED, "CAP_BPF not held", "run as root")
MOVED = TOLD.pack(1, 0, 9, 1, 16, 1, 1, 1, 1, 0, 0)
STILL = TOLD.pack(1, 0, 5, 1, 16, 1, 1, 1, 0, 0, 0)


class Told:
    """Answers of a program, one after the other."""

    def __init__(self, *answers: bytes | Missing) -> None:
        self.answers = list(answers)
        self.closed = 0

    def look(self, dev: int, ino: int) -> bytes:
        assert (dev, ino) == (os.stat("/proc/self/fd/0").st_dev, os.stat("/proc/self/fd/0").st_ino)
        answer = self.answers.pop(0)
        if isinstance(answer, Missing):
            raise Unreadable(answer)
        return answer

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def reader() -> Iterator[Reader]:
    made = Reader()
    yield made
    made.close()


def asked(reader: Reader, monkeypatch: pytest.MonkeyPatch, *answers: bytes | Missing) -> Queue | Missing:
    told = Told(*answers)
    monkeypatch.setattr(queues, "load", lambda: told)
    made = Queues(reader)
    found = made.of(f"/proc/{os.getpid()}/fd/0")
    made.close()
    assert (told.closed, told.answers) == (1, [])
    return found


def test_one_that_moves_is_looked_at_again(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(reader, monkeypatch, MOVED, MOVED, STILL) == Queue(5, 1, 16, 1, 1, whole=False)
    late = asked(reader, monkeypatch, *[MOVED] * TRIES)
    assert isinstance(late, Missing)
    assert late.reason is Reason.TIMED_OUT


def test_what_is_not_found_or_refused(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(asked(reader, monkeypatch, b""), Missing)
    assert asked(reader, monkeypatch, REFUSED) == REFUSED


def test_where_programs_cannot_run_it_is_asked_once(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    loads: list[bool] = []

    def refuse() -> Missing:
        loads.append(True)
        return REFUSED

    monkeypatch.setattr(queues, "load", refuse)
    made = Queues(reader)
    assert [made.of("/proc/self/fd/0") for _ in range(3)] == [REFUSED] * 3
    made.close()
    assert loads == [True]


def test_why_it_cannot_be_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise Unreadable(REFUSED)

    monkeypatch.setattr("explorer.kernel.bpf.waiting.Inside", refuse)
    assert load() == REFUSED


def test_a_descriptor_that_is_gone(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queues, "load", Told)
    found = Queues(reader).of(f"/proc/{os.getpid()}/fd/99999")
    assert isinstance(found, Missing)
    assert found.reason is Reason.GONE


def test_a_look_that_takes_long_is_not_taken_at_once_again(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr("explorer.resolve.queues.time.monotonic", lambda: clock[0])

    class Slow(Told):
        def look(self, dev: int, ino: int) -> bytes:
            clock[0] += 0.5
            return super().look(dev, ino)

    told = Slow(STILL, STILL)
    monkeypatch.setattr(queues, "load", lambda: told)
    made = Queues(reader)
    path = f"/proc/{os.getpid()}/fd/0"
    first = made.of(path)
    clock[0] += SHARE * 0.5 - 1.0
    assert made.of(path) is first
    assert len(told.answers) == 1
    clock[0] += 1.5
    assert made.of(path) == first
    assert told.answers == []
    made.close()
