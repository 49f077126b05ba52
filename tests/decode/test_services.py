"""decode/services.py"""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from explorer.decode.services import decode

FILE = b"""# comment
http\t\t80/tcp\t\twww\t# WorldWideWeb HTTP
domain 53/tcp
domain 53/udp
odd eighty/tcp
alone
half 7
huge 123456/tcp
"""


def test_names_and_aliases() -> None:
    assert decode(FILE) == {"http": ((80, "tcp"),), "www": ((80, "tcp"),), "domain": ((53, "tcp"), (53, "udp"))}


def test_the_file_of_this_machine_is_as_the_c_library_has_it() -> None:
    import socket

    path = Path("/etc/services")
    for name, ends in decode(path.read_bytes() if path.exists() else b"").items():
        for port, protocol in ends[:1]:
            assert socket.getservbyname(name, protocol) == port


@given(st.binary(max_size=200))
def test_takes_anything(raw: bytes) -> None:
    assert all(0 <= port < 100_000 for ends in decode(raw).values() for port, _ in ends)
