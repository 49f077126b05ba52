"""Settings hold at once."""

from tests.ui.shown import shown


async def test_settings_hold_at_once_and_are_kept() -> None:
    kept: list[int] = []

    def keep() -> str:
        kept.append(1)
        return ""

    async with shown(keep=keep) as screen:
        await screen.press("f2")
        await screen.until_text("theme           auto", "interval        1 s")
        before = len(kept)
        await screen.press("down", "enter", "down", "right", "down", "space")
        preferences = screen.app.preferences
        assert (preferences.mouse, preferences.interval, preferences.kernel) == (False, 2.0, True)
        assert screen.app.subject.interval == 2.0
        assert len(kept) == before + 3
        await screen.press("up", "left", "escape")
        assert preferences.interval == 1.0
        assert screen.opened == (False, False)


async def test_case_81_that_changes_cannot_be_saved_is_said() -> None:
    async with shown((100, 30), keep=lambda: "changes cannot be saved: read-only") as screen:
        await screen.press("f2")
        await screen.until_text("changes cannot be saved: read-only")
