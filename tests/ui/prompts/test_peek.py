"""ui/prompts/peek.py: the place stays in sight until somebody scrolls, and the keys say what they cannot do."""

from explorer.model.copied import Copied
from explorer.model.missing import Missing, Reason
from explorer.model.peek import Peeked, Waiting
from explorer.ui.messages import Copy, CopyFile, InPager, Prompt
from explorer.ui.prompts.peek import PeekArea, rows, suggested
from explorer.ui.tree import Tree
from tests.ui.stage import Stage, drawn

LINES = [b"line %03d\n" % number for number in range(1, 101)]


class Hears(Stage):
    told_of: list[object]

    def on_in_pager(self, message: InPager) -> None:
        self.told_of.append(message.look)

    def on_copy_file(self, message: CopyFile) -> None:
        self.told_of.append((message.look, message.path))

    def on_copy(self, message: Copy) -> None:
        self.told_of.append(message.text)

    def on_prompt(self, message: Prompt) -> None:
        message.prevent_default()
        self.told_of.append(message.text)
        message.done(" saved ")


def look(place: int, *, name: str = "/srv/log", ended: Missing | None = None) -> Peeked:
    data = b"".join(LINES)
    return Peeked(3, name, "r", place, len(data), place, 0, data, 1, ended=ended)


def opened() -> tuple[Hears, PeekArea, list[object]]:
    told: list[object] = []
    stage = Hears(Tree(id="tree"))
    stage.told_of = []
    return stage, PeekArea("3 /srv/log", lambda: told.append("ended"), told.append), told


async def test_the_place_is_in_sight_and_stays_there() -> None:
    stage, area, told = opened()
    async with stage.run_test(size=(80, 24)) as pilot:
        stage.post_message(area.ask(9))
        await pilot.pause()
        assert drawn(area)[:2] == ["─ Peek 3 /srv/log ──────────────────────────────────────────────────────────────", " looks …"]
        area.show(look(9 * 40))
        await pilot.pause()
        assert drawn(area)[0].startswith("─ Peek 3 /srv/log   900  follows ─")
        assert "40 line 040" in drawn(area)[6]
        assert "here it reads on" in drawn(area)[7]
        assert "41 line 041" in drawn(area)[8]
        area.show(look(9 * 60))
        await pilot.pause()
        assert "60 line 060" in drawn(area)[6]
        await pilot.press("up", "up")
        area.show(look(9 * 80))
        await pilot.pause()
        assert "End follows on" in drawn(area)[0]
        assert "53 line 053" in drawn(area)[1]
        await pilot.press("end")
        assert "80 line 080" in drawn(area)[6]
        await pilot.press("home")
        assert "1 line 001" in drawn(area)[1]
        await pilot.press("pagedown")
        assert "9 line 009" in drawn(area)[1]
        await pilot.press("escape")
        await pilot.pause()
    assert told == ["ended"]


async def test_its_keys() -> None:
    stage, area, told = opened()
    async with stage.run_test(size=(80, 24)) as pilot:
        stage.post_message(area.ask(9))
        await pilot.pause()
        await pilot.press("P", "S", "e", "x")
        assert stage.told_of == []
        found = look(9 * 40)
        area.show(found)
        await pilot.press("P", "e", "e", "S")
        await pilot.pause()
        assert stage.told_of == [found, "log.copy", (found, "saved")]
        assert told == [True, False]
        await pilot.press("x")
        await pilot.pause()
        assert "6c 69 6e 65" in drawn(area)[3]
        await pilot.press("x")
        assert "39 line 039" in "".join(drawn(area))
        area.show_copied(Copied("/x", 450, 900, 450, 10.0))
        await pilot.press("S")
        await pilot.pause()
        assert stage.told_of[-1] == (None, "")
        assert drawn(area)[-1].strip() == "copies to /x: 50% of 900, 10/s   S stops it"
        await pilot.press("y")
        await pilot.pause()
        assert "line 040" in str(stage.told_of[-1])


async def test_a_socket_has_no_pager_and_what_ended_says_so() -> None:
    stage, area, _ = opened()
    async with stage.run_test(size=(80, 24)) as pilot:
        stage.post_message(area.ask(9))
        await pilot.pause()
        area.show(Waiting(3, "socket:[7]", "unix stream", 0, unsent=0))
        await pilot.press("P", "S", "e")
        assert stage.told_of == []
        area.show(Missing(Reason.UNSUPPORTED, "3 /dev/null is a device"))
        await pilot.pause()
        assert drawn(area)[1] == " 3 /dev/null is a device: unsupported"
        area.show(look(9, ended=Missing(Reason.GONE, "descriptor 3 of 812")))
        await pilot.pause()
        assert "follow" not in drawn(area)[0]
        assert drawn(area)[-1] == " As it was seen last: descriptor 3 of 812: gone"


def test_names_for_a_copy() -> None:
    assert suggested("gone.log") == "gone.log.copy"
    assert suggested("memfd:buffer") == "buffer.copy"
    assert suggested("../\x1b`rm`\n") == "rm--.copy"
    assert suggested(".-~") == "file.copy"
    assert (rows(24), rows(8)) == (14, 6)
