"""capget and capset."""

import struct

from tests.decode.syscall.decoded import text
from tests.memory import Written


def test_both_halves_of_a_set() -> None:
    memory = Written(at_1000=struct.pack("<Ii", 0x20080522, 0), at_2000=struct.pack("<IIIIII", 1, 0x21, 0, 1, 0, 0))
    assert text("capset", 0x1000, 0x2000, memory=memory) == (
        "capset({version=_LINUX_CAPABILITY_VERSION_3, pid=0}, "
        "{effective=1<<CAP_CHOWN|1<<CAP_MAC_OVERRIDE, permitted=1<<CAP_CHOWN|1<<CAP_KILL, inheritable=0}"
    )
    assert text("capget", 0x1000, 0x2000, memory=memory).endswith(", 0x2000")
