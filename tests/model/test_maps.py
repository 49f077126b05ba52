"""model/maps.py"""

from dataclasses import replace

from explorer.model.maps import Mapping, Sort

MAPPING = Mapping(0x1000, 0x3000, "rw-p", 0, (0, 0), 0, "", Sort.ANON)


def test_size_and_what_to_mind() -> None:
    assert MAPPING.size == 0x2000
    assert not MAPPING.writable_and_executable
    assert replace(MAPPING, permissions="rwxp").writable_and_executable
    assert not replace(MAPPING, permissions="r-xp").writable_and_executable
