"""A machine that stands still: the one of the sketches, for pictures and for tests of the screen without a /proc."""

from collections.abc import Collection
from dataclasses import replace

from explorer.collect.rounds import Rounds
from explorer.decode.fd import decode_fd
from explorer.decode.fd.raw import Stat
from explorer.model.card import Card
from explorer.model.cgroup import Unit
from explorer.model.endpoints import Holder
from explorer.model.executable import Executable, Fate
from explorer.model.missing import Missing, Reason
from explorer.model.origin import Ancestor
from explorer.model.process import ProcessId
from explorer.model.snapshot import PF_KTHREAD, Ended, Machine, Process, Snapshot
from explorer.model.socket import InetSocket, UnixSocket
from explorer.model.stack import Age, Doing, Now, Thread, Wait
from explorer.model.trace import Syscall, Value
from explorer.render.piece import Line, Role, line, piece
from explorer.render.sheet import Row, Sheet, Target
from explorer.resolve.system import System
from explorer.ui.panes.pane import Pane, Switch
from explorer.ui.sources import Sources
from tests.opened import Clock, Played, file, held, socket_fd

MACHINE = Machine(
    hostname="web1",
    uptime=12 * 86400.0,
    boot_time=1_700_000_000.0,
    load=(0.42, 0.37, 0.30),
    cpu=26.0,
    wait=3.0,
    cores=4,
    memory_used=int(3.1 * 2**30),
    memory_total=24 * 2**30,
    swap_used=0,
    swap_total=2**30,
)


def process(pid: int, ppid: int, user: str, cpu: float, rss: int, state: str, *argv: str, flags: int = 0) -> Process:
    """A row; rss in MiB."""
    return Process(
        id=ProcessId(pid, pid * 100),
        ppid=ppid,
        comm=argv[0].rpartition("/")[2].partition(" ")[0].rstrip(":"),
        argv=() if flags & PF_KTHREAD else argv,
        state=state,
        pgrp=pid,
        session=pid,
        tty="?",
        flags=flags,
        utime=pid * 3,
        stime=pid,
        priority=20,
        nice=0,
        threads=1,
        vsize=rss << 22,
        rss=rss << 20,
        uid=0 if user == "root" else 33,
        user=user,
        cpu=cpu,
    )


ROWS = (
    process(1, 0, "root", 0.0, 12, "S", "/sbin/systemd"),
    process(2, 0, "root", 0.0, 0, "S", "kthreadd", flags=PF_KTHREAD),
    process(412, 1, "root", 0.0, 31, "S", "/usr/lib/systemd/systemd-journald"),
    process(640, 1, "root", 0.0, 9, "S", "/usr/sbin/sshd", "-D"),
    process(1402, 640, "root", 0.0, 7, "S", "sshd: admin [priv]"),
    process(1419, 1402, "admin", 0.0, 5, "S", "-bash"),
    process(1733, 1419, "root", 0.6, 31, "R", "procdive"),
    process(655, 1, "root", 0.0, 3, "S", "/usr/sbin/cron", "-f"),
    process(811, 1, "root", 0.0, 8, "S", "nginx: master process"),
    process(812, 811, "www-data", 3.1, 14, "S", "nginx: worker process"),
    process(813, 811, "www-data", 2.9, 14, "S", "nginx: worker process"),
    process(902, 1, "postgres", 0.1, 29, "S", "/usr/lib/postgresql/bin/postgres", "-D", "/var/lib/postgresql"),
    process(1204, 1, "app", 0.2, 48, "S", "gunicorn: master [shop]"),
    process(1210, 1204, "app", 41.7, 212, "R", "gunicorn: worker [shop]"),
    process(1211, 1204, "app", 0.0, 196, "D", "gunicorn: worker [shop]"),
    process(1877, 1211, "app", 8.4, 22, "R", "ffmpeg", "-i", "in.mov", "out.mp4"),
    process(1301, 1, "root", 0.0, 18, "S", "python3", "/opt/backup.py"),
    process(1302, 1301, "root", 0.0, 4, "T", "rsync", "-a", "/srv", "/mnt/nas"),
    process(1377, 1, "root", 0.0, 6, "S", "/sbin/agetty", "tty1"),
)
GONE = Ended(process(1881, 1211, "app", 0.0, 0, "Z", "sh", "-c", "/opt/thumb.sh"), 12 * 86400.0 - 3)


def snapshot(*rows: Process, ended: tuple[Ended, ...] = (GONE,)) -> Snapshot:
    """A table of these processes, or of the sketches'."""
    return Snapshot(
        processes={row.id.pid: row for row in rows or ROWS},
        machine=MACHINE,
        taken=MACHINE.uptime,
        born={ProcessId(1877, 187700): MACHINE.uptime - 1},
        ended=ended,
    )


def card(row: Process, shown: Snapshot) -> Card:
    """Every process of this machine waits in the same epoll_wait."""
    eventpoll = Value(8, "8", kind="fd", note="eventpoll, 5 watched")
    arguments = ("epfd", eventpoll), ("events", Value(0, "…")), ("maxevents", Value(512, "512")), ("timeout", Value(4800, "4800"))
    call = Syscall("epoll_wait", arguments)
    waits = Wait("epoll", "tcp 0.0.0.0:80, unix to 811, 3 more", due=2.7)
    thread = Thread(row.id.pid, row.comm, row.state, doing=Doing.CALL, call=call, entered="x86_64", age=Age(2.1), waits=waits)
    parents, pid = [], row.ppid
    while pid in shown.processes:
        parents.append(Ancestor(pid, shown.processes[pid].comm))
        pid = shown.processes[pid].ppid
    return Card(
        process=row.id,
        comm=row.comm,
        is_kernel_thread=row.is_kernel_thread,
        state=row.state,
        exit_code=None,
        argv=row.argv,
        executable=Executable(f"/usr/sbin/{row.comm}", Fate.REPLACED),
        cwd="/",
        root="/",
        uid=row.uid,
        user=row.user,
        started=MACHINE.boot_time,
        taken=MACHINE.boot_time + 1200.0,
        parents=tuple(parents),
        unit=Unit(unit="nginx.service"),
        container=None,
        cgroups=(),
        now=Now(row.id, thread, 0),
    )


def played() -> Played:
    """What the processes of the sketches hold, as far as it is looked at."""
    listen = InetSocket(
        inode=80, family="inet", type="stream", protocol="tcp", state="LISTEN", receive_queue=3, send_queue=511, local=("0.0.0.0", 80)
    )
    near = InetSocket(
        inode=81,
        family="inet",
        type="stream",
        protocol="tcp",
        state="ESTABLISHED",
        local=("10.0.0.5", 80),
        remote=("10.0.0.9", 51122),
        inbound=True,
        send_queue=14336,
    )
    pair = UnixSocket(inode=82, family="unix", type="stream", state="ESTABLISHED", peer=83)
    null = decode_fd(0, "/dev/null", b"pos:\t0\nflags:\t02\nmnt_id:\t24\n", Stat(6, 3, 0o020666, 1, 0x103, 0, "devtmpfs", "/dev"))
    log = (file(2, "/var/log/nginx/error.log", size=86016, flags=0o2001), file(5, "/var/log/nginx/access.log", size=1258291, flags=0o2001))
    poll = decode_fd(8, "anon_inode:[eventpoll]", b"pos:\t0\nflags:\t02\ntfd:        3 events:       19 data:                3\n")
    event = decode_fd(9, "anon_inode:[eventfd]", b"pos:\t0\nflags:\t04002\neventfd-count:                0\neventfd-id: 5\n")
    worker = (null, *log, socket_fd(3, listen), replace(socket_fd(6, pair), peers=(Holder(811, 7, "nginx"),)), poll, event)
    pipe = replace(decode_fd(1, "pipe:[9021]", b"pos:\t0\nflags:\t01\n"), peers=(Holder(655, 0, "cron"),))
    denied = Missing(Reason.DENIED, "/proc/1/fd", "run as root")
    return Played(
        held(1, comm="systemd", uid=0, why=denied),
        held(
            640,
            null,
            replace(socket_fd(3, replace(listen, inode=90, local=("0.0.0.0", 22), receive_queue=0, send_queue=128))),
            comm="sshd",
            uid=0,
        ),
        held(655, null, pipe, comm="cron", uid=0),
        held(811, null, *log, socket_fd(3, listen), comm="nginx", uid=0),
        held(812, *worker, socket_fd(11, near)),
        held(813, *worker),
        held(
            902,
            *(file(at, f"/var/lib/postgresql/base/{at}", at * 512, size=8192 * at, ino=at) for at in range(3, 24)),
            comm="postgres",
            uid=111,
        ),
        held(1211, file(4, "/srv/shop/upload.tmp (deleted)", 1 << 20, size=3 << 30), comm="gunicorn", uid=1000),
    )


class FakeSources(Sources):
    """shown: what table() gives; a test may change it."""

    def __init__(self, shown: Snapshot | None = None) -> None:
        super().__init__(System())
        self.user, self.root = "root", True
        self.shown = shown or snapshot()
        self.tables = 0
        self.played = played()

    def table(self, visible: Collection[int], threads: bool = False) -> Snapshot:
        self.tables += 1
        return self.shown

    def card(self, process: ProcessId) -> object:
        row = self.shown.processes.get(process.pid)
        return Missing(Reason.GONE, f"process {process.pid}") if row is None or row.id != process else card(row, self.shown)

    def rounds(self) -> Rounds:
        """As the machine has them, on a clock that stands still."""
        return self.played.rounds(Clock())

    def without(self, pid: int) -> None:
        """That process ends."""
        rows = {number: row for number, row in self.shown.processes.items() if number != pid}
        ended = (*self.shown.ended, Ended(self.shown.processes[pid], self.shown.taken))
        self.shown = replace(self.shown, processes=rows, ended=ended)


FDS = (
    (0, "chr", "rw", "/dev/null", ""),
    (2, "regular", "w", "/var/log/nginx/error.log", "84K"),
    (3, "tcp listen", "rw", "0.0.0.0:80", "queue 3/511  also 811 813"),
    (5, "regular", "w", "/var/log/nginx/access.log", "1.2M  +18K/s"),
    (6, "unix stream", "rw", "socketpair", "nginx 811"),
    (8, "eventpoll", "", "watches 3 6 9 11 12", ""),
    (9, "eventfd", "", "count 0", ""),
    (10, "regular", "r", "/srv/www/old.css deleted", "12K"),
)


class FakeFiles(Pane):
    """As Files: rows that unfold, one that leads to another process."""

    key = "l"
    name = "Files"
    switches = (Switch("x", "locks", "locks only", everywhere=True),)

    def fetch(self, system: System, process: ProcessId) -> object:
        return FDS

    def sheet(self, facts: object, columns: int, options: frozenset[str] = frozenset()) -> Sheet:
        rows = tuple(
            Row(
                str(number),
                (piece(f"{number:3} "), piece(f"{kind:<11} ", Role.SECONDARY), piece(f"{mode:<2} "), piece(f"{target:<30}"), piece(detail)),
                unfold=lambda _columns, number=number: (line(f"   pos:    {number}"), line("   flags:  02004002")),  # type: ignore[misc]
                target=Target(811, 6) if number == 6 else None,
                copy=target,
                mark="+" if number == 9 else " ",
            )
            for number, kind, mode, target, detail in FDS
            if "locks" not in options or number == 5
        )
        header: Line = (piece(" fd kind        rw target                        size · queue · peer", Role.SECONDARY),)
        return Sheet(rows=rows, header=header, count=str(len(rows)), summary=(piece(f"{len(rows)} of 1,024", Role.SECONDARY),))

    def shell(self, process: ProcessId) -> str:
        return f"ls -l /proc/{process.pid}/fd"


class FakeStack(Pane):
    """As Stack: its count is known from the table."""

    key = "b"
    name = "Stack"
    switches = (Switch("t", "grouped", "group threads that wait alike"),)

    def fetch(self, system: System, process: ProcessId) -> object:
        return process.pid

    def sheet(self, facts: object, columns: int, options: frozenset[str] = frozenset()) -> Sheet:
        text = "grouped" if "grouped" in options else "epoll_wait(8, …)"
        return Sheet(rows=(Row(str(facts), (piece(f"{facts:>5} nginx  S {text}"),)),), count="1")

    def shell(self, process: ProcessId) -> str:
        return f"cat /proc/{process.pid}/task/*/stack"

    def glance(self, process: Process) -> str:
        return str(process.threads)


class FakeLong(Pane):
    """Three hundred rows."""

    key = "v"
    name = "Memory"
    short = "Mem"

    def fetch(self, system: System, process: ProcessId) -> object:
        return process

    def sheet(self, facts: object, columns: int, options: frozenset[str] = frozenset()) -> Sheet:
        return Sheet(rows=tuple(Row(str(at), line(f"mapping {at}")) for at in range(300)))

    def shell(self, process: ProcessId) -> str:
        return f"cat /proc/{process.pid}/maps"


class FailingFetch(FakeLong):
    """Cannot even read."""

    key = "e"
    name = "Environment"
    short = "Env"

    def fetch(self, system: System, process: ProcessId) -> object:
        raise KeyError("a fault made by the test")


class FailingSheet(FakeLong):
    """Cannot draw what it read."""

    key = "L"
    name = "Limits"
    short = ""

    def sheet(self, facts: object, columns: int, options: frozenset[str] = frozenset()) -> Sheet:
        raise ValueError("another fault made by the test")


FAKE_PANES: tuple[type[Pane], ...] = (FakeFiles, FakeStack, FakeLong, FailingFetch, FailingSheet)
