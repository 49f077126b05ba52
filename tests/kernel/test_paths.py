"""kernel/paths.py"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.kernel.paths import decoded, encoded


@settings(max_examples=50)
@given(st.binary(max_size=50))
def test_bytes_come_back(path: bytes) -> None:
    assert encoded(decoded(path)) == path


def test_what_cannot_have_come_from_linux() -> None:
    with pytest.raises(UnicodeEncodeError):
        encoded("\ud800")
