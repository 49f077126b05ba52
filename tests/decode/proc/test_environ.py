"""decode/proc/environ.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.environ import decode
from explorer.decode.text import exact
from explorer.model.environ import Environ, Variable


def test_names_and_values() -> None:
    raw = b"PATH=/bin\0EMPTY=\0A=b=c\0odd\0=x\0PATH=/twice\0"
    assert decode(raw) == Environ((
        Variable("PATH", "/bin"), Variable("EMPTY", ""), Variable("A", "b=c"), Variable("", "odd"), Variable("", "=x"),
        Variable("PATH", "/twice"),
    ))  # fmt: skip


def test_what_a_title_leaves_behind() -> None:
    assert decode(b"aemon on;\0\0\0\0LANG=C\0") == Environ((Variable("", "aemon on;"), Variable("LANG", "C")), padding=3)


def test_none_and_cut() -> None:
    assert decode(b"") == Environ(())
    assert decode(b"A=bcd", limit=5).cut


@settings(max_examples=50)
@given(st.lists(st.binary(min_size=1, max_size=12).map(lambda raw: raw.replace(b"\0", b"x")), max_size=5))
def test_exact_bytes_come_back(entries: list[bytes]) -> None:
    found = decode(b"".join(entry + b"\0" for entry in entries)).variables
    assert [exact(f"{one.name}={one.value}" if one.name else one.value) for one in found] == entries
