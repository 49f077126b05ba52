"""ui/trace/session.py: one trace, its thread, and how it ends."""

import re
import threading
import time
from collections.abc import Iterator

import pytest

from explorer.model.batch import Batch, Birth, Kind
from explorer.model.missing import Missing, Reason
from explorer.model.process import ProcessId
from explorer.model.tally import Tally, TallyKey
from explorer.model.use import Use, UseKey
from explorer.trace.tracer import Capture
from explorer.ui.trace.session import Session
from tests.loopback import until
from tests.trace.fakes import FakeTracer, calls, exited, pending, started


class Post:
    """Counts how often the screen was told, and takes at once unless it is to be late."""

    def __init__(self, *, late: bool = False) -> None:
        self.late = late
        self.told: list[Session] = []
        self.taking = threading.Lock()

    def __call__(self, session: Session) -> None:
        self.told.append(session)
        if not self.late:
            with self.taking:
                session.take()


@pytest.fixture(autouse=True)
def _fakes() -> Iterator[None]:
    yield
    FakeTracer.refuses.clear()
    FakeTracer.hold = None
    FakeTracer.made.clear()


def begun(post: Post, *pids: int, **options: float) -> tuple[Session, FakeTracer]:
    session = Session("812 nginx", [ProcessId(pid, 1) for pid in pids or (812,)])
    tracer = FakeTracer()
    session.begin(tracer, post, **options)  # type: ignore[arg-type]
    return session, tracer


def test_attached_told_and_detached() -> None:
    session, tracer = begun(Post())
    until(lambda: session.state == "live", "it to attach")
    assert tracer.targets == (ProcessId(812, 1),)
    assert session.traced == {812}
    assert session.log.epoch == tracer.epoch
    tracer.tell(calls(3))
    until(lambda: session.log.calls == 3, "the calls")
    session.detach()
    until(lambda: session.state == "ended", "its end")
    assert re.fullmatch(r"detached at \d\d:\d\d:\d\d", str(session.why))
    assert session.traced == frozenset()
    assert len(session.log) == 3
    assert tracer.detached


@pytest.mark.parametrize(("status", "words"), [(0, "exited 0"), (3 << 8, "exited 3"), (9, "killed by SIGKILL")])
def test_case_50_how_the_target_ended_is_said(status: int, words: str) -> None:
    session, tracer = begun(Post())
    tracer.tell(exited(812, status))
    tracer.end()
    until(lambda: session.state == "ended", "its end")
    assert re.fullmatch(rf"{words} at \d\d:\d\d:\d\d", str(session.why))


def test_the_end_of_several() -> None:
    session, tracer = begun(Post(), 812, 813)
    tracer.tell(exited(812, 0))
    tracer.tell(exited(813, 256))
    tracer.end()
    until(lambda: session.state == "ended", "its end")
    assert str(session.why).startswith("all 2 ended, the last exited 1 at ")


def test_an_engine_that_died_is_not_a_target_that_ended() -> None:
    session, tracer = begun(Post())
    tracer.end()
    until(lambda: session.state == "ended", "its end")
    assert str(session.why).startswith("the engine ended at ")


def test_children_are_traced_and_threads_are_no_processes() -> None:
    session, tracer = begun(Post())
    tracer.tell(started(812, 900))
    tracer.tell(started(812, 901, Birth.THREAD))
    until(lambda: session.traced == {812, 900}, "the child")
    tracer.tell(exited(900, 0))
    until(lambda: session.traced == {812}, "its end")
    session.detach()


def test_refused() -> None:
    why = Missing(Reason.DENIED, "traced by 77 gdb", "end gdb")
    FakeTracer.refuses[-812] = why
    session, _ = begun(Post())
    until(lambda: session.state == "refused", "the refusal")
    assert session.why == why
    assert session.traced == frozenset()


def test_a_refusal_does_not_say_the_name_twice_and_names_the_command() -> None:
    FakeTracer.refuses[-812] = Missing(Reason.DENIED, "812 nginx belongs to another user", "run as root, or as the owner of the process")
    session, _ = begun(Post())
    until(lambda: session.state == "refused", "the refusal")
    assert session.why == Missing(Reason.DENIED, "belongs to another user", "sudo procdive 812, or as the owner of the process")


def test_a_fault_of_an_engine_is_said_and_it_lets_go(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_self: FakeTracer) -> None:
        raise ZeroDivisionError("made by the test")

    monkeypatch.setattr(FakeTracer, "batches", broken)
    session, tracer = begun(Post())
    until(lambda: session.state == "ended", "its end")
    assert isinstance(session.why, Missing)
    assert "ZeroDivisionError: made by the test" in session.why.detail
    assert tracer.detached


def test_the_screen_is_told_once_until_it_takes() -> None:
    post = Post(late=True)
    session, tracer = begun(post)
    until(lambda: post.told, "a word")
    for _ in range(50):
        tracer.tell(calls(10))
    tracer.tell(exited(812, 0))
    tracer.end()
    until(lambda: session._result, "the end of the thread")
    assert len(post.told) == 1
    session.take()
    assert (session.state, session.log.calls) == ("ended", 500)


def test_the_log_of_what_was_in_flight_is_empty_after_the_end() -> None:
    session, tracer = begun(Post())
    tracer.tell(pending(812))
    until(lambda: session.log.flights, "the call in flight")
    session.detach()
    until(lambda: session.state == "ended", "its end")
    assert not session.log.flights


def test_detached_while_it_attaches() -> None:
    FakeTracer.hold = threading.Event()
    session, tracer = begun(Post())
    session.detach()
    FakeTracer.hold.set()
    until(lambda: session.state == "ended", "its end")
    assert str(session.why).startswith("detached at ")
    assert tracer.detached


def test_for_a_second() -> None:
    session, tracer = begun(Post(), seconds=0.2)
    until(lambda: session.state == "ended", "its end")
    assert tracer.detached
    assert str(session.why).startswith("detached at ")


def test_one_that_shows_our_screen_is_drawn_once_a_second() -> None:
    session = Session("1419 bash", [ProcessId(1419, 1)])
    session.damped = True
    post, tracer = Post(), FakeTracer()
    session.begin(tracer, post)
    until(lambda: session.state == "live", "it to attach")
    begin = time.monotonic()
    while time.monotonic() < begin + 1.5:
        tracer.tell(calls(1))
        time.sleep(0.01)
    assert len(post.told) <= 3
    session.detach()


def test_another_capture_while_it_runs() -> None:
    session, tracer = begun(Post())
    until(lambda: session.state == "live", "it to attach")
    session.take_instead(Capture(string=100))
    assert tracer.captures[-1].string == 100
    session.detach()


def test_a_command() -> None:
    session, tracer = Session("true"), FakeTracer()
    session.begin(tracer, Post(), ("true", "--x"))
    until(lambda: session.state == "live", "it to start")
    assert tracer.command[-2:] == ("true", "--x")
    assert session.traced == {4242}
    tracer.tell(calls(5, 4242))
    for _ in range(2):
        tracer.tell(calls(1, 4242, number=59, result=0))
    tracer.tell(calls(2, 4242))
    tracer.tell(exited(4242, 0))
    tracer.end()
    until(lambda: session.state == "ended", "its end")
    assert str(session.why).startswith("exited 0 at ")
    assert session.log.calls == 3
    rows, row = session.log.place(0)
    assert (rows.kinds[row], rows.numbers[row]) == (Kind.CALL, 59)


class Counts(FakeTracer):
    """An engine that counts itself, and knows what that costs."""

    name = "bpf"
    COUNTS = frozenset({"summary", "access"})

    def cost(self) -> float:
        return 2.5


def counted(what: str = "") -> tuple[Session, FakeTracer]:
    session = Session("812 nginx", [ProcessId(812, 1)], engine="bpf", capture=Capture(what=frozenset({what})) if what else Capture())
    tracer = Counts()
    session.begin(tracer, Post())
    until(lambda: session.state == "live", "it to attach")
    return session, tracer


def tallied(count: int) -> Batch:
    return Batch(tallies={TallyKey(812, 812, 0, 39): Tally(count)}, uses={UseKey(812, b"/srv/x"): Use(reads=count)})


def test_an_engine_that_counts_is_asked_to_only_once_somebody_looks() -> None:
    session, tracer = counted()
    assert [capture.what for capture in tracer.captures] == [{"stream"}]
    counting = session.summed()
    assert session.capture.what == {"stream", "summary"} == tracer.captures[-1].what
    assert session.summed() is counting
    assert session.accessed().own
    assert tracer.captures[-1].what == {"stream", "summary", "access"}
    tracer.tell(tallied(7))
    until(lambda: [row.calls for row in counting.table.rows()] == [7], "its counts")
    assert [row.reads for row in session.accessed().table.rows()] == [7]
    assert len(session.log) == 0
    session.detach()


def test_of_counts_alone_calls_are_what_was_counted_and_rows_that_came_before_are_none() -> None:
    session, tracer = counted("summary")
    tracer.tell(tallied(7))
    tracer.tell(tallied(9))
    until(lambda: session.calls == 9, "its counts")
    counting = session.summed()
    assert [row.calls for row in counting.table.rows()] == [9]
    assert counting.since == round(session.since * 1e9)
    assert len(tracer.captures) == 1
    session.detach()


def test_what_others_do_not_count_is_counted_from_the_rows_that_are_there() -> None:
    session, tracer = begun(Post())
    tracer.tell(calls(5))
    until(lambda: session.calls == 5, "the calls")
    counting = session.summed()
    counting.work(1.0)
    assert counting.table.calls == 5
    assert not counting.own
    assert tracer.captures[-1].what == {"stream"}
    session.detach()


def test_what_is_asked_for_while_it_attaches_is_taken_too() -> None:
    FakeTracer.hold = threading.Event()
    session = Session("812 nginx", [ProcessId(812, 1)])
    tracer = Counts()
    session.begin(tracer, Post())
    assert session.summed().own
    assert tracer.captures == []
    FakeTracer.hold.set()
    until(lambda: session.state == "live" and len(tracer.captures) == 2, "it to attach")
    assert tracer.captures[-1].what == {"stream", "summary"}
    session.detach()


def test_what_watching_costs_is_known_where_the_engine_knows_its_part() -> None:
    session, tracer = counted()
    tracer.tell(calls(1))
    until(lambda: session.spent is not None and session.spent >= 2.5, "the cost")
    session.detach()
    other, tracer = begun(Post())
    tracer.tell(calls(1))
    until(lambda: other.calls == 1, "the call")
    assert other.spent is not None
    assert other.spent < 2.5
    assert (session.spent_all, other.spent_all) == (True, False)
    other.detach()
