"""The machine in one line, at any width."""

from collections import Counter
from dataclasses import replace

import pytest

from explorer.model.birth import Births
from explorer.render.machine import machine_line, span, states
from explorer.render.piece import Role, plain
from explorer.render.width import width
from tests.snapshots import MACHINE, process

COUNTS = Counter({"S": 209, "R": 3, "D": 1, "Z": 1})
WEB1 = replace(MACHINE, uptime=12 * 86400.0, memory_used=int(3.1 * 2**30))


def test_as_sketched_at_140_80_and_40() -> None:
    whole = "web1  up 12d  load 0.42 0.37 0.30  cpu 26% wait 3%  mem 3.1/24.0G  swap 0   214 procs  3 run  1 blocked  1 zombie"
    assert plain(machine_line(WEB1, COUNTS, 139, "root")) == whole.ljust(134) + "root"
    assert plain(machine_line(WEB1, COUNTS, 79, "root")).startswith("web1 load 0.42  cpu 26%  mem 3.1/24G  214 procs  3 run  1 blocked   ")
    assert plain(machine_line(WEB1, COUNTS, 39, "root")) == "web1 cpu 26% 214 procs 1 blocked  root"


def test_it_fits_any_width() -> None:
    for columns in range(1, 200):
        assert width(plain(machine_line(WEB1, COUNTS, columns, "root", note="‖ paused"))) <= columns


def test_what_needs_a_look_has_the_role_for_it() -> None:
    full = replace(WEB1, cpu=97.0, memory_used=23 << 30)
    roles = {part.text: part.role for part in machine_line(full, COUNTS, 139, "root", root=True)}
    assert roles["cpu 97%"] is Role.MIND
    assert roles["mem 23.0/24.0G"] is Role.MIND
    assert roles["  1 blocked"] is Role.FAILED
    assert roles["root"] is Role.PRIVILEGED


def test_states_are_counted() -> None:
    assert states([process(1, state="S"), process(2, state="S"), process(3, state="R")]) == {"S": 2, "R": 1}


@pytest.mark.parametrize(("seconds", "text"), [(3, "3 s"), (125, "2 min"), (7300, "2 h"), (90000, "1d")])
def test_spans(seconds: float, text: str) -> None:
    assert span(seconds) == text


def test_births_where_there_is_room() -> None:
    def said(births: Births, columns: int = 139) -> str:
        return plain(machine_line(WEB1, COUNTS, columns, "root", births=births))

    assert said(Births(rate=12.4)).endswith("  12 births/s  root")
    assert said(Births(rate=0.9)) == said(Births())
    assert "≤ 2,900 births missed" in said(Births(missed=2900, lossy=True), 160)
    assert "some ends missed" in said(Births(lossy=True), 160)
    assert all(width(said(Births(rate=12.4), columns)) <= columns for columns in range(1, 200))
