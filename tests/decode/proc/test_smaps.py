"""decode/proc/smaps.py"""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc import maps
from explorer.decode.proc.smaps import decode
from explorer.model.maps import Sort

RAW = b"""56331475f000-563314761000 r--p 00000000 fe:00 260386                     /usr/bin/head: cut (deleted)
Size:                  8 kB
KernelPageSize:        4 kB
Rss:                   8 kB
THPeligible:           0
VmFlags: rd mr mw me
7ffc04e36000-7ffc04e57000 rw-p 00000000 00:00 0                          [stack]
Rss:                  12 kB
"""


def test_sizes_and_flags() -> None:
    first, second = decode(RAW)
    assert (first.name, first.deleted, first.sizes, first.flags) == (
        "/usr/bin/head: cut", True, {"Size": 8192, "Rss": 8192}, ("rd", "mr", "mw", "me"),
    )  # fmt: skip
    assert (second.sort, second.sizes) == (Sort.STACK, {"Rss": 12288})


def test_of_ourselves_the_same_mappings_as_maps() -> None:
    found = decode(Path("/proc/self/smaps").read_bytes())
    plain = maps.decode(Path("/proc/self/maps").read_bytes())
    names = {mapping.name for mapping in plain if mapping.sort is Sort.FILE}
    assert {mapping.name for mapping in found if mapping.sort is Sort.FILE} == names
    assert all(mapping.sizes["Size"] == mapping.size for mapping in found if mapping.name != "[vsyscall]")


@settings(max_examples=50)
@given(st.binary(max_size=200) | st.lists(st.sampled_from(RAW.split(b"\n")) | st.binary(max_size=20)).map(b"\n".join))
def test_never_raises(raw: bytes) -> None:
    decode(raw)
