"""Processes and threads: starting, ending, waiting, futexes, ids of groups and sessions."""

from typing import Final

from explorer.decode.constants.at import AT
from explorer.decode.constants.eventfd import PIDFD
from explorer.decode.constants.futex import FLAGS2
from explorer.decode.constants.misc_calls import RSEQ
from explorer.decode.syscall.args import futex
from explorer.decode.syscall.args.address import ADDRESS
from explorer.decode.syscall.args.array import one
from explorer.decode.syscall.args.clone import CHILD_TID, CLONE_ARGS, CLONE_FLAGS, NAMESPACE, PARENT_TID, TLS, UNSHARE
from explorer.decode.syscall.args.exec import ARGV, ENVP
from explorer.decode.syscall.args.fd import DIRFD, FD
from explorer.decode.syscall.args.flags import Flags
from explorer.decode.syscall.args.number import HEX, INT, LONG_HEX, PID, SIZE, UINT
from explorer.decode.syscall.args.out import Out
from explorer.decode.syscall.args.resource import RUSAGE_OF
from explorer.decode.syscall.args.siginfo import SIGINFO
from explorer.decode.syscall.args.text import PATH
from explorer.decode.syscall.args.time import CLOCK, TIMESPEC64
from explorer.decode.syscall.args.wait import ID_TYPE, OPTIONS, STATUS
from explorer.decode.syscall.call import Signature, row

AT_EXEC = Flags({**AT, 0x10000: "AT_EXECVE_CHECK"}, "AT")
PIDFDS = Flags(PIDFD, "PIDFD")
FUTEX: Final = {"uaddr": ADDRESS, "futex_op": futex.OP, "val": futex.VALUE}
FUTEX_REST: Final = {"uaddr2": futex.SECOND, "val3": futex.THIRD}

ROWS: Final[dict[str, Signature]] = {
    "fork": row("make a child process"),
    "vfork": row("make a child process that borrows the memory"),
    "clone": row(
        "make a child process or thread", flags=CLONE_FLAGS, child_stack=ADDRESS, parent_tid=PARENT_TID, child_tid=CHILD_TID, tls=TLS
    ),
    "clone@i386": row(
        "make a child process or thread", flags=CLONE_FLAGS, child_stack=ADDRESS, parent_tid=PARENT_TID, tls=TLS, child_tid=CHILD_TID
    ),
    "clone@aarch64": row(
        "make a child process or thread", flags=CLONE_FLAGS, child_stack=ADDRESS, parent_tid=PARENT_TID, tls=TLS, child_tid=CHILD_TID
    ),
    "clone3": row("make a child process or thread", cl_args=CLONE_ARGS, size=SIZE),
    "unshare": row("leave namespaces and other shared things", flags=UNSHARE),
    "setns": row("enter a namespace", fd=FD, nstype=NAMESPACE),
    "execve": row("run a program", pathname=PATH, argv=ARGV, envp=ENVP),
    "execveat": row("run a program", dirfd=DIRFD, pathname=PATH, argv=ARGV, envp=ENVP, flags=AT_EXEC),
    "exit": row("end the thread", status=INT),
    "exit_group": row("end the process", status=INT),
    "wait4": row("wait for a child", pid=PID, wstatus=STATUS, options=OPTIONS, rusage=Out(RUSAGE_OF)),
    "waitpid": row("wait for a child", pid=PID, wstatus=STATUS, options=OPTIONS),
    "waitid": row("wait for a child", idtype=ID_TYPE, id=PID, infop=Out(SIGINFO), options=OPTIONS, rusage=Out(RUSAGE_OF)),
    "getpid": row("ask for the process id"),
    "gettid": row("ask for the thread id"),
    "getppid": row("ask for the parent's process id"),
    "getpgrp": row("ask for the process group"),
    "getpgid": row("ask for a process's group", pid=PID),
    "setpgid": row("put a process into a group", pid=PID, pgid=PID),
    "getsid": row("ask for a process's session", pid=PID),
    "setsid": row("begin a session"),
    "set_tid_address": row("say where to clear the thread id at its end", tidptr=ADDRESS),
    "set_robust_list": row("say where the robust futexes are", head=ADDRESS, len=SIZE),
    "get_robust_list": row("ask where the robust futexes are", pid=PID, head_ptr=Out(one("L", LONG_HEX)), len_ptr=Out(one("L", SIZE))),
    "rseq": row("register restartable sequences", rseq=ADDRESS, rseq_len=HEX, flags=Flags(RSEQ, "RSEQ_FLAG"), sig=HEX),
    "futex": row("wait for or wake who waits for a word of memory", **FUTEX, timeout=futex.TIMEOUT, **FUTEX_REST),
    "futex_time64": row("wait for or wake who waits for a word of memory", **FUTEX, time64=futex.TIMEOUT, **FUTEX_REST),
    "futex_wait": row(
        "wait for a word of memory",
        uaddr=ADDRESS,
        val=LONG_HEX,
        mask=LONG_HEX,
        flags=Flags(FLAGS2, "FUTEX2"),
        timeout=TIMESPEC64,
        clockid=CLOCK,
    ),
    "futex_wake": row("wake who waits for a word of memory", uaddr=ADDRESS, mask=LONG_HEX, nr=INT, flags=Flags(FLAGS2, "FUTEX2")),
    "futex_waitv": row(
        "wait for one of several words of memory", waiters=ADDRESS, nr_futexes=UINT, flags=HEX, timeout=TIMESPEC64, clockid=CLOCK
    ),
    "pidfd_open": row("get a descriptor of a process", FD, pid=PID, flags=PIDFDS),
    "pidfd_getfd": row("take a copy of another process's descriptor", FD, pidfd=FD, targetfd=INT, flags=HEX),
    "restart_syscall": row("go on with a call that was interrupted"),
    "sched_yield": row("let others run"),
}
