"""The forest: nothing lost, nothing twice, the same however it was reached."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.model.process import ProcessId
from explorer.model.snapshot import PF_KTHREAD, Ended, Machine, Process, Snapshot
from explorer.model.tree import Forest, Row, View, grow

MACHINE = Machine("host", 1.0, 2.0, (0.0, 0.0, 0.0), 0.0, 0.0, 2, 0, 0, 0, 0)


def process(pid: int, ppid: int, start: int = 5, *, cpu: float = 0.0, name: str = "", kernel: bool = False) -> Process:
    return Process(
        id=ProcessId(pid, start), ppid=ppid, comm=name or f"p{pid}", argv=(), state="S", pgrp=pid, session=pid, tty="?",
        flags=PF_KTHREAD if kernel else 0, utime=0, stime=0, priority=20, nice=0, threads=1, vsize=0, rss=pid << 12,
        uid=0, user="root", cpu=cpu,
    )  # fmt: skip


def snapshot(*processes: Process, ended: tuple[Process, ...] = (), born: tuple[ProcessId, ...] = ()) -> Snapshot:
    return Snapshot({p.id.pid: p for p in processes}, MACHINE, 9.0, dict.fromkeys(born, 8.0), tuple(Ended(p, 9.0) for p in ended))


def drawn(forest: Forest) -> list[str]:
    out = []
    for row in forest:
        rails = "".join("│ " if on else "  " for on in row.rails)
        branch = ("└" if row.last else "├") if row.depth else ""
        signs = (f"+{row.hidden}" if row.folded else "") + ("(dim)" if row.ancestor else "") + ("-" if row.ended else "")
        out.append(f"{rails}{branch}{row.process.comm}{signs}")
    return out


FEW = (process(1, 0), process(2, 1), process(3, 2), process(4, 2), process(5, 1), process(6, 5), process(7, 0))


def test_a_tree_is_drawn_with_its_last_children() -> None:
    assert drawn(grow(snapshot(*FEW), View())) == ["p1", "├p2", "│ ├p3", "│ └p4", "└p5", "  └p6", "p7"]


def test_a_fold_hides_descendants_and_counts_them() -> None:
    forest = grow(snapshot(*FEW), View(folded=frozenset({FEW[1].id, FEW[0].id})))
    assert drawn(forest) == ["p1+5", "p7"]
    assert forest.find(FEW[2].id) is None
    assert forest.find_pid(7) == 1
    opened = grow(snapshot(*FEW), View(folded=frozenset({FEW[1].id})), forest)
    assert drawn(opened) == ["p1", "├p2+2", "└p5", "  └p6", "p7"]


def test_case_85_a_filter_keeps_ancestors_dim_and_descendants() -> None:
    wanted: Callable[[Process], bool] = lambda p: p.comm in {"p3", "p5"}  # noqa: E731
    forest = grow(snapshot(*FEW), View(wanted=wanted))
    assert drawn(forest) == ["p1(dim)", "├p2(dim)", "│ └p3", "└p5", "  └p6"]
    assert (forest.hits, forest.total) == (2, 7)
    assert [row.hit for row in forest] == [False, False, True, True, False]
    folded = View(wanted=wanted, folded=frozenset({FEW[0].id, FEW[4].id}))
    assert drawn(grow(snapshot(*FEW), folded)) == ["p1(dim)", "├p2(dim)", "│ └p3", "└p5+1"]
    assert drawn(grow(snapshot(*FEW), replace(folded, flat=True))) == ["p3", "p5"]


def test_sums_do_not_grow_with_filter_or_fold() -> None:
    rows = tuple(replace(p, cpu=1.5) for p in FEW)
    before = None
    for view in (View(), View(wanted=lambda p: False), View(folded=frozenset({FEW[0].id})), View()):
        before = grow(snapshot(*rows), view, before)
        assert before.sums(FEW[0].id) == (6, 9.0, 21 << 12)


def test_siblings_are_sorted_and_ties_stand_by_pid() -> None:
    rows = (process(1, 0), process(2, 1, cpu=3.0), process(3, 1, cpu=9.0), process(4, 1, cpu=3.0), process(5, 2, cpu=50.0))
    assert drawn(grow(snapshot(*rows), View(sort="cpu", descending=True))) == ["p1", "├p3", "├p2", "│ └p5", "└p4"]
    assert drawn(grow(snapshot(*rows), View(sort="cpu", descending=True, flat=True))) == ["p5", "p3", "p2", "p4", "p1"]
    assert drawn(grow(snapshot(*rows), View(descending=True))) == ["p1", "├p4", "├p3", "└p2", "  └p5"]


def test_kernel_threads_are_shown_only_when_wanted() -> None:
    rows = (process(1, 0), process(2, 0, kernel=True), process(3, 2, kernel=True), process(4, 2))
    hidden = grow(snapshot(*rows), View())
    assert drawn(hidden) == ["p1", "p4"]
    assert hidden.total == 2
    assert drawn(grow(snapshot(*rows), View(kernel=True), hidden)) == ["p1", "p2", "├p3", "└p4"]


def test_an_ended_process_stays_in_its_place_when_its_pid_is_used_again() -> None:
    old, new = process(4, 2, start=5), process(4, 1, start=99)
    before = grow(snapshot(process(1, 0), process(2, 1), old, process(6, 4, start=6)), View())
    after = grow(snapshot(process(1, 0), process(2, 1), new, process(6, 1, start=6), ended=(old,), born=(new.id,)), View(), before)
    assert drawn(after) == ["p1", "├p2", "│ └p4-", "├p4", "└p6"]
    assert after.find(old.id) == 2
    assert after.find(new.id) == 3
    assert after[3].born


def test_an_ended_parent_keeps_its_ended_children() -> None:
    parent, child = process(2, 1), process(3, 2, start=6)
    before = grow(snapshot(process(1, 0), parent, child), View())
    assert drawn(grow(snapshot(process(1, 0), ended=(child, parent)), View(), before)) == ["p1", "└p2-", "  └p3-"]
    stranger = process(2, 1, start=50)
    assert drawn(grow(snapshot(process(1, 0), stranger, ended=(child,)), View(), before)) == ["p1", "└p2", "p3-"]


def test_a_circle_of_parents_loses_no_row_and_heals() -> None:
    circle = grow(snapshot(process(1, 0), process(3, 4), process(4, 5), process(5, 3), process(6, 6)), View())
    assert drawn(circle) == ["p1", "p3", "└p5", "  └p4", "p6"]
    healed = grow(snapshot(process(1, 0), process(3, 4), process(4, 1), process(5, 3), process(6, 6)), View(), circle)
    assert drawn(healed) == ["p1", "└p4", "  └p3", "    └p5", "p6"]


def test_a_parent_that_comes_later_takes_its_child() -> None:
    alone = grow(snapshot(process(9, 7)), View())
    assert drawn(grow(snapshot(process(9, 7), process(7, 0)), View(), alone)) == ["p7", "└p9"]


def test_nothing_moved_means_the_same_order_object() -> None:
    first = grow(snapshot(*FEW), View(sort="cpu"))
    second = grow(snapshot(*(replace(p, rss=1) for p in FEW)), View(sort="cpu"), first)
    assert second.order is first.order
    assert second[0].process.rss == 1


PIDS = st.integers(1, 9)
TABLE = st.dictionaries(PIDS, st.tuples(st.integers(0, 10), st.integers(1, 3), st.sampled_from([0.0, 1.0, 2.0]), st.booleans()), max_size=9)
ENDED = st.lists(st.tuples(PIDS, st.integers(2, 6)), max_size=4, unique=True)
VIEWS = st.builds(
    View,
    flat=st.booleans(),
    sort=st.sampled_from(["pid", "cpu", "rss", "start"]),
    descending=st.booleans(),
    folded=st.frozensets(st.builds(ProcessId, PIDS, st.integers(1, 3)), max_size=3),
    kernel=st.booleans(),
    wanted=st.sampled_from([None, lambda p: p.cpu > 0.5, lambda p: p.id.pid % 2 == 0]),
)
Step = tuple[dict[int, tuple[int, int, float, bool]], list[tuple[int, int]], View]
STEPS = st.lists(st.tuples(TABLE, ENDED, VIEWS), min_size=1, max_size=6)


@given(STEPS)
@settings(max_examples=80, deadline=None)
def test_a_forest_grown_from_another_is_the_one_grown_anew(steps: list[Step]) -> None:
    before: Forest | None = None
    known: dict[Process, Process] = {}
    for table, gone, view in steps:
        rows = [process(pid, ppid, start, cpu=cpu, kernel=kernel) for pid, (ppid, start, cpu, kernel) in table.items()]
        rows = [known.setdefault(p, p) for p in rows]
        now = snapshot(*rows, ended=tuple(process(pid, pid * start % 10, start) for pid, start in gone))
        before = grow(now, view, before)
        assert list(before) == list(grow(now, view))
        complete(before)


def complete(forest: Forest) -> None:
    """Without folds and filters every process is a row, once; with them positions still agree."""
    rows: list[Row] = list(forest)
    assert len({(row.process.id, row.ended is None) for row in rows}) == len(rows)
    assert all(forest.find(row.process.id) == at for at, row in enumerate(rows) if row.ended is None)
    if forest.view.wanted is None and (forest.view.flat or not forest.view.folded):
        living = {row.process.id for row in rows if row.ended is None}
        assert living == {p.id for p in forest.snapshot.processes.values() if forest.view.kernel or not p.is_kernel_thread}
