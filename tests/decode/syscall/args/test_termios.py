"""Terminal modes."""

import struct

from explorer.decode.syscall.args.termios import control, output
from tests.decode.syscall.decoded import text
from tests.memory import Written


def test_terminal_modes() -> None:
    assert control(0xBF) == "B38400|CS8|CREAD"
    assert output(0x5) == "NL0|CR0|TAB0|BS0|VT0|FF0|OPOST|ONLCR"


def test_as_tcsets_takes_it() -> None:
    memory = Written(at_1000=struct.pack("<IIII", 0x500, 5, 0xBF, 0x8A3B) + bytes(20))
    assert text("ioctl", 0, 0x5402, 0x1000, memory=memory) == (
        "ioctl(0, TCSETS, {c_iflag=ICRNL|IXON, c_oflag=NL0|CR0|TAB0|BS0|VT0|FF0|OPOST|ONLCR, c_cflag=B38400|CS8|CREAD, "
        "c_lflag=ISIG|ICANON|ECHO|ECHOE|ECHOK|IEXTEN|ECHOCTL|ECHOKE, ...}"
    )
