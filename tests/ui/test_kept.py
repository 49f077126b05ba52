"""Settings and state: read at the start, written when changed, not at all where that cannot be."""

from pathlib import Path

import pytest

from explorer import keep
from explorer.model.missing import Missing, Reason
from explorer.ui.kept import Kept


def test_nothing_changed_nothing_is_written() -> None:
    kept = Kept(theme="light", mouse=False, interval=5.0)
    assert kept.preferences.theme == "light"
    assert kept.save() == ""
    assert not keep.settings_path().exists()
    assert not keep.screen_path().exists()


def test_what_was_changed_is_there_the_next_time() -> None:
    kept = Kept(mouse=False)
    kept.preferences.theme = "mono"
    kept.state.split = 3
    kept.state.split_trace = -4
    kept.state.panes = "above"
    kept.state.sort, kept.state.descending, kept.state.flat = "cpu", True, True
    assert kept.save() == ""
    again = Kept()
    assert again.state.split_trace == -4
    assert (again.state.sort, again.state.descending, again.state.flat) == ("cpu", True, True)
    assert (again.preferences.theme, again.preferences.mouse, again.state.split, again.state.panes) == ("mono", True, 3, "above")


def test_a_file_of_nonsense_is_taken_with_patience() -> None:
    keep.screen_path().parent.mkdir(parents=True)
    keep.screen_path().write_text("split = many\nsplit_columns = 99999999\npanes = sideways\nsort = beauty\n")
    state = Kept().state
    assert (state.split, state.split_columns, state.panes, state.sort) == (0, 0, "auto", "pid")


def test_case_81_what_cannot_be_saved_is_said_once_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path, values: object) -> Missing:
        return Missing(Reason.DENIED, f"{path} cannot be written", "Read-only file system")

    kept = Kept()
    monkeypatch.setattr(keep, "save", refused)
    kept.preferences.theme = "mono"
    assert kept.save().startswith("changes cannot be saved: ")
    assert "Read-only file system" in kept.save()
