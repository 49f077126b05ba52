"""The state that areas share begins with nothing chosen."""

from explorer.ui.state import State


def test_a_new_state_shows_all_areas_and_each_has_jumps_of_its_own() -> None:
    state = State()
    assert (state.zoomed, state.panes, state.split, state.paused, state.process) == ("", "auto", 0, False, None)
    state.back.append((None, "l"))  # type: ignore[arg-type]
    assert State().back == []
