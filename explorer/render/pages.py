"""Which page of the manual explains what: by kind of descriptor, by system call, by fact."""

from typing import Final

from explorer.decode.fd.socket import SocketFd
from explorer.decode.syscall.numbers import ARCHES, numbers
from explorer.model.fd import Fd
from explorer.model.manual import Page
from explorer.model.missing import Missing

FDINFO: Final = (Page("5", "proc_pid_fdinfo"), Page("5", "proc"))
KINDS: Final = {
    "pipe": (Page("7", "pipe"),),
    "fifo": (Page("7", "fifo"),),
    "mqueue": (Page("7", "mq_overview"),),
    "eventfd": (Page("2", "eventfd"),),
    "eventpoll": (Page("7", "epoll"),),
    "timerfd": (Page("2", "timerfd_create"),),
    "signalfd": (Page("2", "signalfd"),),
    "inotify": (Page("7", "inotify"),),
    "fanotify": (Page("7", "fanotify"),),
    "pidfd": (Page("2", "pidfd_open"),),
    "memfd": (Page("2", "memfd_create"),),
    "userfaultfd": (Page("2", "userfaultfd"),),
    "bpf": (Page("2", "bpf"),),
    "perf": (Page("2", "perf_event_open"),),
    "io_uring": (Page("7", "io_uring"), Page("2", "io_uring_setup")),
    "namespace": (Page("7", "namespaces"),),
    "socket": (Page("7", "socket"),),
}
SOCKETS: Final = {
    "tcp": "tcp", "udp": "udp", "udplite": "udplite", "raw": "raw", "icmp": "icmp", "sctp": "sctp", "unix": "unix", "netlink": "netlink",
    "packet": "packet", "vsock": "vsock", "inet": "ip", "inet6": "ipv6",
}  # fmt: skip
FACTS: Final = {
    "capabilities": (Page("7", "capabilities"),),
    "user": (Page("7", "credentials"),),
    "group": (Page("7", "credentials"),),
    "groups": (Page("7", "credentials"),),
    "session": (Page("7", "credentials"),),
    "no_new_privs": (Page("2", "prctl"),),
    "timer slack": (Page("2", "prctl"),),
    "seccomp": (Page("2", "seccomp"),),
    "AT_SECURE": (Page("3", "getauxval"),),
    "cgroup": (Page("7", "cgroups"),),
    "umask": (Page("2", "umask"),),
    "personality": (Page("2", "personality"),),
    "executable": (Page("2", "execve"),),
    "core dump": (Page("5", "core"),),
    "page faults": (Page("2", "getrusage"),),
    "scheduler": (Page("7", "sched"),),
    "processors": (Page("2", "sched_setaffinity"),),
    "I/O priority": (Page("2", "ioprio_set"),),
    "I/O": (Page("5", "proc_pid_io"), Page("5", "proc")),
    "oom": (Page("5", "proc_pid_oom_score"), Page("5", "proc")),
    "traced by": (Page("2", "ptrace"),),
}
ENVIRONMENT: Final = (Page("7", "environ"),)
MAPS: Final = (Page("5", "proc_pid_maps"), Page("5", "proc"))
LIMITS: Final = (Page("2", "getrlimit"),)


def of_fd(fd: Fd) -> tuple[Page, ...]:
    """The first of them that there is: about its kind, else about fdinfo."""
    if isinstance(fd, SocketFd) and not isinstance(fd.socket, Missing):
        name = SOCKETS.get(fd.socket.protocol) or SOCKETS.get(fd.socket.family)
        return (Page("7", name), *KINDS["socket"]) if name else KINDS["socket"]
    return KINDS.get(fd.kind, FDINFO)


def of_call(name: str) -> tuple[Page, ...]:
    """() for what is no call of our tables: a number without a name."""
    if name.startswith("syscall_") or not any(name in numbers(arch) for arch in ARCHES):
        return ()
    plain = name.removesuffix("_time64")
    return tuple(Page("2", each) for each in dict.fromkeys((plain, plain.removesuffix("64"), plain.removesuffix("32"))))
