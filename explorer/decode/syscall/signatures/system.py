"""The machine and how it schedules: names, limits, priorities, CPUs, prctl, ioctl, random bytes, modules, the kernel's log."""

from typing import Final

from explorer.decode.constants.keys import OPERATIONS as KEYCTL
from explorer.decode.constants.misc_calls import GRND
from explorer.decode.constants.ptrace import REQUESTS
from explorer.decode.constants.seccomp import FLAGS as SECCOMP_FLAGS
from explorer.decode.constants.seccomp import OPERATIONS as SECCOMP
from explorer.decode.syscall.args import system
from explorer.decode.syscall.args.address import ADDRESS
from explorer.decode.syscall.args.array import one
from explorer.decode.syscall.args.fd import FD
from explorer.decode.syscall.args.flags import Choice, Flags
from explorer.decode.syscall.args.ioctl import ARGUMENT, REQUEST
from explorer.decode.syscall.args.number import HEX, INT, LONG_HEX, PID, SIZE, UINT
from explorer.decode.syscall.args.out import Out
from explorer.decode.syscall.args.resource import PRIORITY_OF, RESOURCE, RLIMIT, RLIMIT64, RUSAGE_OF, WHO
from explorer.decode.syscall.args.text import PATH, STRING, Received, hexed
from explorer.decode.syscall.args.time import TIMESPEC
from explorer.decode.syscall.call import Signature, row

POLICY, PARAMETER = system.POLICY, system.PARAMETER

ROWS: Final[dict[str, Signature]] = {
    "uname": row("ask for the kernel's name and version", buf=system.UTSNAME),
    "sysinfo": row("ask for memory and load of the machine", info=system.SYSTEM_INFO),
    "sethostname": row("set the host's name", name=STRING, len=SIZE),
    "setdomainname": row("set the domain's name", name=STRING, len=SIZE),
    "getrlimit": row("ask for a limit", resource=RESOURCE, rlim=Out(RLIMIT)),
    "ugetrlimit": row("ask for a limit", resource=RESOURCE, rlim=Out(RLIMIT)),
    "setrlimit": row("set a limit", resource=RESOURCE, rlim=RLIMIT),
    "prlimit64": row("ask or set a process's limit", pid=PID, resource=RESOURCE, new_limit=RLIMIT64, old_limit=Out(RLIMIT64)),
    "getrusage": row("ask what was used", who=WHO, usage=Out(RUSAGE_OF)),
    "getpriority": row("ask for the nice value", which=PRIORITY_OF, who=INT),
    "setpriority": row("set the nice value", which=PRIORITY_OF, who=INT, prio=INT),
    "nice": row("change the nice value", inc=INT),
    "sched_setscheduler": row("set the scheduling policy", pid=PID, policy=POLICY, param=PARAMETER),
    "sched_getscheduler": row("ask for the scheduling policy", system.POLICY_GOT, pid=PID),
    "sched_setparam": row("set the scheduling priority", pid=PID, param=PARAMETER),
    "sched_getparam": row("ask for the scheduling priority", pid=PID, param=Out(PARAMETER)),
    "sched_get_priority_max": row("ask for a policy's highest priority", policy=POLICY),
    "sched_get_priority_min": row("ask for a policy's lowest priority", policy=POLICY),
    "sched_rr_get_interval": row("ask for the time slice", pid=PID, tp=Out(TIMESPEC)),
    "sched_setaffinity": row("set the CPUs to run on", pid=PID, len=SIZE, mask=system.CPU_SET),
    "sched_getaffinity": row("ask for the CPUs to run on", pid=PID, len=SIZE, mask=system.CPU_SET_GOT),
    "sched_setattr": row("set scheduling attributes", pid=PID, attr=system.SCHED_ATTR, flags=HEX),
    "sched_getattr": row("ask for scheduling attributes", pid=PID, attr=Out(system.SCHED_ATTR), size=SIZE, flags=HEX),
    "membarrier": row(
        "order memory accesses of threads", system.MEMBARRIER_GOT, cmd=system.MEMBARRIER_CMD, flags=HEX, cpu_id=system.MEMBARRIER_CPU
    ),
    "kcmp": row("compare kernel things of two processes", pid1=PID, pid2=PID, type=system.KCMP, idx1=LONG_HEX, idx2=LONG_HEX),
    "ioprio_get": row("ask for the I/O class and priority", which=INT, who=INT),
    "ioprio_set": row("set the I/O class and priority", which=INT, who=INT, ioprio=HEX),
    "reboot": row("reboot, or say what Ctrl-Alt-Del does", magic=HEX, magic2=HEX, op=HEX, arg=ADDRESS),
    "getcpu": row("ask on which CPU this runs", cpu=Out(one("I", UINT)), node=Out(one("I", UINT)), tcache=ADDRESS),
    "prctl": row(
        "operations on the process or thread", system.PRCTL_GOT,
        op=system.PRCTL, arg2=system.prctl_value, arg3=system.prctl_rest, arg4=system.prctl_rest, arg5=system.prctl_rest,
    ),
    "arch_prctl": row("set or ask what is the architecture's own", code=system.ARCH_CODE, addr=system.ARCH_ADDRESS),
    "ioctl": row("a device's own operation", fd=FD, op=REQUEST, argp=ARGUMENT),
    "getrandom": row("get random bytes", buf=Received(write=hexed), buflen=SIZE, flags=Flags(GRND, "GRND")),
    "seccomp": row(
        "restrict system calls", op=Choice(SECCOMP, "SECCOMP_SET_MODE"), flags=Flags(SECCOMP_FLAGS, "SECCOMP_FILTER_FLAG"), args=ADDRESS
    ),
    "ptrace": row("trace a process", request=Choice(REQUESTS, "PTRACE"), pid=PID, addr=ADDRESS, data=LONG_HEX),
    "syslog": row("read the kernel's log", type=INT, bufp=ADDRESS, size=INT),
    "keyctl": row("operate on keys", op=Choice(KEYCTL, "KEYCTL"), arg2=LONG_HEX, arg3=LONG_HEX, arg4=LONG_HEX, arg5=LONG_HEX),
    "add_key": row("add a key", type=STRING, description=STRING, payload=ADDRESS, plen=SIZE, ringid=INT),
    "request_key": row("ask for a key", type=STRING, description=STRING, callout_info=STRING, dest_keyring=INT),
    "init_module": row("load a kernel module", module_image=ADDRESS, len=SIZE, param_values=STRING),
    "finit_module": row("load a kernel module", fd=FD, param_values=STRING, flags=HEX),
    "delete_module": row("unload a kernel module", name=STRING, flags=HEX),
    "acct": row("account processes in a file", filename=PATH),
    "swapon": row("swap to a file", path=PATH, swapflags=HEX),
    "swapoff": row("stop swapping to a file", path=PATH),
    "personality": row("set the execution domain", system.PERSONALITY, persona=HEX),
    "vhangup": row("hang up the terminal"),
}  # fmt: skip
