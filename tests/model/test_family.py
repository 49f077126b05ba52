"""Who hangs under whom, and which groups of siblings changed since the last structure."""

from dataclasses import replace

from explorer.model.family import EMPTY, Family, Node, circles, differing, family, parent_of, place
from explorer.model.process import ProcessId
from explorer.model.snapshot import Snapshot
from tests.model.test_tree import process, snapshot

FEW = (process(1, 0), process(2, 1), process(3, 2), process(5, 1))


def grown(*steps: Snapshot, kernel: bool = True) -> Family:
    """The structure of the last of these, each taken over from the one before."""
    found, before = EMPTY, None
    for step in steps:
        found = family(step, kernel, found, before)[0]
        before = step
    return found


def test_parents_and_groups_by_pid() -> None:
    found, dirty, changed = family(snapshot(*FEW), kernel=True)
    assert found.parents == {1: None, 2: 1, 3: 2, 5: 1}
    assert found.groups == {None: [1], 1: [2, 5], 2: [3]}
    assert dirty == {None, 1, 2}
    assert list(changed) == [1, 2, 3, 5]
    assert set(found.below(1)) == {2, 3, 5}
    assert list(found.below(3)) == []


def test_a_node_is_a_living_pid_or_an_ended_id() -> None:
    found = grown(snapshot(*FEW, ended=(process(9, 1, 3),)))
    assert found.node(ProcessId(2, 5)) == 2
    assert found.node(ProcessId(9, 3)) == ProcessId(9, 3)
    assert found.node(ProcessId(2, 6)) is None
    assert found.node(ProcessId(9, 4)) is None
    assert found.ended == {9: [ProcessId(9, 3)]}


def test_nothing_new_is_the_same_object() -> None:
    first = snapshot(*FEW)
    old = grown(first)
    again = family(snapshot(*FEW), True, old, first)
    assert again[0] is old
    assert (again[1], list(again[2])) == (set(), [])


def test_a_process_that_only_worked_changes_no_group() -> None:
    first = snapshot(*FEW)
    old = grown(first)
    worked = replace(FEW[2], utime=7)
    found, dirty, changed = family(snapshot(*FEW[:2], worked, FEW[3]), True, old, first)
    assert (dirty, list(changed)) == (set(), [3])
    assert found.live[3] is worked
    assert found.groups is old.groups
    assert old.live[3] is FEW[2], "what was made is never changed"


def test_only_the_groups_in_which_something_happened_are_dirty() -> None:
    first = snapshot(*FEW)
    old = grown(first)
    found, dirty, _ = family(snapshot(*FEW, process(8, 5)), True, old, first)
    assert dirty == {5}
    assert found.groups[5] == [8]
    assert found.groups[1] is old.groups[1]


def test_children_of_one_that_went_go_to_whom_they_say() -> None:
    first = snapshot(*FEW)
    found, dirty, _ = family(snapshot(FEW[0], process(3, 1), FEW[3]), True, grown(first), first)
    assert found.groups == {None: [1], 1: [3, 5]}
    assert dirty == {1, 2}
    assert found.parents == {1: None, 3: 1, 5: 1}


def test_one_whose_parent_is_not_there_is_a_root_until_it_comes() -> None:
    first = snapshot(process(3, 2))
    old = grown(first)
    assert old.groups == {None: [3]}
    assert grown(first, snapshot(process(2, 0), process(3, 2))).groups == {None: [2], 2: [3]}


def test_kernel_threads_only_where_wanted() -> None:
    rows = (process(1, 0), process(2, 0, kernel=True), process(3, 2, kernel=True))
    assert grown(snapshot(*rows), kernel=False).groups == {None: [1]}
    assert grown(snapshot(*rows)).groups == {None: [1, 2], 2: [3]}
    # Its pid is a kernel thread's now.
    assert grown(snapshot(process(1, 0), process(2, 1)), snapshot(*rows), kernel=False).groups == {None: [1]}


def test_an_ended_one_hangs_under_whom_was_there_in_its_time() -> None:
    found = grown(snapshot(process(1, 0), process(4, 1, start=50), ended=(process(4, 1, 5), process(6, 4, 7), process(7, 4, 60))))
    assert parent_of(ProcessId(6, 7), found) == ProcessId(4, 5), "not under the younger process that has the pid now"
    assert parent_of(ProcessId(7, 60), found) == 4
    assert found.groups[1] == [ProcessId(4, 5), 4]


def test_the_order_by_pid_has_the_ended_before_the_living() -> None:
    nodes: list[Node] = [5, ProcessId(5, 9), 4, ProcessId(5, 3)]
    assert sorted(nodes, key=place) == [4, ProcessId(5, 3), ProcessId(5, 9), 5]


def test_many_newcomers_and_few_give_the_same_group() -> None:
    first = snapshot(process(1, 0), process(500, 1))
    many = [process(pid, 1) for pid in range(2, 300)]
    assert grown(first, snapshot(process(1, 0), *many, process(500, 1))).groups[1] == [*range(2, 300), 500]


def test_differing_compares_objects_not_values() -> None:
    was = {p.id.pid: p for p in FEW}
    assert differing(dict(was), was) == []
    assert differing({**was, 3: replace(FEW[2])}, was) == [3]
    assert differing({pid: was[pid] for pid in (5, 3)} | {9: process(9, 1)}, was) == [9]


def test_each_circle_is_cut_at_its_smallest_pid() -> None:
    assert circles([4], {3: 5, 4: 3, 5: 4, 6: 5, 1: None}) == {3}
    assert circles([2, 9], {2: 2, 8: 9, 9: 8}) == {2, 8}
    assert circles([6], {6: 5, 5: None}) == set()
