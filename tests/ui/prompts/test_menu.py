"""A list to choose from."""

from explorer.render.piece import piece
from explorer.ui.messages import Close
from explorer.ui.prompts.menu import Menu
from tests.ui.stage import Stage, drawn

WORDS = ("all", "admin", "root", "www-data")


async def chosen(*keys: str) -> tuple[list[int], list[str], bool]:
    """What was taken, what stood there, and whether it was closed."""
    taken: list[int] = []
    menu = Menu("Processes of", [(piece(word),) for word in WORDS], 0, taken.append)
    stage = Stage(menu)
    async with stage.run_test(size=(40, 10)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        return taken, drawn(menu), any(isinstance(message, Close) for message in stage.heard)


async def test_arrows_and_enter() -> None:
    taken, lines, closed = await chosen("down", "down", "enter")
    assert (taken, closed) == ([2], True)
    assert lines[0].startswith("─ Processes of ──")
    assert [line.strip() for line in lines[1:5]] == list(WORDS)


async def test_letters_go_to_the_next_line_that_begins_so() -> None:
    assert (await chosen("w", "enter"))[0] == [3]
    assert (await chosen("a", "enter"))[0] == [1]
    assert (await chosen("a", "a", "enter"))[0] == [0]
    assert (await chosen("x", "enter"))[0] == [0]


async def test_escape_takes_nothing() -> None:
    taken, _, closed = await chosen("down", "escape")
    assert (taken, closed) == ([], True)
