"""Incremental search in rows."""

from dataclasses import replace

from explorer.model.tree import View, grow
from explorer.ui.tree.search import Search, search
from tests.snapshots import process, table, web


def looked_for(text: str) -> Search:
    made = search(text)
    assert made is not None
    return made


def test_nothing_is_not_searched_for() -> None:
    assert search("") is None
    assert search('"') is None


def test_capitals_count_once_one_is_typed() -> None:
    upper, lower = process(1, 0, "NGINX"), process(2, 0, "nginx")
    assert [looked_for("nginx")(each) for each in (upper, lower)] == [True, True]
    assert [looked_for("NGinx")(each) for each in (upper, lower)] == [False, False]
    assert [looked_for("NG")(each) for each in (upper, lower)] == [True, False]


def test_the_filters_language_means_nothing_in_a_search() -> None:
    assert looked_for("user:root")(process(1, 0, "echo user:root"))
    assert not looked_for("user:root")(process(1, 0, "echo"))
    assert looked_for("!x")(process(1, 0, ["a!x"]))


def test_a_number_is_also_a_pids_beginning() -> None:
    assert looked_for("81")(process(812, 0, "x"))
    assert not looked_for("12")(process(812, 0, "x"))


def test_hits_are_gone_round_both_ways_and_counted() -> None:
    forest = grow(table(*web()), View())
    nginx = looked_for("nginx")
    at = [forest.find_pid(pid) for pid in (811, 812, 813)]
    assert list(nginx.rows(forest)) == at
    first, second, third = nginx.rows(forest)
    assert nginx.next(forest, first, 1) == second
    assert nginx.next(forest, third, 1) == first
    assert nginx.next(forest, first, -1) == third
    assert nginx.next(forest, second, -1) == first
    assert (nginx.count(forest, second), nginx.count(forest, 0)) == ("2 of 3", "3")
    assert looked_for("no such thing").next(forest, 0, 1) is None


def test_one_that_a_fold_hides_is_found_too() -> None:
    view = View(folded=frozenset({next(p.id for p in web() if p.id.pid == 902)}))
    forest = grow(table(*web()), view)
    worker = looked_for("postgres: worker 3")
    assert worker.rows(forest) == ()
    hidden = worker.hidden(forest)
    assert hidden is not None
    assert hidden.pid == 906
    assert worker.hidden(grow(table(*web()), replace(view, folded=frozenset()))) is None
