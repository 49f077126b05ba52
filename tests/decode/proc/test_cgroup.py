"""decode/proc/cgroup.py"""

from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.cgroup import decode
from explorer.model.cgroup import Cgroup


def test_case_16_names_with_colons_and_a_hybrid_hierarchy() -> None:
    raw = b"9:name=systemd:/user.slice\n8:pids:/a:b:c\n2:cpu,cpuacct:/x (deleted)\n0::/\n"
    assert decode(raw) == (
        Cgroup(9, ("name=systemd",), "/user.slice"),
        Cgroup(8, ("pids",), "/a:b:c"),
        Cgroup(2, ("cpu", "cpuacct"), "/x", deleted=True),
        Cgroup(0, (), "/"),
    )


def test_odd_lines_are_passed_over() -> None:
    assert decode(b"\nnonsense\n1:\nx:y:/z\n0::/ok") == (Cgroup(0, (), "/ok"),)


@settings(max_examples=50)
@given(st.binary(max_size=200))
def test_never_raises(raw: bytes) -> None:
    decode(raw)
