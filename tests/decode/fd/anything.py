"""What a decoder of descriptors may be given: texts that look right, and any other."""

from stat import S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFREG, S_IFSOCK

from hypothesis import strategies as st

from explorer.decode.fd import KINDS
from explorer.decode.fd.raw import Stat
from explorer.model.missing import Missing, Reason

STARTS = sorted({start for kind in KINDS for start in kind.links})
KEYS = [
    b"pos",
    b"flags",
    b"mnt_id",
    b"ino",
    b"eventfd-count",
    b"eventfd-id",
    b"tfd",
    b"clockid",
    b"ticks",
    b"settime flags",
    b"it_value",
    b"it_interval",
    b"sigmask",
    b"inotify wd",
    b"fanotify ino",
    b"fanotify flags",
    b"Pid",
    b"NSpid",
    b"SqMask",
    b"UserFiles",
    b"    0",
    b"lock",
    b"prog_type",
    b"map_type",
    b"map_id",
    b"attach_type",
    b"link_type",
    b"pending",
    b"scm_fds",
    b"size",
]
VALUES = [
    b"0",
    b"-1",
    b"02004002",
    b"ffffffffffffffff",
    b"99999999999999999999999999",
    b"(5, 100)",
    b"(99999999999999999999, 1)",
    b"1 ino:2 sdev:f mask:3",
    b"3 events: 19 data: 5  pos:0 ino:1 sdev:f",
    b"1: FLOCK  ADVISORY  WRITE 1 fe:00:2 0 EOF",
    b"1: -> POSIX",
    b"0x7",
    b"1_0",
    b"\xff\xfe",
    b"",
]

links = st.one_of(st.sampled_from(STARTS), st.builds(str.__add__, st.sampled_from(STARTS), st.text(max_size=12)), st.text(max_size=20))
lines = st.builds(
    lambda key, gap, value: key + gap + value, st.sampled_from(KEYS), st.sampled_from([b":\t", b": ", b":", b" "]), st.sampled_from(VALUES)
)
infos = st.one_of(st.binary(max_size=200), st.lists(lines, max_size=8).map(b"\n".join), st.just(Missing(Reason.DENIED, "fdinfo")))
numbers = st.integers(0, 2**63)
modes = st.sampled_from([S_IFREG, S_IFDIR, S_IFCHR, S_IFBLK, S_IFIFO, S_IFLNK, S_IFSOCK, 0, 0o700])
files = st.builds(
    Stat, numbers, numbers, modes, st.integers(0, 3), numbers, st.integers(-1, 2**63), st.sampled_from(["", "ext4", "mqueue"])
)
stats = st.one_of(st.none(), st.just(Missing(Reason.TIMED_OUT, "did not answer in 0.5 s (nfs on /mnt)")), files)
