"""resolve/unit.py"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.cgroup import decode
from explorer.model.cgroup import Unit
from explorer.resolve.unit import unit, unit_of


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/", Unit()),
        ("/init.scope", Unit("init.scope")),
        ("/system.slice/nginx.service", Unit("nginx.service", slice="system.slice")),
        ("/system.slice/system-getty.slice/getty@tty1.service", Unit("getty@tty1.service", slice="system-getty.slice")),
        (
            r"/system.slice/system-systemd\x2dfsck.slice/systemd-fsck@dev-disk-by\x2duuid-1.service",
            Unit(r"systemd-fsck@dev-disk-by\x2duuid-1.service", slice=r"system-systemd\x2dfsck.slice"),
        ),
        ("/system.slice/_cpu.service", Unit("cpu.service", slice="system.slice")),
        ("/system.slice/docker.service", Unit("docker.service", slice="system.slice")),
        ("/user.slice/user-1000.slice/session-3.scope", Unit("session-3.scope", slice="user-1000.slice", session="3", uid=1000)),
        ("/user.slice/user-1000.slice/session-c1.scope", Unit("session-c1.scope", slice="user-1000.slice", session="c1", uid=1000)),
        (
            "/user.slice/user-1000.slice/user@1000.service/app.slice/pipewire.service",
            Unit("user@1000.service", "pipewire.service", "app.slice", uid=1000),
        ),
        ("/user.slice/user-1000.slice/user@1000.service/init.scope", Unit("user@1000.service", "init.scope", "user-1000.slice", uid=1000)),
        ("/../../system.slice/sshd.service", Unit("sshd.service", slice="system.slice")),
        ("/system.slice/sshd.service/sub/a:b", Unit("sshd.service", slice="system.slice")),
        ("/a:b:c", Unit()),
        ("/process_api/843df7df80dba3a9430a093d815b9cbb", Unit()),
        ("/evil.service\n/x", Unit()),
    ],
)
def test_paths(path: str, found: Unit) -> None:
    assert unit_of(path) == found


def test_case_16_hybrid_hierarchies() -> None:
    raw = b"9:name=systemd:/system.slice/cron.service\n8:pids:/a:b:c\n0::/system.slice/cron.service\n"
    assert unit(decode(raw)).unit == "cron.service"
    assert unit(decode(b"9:name=systemd:/\n8:pids:/x.service\n0::/system.slice/cron.service\n")).unit == "cron.service"
    assert unit(decode(b"8:pids:/a:b:c\n0::/\n")) == Unit()
    assert unit(()) == Unit()


@settings(max_examples=50)
@given(
    st.text()
    | st.lists(st.sampled_from(["user.slice", "user-9999999999999.slice", "user@1.service", "..", "_", "x.scope", ""])).map("/".join)
)
def test_never_raises(path: str) -> None:
    unit_of(path)
