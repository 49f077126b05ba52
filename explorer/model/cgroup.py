"""Control groups and what they are named for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cgroup:
    """A line of /proc/PID/cgroup. hierarchy: 0 is version 2. controllers: of version 1; `name=…` for a hierarchy without any.

    path: from the root of the reader's cgroup namespace; it may begin with /.. for one above. deleted: the folder is gone.
    """

    hierarchy: int
    controllers: tuple[str, ...]
    path: str
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """What systemd says by a cgroup's place, empty where it says nothing.

    unit: a service, scope, socket … of the system's systemd, as systemctl takes it. user_unit: the same of a user's
    systemd. slice: the innermost. session: a login session's id. uid: whose slice it is in; -1 for nobody's.
    """

    unit: str = ""
    user_unit: str = ""
    slice: str = ""
    session: str = ""
    uid: int = -1


@dataclass(frozen=True, slots=True)
class Container:
    """A container, told by its cgroup's name. runtime: docker, podman, containerd, cri-o, lxc, systemd-nspawn …

    id: as its runtime has it, 64 hex digits or a name. pod: the uid of a Kubernetes pod. monitor: not in the container,
    but the process that looks after it.
    """

    runtime: str
    id: str
    pod: str = ""
    monitor: bool = False
