r"""Which container a cgroup's path names. Only forms that a runtime writes count: never a colon, or the word docker, alone.

    docker      /docker/ID   docker-ID.scope             (cgroup drivers cgroupfs and systemd of runc)
    podman      libpod-ID.scope   /libpod_parent/libpod-ID     its watcher: libpod-conmon-ID.scope
    kubernetes  /kubepods/…/podUID/ID   kubepods-…-podUID.slice/cri-containerd-ID.scope   …slice:cri-containerd:ID
    cri-o       crio-ID.scope                                   its watcher: crio-conmon-ID.scope
    containerd  nerdctl-ID.scope   /NAMESPACE/ID with its default namespaces
    lxc         lxc.payload.NAME   /lxc/NAME   /lxc.payload/NAME     its watcher: lxc.monitor.NAME
    systemd     systemd-nspawn@NAME.service   machine-NAME.scope, "-" as \x2d
    ECS         /ecs/TASK/ID
"""

import re
from collections.abc import Iterable
from typing import Final

from explorer.model.cgroup import Cgroup, Container
from explorer.resolve.unit import systemd_path, unescaped

ID: Final = r"([0-9a-f]{64})"
RUNTIMES: Final = {
    "docker": "docker", "libpod": "podman", "crio": "cri-o", "cri-containerd": "containerd", "nerdctl": "containerd",
}  # fmt: skip
SCOPE: Final = re.compile(rf"(docker|libpod|crio|cri-containerd|nerdctl)(-conmon)?-{ID}(?:\.scope)?", re.ASCII)
COLONS: Final = re.compile(rf"\S+\.slice:(docker|libpod|crio|cri-containerd|nerdctl):{ID}", re.ASCII)
FOLDERS: Final = {"docker": "docker", "default": "containerd", "k8s.io": "containerd", "moby": "docker"}
BARE: Final = re.compile(ID, re.ASCII)
POD: Final = re.compile(r"(?:kubepods[a-z-]*-)?pod([0-9a-f]{8}[-_][0-9a-f_-]{27})(?:\.slice)?", re.ASCII)
STATIC_POD: Final = re.compile(r"(?:kubepods[a-z-]*-)?pod([0-9a-f]{32})(?:\.slice)?", re.ASCII)
LXC: Final = re.compile(r"lxc\.(payload|monitor)\.(.+)", re.DOTALL)
NSPAWN: Final = re.compile(r"systemd-nspawn@([A-Za-z0-9:_.\\-]+)\.service", re.ASCII)
MACHINE: Final = re.compile(r"machine-([A-Za-z0-9:_.\\-]+)\.scope", re.ASCII)
HEX: Final = re.compile(r"\\x([0-9a-f]{2})", re.ASCII)


def container(cgroups: Iterable[Cgroup]) -> Container | None:
    """The innermost container that the path names; None where it names none, which is no proof that there is none."""
    found = list(cgroups)
    paths = dict.fromkeys([systemd_path(found), *(cgroup.path for cgroup in found)])
    return next((named for path in paths if (named := container_of(path))), None)


def container_of(path: str) -> Container | None:
    """One path."""
    parts = [unescaped(part) for part in path.split("/") if part]
    for index in range(len(parts) - 1, -1, -1):
        found = named(parts, index)
        if found:
            return found
    return None


def named(parts: list[str], index: int) -> Container | None:
    """The container that one part of a path names."""
    part, above = parts[index], parts[:index]
    pod = next((match[1].replace("_", "-") for one in reversed(parts) if (match := POD.search(one) or STATIC_POD.fullmatch(one))), "")
    if match := SCOPE.fullmatch(part):
        return Container(RUNTIMES[match[1]], match[3], pod, monitor=bool(match[2]))
    if match := COLONS.fullmatch(part):
        return Container(RUNTIMES[match[1]], match[2], pod)
    if BARE.fullmatch(part) and above:
        if pod:
            return Container("kubernetes", part, pod)
        if above[-1] in FOLDERS:
            return Container(FOLDERS[above[-1]], part)
        if len(above) > 1 and above[-2] == "ecs":
            return Container("ecs", part)
    if match := LXC.fullmatch(part):
        return Container("lxc", match[2], monitor=match[1] == "monitor")
    if above and above[-1] in {"lxc", "lxc.payload"} and len(above) == 1:
        return Container("lxc", part)
    if match := NSPAWN.fullmatch(part):
        return Container("systemd-nspawn", plain(match[1]))
    if (match := MACHINE.fullmatch(part)) and above and above[-1] == "machine.slice":
        return Container("machine", plain(match[1]))
    return None


def plain(name: str) -> str:
    r"""A unit's instance as a person would write it: \x2d is "-" (systemd-escape(1))."""
    return HEX.sub(lambda match: chr(int(match[1], 16)), name)
