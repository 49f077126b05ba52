"""model/keeping.py"""

from dataclasses import FrozenInstanceError

import pytest

from explorer.model.keeping import WAYS, Keeping


def test_a_keeping_is_a_fact_of_a_known_way() -> None:
    kept = Keeping(how=WAYS[0], path="/srv")
    assert (kept.how, kept.deleted, kept.permissions, kept.unread) == ("cwd", False, (), None)
    with pytest.raises(FrozenInstanceError):
        kept.path = "/"  # type: ignore[misc]
