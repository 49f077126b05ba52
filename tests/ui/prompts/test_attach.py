"""ui/prompts/attach.py: what is asked before a busy process is stopped at each of its calls."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from explorer.collect.busy import Busy
from explorer.model.missing import Missing, Reason
from explorer.model.process import ProcessId
from explorer.model.snapshot import Process
from explorer.render.piece import plain
from explorer.ui.prompts.attach import Attach, rounded
from explorer.ui.trace.look import Looked
from explorer.ui.tree import Tree
from tests.trace.fakes import FakeTracer
from tests.ui.fakes import MACHINE, ROWS
from tests.ui.stage import Stage, drawn

TABLE = {row.id.pid: row for row in ROWS}
WORKER = TABLE[1210]


def looked(
    processes: Sequence[Process] = (WORKER,),
    cost: float | Missing | None = 0.000131,
    cpu: float = 41.7,
    kernel: float = 19.0,
    shows: frozenset[int] = frozenset(),
    refused: tuple[tuple[Process, Missing], ...] = (),
) -> Looked:
    busy = tuple(Busy(process.id, 4, cpu / (at + 1), kernel / (at + 1), 900.0) for at, process in enumerate(processes))
    return Looked(FakeTracer, tuple(processes), refused, busy, shows, cost)


def said(found: Looked, columns: int = 99) -> list[str]:
    question = Attach(found, MACHINE, lambda _seconds: None)
    return [plain(question.header_line(columns)).rstrip(), *(plain(line).rstrip() for line in question.said(columns))]


def text(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


def test_it_is_the_sketch() -> None:
    lines = said(looked())
    assert lines[0].startswith(" Trace 1210? ───")
    assert lines[1].startswith("  ptrace would stop  1210 gunicorn: worker [shop]   app · since ")
    assert lines[1].endswith(" · 4 threads")
    assert lines[2] == "  It is busy: 41.7% of a core, 19% in the kernel. A call would take it 130 µs more (measured);"
    assert lines[3] == "  expect it to run many times slower while traced."
    assert lines[4:] == ["", "   y  attach          1  attach for 1 second          n Esc Enter  leave it alone"]


@pytest.mark.parametrize("columns", [39, 59, 79, 159])
def test_it_fits(columns: int) -> None:
    assert all(len(line) <= columns for line in said(looked(), columns)[1:-1] if "ptrace" not in line or columns >= 59)


def test_several_are_a_sum_and_the_busiest() -> None:
    lines = said(looked([TABLE[1210], TABLE[812], TABLE[813]]))
    assert lines[0].startswith(" Trace 3 processes? ")
    assert lines[1].startswith("  ptrace would stop  3 processes, the busiest  1210 guni")
    assert "Together they are busy: 76.5% of a core, 35% in the kernel; that one 41.7%. A call would" in text(lines)
    assert "expect them to run many times slower" in text(lines)


def test_one_that_seldom_calls_is_not_threatened_with_what_will_not_come() -> None:
    found = looked(kernel=0.0)
    found = replace(found, busy=(replace(found.busy[0], calls=10.0),))
    assert "expect it to run little slower" in text(said(found))


def test_a_price_that_could_not_be_measured() -> None:
    assert "could not be measured; expect it to run slower" in text(said(looked(cost=Missing(Reason.DENIED, "no"))))


def test_case_45_what_shows_our_screen_is_warned_of() -> None:
    words = text(said(looked(cost=None, shows=frozenset({1210}))))
    assert "It is above this screen: what is drawn here makes it do more" in words
    assert "busy" not in words


def test_who_is_left_out_is_named() -> None:
    lines = said(looked(refused=((TABLE[902], Missing(Reason.DENIED, "traced by 77 gdb")),)))
    assert any(line.startswith("  left out: 902 postgres") and "traced by 77 gdb: denied" in line for line in lines)


@pytest.mark.parametrize(
    ("keys", "answers"),
    [(("y",), [None]), (("1",), [1.0]), (("n",), []), (("enter",), []), (("escape",), []), (("s",), []), (("q",), [])],
)
async def test_only_y_and_1_attach(keys: tuple[str, ...], answers: list[float | None]) -> None:
    given: list[float | None] = []
    stage = Stage(Tree(id="tree"))
    async with stage.run_test(size=(100, 24)) as pilot:
        question = Attach(looked(), MACHINE, given.append)
        stage.post_message(question.ask(question.rows(99)))
        await pilot.pause()
        assert stage.asked is not None
        assert "Trace 1210?" in drawn(stage.asked)[0]
        assert drawn(stage.asked)[-1].startswith("    y  attach")
        await pilot.press(*keys)
        await pilot.pause()
    assert given == answers


def test_two_digits_were_measured() -> None:
    assert rounded(0.00013149) == 0.00013
    assert ProcessId(1210, 121000) == WORKER.id


def test_an_engine_that_stops_nobody_would_watch() -> None:
    class Calm(FakeTracer):
        name = "bpf"

    found = replace(looked(cost=None, shows=frozenset({1210})), engine=Calm, busy=())
    words = text(said(found))
    assert "bpf would watch 1210 gunicorn" in words
    assert "stop" not in words
    assert "It is above this screen" in words


def test_the_engine_that_would_not_stop_it_and_what_helps_to_have_it() -> None:
    why = Missing(Reason.DENIED, "no CAP_BPF", "run as root")
    assert "many times slower while traced. bpf would not: sudo procdive 1210." in text(said(replace(looked(), lesser=("bpf", why))))
    old = Missing(Reason.UNSUPPORTED, "kernel 5.4 has no ring buffer")
    assert "bpf would not: kernel 5.4 has no ring buffer." in text(said(replace(looked(), lesser=("bpf", old))))
