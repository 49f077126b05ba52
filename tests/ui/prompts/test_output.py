"""ui/prompts/output.py: what a traced command wrote, never raw."""

from explorer.render.piece import plain
from explorer.ui.messages import Copy
from explorer.ui.prompts.output import MOST, Output
from explorer.ui.trace.written import Written
from explorer.ui.tree import Tree
from tests.ui.stage import Stage, drawn


def written(data: bytes, count: int = 0) -> Written:
    made = Written()
    made.close()
    assert made.ended.wait(10)
    made.kept, made.count = data, count or len(data)
    return made


def test_escape_sequences_are_text() -> None:
    lines = [plain(line) for line in Output("ls", written(b"\x1b[31mred\x1b]0;x\x07\n\xff\n")).said(79)]
    assert len(lines) == 2
    assert all(line.isprintable() for line in lines)


def test_nothing_so_far_and_more_than_is_kept() -> None:
    assert "nothing so far" in plain(Output("ls", written(b"")).title(79))
    assert plain(Output("yes", written(b"y\n" * 10, 1 << 20)).title(79)) == "Written by yes   1.0M, the end of it"


async def test_its_end_is_seen_first_and_all_is_copied() -> None:
    text = b"".join(b"line %d\n" % at for at in range(100))
    stage = Stage(Tree(id="tree"))
    async with stage.run_test(size=(80, 24)) as pilot:
        output = Output("seq", written(text))
        stage.post_message(output.ask(output.rows(79)))
        await pilot.pause()
        assert stage.asked is not None
        assert drawn(stage.asked)[-1].strip() == "line 99"
        assert len(drawn(stage.asked)) == MOST + 1
        await pilot.press("up", "y")
        await pilot.pause()
        assert drawn(stage.asked)[-1].strip() == "line 98"
        assert [message.text for message in stage.heard if isinstance(message, Copy)] == [text.decode()]
