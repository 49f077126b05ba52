"""B: the list of births."""

from dataclasses import replace

from explorer.model.birth import Birth, Births
from explorer.model.missing import Missing, Reason
from explorer.model.snapshot import Snapshot
from explorer.ui.messages import Close, Copy
from explorer.ui.prompts.births import BirthList
from tests.snapshots import table
from tests.ui.stage import Stage, drawn


def born(count: int) -> Births:
    return Births(total=count, last=tuple(Birth(n, 1, "sh", 86390.0, f"p{n}", (f"p{n}", "x"), 0.5, 0) for n in range(1, count + 1)))


class Tables:
    """What is on the screen."""

    def __init__(self, births: Births) -> None:
        self.now: Snapshot = replace(table(), births=births)

    def told(self, births: Births) -> None:
        self.now = replace(table(), births=births)


async def test_it_goes_on_at_the_top_and_stands_still_further_down() -> None:
    tables = Tables(born(2))
    shown = BirthList(lambda: tables.now, root=True)
    async with Stage(shown).run_test(size=(90, 12)) as pilot:
        await pilot.pause()
        assert "p2 x" in drawn(shown)[1]
        tables.told(born(3))
        shown.changed()
        await pilot.pause()
        assert "p3 x" in drawn(shown)[1]
        assert "Births  3 since" in drawn(shown)[0]
        await pilot.press("down")
        tables.told(born(4))
        shown.changed()
        await pilot.pause()
        assert "p3 x" in drawn(shown)[1]
        await pilot.press("home")
        await pilot.pause()
        shown.changed()
        await pilot.pause()
        assert "p4 x" in drawn(shown)[1]


async def test_a_line_is_copied_and_escape_closes() -> None:
    stage = Stage(BirthList(lambda: replace(table(), births=born(2)), root=True))
    async with stage.run_test(size=(90, 12)) as pilot:
        await pilot.press("down", "y", "escape")
        await pilot.pause()
    copied = [message.text for message in stage.heard if isinstance(message, Copy)]
    assert [text.endswith("p1 x") for text in copied] == [True]
    assert any(isinstance(message, Close) for message in stage.heard)


async def test_where_the_kernel_does_not_tell_it_says_what_helps() -> None:
    off = Births(off=Missing(Reason.DENIED, "the kernel's proc connector", "sudo procdive"))
    shown = BirthList(lambda: replace(table(), births=off), root=False)
    async with Stage(shown).run_test(size=(90, 12)) as pilot:
        await pilot.pause()
        assert drawn(shown)[1].strip() == "the kernel's proc connector: denied — sudo procdive"


async def test_before_the_first_table_it_is_empty() -> None:
    shown = BirthList(lambda: None, root=True)
    async with Stage(shown).run_test(size=(90, 12)) as pilot:
        await pilot.pause()
        assert not shown.row_count()
