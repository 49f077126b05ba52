"""ui/prompts/letgo.py: procdive does not end unasked while a trace runs."""

import pytest

from explorer.render.piece import plain
from explorer.ui.prompts.letgo import LetGo
from explorer.ui.tree import Tree
from tests.ui.stage import Stage


def test_what_runs_is_named() -> None:
    assert plain(LetGo(["812 nginx"], lambda: None).said(79)[0]) == "  A trace runs: 812 nginx"
    assert plain(LetGo(["812 nginx", "813 nginx"], lambda: None).said(79)[0]) == "  2 traces run: 812 nginx, 813 nginx"


@pytest.mark.parametrize(("key", "ends"), [("y", True), ("f10", True), ("n", False), ("enter", False), ("escape", False)])
async def test_only_yes_ends_it(key: str, ends: bool) -> None:
    ended: list[bool] = []
    stage = Stage(Tree(id="tree"))
    async with stage.run_test(size=(80, 24)) as pilot:
        stage.post_message(LetGo(["812 nginx"], lambda: ended.append(True)).ask(4))
        await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
        assert stage.asked is None
    assert bool(ended) is ends
