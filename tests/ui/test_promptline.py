"""The line to type into: editing, pasting, its end."""

from explorer.ui.messages import Prompt
from tests.ui.shown import Shown, shown


async def asked(screen: Shown, **options: object) -> tuple[list[str], list[str | None]]:
    changes: list[str] = []
    ends: list[str | None] = []
    screen.app.main.post_message(Prompt("Name", ends.append, changes.append, **options))  # type: ignore[arg-type]
    await screen.until_text("Name: ")
    return changes, ends


async def test_every_change_is_told_and_the_end_once() -> None:
    async with shown() as screen:
        changes, ends = await asked(screen, text="ab")
        await screen.press("c", "left", "left", "X", "home", "delete", "end", "backspace", "enter")
        assert changes == ["abc", "aXbc", "Xbc", "Xb"]
        assert ends == ["Xb"]
        assert screen.app.main.focused is screen.app.main.processes


async def test_escape_ends_without_a_text() -> None:
    async with shown() as screen:
        _, ends = await asked(screen)
        await screen.press("a", "escape")
        assert ends == [None]


async def test_keys_of_the_screen_are_only_letters_here() -> None:
    async with shown() as screen:
        changes, _ = await asked(screen)
        await screen.press("q", "l", "z", "Z", "space", "slash", "k", "ctrl+p", "tab")
        assert changes[-1] == "qlzZ /k"
        assert screen.app.state.zoomed == ""
        assert screen.opened == (False, False)


async def test_words_and_lines_go_as_in_a_shell() -> None:
    async with shown() as screen:
        changes, _ = await asked(screen, text="user:root cpu>5")
        await screen.press("ctrl+w")
        assert changes[-1] == "user:root "
        await screen.press("ctrl+a", "ctrl+k")
        assert changes[-1] == ""
        await screen.press("a", "ctrl+u")
        assert changes[-1] == ""


async def test_pasted_text_is_text_whatever_is_in_it() -> None:
    from textual.events import Paste

    async with shown() as screen:
        changes, ends = await asked(screen)
        screen.app.post_message(Paste("a\x1b[31m\rb\nc" + "x" * 2000))
        await screen.until(lambda: changes)
        assert changes[-1].startswith("a[31mb c")
        assert len(changes[-1]) == 1000
        assert ends == []
        assert "…" in screen.lines[23]


async def test_only_what_is_allowed_is_taken() -> None:
    async with shown() as screen:
        changes, _ = await asked(screen, allowed=str.isdigit)
        await screen.press("a", "1", "b", "2")
        assert changes == ["1", "12"]
