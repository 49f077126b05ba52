"""collect/members.py: who belongs to a unit."""

from explorer.collect.members import members
from tests.fakeproc import FakeProc


def test_those_of_a_unit_and_those_of_a_users_unit(fakeproc: FakeProc) -> None:
    fakeproc.file("10/cgroup", "0::/system.slice/nginx.service\n")
    fakeproc.file("11/cgroup", "0::/system.slice/nginx.service\n")
    fakeproc.file("12/cgroup", "0::/system.slice/ssh.service\n")
    fakeproc.file("13/cgroup", "0::/user.slice/user-1000.slice/user@1000.service/app.slice/pipewire.service\n")
    fakeproc.file("14/cgroup", "")
    pids = [10, 11, 12, 13, 14, 99]
    assert members(fakeproc.system, "nginx.service", pids) == [10, 11]
    assert members(fakeproc.system, "pipewire.service", pids) == [13]
    assert members(fakeproc.system, "cron.service", pids) == []
