"""Preferences: nonsense in the file is the default."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.ui.preferences import Preferences


def test_what_is_kept_is_had_back() -> None:
    made = Preferences("light", False, 2.5, True)
    assert Preferences.of(made.kept()) == made


@pytest.mark.parametrize("interval", ["", "x", "nan", "inf", "-1", "0", "1e9"])
def test_an_interval_that_makes_no_sense_is_a_second(interval: str) -> None:
    assert Preferences.of({"interval": interval}).interval == 1.0


@given(st.dictionaries(st.sampled_from(["theme", "mouse", "interval", "kernel_threads"]), st.text(max_size=10)))
def test_any_file_at_all_gives_preferences(kept: dict[str, str]) -> None:
    Preferences.of(kept).kept()
