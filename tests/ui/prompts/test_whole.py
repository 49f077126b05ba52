"""w: a whole command."""

from explorer.model.missing import Missing, Reason
from explorer.ui.messages import Copy
from explorer.ui.prompts.whole import Whole
from tests.snapshots import process
from tests.ui.stage import Stage, drawn


async def test_it_is_wrapped_and_nothing_is_left_out() -> None:
    words = [f"argument-{number}" for number in range(40)]
    whole = Whole(process(7, 1, ["/usr/bin/prog", *words]))
    stage = Stage(whole)
    async with stage.run_test(size=(60, 30)) as pilot:
        await pilot.pause()
        lines = drawn(whole)
    assert lines[0].startswith("─ Command of 7   41 arguments ")
    joined = "".join(line[2:] for line in lines[1:])
    assert all(word in joined.replace(" ", "") for word in words)
    assert all(len(line) <= 60 for line in lines)


async def test_it_is_copied_as_a_shell_takes_it() -> None:
    whole = Whole(process(7, 1, ["prog", "", "a b", "\x1b[2J"]))
    stage = Stage(whole)
    async with stage.run_test(size=(60, 10)) as pilot:
        await pilot.press("y")
        await pilot.pause()
        assert [message.text for message in stage.heard if isinstance(message, Copy)] == [r"prog '' 'a b' $'\x1b[2J'"]


async def test_it_scrolls_and_says_what_could_not_be_read() -> None:
    whole = Whole(process(7, 1, ["prog", "y" * 5000]))
    stage = Stage(whole)
    async with stage.run_test(size=(60, 10)) as pilot:
        await pilot.press("down", "down")
        await pilot.pause()
        assert whole.top == 2
    silent = Whole(process(7, 1, comm="stuck", argv=Missing(Reason.TIMED_OUT)))
    stage = Stage(silent)
    async with stage.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        assert [line.strip() for line in drawn(silent)[1:3]] == ["stuck", "timed out"]
