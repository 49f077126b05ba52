"""trace/access/plan.py: what each call does with files."""

from explorer.decode.syscall import numbers, sets
from explorer.trace.access.plan import Plan, calls, named, places, plan, told, touch


def of(name: str, arch: str = "x86_64") -> Plan:
    found = plan(numbers.numbers(arch)[name], arch)
    assert found is not None
    return found


def test_data() -> None:
    assert of("read") == Plan("read", ((0, False),), plain=True)
    assert of("pwritev2").moves == ((0, True),)
    assert of("sendfile").moves == ((1, False), (0, True))
    assert of("splice").moves == ((0, False), (2, True))
    assert of("copy_file_range").moves == ((0, False), (2, True))
    assert of("getdents64").moves == ((0, False),)


def test_paths() -> None:
    assert of("openat").paths == ((1, 0, "open"),)
    assert of("open", "i386").paths == ((0, -1, "open"),)
    assert of("openat").opens
    assert of("renameat2").paths == ((1, 0, "rename"), (3, 2, "rename to"))
    assert of("rename").paths == ((0, -1, "rename"), (1, -1, "rename to"))
    assert of("symlinkat").paths == ((2, 1, "symlink"),)
    assert of("fanotify_mark") == Plan("fanotify_mark", (), (0,), ((4, 3, "watch"),))
    assert of("fanotify_mark", "i386").paths == ((5, 4, "watch"),)
    assert of("newfstatat").paths == ((1, 0, "stat"),)
    assert of("newfstatat").fds == ()
    assert (touch("utimensat"), touch("mkdirat"), touch("swapon")) == ("utime", "mkdir", "swapon")


def test_calls_of_descriptors() -> None:
    assert of("fstat") == Plan("fstat", (), (0,))
    assert of("accept4").makes
    for name in ("close", "dup2", "poll", "epoll_wait", "getpid", "futex"):
        assert plan(numbers.numbers("x86_64")[name], "x86_64") is None
    assert plan(999_999, "x86_64") is None
    assert named("ipc", "i386") is None


def test_every_call_with_a_path_is_wanted() -> None:
    """strace's own class of them, without those that take none: the working directory asked for."""
    assert sets.members("file") - calls() - {"getcwd", "quotactl", "fsconfig"} == set()


def test_rows_that_counts_do_not_replace() -> None:
    assert {"openat", "rename", "mmap", "io_uring_enter", "chroot", "fchdir", "accept4", "socketcall", "unshare"} <= told() <= calls()
    assert not {"read", "write", "writev", "fstat", "lseek", "sendfile"} & told()


def test_calls_that_move_a_process() -> None:
    assert places() == {"chdir", "fchdir", "chroot", "pivot_root", "setns", "unshare", "clone", "clone3"}
