"""Signature."""

import dataclasses

import pytest

from explorer.model.signature import Signature


def test_frozen() -> None:
    facts = Signature("x", "", "x86_64", (), {})
    with pytest.raises(dataclasses.FrozenInstanceError):
        facts.name = "y"  # type: ignore[misc]
