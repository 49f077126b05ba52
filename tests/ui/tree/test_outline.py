"""The tree does not jump: the selection is a process, and it keeps its line."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.model.process import ProcessId
from explorer.model.snapshot import Ended, Process, Snapshot
from explorer.model.tree import View
from explorer.ui.tree.outline import HOLD, Outline
from tests.snapshots import process, table

PLAIN = View()


class Clock:
    """Time that stands still until it is told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def outline(snapshot: Snapshot, body: int = 10, view: View = PLAIN) -> Outline:
    made = Outline(Clock())
    made.view, made.body = view, body
    made.show(snapshot)
    return made


def many(count: int, **fields: object) -> list[Process]:
    return [process(1, 0, "init"), *(process(pid, 1, f"p{pid}", **fields) for pid in range(100, 100 + count))]


def select(made: Outline, pid: int) -> None:
    """As a person who moves there: scrolled as little as needed."""
    assert made.choose(pid)
    made.top = max(min(made.top, made.selected), made.selected - made.body + 1, 0)


def test_the_first_row_is_selected_at_first() -> None:
    made = outline(table(*many(5)))
    assert made.process == ProcessId(1, 10)
    assert made.selected == 0


def test_nothing_at_all_is_shown_without_a_fault() -> None:
    made = outline(table())
    assert (made.process, made.current(), len(made)) == (None, None, 0)
    made.show(table(process(1, 0, "init")))
    assert made.process == ProcessId(1, 10)


def test_the_selected_row_keeps_its_line_when_rows_come_and_go_above() -> None:
    made = outline(table(*many(50)))
    select(made, 130)
    line = made.selected - made.top
    made.show(table(*many(50), process(50, 1, "above"), process(51, 1, "above")))
    assert (made.process, made.selected - made.top) == (ProcessId(130, 1300), line)
    made.show(table(*[p for p in many(50) if p.id.pid not in {100, 101, 102, 103}]))
    assert (made.process, made.selected - made.top) == (ProcessId(130, 1300), line)


def test_what_was_scrolled_to_keeps_its_place_too() -> None:
    made = outline(table(*many(50)))
    made.top = 20
    first = made.row(20).process
    made.show(table(*many(50), process(50, 1, "above")))
    assert made.row(made.top).process.id == first.id
    assert made.process == ProcessId(1, 10)


def test_the_selected_process_stays_after_its_end_until_it_is_left() -> None:
    made = outline(table(*many(5)))
    select(made, 102)
    gone = many(5)[3]
    left = [p for p in many(5) if p.id != gone.id]
    made.show(table(*left, ended=[Ended(gone, 86401.0)], taken=86401.0))
    for taken in (86410.0, 86500.0):
        made.show(table(*left, taken=taken))
        row = made.current()
        assert row is not None
        assert (row.process.id, row.ended) == (gone.id, Ended(gone, 86401.0))
    made.moved(0)
    made.show(table(*left, taken=86600.0))
    assert len(made) == 5
    assert gone.id not in [made.row(at).process.id for at in range(len(made))]


def test_a_pid_used_again_is_another_row() -> None:
    made = outline(table(*many(5)))
    select(made, 102)
    again = process(102, 1, "other", start=99999)
    made.show(table(*[p for p in many(5) if p.id.pid != 102], again))
    row = made.current()
    assert row is not None
    assert row.process.id == ProcessId(102, 1020)
    assert row.ended is not None
    assert [made.row(at).process.id.start for at in range(len(made)) if made.row(at).process.id.pid == 102] == [1020, 99999]


def test_sorted_by_cpu_nothing_moves_while_a_person_navigates_but_figures_do() -> None:
    procs = [process(pid, 0, f"p{pid}", cpu=float(pid)) for pid in range(10, 20)]
    made = outline(table(*procs), view=View(flat=True, sort="cpu", descending=True))
    order = [made.row(at).process.id.pid for at in range(10)]
    assert order == list(range(19, 9, -1))
    made.moved(3)
    turned = [replace(p, cpu=100.0 - p.cpu) for p in procs]
    made.show(table(*turned))
    assert [made.row(at).process.id.pid for at in range(10)] == order
    assert made.row(0).process.cpu == 81.0
    clock = made._clock
    assert isinstance(clock, Clock)
    clock.now += HOLD + 0.1
    made.show(table(*turned))
    assert [made.row(at).process.id.pid for at in range(10)] == list(range(10, 20))
    assert made.process == ProcessId(16, 160)


def test_births_and_deaths_are_shown_while_the_order_is_held() -> None:
    procs = [process(pid, 0, f"p{pid}", cpu=float(pid)) for pid in range(10, 20)]
    made = outline(table(*procs), view=View(flat=True, sort="cpu", descending=True))
    made.moved(3)
    made.show(table(*procs[1:], process(30, 0, "new", cpu=15.5)))
    assert [made.row(at).process.id.pid for at in range(len(made))] == [19, 18, 17, 16, 30, 15, 14, 13, 12, 11]


def test_the_top_of_the_busiest_stays_unless_one_is_followed() -> None:
    def busy(at: int) -> Snapshot:
        return table(*(process(pid, 0, f"p{pid}", cpu=200.0 if pid == at else 199.0 - pid) for pid in range(10, 60)))

    view = View(flat=True, sort="cpu", descending=True)
    made = outline(busy(40), view=view)
    assert made.process == ProcessId(40, 400)
    made.show(busy(41))
    assert (made.top, made.process) == (0, ProcessId(40, 400))
    assert made.selected == 31
    followed = outline(busy(40), view=view)
    followed.follow = True
    followed.show(busy(41))
    assert followed.top == followed.selected == 31


def test_a_fold_takes_the_selection_to_itself() -> None:
    procs = [process(1, 0, "init"), process(2, 1, "a"), process(3, 2, "b"), process(4, 3, "c")]
    made = outline(table(*procs))
    select(made, 4)
    made.look(replace(made.view, folded=frozenset({procs[1].id})))
    assert made.process == procs[1].id
    assert made.choose(4)
    assert made.view.folded == frozenset()
    assert made.process == procs[3].id


def test_a_filter_takes_the_selection_to_its_first_hit() -> None:
    made = outline(table(*many(20)))
    select(made, 105)
    made.look(replace(made.view, wanted=lambda p: p.id.pid >= 110))
    assert made.process == ProcessId(110, 1100)


def test_where_everything_is_filtered_away_there_is_no_selection_and_it_comes_back() -> None:
    made = outline(table(*many(20)))
    made.look(replace(made.view, wanted=lambda p: False))
    assert (made.process, made.current()) == (None, None)
    made.look(replace(made.view, wanted=None))
    assert made.process is not None


def test_hidden_rows_cannot_be_chosen() -> None:
    made = outline(table(*many(3), process(9, 2, "k", kernel=True)))
    assert not made.choose(9)
    assert not made.choose(77)
    made.look(replace(made.view, kernel=True))
    assert made.choose(9)


PIDS = st.integers(1, 12)
LIFE = st.tuples(PIDS, PIDS, st.integers(0, 2), st.sampled_from([0.0, 1.0, 50.0]), st.booleans())
KEYS = ["up", "down", "end", "home", "fold", "filter", "clear", "kernel", "flat", "cpu", "pid", "follow", "choose", "wait", "wheel"]
MOVES = st.sampled_from(KEYS)


@settings(max_examples=150, deadline=None)
@given(ticks=st.lists(st.tuples(st.lists(LIFE, max_size=12), st.lists(MOVES, max_size=4)), min_size=1, max_size=8), body=st.integers(1, 6))
def test_whatever_lives_dies_and_is_typed_the_selection_is_a_row_and_no_row_is_lost(
    ticks: list[tuple[list[tuple[int, int, int, float, bool]], list[str]]], body: int
) -> None:
    clock = Clock()
    made = Outline(clock)
    made.body = body
    known: dict[ProcessId, Process] = {}
    for taken, (lives, moves) in enumerate(ticks):
        procs = {
            pid: process(pid, ppid, f"p{pid}", start=pid * 10 + start, cpu=cpu, kernel=kernel) for pid, ppid, start, cpu, kernel in lives
        }
        ended = [Ended(old, float(taken)) for old in known.values() if (now := procs.get(old.id.pid)) is None or now.id != old.id]
        known = {p.id: p for p in procs.values()}
        made.show(table(*procs.values(), ended=ended, taken=float(taken)))
        check(made, procs)
        for move in moves:
            act(made, move, clock)
            check(made, procs)


def act(made: Outline, move: str, clock: Clock) -> None:
    view = made.view
    if move in {"up", "down", "end", "home"} and len(made):
        at = {"up": made.selected - 1, "down": made.selected + 1, "end": len(made) - 1, "home": 0}[move]
        made.moved(max(0, min(at, len(made) - 1)))
        made.top = max(min(made.top, made.selected), made.selected - made.body + 1, 0)
    elif move == "fold" and made.process is not None:
        made.look(replace(view, folded=view.folded ^ {made.process}))
    elif move == "filter":
        made.look(replace(view, wanted=lambda p: p.id.pid % 3 == 0))
    elif move == "clear":
        made.look(replace(view, wanted=None))
    elif move == "kernel":
        made.look(replace(view, kernel=not view.kernel))
    elif move == "flat":
        made.look(replace(view, flat=not view.flat))
    elif move in {"cpu", "pid"}:
        made.look(replace(view, sort=move, descending=move == "cpu"))
    elif move == "follow":
        made.follow = not made.follow
    elif move == "choose":
        made.choose(6)
    elif move == "wait":
        clock.now += HOLD
    elif move == "wheel":
        made.top = max(0, min(made.top + 2, len(made) - made.body))


def check(made: Outline, procs: dict[int, Process]) -> None:
    rows = [made.row(at) for at in range(len(made))]
    ids = [row.process.id for row in rows]
    assert len(set(ids)) == len(ids)
    if rows:
        assert 0 <= made.selected < len(rows)
        assert ids[made.selected] == made.process
        assert 0 <= made.top < len(rows)
    else:
        assert made.process is None
    if made.view.wanted is None and not made.view.folded:
        wanted = {p.id for p in procs.values() if made.view.kernel or not p.is_kernel_thread}
        assert wanted <= set(ids)
    for row in rows:
        if row.ended is None:
            assert row.process is procs[row.process.id.pid]
