"""render/owner.py"""

import pytest

from explorer.model.cgroup import Container, Unit
from explorer.render.owner import owner_words

ID = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("unit", "container", "said"),
    [
        (Unit("nginx.service"), None, "nginx.service"),
        (Unit("session-3.scope", session="3", uid=1000), None, "session 3"),
        (Unit("user@1000.service", "pipewire.service", uid=1000), None, "pipewire.service of user 1000"),
        (Unit("user@1000.service", "init.scope", uid=1000), None, "user@1000.service"),
        (Unit("init.scope"), None, ""),
        (Unit(), None, ""),
        (Unit(f"docker-{ID}.scope"), Container("docker", ID), "docker 0123456789ab"),
        (Unit("k3s.service"), Container("containerd", ID), "containerd 0123456789ab · k3s.service"),
        (Unit(), Container("lxc", "web"), "lxc web"),
        (Unit(), Container("podman", ID, monitor=True), "watches podman 0123456789ab"),
    ],
)
def test_words(unit: Unit, container: Container | None, said: str) -> None:
    assert owner_words(unit, container) == said
