"""What a call does with files: which registers are paths and descriptors (its row tells), which way data moves, what a touch is called."""

from functools import cache, lru_cache
from typing import Final, NamedTuple

from explorer.decode.syscall import CALLS, FOLDED, numbers
from explorer.decode.syscall.args.fd import DIRFD, FD
from explorer.decode.syscall.args.text import PATH
from explorer.decode.syscall.call import Wide
from explorer.decode.syscall.signatures import signature
from explorer.model.batch import ARCHES

READ: Final = """
    read pread64 readv preadv preadv2 recv recvfrom recvmsg recvmmsg recvmmsg_time64 getdents getdents64 readdir mq_timedreceive
    mq_timedreceive_time64
"""
"""By the descriptor in the first register, as many bytes as they return."""
WRITTEN: Final = "write pwrite64 writev pwritev pwritev2 send sendto sendmsg sendmmsg vmsplice mq_timedsend mq_timedsend_time64"
BOTH: Final = {"sendfile": (1, 0), "sendfile64": (1, 0), "tee": (0, 1), "splice": (0, 2), "copy_file_range": (0, 2)}
"""Registers of the descriptor that is read and of the one that is written."""
KINDS: Final = {
    "open": "open openat openat2 creat open_tree open_tree_attr",
    "stat": "stat lstat newfstatat stat64 lstat64 fstatat64 statx oldstat oldlstat file_getattr",
    "access": "access faccessat faccessat2",
    "readlink": "readlink readlinkat",
    "unlink": "unlink unlinkat",
    "mkdir": "mkdir mkdirat",
    "mknod": "mknod mknodat",
    "rename": "rename renameat renameat2",
    "link": "link linkat",
    "symlink": "symlink symlinkat",
    "chmod": "chmod fchmodat fchmodat2",
    "chown": "chown lchown fchownat chown32 lchown32",
    "truncate": "truncate truncate64",
    "utime": "utime utimes futimesat utimensat utimensat_time64",
    "xattr": "getxattr lgetxattr listxattr llistxattr getxattrat listxattrat",
    "set xattr": "setxattr lsetxattr removexattr lremovexattr setxattrat removexattrat",
    "statfs": "statfs statfs64",
    "exec": "execve execveat",
    "mount": "mount move_mount mount_setattr fspick",
    "umount": "umount umount2",
    "watch": "inotify_add_watch fanotify_mark",
    "handle": "name_to_handle_at",
}
"""A touch → the calls that are it; of other calls with a path it is called as the call is."""
SECOND: Final = {"rename": "rename to", "link": "link to"}
"""What the second path's touch is called."""
NO_PATH: Final = {"symlink": 0, "symlinkat": 0}
"""Registers that hold text that is not walked: what a symbolic link says."""
WAITS: Final = """
    poll ppoll ppoll_time64 select _newselect pselect6 pselect6_time64 epoll_wait epoll_pwait epoll_pwait2 close close_range
    dup dup2 dup3 pidfd_getfd pidfd_send_signal setns process_madvise process_mrelease kcmp perf_event_open
"""
"""Calls with descriptors that do nothing with a file: they wait, end, copy the number, or are about processes."""
MADE: Final = "socket accept accept4 memfd_create memfd_secret mq_open open_by_handle_at pipe pipe2 socketpair"
"""They make descriptors without a path."""
SPECIAL: Final = {
    "mmap": "mmap", "mmap2": "mmap", "io_uring_setup": "io_uring", "io_uring_enter": "io_uring", "io_uring_register": "io_uring",
    "io_submit": "aio", "chroot": "root", "pivot_root": "space", "setns": "space", "unshare": "space", "clone": "clone", "clone3": "clone",
    "chdir": "cwd", "fchdir": "cwd", "recvmmsg": "messages", "recvmmsg_time64": "messages", "sendmmsg": "messages",
    "connect": "address", "bind": "address", "sendto": "address", "accept": "address", "accept4": "address", "unlinkat": "unlinkat",
}  # fmt: skip
"""Calls of which more is to be done."""
PLACES: Final = frozenset({"root", "space", "cwd", "clone"})
"""Those that say where a process sees its files."""


class Plan(NamedTuple):
    """Of one call. moves: (register of a descriptor, whether it is written). fds: registers of others. paths: register of the pointer,
    of the folder's descriptor (-1: the working directory), what the touch is called. plain: moves is one, and nothing else is to be done.
    """

    name: str
    moves: tuple[tuple[int, bool], ...] = ()
    fds: tuple[int, ...] = ()
    paths: tuple[tuple[int, int, str], ...] = ()
    opens: bool = False
    makes: bool = False
    special: str = ""
    plain: bool = False
    folded: bool = False

    @property
    def told(self) -> bool:
        """An engine that counts by descriptor has to tell it as a row instead of counting it."""
        return bool(self.paths or self.makes or self.folded or (self.special and self.name != "sendto"))


@lru_cache(CALLS)
def touch(name: str) -> str:
    """What a call does with its path."""
    return next((kind for kind, names in KINDS.items() if name in names.split()), name)


@lru_cache(CALLS)
def plan(number: int, arch: str) -> Plan | None:
    """By number; None where it has nothing to do with files."""
    table = numbers.abi(number, arch)
    return named(numbers.name(number, arch), table)


@lru_cache(CALLS)
def named(name: str, table: str) -> Plan | None:
    """By name."""
    if table == "i386" and name in FOLDED:
        return Plan(name, folded=True) if name not in {"ipc", "select"} else None
    moves: tuple[tuple[int, bool], ...] = ()
    if name in READ.split():
        moves = ((0, False),)
    elif name in WRITTEN.split():
        moves = ((0, True),)
    elif name in BOTH:
        source, target = BOTH[name]
        moves = ((source, False), (target, True))
    row = signature(name, table)
    fds: list[int] = []
    paths: list[tuple[int, int, str]] = []
    place, folder = 0, -1
    for printer in row.arguments.values():
        if printer is FD or printer is DIRFD:
            fds.append(place)
            folder = place if printer is DIRFD else folder
        elif printer is PATH:
            if NO_PATH.get(name) != place:
                paths.append((place, folder, touch(name) if not paths else SECOND.get(touch(name), touch(name))))
                fds = [fd for fd in fds if fd != folder]
            folder = -1
        place += 2 if isinstance(printer, Wide) and (printer.always or table in {"i386", "x32"}) else 1
    special = SPECIAL.get(name, "")
    opens, makes = touch(name) == "open", name in MADE.split()
    if name in WAITS.split():
        fds = []
    others = () if moves or special in {"mmap", "io_uring", "aio", "space", "clone"} else tuple(fds)
    if not (moves or others or paths or special or makes):
        return None
    return Plan(name, moves, others, tuple(paths), opens, makes, special, len(moves) == 1 and not special)


@cache
def calls() -> frozenset[str]:
    """All of which Access wants to know."""
    return frozenset(name for arch in ARCHES for number, name in numbers.names(arch).items() if plan(number, arch) is not None)


@cache
def places() -> frozenset[str]:
    """Those that Access needs to make any name whole."""
    return frozenset(name for name, special in SPECIAL.items() if special in PLACES)


@cache
def told() -> frozenset[str]:
    """Those that an engine that counts by descriptor (Batch.uses) tells as rows and does not count: they name a path, make a descriptor, or
    say what is not seen. Of all others of `calls` its counts do."""
    return frozenset(name for name in calls() if any((found := named(name, arch)) and found.told for arch in ARCHES))
