"""What came with a signal."""

import struct

from explorer.decode.syscall.args.siginfo import decode as decode_siginfo


def test_siginfo_by_what_it_is_of() -> None:
    fault = struct.pack("<iiiiQ", 11, 0, 1, 0, 0x10) + bytes(104)
    assert decode_siginfo(0, fault).text == "{si_signo=SIGSEGV, si_code=SEGV_MAPERR, si_addr=0x10}"
    kill = struct.pack("<iiiiii", 15, 0, 0, 0, 7, 8) + bytes(104)
    assert decode_siginfo(0, kill).text == "{si_signo=SIGTERM, si_code=SI_USER, si_pid=7, si_uid=8}"
    timer = struct.pack("<iiiiii", 14, 0, -2, 0, 3, 0) + bytes(104)
    assert decode_siginfo(0, timer).text == "{si_signo=SIGALRM, si_code=SI_TIMER, si_timerid=0x3, si_overrun=0}"
