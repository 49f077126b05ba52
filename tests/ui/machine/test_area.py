"""ui/machine/area.py: very many rows, what a person wants of them, and the selected one."""

from dataclasses import replace

import pytest

from explorer.model.opened import GROUPS, Looked, Opened
from explorer.render.opened import Columns, row
from explorer.render.pages import of_fd
from explorer.render.piece import Line
from explorer.ui.machine.area import Machine
from explorer.ui.machine.arranging import grouped
from explorer.ui.machine.demand import Demand, Picture
from explorer.ui.messages import AskPeek, AskWho, Jump, Manual
from tests.opened import file, opened
from tests.ui.stage import Stage, drawn

WHOLE = Looked(processes=2, total=2, rows=200, rounds=1)


def rows(*pids: int, count: int = 100) -> list[Opened]:
    return [opened(pid, file(number, f"/var/file{number}")) for pid in pids for number in range(count)]


class Hears(Stage):
    def on_jump(self, message: Jump) -> None:
        self.heard.append(message)

    def on_ask_who(self, message: AskWho) -> None:
        self.heard.append(message)

    def on_ask_peek(self, message: AskPeek) -> None:
        self.heard.append(message)

    def on_manual(self, message: Manual) -> None:
        self.heard.append(message)


def area() -> tuple[Machine, list[Demand]]:
    wanted: list[Demand] = []
    return Machine(lambda it: wanted.append(it.demand)), wanted


async def test_rows_that_come_leave_the_selected_one_on_its_line_of_the_screen() -> None:
    machine, _ = area()
    async with Hears(machine).run_test(size=(80, 24)) as pilot:
        machine.show(Picture(Demand(), rows(5), looked=WHOLE))
        await pilot.press("pagedown", "pagedown", "up", "up")
        line = next(at for at, text in enumerate(drawn(machine)) if "/var/file36" in text)
        key = machine.chosen_row
        more = rows(1, 5, 9)
        machine.show(Picture(Demand(), more, looked=WHOLE, chosen=[each.key for each in more].index(key)))  # type: ignore[arg-type]
        await pilot.pause()
        assert "5 nginx" in drawn(machine)[line]
        assert "/var/file36" in drawn(machine)[line]


async def test_while_nobody_has_chosen_it_stays_at_the_top() -> None:
    machine, _ = area()
    async with Hears(machine).run_test(size=(80, 24)):
        machine.show(Picture(Demand(), rows(5), looked=WHOLE))
        machine.show(Picture(Demand(), rows(1, 5), looked=WHOLE))
        assert (machine.top, machine.selected) == (0, 0)
        assert drawn(machine)[2].startswith("     1 nginx")


async def test_one_that_is_gone_leaves_the_selection_where_it_stood() -> None:
    machine, _ = area()
    async with Hears(machine).run_test(size=(80, 24)) as pilot:
        machine.show(Picture(Demand(), rows(5), looked=WHOLE))
        await pilot.press("down", "down")
        machine.show(Picture(Demand(), [each for each in rows(5) if each.slot[1] != 2], looked=WHOLE))
        assert machine.selected == 2


async def test_typing_a_filter_wants_it_at_each_key_and_one_that_is_none_says_why() -> None:
    machine, wanted = area()
    stage = Hears(machine)
    async with stage.run_test(size=(120, 24)) as pilot:
        machine.show(Picture(Demand(), rows(5), looked=WHOLE))
        await pilot.press("f", *"size>")
        assert [each.text for each in wanted if each.text] == ["s", "si", "siz", "size"]
        assert "wants something after it" in drawn(machine)[0]
        await pilot.press(*"1M", "enter")
        assert machine.demand.text == "size>1M"
        assert machine.action_clear()
        assert machine.demand.text == ""
        assert not machine.action_clear()
        await pilot.press("slash", *"nginx", "escape")
        assert machine.demand.text == ""
        await pilot.press("f4", *"size>", "enter")
        assert machine.demand.text == ""
        assert "size> wants something after it" in stage.said


async def test_order_groups_and_what_is_no_descriptor() -> None:
    machine, wanted = area()
    async with Hears(machine).run_test(size=(120, 24)) as pilot:
        machine.show(Picture(Demand(), rows(5), looked=WHOLE))
        await pilot.press("I", "a")
        assert (wanted[-1].sort, wanted[-1].descending, wanted[-1].places) == ("process", True, True)
        await pilot.press("f6", "s", "enter")
        assert (wanted[-1].sort, wanted[-1].descending) == ("size", True)
        seen = []
        for _ in GROUPS:
            await pilot.press("g")
            seen.append(wanted[-1].group)
        assert seen == [*list(GROUPS)[1:], ""]


async def test_a_click_on_a_title_sorts_by_it() -> None:
    machine, wanted = area()
    async with Hears(machine).run_test(size=(120, 24)) as pilot:
        machine.show(Picture(Demand(), rows(5), looked=WHOLE))
        title = drawn(machine)[1].index("target")
        await pilot.click(machine, offset=(title + 2, 1))
        assert (wanted[-1].sort, wanted[-1].descending) == ("target", False)
        await pilot.click(machine, offset=(title + 2, 1))
        assert wanted[-1].descending


async def test_groups_unfold_and_stay_selected() -> None:
    machine, wanted = area()

    def answer() -> None:
        groups = grouped(rows(5, 6, count=3), "user")
        lines = [0]
        machine.show(Picture(machine.demand, rows(5, 6, count=3), groups, lines, looked=WHOLE))

    machine.demand = Demand(group="user")
    async with Hears(machine).run_test(size=(80, 24)) as pilot:
        answer()
        assert drawn(machine)[2].split() == ["+", "6", "www-data", "of", "2", "processes"]
        await pilot.press("enter")
        assert wanted[-1].unfolded == {"www-data"}
        answer()
        assert drawn(machine)[2].split()[0] == "-"
        assert len(machine.picture) == 7
        await pilot.press("down")
        assert machine.chosen_row == rows(5)[0].key
        await pilot.press("up", "enter")
        assert wanted[-1].unfolded == frozenset()
        assert machine.action_clear()
        assert wanted[-1].group == ""


async def test_enter_goes_to_the_descriptor_w_asks_who_has_it_and_y_copies_it() -> None:
    machine, _ = area()
    stage = Hears(machine)
    async with stage.run_test(size=(80, 24)) as pilot:
        machine.show(Picture(Demand(), rows(5), looked=WHOLE))
        await pilot.press("down", "enter", "w")
        jump, ask = stage.heard[-2:]
        assert isinstance(jump, Jump)
        assert (jump.target.pid, jump.target.fd) == (5, 1)
        assert isinstance(ask, AskWho)
        assert (ask.process.pid, ask.thing.fd, ask.thing.link) == (5, 1, "/var/file1")
        await pilot.press("p", "m")
        peek, manual = stage.heard[-2:]
        assert isinstance(peek, AskPeek)
        assert peek.thing == ask.thing
        assert isinstance(manual, Manual)
        assert manual.pages == of_fd(rows(5)[1].what)  # type: ignore[arg-type]
        assert machine.copy_line() == "5 nginx 1 /var/file1"
        assert machine.copy_shell() == "procdive fds --all"


async def test_nothing_to_ask_about_is_said() -> None:
    machine, _ = area()
    stage = Hears(machine)
    async with stage.run_test(size=(80, 24)) as pilot:
        machine.show(Picture(Demand()))
        await pilot.press("w", "enter")
        assert "nothing on this line" in stage.said
        machine.show(Picture(Demand(), [replace(rows(5)[0], closed=1.0)], looked=WHOLE, now=2.0))
        await pilot.press("w", "p")
        assert "only an open descriptor" in stage.said
        assert "closed 1 s ago" in drawn(machine)[2]
        assert not any(isinstance(each, AskWho | AskPeek) for each in stage.heard)


async def test_the_header_says_what_is_shown_and_the_footer_how_much() -> None:
    machine, _ = area()
    async with Hears(machine).run_test(size=(120, 24)) as pilot:
        machine.show(Picture(Demand(), rows(5), looked=Looked(processes=1, total=9, rows=100)))
        assert "reads …" in drawn(machine)[0]
        assert "100 open · 1 of 9 processes" in drawn(machine)[-1]
        machine.show(Picture(Demand(), rows(5), looked=WHOLE))
        assert drawn(machine)[0].endswith("by process ▲  ● live")
        assert drawn(machine)[-1].endswith("procdive fds --all")
        await pilot.press("space")
        assert machine.held
        assert drawn(machine)[0].endswith("held still")
        machine.want(Demand("nginx"))
        assert "filter nginx  filters 0%" in drawn(machine)[0]
        machine.show(Picture(Demand("nginx"), rows(5, count=9), looked=WHOLE, tested=0.5))
        assert "filter nginx  filters 50%" in drawn(machine)[0]
        assert "9 of 200 · 2 processes" in drawn(machine)[-1]


async def test_of_very_many_rows_only_those_on_the_screen_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Opened] = []

    def counted(item: Opened, columns: Columns, now: float) -> tuple[str, Line]:
        made.append(item)
        return row(item, columns, now)

    monkeypatch.setattr("explorer.ui.machine.area.row", counted)
    machine, _ = area()
    async with Hears(machine).run_test(size=(80, 24)) as pilot:
        machine.show(Picture(Demand(), rows(*range(1, 11), count=10_000), looked=WHOLE))
        assert len(made) < 100
        await pilot.press("end")
        assert len(made) < 200
        assert "/var/file9999" in drawn(machine)[-2]
        assert machine.seen() == {10}


async def test_it_is_come_back_to_as_it_was_left() -> None:
    machine, _ = area()
    async with Hears(machine).run_test(size=(80, 24)) as pilot:
        machine.show(Picture(Demand(), rows(5), looked=WHOLE))
        await pilot.press("f", *"file", "enter", "pagedown")
        other, _ = area()
        other.resume(machine)
        assert (other.demand, other.selected, other.top, other.chosen) == (machine.demand, machine.selected, machine.top, machine.chosen)
        assert other.picture is machine.picture


async def test_every_size_can_be_drawn() -> None:
    machine, _ = area()
    async with Hears(machine).run_test(size=(80, 24)) as pilot:
        machine.show(Picture(Demand("x", group=""), rows(5), looked=WHOLE))
        for size in ((1, 1), (20, 3), (40, 5), (240, 60)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            drawn(machine)
