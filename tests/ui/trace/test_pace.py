"""Growth in a second."""

import pytest

from explorer.ui.trace.pace import Pace


def test_it_is_what_it_grew_by_in_the_last_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    seen = Pace()
    assert seen.a_second == 0.0
    seen.see(10)
    assert seen.a_second == 0.0
    now[0] += 1
    seen.see(110)
    assert seen.a_second == 100.0
    for _ in range(4):
        now[0] += 1
        seen.see(110)
    assert seen.a_second == 0.0


def test_the_first_moment_promises_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    seen = Pace()
    seen.see(0)
    now[0] += 0.001
    seen.see(100)
    assert seen.a_second == 200.0
