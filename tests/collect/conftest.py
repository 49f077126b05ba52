"""A system for the tests of collect."""

from collections.abc import Iterator

import pytest

from explorer.resolve.system import System


@pytest.fixture
def system() -> Iterator[System]:
    made = System()
    yield made
    made.close()
