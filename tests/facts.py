"""Facts of one process, made up: each test changes what it is about with dataclasses.replace()."""

from explorer.model.argv import Argv
from explorer.model.card import Card
from explorer.model.cgroup import Cgroup, Unit
from explorer.model.executable import Executable, Fate
from explorer.model.missing import Missing, Reason
from explorer.model.origin import Ancestor, Origin
from explorer.model.overview import Account, Confinement, Credentials, Namespace, Oom, Overview, Scheduling, Usage
from explorer.model.process import ProcessId
from explorer.model.stack import Age, Doing, Now, Thread, Wait
from explorer.model.status import Capabilities
from explorer.model.trace import Syscall, Value

DENIED = Missing(Reason.DENIED, "/proc/812/exe", "run as root, or as the owner of the process")
WWW = Account(33, "www-data")
ROOT = Account(0, "root")
NGINX = ProcessId(812, 100_000)
CALL = Syscall("epoll_wait", (("epfd", Value(8, "8", kind="fd", note="eventpoll, 5 watched")), ("timeout", Value(4800, "4800"))))
WAITING = Now(
    NGINX, Thread(812, "nginx", "S", doing=Doing.CALL, call=CALL, age=Age(2.1), waits=Wait("epoll", "waits for tcp 0.0.0.0:80")), 0
)
USAGE = Usage(2200.0, 1200, 300, 5000, 7, 1202, 33, {"rchar": 212 << 20, "wchar": 1 << 20, "read_bytes": 4096, "write_bytes": 0},
              {"VmRSS": 14 << 20, "VmHWM": 15 << 20, "VmSize": 60 << 20})  # fmt: skip

OVERVIEW = Overview(
    process=NGINX,
    comm="nginx",
    kernel_thread=False,
    state="S",
    exit_code=None,
    argv=Argv(("nginx: worker process",), b"nginx: worker process\0\0\0", rewritten=True, padding=2, argc=4),
    executable=Executable("/usr/sbin/nginx", Fate.REPLACED),
    cwd="/",
    root="/",
    umask=0o22,
    started=1_795_600_000.0,
    origin=Origin((Ancestor(811, "nginx"), Ancestor(1, "systemd")), Unit("nginx.service", slice="system.slice"), None,
                  Ancestor(811, "nginx"),
                  Missing(Reason.GONE, "no login session")),
    pgrp=811,
    session=811,
    tty="?",
    nspid=(812,),
    threads=1,
    tracer=None,
    credentials=Credentials((WWW, WWW, WWW, WWW), (WWW, WWW, WWW, WWW), (), Missing(Reason.GONE, "nobody logged in for it"), ()),
    confinement=Confinement(Capabilities(0, 0, 0, (1 << 41) - 1, 0), False, 0, 0, "", False),
    namespaces=(Namespace("mnt", 1, True, True), Namespace("net", 2, True, True)),
    cgroups=(Cgroup(0, (), "/system.slice/nginx.service"),),
    scheduling=Scheduling("SCHED_NORMAL", 0, 20, 0, (0, 0), "0-1", "0", 1, (10, 0), 50_000),
    oom=Oom(666, 0),
    usage=USAGE,
    coredump_filter=0x33,
    personality=0,
)  # fmt: skip

CARD = Card(
    process=NGINX,
    comm="nginx",
    is_kernel_thread=False,
    state="S",
    exit_code=None,
    argv=("nginx: worker process",),
    executable=Executable("/usr/sbin/nginx", Fate.REPLACED),
    cwd="/",
    root="/",
    uid=33,
    user="www-data",
    started=1_795_600_000.0,
    taken=1_795_601_200.0,
    parents=(Ancestor(811, "nginx"), Ancestor(1, "systemd")),
    unit=Unit("nginx.service", slice="system.slice"),
    container=None,
    cgroups=(Cgroup(0, (), "/system.slice/nginx.service"),),
    now=WAITING,
)
