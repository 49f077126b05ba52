"""/proc/PID/stat in every form that somebody can give it."""

import os

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.stat import Stat, decode
from explorer.decode.text import exact
from explorer.model.missing import Missing

TAIL = b" S 811 811 811 34816 812 4194560 1 2 3 4 55 66 7 8 20 0 4 0 4711 1048576 25 18446744073709551615" + b" 1" * 27 + b"\n"


def facts(raw: bytes) -> Stat:
    stat = decode(raw)
    assert isinstance(stat, Stat)
    return stat


def test_case_01_fields_stand_after_the_last_parenthesis() -> None:
    plain = facts(b"812 (sleep)" + TAIL)
    assert (plain.pid, plain.state, plain.ppid, plain.tty_nr) == (812, "S", 811, 34816)
    assert (plain.starttime, plain.rss, plain.num_threads) == (4711, 25, 4)
    assert (plain.utime, plain.stime, plain.exit_code) == (55, 66, 1)
    for comm in (b"(sd-pam)", b"a) R 1 1 1 (", b"x y", b"n\nm", b")", b"", b"\xff\x1b[31m", b") R"):
        odd = facts(b"812 (" + comm + b")" + TAIL)
        assert exact(odd.comm) == comm
        assert odd[2:] == plain[2:]


def test_the_live_one_is_ours() -> None:
    with open("/proc/self/stat", "rb") as file:
        stat = facts(file.read())
    assert stat.pid == os.getpid()
    assert stat.ppid == os.getppid()
    assert stat.pgrp == os.getpgrp()
    assert stat.session == os.getsid(0)
    assert stat.processor < (os.cpu_count() or 1 << 20)


def test_what_is_absent_or_no_number_is_0() -> None:
    short = facts(b"7 (x) Z 1 2")
    assert (short.state, short.ppid, short.pgrp, short.session, short.exit_code) == ("Z", 1, 2, 0, 0)
    assert facts(b"7 (x) R 1 huh 3").session == 3
    assert facts(b"7 (x)" + TAIL.rstrip() + b" 8 9 10 11").exit_code == 1


def test_no_stat_is_missing() -> None:
    for raw in (b"", b"7", b"7 (x", b"7 x)", b"(x) R 1", b"7 )x( R", b"7 (x)"):
        assert isinstance(decode(raw), Missing)


@given(st.binary(max_size=80) | st.builds(lambda a, b: b"1 (" + a + b")" + b, st.binary(max_size=20), st.binary(max_size=60)))
@settings(max_examples=50, deadline=None)
def test_random_bytes_never_raise(raw: bytes) -> None:
    decode(raw)
