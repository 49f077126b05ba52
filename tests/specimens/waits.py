"""Processes that wait, each for one thing. Run as a program with a KIND; `with Waits("deadlock") as it:` does that.

The program says in JSON whom a test must know (pids, tids, paths, ports), then blocks. It and its children end with
whoever started it.
"""

import ctypes
import fcntl
import json
import mmap
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, Self

LIBC = ctypes.CDLL(None, use_errno=True)
PR_SET_PDEATHSIG = 1
EXIT = {"x86_64": 60, "aarch64": 93}
ROBUST, PI, SHARED = 1, 1, 1


class Waits:
    """pid: of the program. what it said: as attributes. namespace: in a pid namespace of its own, whose numbers it says."""

    def __init__(self, kind: str, *arguments: str, namespace: bool = False) -> None:
        ahead = ["unshare", "--pid", "--fork", "--kill-child"] if namespace else []
        self.argv = [*ahead, sys.executable, "-IS", __file__, kind, *arguments]

    def __enter__(self) -> Self:
        self._program = subprocess.Popen(self.argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._program.stdout is not None
        self.pid = self._program.pid
        said = self._program.stdout.readline()
        if not said:
            self.__exit__()
            raise OSError(f"no specimen: {self.argv}")
        self.said: dict[str, Any] = json.loads(said)
        return self

    def outside(self) -> int:
        """Our pid of the program in its namespace."""
        with open(f"/proc/{self.pid}/task/{self.pid}/children") as file:
            return int(file.read())

    def __getattr__(self, name: str) -> Any:
        return self.__dict__["said"][name]

    def __exit__(self, *error: object) -> None:
        # Numbers of another namespace are not ours; unshare's --kill-child ends those.
        for pid in self.__dict__.get("said", {}).get("children", []) if self.argv[0] != "unshare" else ():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self._program.kill()
        self._program.wait()
        for pipe in (self._program.stdin, self._program.stdout):
            if pipe:
                pipe.close()


def say(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


def child(body: Callable[[], object]) -> int:
    """A child that ends with us."""
    pid = os.fork()
    if pid:
        return pid
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    body()
    os._exit(0)


def thread(body: Callable[..., object], name: str, *arguments: object) -> int:
    """A thread's id; the kernel knows it by name."""
    made: list[int] = []
    ready = threading.Event()

    def run() -> None:
        LIBC.prctl(15, name.encode(), 0, 0, 0)
        made.append(threading.get_native_id())
        ready.set()
        body(*arguments)

    threading.Thread(target=run, daemon=True).start()
    ready.wait()
    return made[0]


def mutex(robust: bool = False, inherits: bool = False, where: int = 0) -> ctypes.c_void_p:
    """A pthread_mutex_t, shared between processes where an address is given."""
    attributes = ctypes.create_string_buffer(64)
    LIBC.pthread_mutexattr_init(attributes)
    if robust:
        LIBC.pthread_mutexattr_setrobust(attributes, ROBUST)
    if inherits:
        LIBC.pthread_mutexattr_setprotocol(attributes, PI)
    if where:
        LIBC.pthread_mutexattr_setpshared(attributes, SHARED)
    made = ctypes.c_void_p(where or ctypes.addressof(keep(ctypes.create_string_buffer(64))))
    assert LIBC.pthread_mutex_init(made, attributes) == 0
    return made


KEPT: list[Any] = []


def keep(made: Any) -> Any:
    KEPT.append(made)
    return made


def lock(made: ctypes.c_void_p) -> None:
    LIBC.pthread_mutex_lock(made)


def deadlock() -> None:
    one, two = mutex(), mutex()
    both = threading.Barrier(2)

    def cross(first: ctypes.c_void_p, second: ctypes.c_void_p) -> None:
        lock(first)
        both.wait()
        lock(second)

    say(tids=[thread(cross, "left", one, two), thread(cross, "right", two, one)])
    signal.pause()


def held(robust: bool = False, inherits: bool = False) -> None:
    made = mutex(robust, inherits)
    locked = threading.Event()

    def hold() -> None:
        lock(made)
        locked.set()
        time.sleep(1000)

    owner = thread(hold, "owner")
    locked.wait()
    say(owner=owner, tids=[thread(lock, f"pool-{at}", made) for at in range(5)])
    signal.pause()


def own() -> None:
    made = mutex()

    def twice() -> None:
        lock(made)
        lock(made)

    say(tids=[thread(twice, "twice")])
    signal.pause()


def abandoned() -> None:
    made = mutex()
    done = threading.Event()

    def hold() -> None:
        lock(made)
        done.set()

    owner = thread(hold, "owner")
    done.wait()
    while os.path.exists(f"/proc/self/task/{owner}"):
        time.sleep(0.01)
    say(owner=owner, tids=[thread(lock, "waiter", made)])
    signal.pause()


def rwlock() -> None:
    made = keep(ctypes.create_string_buffer(128))
    LIBC.pthread_rwlock_init(made, None)
    locked = threading.Event()

    def hold() -> None:
        LIBC.pthread_rwlock_wrlock(made)
        locked.set()
        time.sleep(1000)

    owner = thread(hold, "writer")
    locked.wait()
    say(owner=owner, tids=[thread(LIBC.pthread_rwlock_rdlock, "reader", made), thread(LIBC.pthread_rwlock_wrlock, "second", made)])
    signal.pause()


def condition() -> None:
    made, cond = mutex(), keep(ctypes.create_string_buffer(64))

    def wait() -> None:
        lock(made)
        LIBC.pthread_cond_wait(cond, made)

    say(tids=[thread(wait, "waiter")])
    signal.pause()


def shared() -> None:
    area = keep(mmap.mmap(-1, 4096))
    made = mutex(where=ctypes.addressof(ctypes.c_char.from_buffer(area)))
    lock(made)
    say(children=[child(lambda: lock(made)), child(lambda: lock(made))])
    time.sleep(1000)


def join() -> None:
    before = set(os.listdir("/proc/self/task"))
    made = ctypes.c_void_p()
    LIBC.pthread_create(ctypes.byref(made), None, LIBC.sleep, ctypes.c_void_p(1000))
    (other,) = set(os.listdir("/proc/self/task")) - before
    say(other=int(other), tids=[thread(lambda: LIBC.pthread_join(made, None), "joiner")])
    signal.pause()


def full_pipe() -> None:
    r, w = os.pipe()

    def read() -> None:
        os.close(w)
        time.sleep(1000)

    reader = child(read)
    os.close(r)
    say(children=[reader], fd=w)
    os.write(w, b"x" * (1 << 20))


def empty_pipe() -> None:
    r, w = os.pipe()

    def write() -> None:
        os.close(r)
        time.sleep(1000)

    writer = child(write)
    os.close(w)
    say(children=[writer], fd=r)
    os.read(r, 1)


def lonely_pipe() -> None:
    r, w = os.pipe()
    say(fd=r, other=w)
    os.read(r, 1)


def fifo(path: str) -> None:
    os.mkfifo(path)
    say(path=path)
    os.open(path, os.O_RDONLY)


def stopped_child() -> None:
    pid = child(lambda: time.sleep(1000))
    os.kill(pid, signal.SIGSTOP)
    os.waitpid(pid, os.WUNTRACED)
    say(children=[pid])
    os.waitpid(pid, 0)


def any_child() -> None:
    say(children=[child(lambda: time.sleep(1000)) for _ in range(3)])
    os.wait()


def pidfd_child() -> None:
    pid = child(lambda: time.sleep(1000))
    fd = os.pidfd_open(pid)
    say(children=[pid])
    os.waitid(os.P_PIDFD, fd, os.WEXITED)


def locked(path: str, sort: str) -> None:
    with open(path, "w") as file:
        if sort == "flock":
            fcntl.flock(file, fcntl.LOCK_EX)
        elif sort == "posix":
            fcntl.lockf(file, fcntl.LOCK_EX)
        else:
            fcntl.fcntl(file, 37, struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 0, 0))

        def wait() -> None:
            with open(path, "w") as again:
                if sort == "flock":
                    fcntl.flock(again, fcntl.LOCK_EX)
                elif sort == "posix":
                    fcntl.lockf(again, fcntl.LOCK_EX)
                else:
                    fcntl.fcntl(again, 38, struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 0, 0))

        say(children=[child(wait)], path=path)
        time.sleep(1000)


def sleep(seconds: str) -> None:
    say()
    time.sleep(float(seconds))


def polls(call: str, seconds: str) -> None:
    r, w = os.pipe()
    server = socket.create_server(("127.0.0.1", 0))
    say(fds=[r, server.fileno()], port=server.getsockname()[1])
    wait = float(seconds)
    if call == "poll":
        poll = select.poll()
        poll.register(r, select.POLLIN)
        poll.register(server, select.POLLIN)
        poll.poll(wait * 1000 if wait else None)
    elif call == "select":
        select.select([r, server.fileno()], [], [], wait or None)
    else:
        epoll = select.epoll()
        epoll.register(r, select.EPOLLIN)
        epoll.register(server, select.EPOLLIN)
        epoll.poll(wait or None)
    os.close(w)


def connected(family: str) -> None:
    if family == "unix":
        here, there = socket.socketpair()
        pid = child(lambda: time.sleep(1000))
        there.close()
    else:
        server = socket.create_server(("127.0.0.1", 0))
        here = socket.create_connection(server.getsockname())
        there, _ = server.accept()

        def stay() -> None:
            here.close()
            time.sleep(1000)

        pid = child(stay)
        there.close()
        server.close()
    say(children=[pid], fd=here.fileno())
    here.recv(1)


def accepts() -> None:
    server = socket.create_server(("127.0.0.1", 0))
    say(port=server.getsockname()[1])
    server.accept()


def connects(path: str) -> None:
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    server.listen(0)

    def connect() -> None:
        while True:
            keep(socket.socket(socket.AF_UNIX)).connect(path)

    say(children=[child(connect)])
    time.sleep(1000)


def own_fifo(path: str) -> None:
    os.mkfifo(path)
    fd = os.open(path, os.O_RDWR)
    say(fd=fd)
    os.read(fd, 1)


def full_socket() -> None:
    here, there = socket.socketpair()

    def stay() -> None:
        here.close()
        time.sleep(1000)

    pid = child(stay)
    there.close()
    say(children=[pid])
    here.sendall(b"x" * (1 << 24))


def reads(kind: str) -> None:
    if kind == "signalfd":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGUSR1})
        mask = struct.pack("Q", 1 << signal.SIGINT - 1 | 1 << signal.SIGUSR1 - 1)
        fd = LIBC.signalfd(-1, keep(ctypes.create_string_buffer(mask.ljust(128, b"\0"))), 0)
    elif kind == "timerfd":
        fd = LIBC.timerfd_create(1, 0)
        LIBC.timerfd_settime(fd, 0, keep(ctypes.create_string_buffer(struct.pack("qqqq", 0, 0, 500, 0))), None)
    elif kind == "inotify":
        fd = LIBC.inotify_init()
        LIBC.inotify_add_watch(fd, b"/", 0x100)
    elif kind == "terminal":
        _, fd = os.openpty()
        say(fd=fd, path=os.ttyname(fd))
        os.read(fd, 1)
    else:
        fd = os.eventfd(0)
    say(fd=fd)
    os.read(fd, 8 if kind in {"eventfd", "timerfd"} else 4096)


def signals() -> None:
    for number in (signal.SIGHUP, signal.SIGUSR1):
        signal.signal(number, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    say()
    signal.pause()


def stops() -> None:
    say()
    os.kill(os.getpid(), signal.SIGSTOP)


def leaderless() -> None:
    tid = thread(lambda: time.sleep(1000), "survivor")
    say(tids=[tid])
    LIBC.syscall(EXIT[os.uname().machine], 0)


def messages() -> None:
    queue = LIBC.msgget(0, 0o600)
    say(id=queue)
    signal.signal(signal.SIGTERM, lambda *_: (LIBC.msgctl(queue, 0, None), os._exit(0)))
    LIBC.msgrcv(queue, keep(ctypes.create_string_buffer(64)), 8, 0, 0)


def semaphore() -> None:
    made = LIBC.semget(0, 1, 0o600)
    say(id=made)
    LIBC.semop(made, keep(ctypes.create_string_buffer(struct.pack("HhH", 0, -1, 0))), 1)


def churn() -> None:
    say()
    while True:
        threads = [threading.Thread(target=time.sleep, args=(0.0005 * at,)) for at in range(8)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()


def crowd(count: str) -> None:
    threading.stack_size(65536)
    for _ in range(int(count)):
        threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
    say()
    time.sleep(1000)


def spin() -> None:
    tid = thread(lambda: [None for _ in iter(int, 1)], "spinner")
    say(tids=[tid])
    time.sleep(1000)


def main(kind: str, *arguments: str) -> None:
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    chosen: dict[str, Callable[..., None]] = {
        "robust": lambda: held(robust=True),
        "inheriting": lambda: held(inherits=True),
    }
    chosen.get(kind, globals().get(kind, lambda *_: None))(*arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])
