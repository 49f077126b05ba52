"""decode/proc/status.py"""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.status import decode
from explorer.model.missing import Missing, Reason

RAW = b"""Name:\tnginx
Umask:\t0022
State:\tS (sleeping)
Tgid:\t812
Pid:\t812
PPid:\t811
TracerPid:\t0
Uid:\t33\t33\t33\t33
Gid:\t33\t33\t33\t33
FDSize:\t64
Groups:\t4 33
NStgid:\t812\t7
NSpid:\t812\t7
VmRSS:\t    1616 kB
VmSwap:\t       0 kB
Threads:\t1
SigQ:\t2/96364
SigBlk:\t0000000400000000
SigIgn:\t8000000000000001
CapEff:\t00000000a80425fb
NoNewPrivs:\t1
Seccomp:\t2
Seccomp_filters:\t1
Cpus_allowed_list:\t0-1,4
voluntary_ctxt_switches:\t17
nonvoluntary_ctxt_switches:\t3
"""


def test_fields() -> None:
    status = decode(RAW)
    assert (status.name, status.state, status.pid, status.ppid, status.tracer) == ("nginx", "S", 812, 811, 0)
    assert (status.uid, status.groups, status.nspid) == ((33, 33, 33, 33), (4, 33), (812, 7))
    assert status.memory == {"VmRSS": 1616 * 1024, "VmSwap": 0}
    assert (status.sigq, status.umask, status.seccomp, status.no_new_privs) == ((2, 96364), 0o22, 2, True)
    assert status.capabilities.effective == 0xA80425FB
    assert (status.cpus, status.voluntary_switches, status.involuntary_switches) == ("0-1,4", 17, 3)


def test_case_40_signals_above_31() -> None:
    signals = decode(RAW).signals
    assert signals.blocked == 1 << 34  # 35
    assert signals.ignored == 1 << 63 | 1  # 64 and 1


def test_case_13_odd_lines_and_absent_ones() -> None:
    odd = RAW.replace(b"State:", b"\nNewField:\nWeird: a b c\n: x\nState:").replace(b"NSpid:\t812\t7\n", b"")
    odd = odd.replace(b"PPid:\t811", b"PPid:\tnone")
    status = decode(odd)
    assert status.name == "nginx"
    assert status.state == "S"
    assert isinstance(status.nspid, Missing)
    assert status.nspid.reason is Reason.UNSUPPORTED
    assert isinstance(status.ppid, Missing)
    assert status.fields["Weird"] == "a b c"
    assert status.fields["NewField"] == ""
    assert status.voluntary_switches == 17


def test_comm_as_it_is() -> None:
    """The kernel writes newline and backslash as escapes, blanks as they are."""
    assert decode(b"Name:\ta\\nb\\\\c \nState:\tR\n").name == "a\nb\\c "


def test_of_ourselves() -> None:
    status = decode(Path("/proc/self/status").read_bytes())
    assert not any(isinstance(value, Missing) for value in (status.pid, status.uid, status.threads, status.capabilities.effective))
    assert status.memory["VmRSS"] > 1 << 20


@settings(max_examples=100)
@given(st.binary(max_size=300) | st.lists(st.sampled_from(RAW.split(b"\n")) | st.binary(max_size=20)).map(b"\n".join))
def test_never_raises(raw: bytes) -> None:
    decode(raw)
