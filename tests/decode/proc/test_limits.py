"""decode/proc/limits.py"""

import resource
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.constants.limit_names import RESOURCES
from explorer.decode.constants.rlimits import NAMES
from explorer.decode.proc.limits import decode
from explorer.model.limits import Limit


def test_lines() -> None:
    raw = (
        b"Limit                     Soft Limit           Hard Limit           Units     \n"
        b"Max cpu time              unlimited            unlimited            seconds   \n"
        b"Max open files            1024                 1048576              files     \n"
        b"Max nice priority         0                    0                    \n"
    )
    assert decode(raw) == (
        Limit("Max cpu time", None, None, "seconds"),
        Limit("Max open files", 1024, 1048576, "files"),
        Limit("Max nice priority", 0, 0, ""),
    )


def test_of_ourselves_as_getrlimit_has_them() -> None:
    found = {limit.name: limit for limit in decode(Path("/proc/self/limits").read_bytes())}
    assert set(found) == set(RESOURCES)
    for name, resource_number in RESOURCES.items():
        if number := getattr(resource, NAMES[resource_number], None):
            ours = tuple(-1 if bound is None else bound for bound in (found[name].soft, found[name].hard))
            assert ours == resource.getrlimit(number), name


@settings(max_examples=50)
@given(st.binary(max_size=200))
def test_never_raises(raw: bytes) -> None:
    decode(raw)
