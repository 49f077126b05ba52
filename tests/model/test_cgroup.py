"""model/cgroup.py"""

from explorer.model.cgroup import Cgroup, Container, Unit


def test_nothing_is_claimed_unless_it_is_said() -> None:
    assert Unit() == Unit("", "", "", "", -1)
    assert not Container("docker", "x").monitor
    assert not Cgroup(0, (), "/").deleted
