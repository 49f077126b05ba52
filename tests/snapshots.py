"""Process tables that a test writes."""

from collections.abc import Sequence
from typing import Any

from explorer.model.process import ProcessId
from explorer.model.snapshot import PF_KTHREAD, Ended, Machine, Process, Snapshot

MACHINE = Machine("web1", 86400.0, 1_700_000_000.0, (0.42, 0.37, 0.3), 26.0, 3.0, 2, 3 << 30, 24 << 30, 0, 0)


def process(pid: int, ppid: int = 1, command: str | Sequence[str] = "", **fields: Any) -> Process:
    """A process; command: its arguments separated by spaces, or as a list. kernel=True makes a kernel thread, start= its start."""
    argv = tuple(command.split(" ") if isinstance(command, str) and command else command)
    start = fields.pop("start", pid * 10)
    kernel = fields.pop("kernel", False)
    base: dict[str, Any] = {
        "comm": argv[0].rpartition("/")[2][:15] if argv else f"p{pid}",
        "argv": argv,
        "state": "S",
        "pgrp": pid,
        "session": pid,
        "tty": "?",
        "flags": PF_KTHREAD if kernel else 0,
        "utime": 0,
        "stime": 0,
        "priority": 20,
        "nice": 0,
        "threads": 1,
        "vsize": 0,
        "rss": 0,
        "uid": 0,
        "user": "root",
    }
    return Process(id=ProcessId(pid, start), ppid=ppid, **{**base, **fields})


def table(*processes: Process, ended: Sequence[Ended] = (), born: Sequence[Process] = (), taken: float = 86400.0) -> Snapshot:
    """A snapshot of them."""
    return Snapshot({p.id.pid: p for p in processes}, MACHINE, taken, {p.id: taken for p in born}, tuple(ended))


def web() -> list[Process]:
    """The processes of SCREENS.md's first sketch."""
    mega = 1 << 20
    return [
        process(1, 0, "systemd", rss=12 * mega),
        process(412, 1, "/lib/systemd/systemd-journald", rss=31 * mega),
        process(640, 1, "/usr/sbin/sshd -D", rss=9 * mega),
        process(1402, 640, ["sshd: admin [priv]"], rss=7 * mega),
        process(1419, 1402, "-bash", rss=5 * mega, user="admin", uid=1000),
        process(1733, 1419, "procdive", rss=31 * mega, state="R", cpu=0.6),
        process(655, 1, "/usr/sbin/cron -f", rss=3 * mega),
        process(811, 1, ["nginx: master process"], rss=8 * mega),
        process(812, 811, ["nginx: worker process"], rss=14 * mega, user="www-data", uid=33, cpu=3.1),
        process(813, 811, ["nginx: worker process"], rss=14 * mega, user="www-data", uid=33, cpu=2.9),
        process(902, 1, "/usr/bin/postgres -D /var/lib", rss=29 * mega, user="postgres", uid=101, cpu=0.1),
        *(process(903 + n, 902, [f"postgres: worker {n}"], rss=9 * mega, user="postgres", uid=101) for n in range(7)),
        process(1204, 1, ["gunicorn: master [shop]"], rss=48 * mega, user="app", uid=1001, cpu=0.2),
        process(1210, 1204, ["gunicorn: worker [shop]"], rss=212 * mega, user="app", uid=1001, cpu=41.7, state="R"),
        process(1211, 1204, ["gunicorn: worker [shop]"], rss=196 * mega, user="app", uid=1001, state="D"),
        process(1877, 1211, "ffmpeg -i in.mov out", rss=22 * mega, user="app", uid=1001, cpu=8.4, state="R"),
        process(1301, 1, "python3 /opt/backup.py", rss=18 * mega),
        process(1302, 1301, "rsync -a /srv /mnt/nas", rss=4 * mega, state="T"),
        process(1377, 1, "/sbin/agetty tty1", rss=6 * mega),
    ]
