"""How each call is decoded: a row a call, a file a family, loaded when one of its calls is asked for.

A call that stands in no family is described by the kernel's prototype (prototype.py), so every call of every table has
its arguments, by name and number.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import import_module
from typing import Final

from explorer.decode.syscall.call import Signature

FAMILIES: Final[dict[str, str]] = {
    "io": """
        read write pread64 pwrite64 readv writev preadv pwritev preadv2 pwritev2 lseek _llseek close close_range dup dup2 dup3 pipe
        pipe2 fcntl fcntl64 flock fsync fdatasync syncfs sync sync_file_range ftruncate ftruncate64 fallocate fadvise64 fadvise64_64
        readahead sendfile sendfile64 splice tee vmsplice copy_file_range getdents getdents64
    """,
    "paths": """
        open openat openat2 creat access faccessat faccessat2 stat lstat fstat newfstatat stat64 lstat64 fstat64 fstatat64 statx statfs
        fstatfs mkdir mkdirat rmdir unlink unlinkat rename renameat renameat2 link linkat symlink symlinkat readlink readlinkat mknod
        mknodat chmod fchmod fchmodat fchmodat2 chown lchown fchown fchownat chown32 lchown32 fchown32 utime utimes futimesat utimensat
        utimensat_time64 truncate truncate64 getcwd chdir fchdir chroot umask
    """,
    "readiness": """
        poll ppoll ppoll_time64 select _newselect pselect6 pselect6_time64 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait
        epoll_pwait2
    """,
    "sockets": """
        socketcall socket socketpair bind connect listen accept accept4 getsockname getpeername send sendto sendmsg sendmmsg recv
        recvfrom recvmsg recvmmsg recvmmsg_time64 shutdown setsockopt getsockopt
    """,
    "memory": """
        mmap mmap2 munmap mprotect pkey_mprotect pkey_alloc pkey_free mremap brk madvise process_madvise msync mincore mlock mlock2
        munlock mlockall munlockall memfd_create process_vm_readv process_vm_writev
    """,
    "processes": """
        fork vfork clone clone3 unshare setns execve execveat exit exit_group wait4 waitpid waitid getpid gettid getppid getpgrp getpgid
        setpgid getsid setsid set_tid_address set_robust_list get_robust_list rseq futex futex_time64 futex_wait futex_wake futex_waitv
        pidfd_open pidfd_getfd restart_syscall sched_yield
    """,
    "signals": """
        kill tkill tgkill rt_sigaction rt_sigprocmask rt_sigpending rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64 rt_sigqueueinfo
        rt_tgsigqueueinfo rt_sigreturn sigaltstack pause signal sigsuspend sigprocmask sigpending signalfd signalfd4 pidfd_send_signal
    """,
    "times": """
        nanosleep clock_nanosleep clock_nanosleep_time64 clock_gettime clock_gettime64 clock_settime clock_settime64 clock_getres
        clock_getres_time64 gettimeofday settimeofday time getitimer setitimer alarm times timer_create timer_settime timer_settime64
        timer_gettime timer_gettime64 timer_getoverrun timer_delete timerfd_create timerfd_settime timerfd_settime64 timerfd_gettime
        timerfd_gettime64
    """,
    "ids": """
        getuid geteuid getgid getegid setuid setgid setreuid setregid setresuid setresgid getresuid getresgid setfsuid setfsgid
        getgroups setgroups getuid32 geteuid32 getgid32 getegid32 setuid32 setgid32 setreuid32 setregid32 setresuid32 setresgid32
        getresuid32 getresgid32 setfsuid32 setfsgid32 getgroups32 setgroups32 capget capset
    """,
    "system": """
        uname sysinfo sethostname setdomainname getrlimit ugetrlimit setrlimit prlimit64 getrusage getpriority setpriority nice
        sched_setscheduler sched_getscheduler sched_setparam sched_getparam sched_get_priority_max sched_get_priority_min
        sched_rr_get_interval sched_setaffinity sched_getaffinity sched_setattr sched_getattr membarrier kcmp ioprio_get ioprio_set
        reboot getcpu prctl arch_prctl ioctl getrandom seccomp ptrace syslog keyctl add_key request_key init_module finit_module
        delete_module acct swapon swapoff personality vhangup
    """,
    "events": """
        eventfd eventfd2 inotify_init inotify_init1 inotify_add_watch inotify_rm_watch fanotify_init fanotify_mark bpf perf_event_open
        userfaultfd io_uring_setup io_uring_enter io_uring_register io_setup io_destroy io_submit io_getevents landlock_create_ruleset
        landlock_add_rule landlock_restrict_self
    """,
    "ipc": """
        shmget shmat shmdt shmctl semget semop semtimedop semtimedop_time64 semctl msgget msgsnd msgrcv msgctl mq_open mq_unlink
        mq_timedsend mq_timedreceive mq_notify mq_getsetattr
    """,
    "mounts": """
        mount umount umount2 pivot_root open_tree move_mount fsopen fsconfig fsmount fspick mount_setattr getxattr lgetxattr fgetxattr
        setxattr lsetxattr fsetxattr listxattr llistxattr flistxattr removexattr lremovexattr fremovexattr name_to_handle_at
        open_by_handle_at
    """,
}


@cache
def families() -> Mapping[str, str]:
    """Call → the family that describes it."""
    return {name: family for family, names in FAMILIES.items() for name in names.split()}


@lru_cache(4096)
def signature(name: str, arch: str) -> Signature:
    """The row of a call: of that architecture, else of all; else made from the kernel's prototype."""
    family = families().get(name)
    if family is not None:
        rows: Mapping[str, Signature] = import_module(f"{__name__}.{family}").ROWS
        found = rows.get(f"{name}@{arch}") or rows.get(name)
        if found is not None:
            return found
    from explorer.decode.syscall.prototype import made

    return made(name, arch)
