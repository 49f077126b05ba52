"""decode/text.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.text import exact, text


@settings(max_examples=50)
@given(st.binary(max_size=80))
def test_bytes_come_back(raw: bytes) -> None:
    assert exact(text(raw)) == raw


def test_utf_8_is_text() -> None:
    assert text("µ\n".encode()) == "µ\n"
    assert text(b"\xff") == "\udcff"
