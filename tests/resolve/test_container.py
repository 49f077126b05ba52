"""resolve/container.py"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc.cgroup import decode
from explorer.model.cgroup import Container
from explorer.resolve.container import container, container_of

ID = "0123456789abcdef" * 4
POD = "a1b2c3d4-e5f6-7890-abcd-ef0123456789"
UNDERSCORED = POD.replace("-", "_")


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (f"/docker/{ID}", Container("docker", ID)),
        (f"/system.slice/docker-{ID}.scope", Container("docker", ID)),
        (f"/system.slice/docker-{ID}.scope/init.scope", Container("docker", ID)),
        (f"/docker/{ID}/system.slice/nginx.service", Container("docker", ID)),
        (f"/docker/{ID}/docker/{'f' * 64}", Container("docker", "f" * 64)),
        (f"/machine.slice/libpod-{ID}.scope/container", Container("podman", ID)),
        (f"/machine.slice/libpod-conmon-{ID}.scope", Container("podman", ID, monitor=True)),
        (f"/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-{ID}.scope/container", Container("podman", ID)),
        (f"/libpod_parent/libpod-{ID}", Container("podman", ID)),
        (f"/kubepods/burstable/pod{POD}/{ID}", Container("kubernetes", ID, POD)),
        (f"/kubepods.slice/kubepods-burstable-pod{UNDERSCORED}.slice/cri-containerd-{ID}.scope", Container("containerd", ID, POD)),
        (f"/kubepods.slice/kubepods-pod{UNDERSCORED}.slice/crio-{ID}.scope", Container("cri-o", ID, POD)),
        (f"/containerd.service/kubepods-burstable-pod{UNDERSCORED}.slice:cri-containerd:{ID}", Container("containerd", ID, POD)),
        (f"/default/{ID}", Container("containerd", ID)),
        (f"/ecs/0123456789/{ID}", Container("ecs", ID)),
        ("/lxc.payload.web/system.slice/ssh.service", Container("lxc", "web")),
        ("/lxc.monitor.web", Container("lxc", "web", monitor=True)),
        ("/lxc/web/init.scope", Container("lxc", "web")),
        (r"/machine.slice/systemd-nspawn@my\x2dbox.service/payload", Container("systemd-nspawn", "my-box")),
        (r"/machine.slice/machine-qemu\x2d1\x2dvm.scope/libvirt/emulator", Container("machine", "qemu-1-vm")),
    ],
)  # fmt: skip
def test_what_runtimes_write(path: str, found: Container) -> None:
    assert container_of(path) == found


@pytest.mark.parametrize(
    "path",
    [
        "/", "/a:b:c", "/docker", "/docker/x", "/docker/a:b:c", "/system.slice/docker.service", "/docker-abc.scope", f"/docker/{ID}x",
        f"/x/{ID}", f"/{ID}", "/process_api/843df7df80dba3a9430a093d815b9cbb", f"/system.slice/run-{ID}.scope", f"/docker:{ID}",
        "/user.slice/lxc/web", "/machine-x.scope", f"/docker-{ID.upper()}.scope", f"/my-docker-{ID}.scope", f"/docker-{ID}\n.scope",
    ],
)  # fmt: skip
def test_case_16_no_container_because_of_a_colon_or_a_word(path: str) -> None:
    assert container_of(path) is None


def test_any_hierarchy_may_tell() -> None:
    assert container(decode(f"9:name=systemd:/\n8:pids:/docker/{ID}\n0::/\n".encode())) == Container("docker", ID)
    assert container(()) is None


@settings(max_examples=50)
@given(st.text())
def test_never_raises(path: str) -> None:
    container_of(path)
