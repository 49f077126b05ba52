"""ui/trace/kin.py: who is ours, and who shows our screen."""

from dataclasses import replace

from explorer.model.snapshot import Process
from explorer.ui.trace.kin import above, below, ours, showing
from tests.ui.fakes import ROWS, process

TABLE = {row.id.pid: row for row in ROWS}


def pids(found: list[Process]) -> list[int]:
    return [row.id.pid for row in found]


def test_the_shell_and_the_sshd_above_us_show_our_screen() -> None:
    assert pids(above(TABLE, 1733)) == [1419, 1402, 640]
    assert showing(TABLE, 1733) == {1419, 1402, 640}


def test_in_tmux_its_clients_and_what_is_above_them_too() -> None:
    server = replace(process(50, 1, "admin", 0.0, 1, "S", "tmux"), comm="tmux: server")
    shell = process(51, 50, "admin", 0.0, 1, "S", "bash")
    us = process(52, 51, "admin", 0.0, 1, "S", "procdive")
    client = replace(process(60, 1419, "admin", 0.0, 1, "S", "tmux"), comm="tmux: client")
    table = {**TABLE, **{row.id.pid: row for row in (server, shell, us, client)}}
    assert showing(table, 52) == {50, 51, 60, 1419, 1402, 640}


def test_a_cycle_of_parents_ends() -> None:
    table = {row.id.pid: row for row in (process(5, 6, "a", 0, 1, "S", "x"), process(6, 5, "a", 0, 1, "S", "y"))}
    assert pids(above(table, 5)) == [6]
    assert pids(below(table, 5)) == [5, 6]


def test_ours_are_we_and_our_children() -> None:
    reader = process(1734, 1733, "root", 0, 1, "S", "reader")
    command = replace(process(1735, 1733, "root", 0, 1, "S", "ls"), session=1419)
    assert ours({**TABLE, 1734: reader, 1735: command}, 1733) == {1733, 1734}


def test_a_subtree() -> None:
    assert pids(below(TABLE, 1204)) == [1204, 1210, 1211, 1877]
    assert below(TABLE, 99) == []
    thread = replace(process(1878, 1877, "app", 0, 1, "S", "ffmpeg"), thread_of=1877)
    assert 1878 not in pids(below({**TABLE, 1878: thread}, 1204))
