"""Settings, state and log of the screen go to a folder of the test's own."""

from pathlib import Path

import pytest

from explorer.ui.fault import LOGGED


@pytest.fixture(autouse=True)
def own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    LOGGED.clear()
