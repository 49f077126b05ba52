"""Whom a change is meant for."""

from explorer.ui.messages import Ask
from tests.snapshots import process, table, web
from tests.ui.tree.shown import shown


async def test_the_selected_one_where_nobody_is_tagged() -> None:
    async with shown() as at:
        await at.type("1302")
        processes, gone = at.tree.meant()
        assert ([each.id.pid for each in processes], gone) == ([1302], frozenset())


async def test_the_tagged_ones_wherever_the_selection_is() -> None:
    async with shown() as at:
        await at.type("811")
        await at.press("c", "home")
        assert [each.id.pid for each in at.tree.meant()[0]] == [811, 812, 813]


async def test_those_that_ended_are_told_apart_and_a_pid_used_again_has_ended() -> None:
    async with shown() as at:
        await at.type("811")
        await at.press("c")
        again = process(812, 811, "other", start=99999)
        await at.show(table(*[each for each in web() if each.id.pid not in {812, 813}], again))
        processes, gone = at.tree.meant()
        assert [each.id.pid for each in processes] == [811, 812, 813]
        assert sorted(each.pid for each in gone) == [812, 813]
        assert processes[1].argv == ("nginx: worker process",)


async def test_nobody_is_asked_about_where_nobody_is_selected() -> None:
    async with shown(table()) as at:
        await at.press("f9", "f7", "i", "a")
        assert not [message for message in at.stage.heard if isinstance(message, Ask)]
