"""decode/hosts.py"""

from hypothesis import given
from hypothesis import strategies as st

from explorer.decode.hosts import decode

FILE = b"""127.0.0.1 localhost
::1\tlocalhost ip6-localhost # the same
10.0.0.5 Web.example web
10.0.0.5 web
#10.0.0.6 gone
"""


def test_names_and_aliases() -> None:
    assert decode(FILE) == {
        "localhost": ("127.0.0.1", "::1"),
        "ip6-localhost": ("::1",),
        "web.example": ("10.0.0.5",),
        "web": ("10.0.0.5",),
    }


@given(st.binary(max_size=200))
def test_takes_anything(raw: bytes) -> None:
    assert all(addresses for addresses in decode(raw).values())
