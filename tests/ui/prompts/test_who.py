"""ui/prompts/who.py: a list that grows while one is in it."""

from explorer.model.having import Having, Thing, Use, WhoHas
from explorer.render.piece import plain
from explorer.ui.messages import Jump
from explorer.ui.prompts.who import Who
from explorer.ui.tree import Tree
from tests.ui.stage import Stage, drawn

THING = Thing("3 0.0.0.0:80", "socket:[7]", 3)
ONE, TWO, THREE = (Having(pid, "nginx", "root", (Use("fd", pid % 10, "rw"),)) for pid in (811, 812, 813))


class Hears(Stage):
    jumps: list[Jump]

    def on_jump(self, message: Jump) -> None:
        self.jumps.append(message)


async def test_the_selection_stays_on_its_process_while_more_are_found() -> None:
    ended: list[bool] = []
    stage = Hears(Tree(id="tree"))
    stage.jumps = []
    async with stage.run_test(size=(100, 24)) as pilot:
        who = Who(THING, lambda: ended.append(True))
        stage.post_message(who.ask(6))
        await pilot.pause()
        who.show(WhoHas(THING, (TWO,), 40, 214))
        await pilot.pause()
        assert drawn(who)[0].startswith("─ Who has 3 0.0.0.0:80   1 has it   looked at 40 of 214 processes")
        await pilot.press("down")
        who.show(WhoHas(THING, (ONE, TWO, THREE), 214, 214, denied=3, done=True))
        await pilot.pause()
        assert who.chosen == TWO
        assert drawn(who)[0].startswith("─ Who has 3 0.0.0.0:80   3 have it ─")
        assert drawn(who)[-1] == " Not looked at: 3 denied (root sees them)"
        await pilot.press("down", "enter")
        await pilot.pause()
        assert [(jump.target.pid, jump.target.fd) for jump in stage.jumps] == [(813, 3)]
        assert (stage.asked, ended) == (None, [True])


async def test_escape_ends_the_search_and_goes_nowhere() -> None:
    ended: list[bool] = []
    stage = Hears(Tree(id="tree"))
    stage.jumps = []
    async with stage.run_test(size=(60, 24)) as pilot:
        who = Who(THING, lambda: ended.append(True))
        stage.post_message(who.ask(6))
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert (stage.jumps, stage.asked, ended) == ([], None, [True])
    assert plain(who.title(30))
