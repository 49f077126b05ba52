"""Arguments of execve."""

import struct

from explorer.decode.syscall.call import Style
from tests.decode.syscall.decoded import text
from tests.memory import Noise, Written


def listed(count: int) -> Written:
    memory = Written(at_100=b"/bin/x\0", at_200=b"arg\0")
    memory.put(0x1000, struct.pack(f"<{count + 1}Q", *[0x200] * count, 0) + bytes(512))
    return memory


def test_lists_and_counts() -> None:
    assert text("execve", 0x100, 0x1000, 0x1000, memory=listed(2)) == 'execve("/bin/x", ["arg", "arg"], 0x1000 /* 2 vars */'
    assert text("execve", 0x100, 0x1000, 0x1000, memory=listed(1)) == 'execve("/bin/x", ["arg"], 0x1000 /* 1 var */'
    assert text("execve", 0x100, 0, 0, memory=listed(1)) == 'execve("/bin/x", NULL, NULL'
    assert text("execve", 0x100, 0x1000, 0x1000, memory=listed(40), style=Style(string=2)).startswith(
        'execve("/bin/x", ["ar"..., "ar"..., ...], '
    )


def test_an_empty_argument_is_kept() -> None:
    memory = Written(at_100=b"x\0", at_200=b"\0", at_1000=struct.pack("<QQ", 0x200, 0))
    assert text("execve", 0x100, 0x1000, 0, memory=memory) == 'execve("x", [""], NULL'


def test_a_list_without_end() -> None:
    assert text("execve", 0x100, 0x1000, 0x1000, memory=Noise(b"\x01" * 8)).count("0x101010101010101") <= 33
    assert "/* unreadable */" in text("execve", 0x100, 0x1000, 0x9000, memory=listed(1))
