"""model/event.py: facts that nobody can change, and equal where they say the same."""

from dataclasses import FrozenInstanceError

import pytest

from explorer.model.batch import Birth
from explorer.model.event import Exited, Started, TraceEvent


def test_equal_where_they_say_the_same() -> None:
    assert TraceEvent(1, 7, 7, Started(8, Birth.FORK)) == TraceEvent(1, 7, 7, Started(8, Birth.FORK), None, None)
    assert TraceEvent(1, 7, 7, Exited(0)) != TraceEvent(1, 7, 7, Exited(None, "SIGKILL"))


def test_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Exited(0).status = 1  # type: ignore[misc]
