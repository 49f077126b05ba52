"""decode/fd/raw.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.fd import decode_fd
from explorer.decode.fd.raw import hexadecimal, integer, pairs, split
from explorer.model.missing import Missing, Reason
from tests.decode.fd.anything import infos, links, stats

ABSENT = Missing(Reason.UNSUPPORTED)


def test_keys_may_repeat_and_keep_their_order() -> None:
    raw = split(7, "x", b"pos:\t0\ntfd: 1\nflags:\t02\ntfd: 2\n\n")
    assert raw.lines == (("pos", "0"), ("tfd", "1"), ("flags", "02"), ("tfd", "2"))
    assert raw.info["tfd"] == ("1", "2")


def test_inotify_has_no_colon_of_its_own() -> None:
    assert split(7, "x", b"inotify wd:1 ino:2\n").lines == (("inotify", "wd:1 ino:2"),)
    assert split(7, "x", b"settime flags: 01\n").lines == (("settime flags", "01"),)


def test_case_25_fdinfo_with_flags_only_or_nothing_or_unknown_keys() -> None:
    sandboxed = decode_fd(3, "/a", b"flags:\t02004002\n")
    assert isinstance(sandboxed.position, Missing)
    assert sandboxed.flags == 0o2004002
    assert sandboxed.flag_names == ("O_RDWR", "O_NONBLOCK", "O_CLOEXEC")
    empty = decode_fd(3, "/a", b"")
    assert isinstance(empty.position, Missing)
    assert isinstance(empty.flags, Missing)
    assert empty.access == ""
    odd = decode_fd(3, "/a", b"pos:\t-1\nflags:\t02\nnew_key:\t1\n")
    assert odd.position == -1
    assert odd.access == "rw"
    assert ("new_key", "1") in odd.info


def test_fdinfo_that_may_not_be_read_says_why() -> None:
    denied = Missing(Reason.DENIED, "/proc/1/fdinfo/3")
    fd = decode_fd(3, "socket:[5]", denied)
    assert fd.flags is denied
    assert fd.position is denied


def test_numbers_are_strict() -> None:
    assert integer("0x1f", 0, ABSENT) == 31
    assert integer("1_0", 10, ABSENT) is ABSENT
    assert integer("9" * 5000, 10, ABSENT) is ABSENT


def test_pairs_with_and_without_blanks() -> None:
    found = pairs("tfd:        3 events:       19 data:     7fb4  pos:0 ino:11 sdev:10")
    assert found == {"tfd": "3", "events": "19", "data": "7fb4", "pos": "0", "ino": "11", "sdev": "10"}
    assert hexadecimal(found, "data") == 0x7FB4
    assert hexadecimal(found, "nothing") == 0


@settings(max_examples=200)
@given(st.integers(0, 10**6), links, infos, stats)
def test_no_text_makes_a_descriptor_raise(number: int, link: str, info: bytes | Missing, stat: object) -> None:
    fd = decode_fd(number, link, info, stat)  # type: ignore[arg-type]
    assert fd.number == number
    assert fd.target == link
    assert isinstance(fd.note, str)
    assert fd.access in {"", "r", "w", "rw"}
    assert fd.identity == fd.identity
    assert fd.endpoint is None or isinstance(fd.endpoint[0], str)
