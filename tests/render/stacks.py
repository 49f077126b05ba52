"""Facts about threads that a test writes: those of the sketch."""

from typing import Any

from explorer.model.process import ProcessId
from explorer.model.stack import Age, Doing, Frame, Party, Stacks, Thread, Wait
from explorer.model.trace import Syscall, Value


def number(text: str) -> Value:
    return Value(0, text)


RSYNC, STATUS = Value(1302, "1302", (), "pid", "rsync"), Value(1, "0x7ffc0000", (), "address")
WAIT4 = Syscall("wait4", (("pid", RSYNC), ("wstatus", STATUS), ("options", number("0")), ("rusage", number("NULL"))))
FUTEX = Syscall("futex", (("uaddr", Value(1, "0x7f3c00000040", (), "address")), ("op", number("FUTEX_WAIT")), ("val", number("2"))))
FSYNC = Syscall("fsync", (("fd", Value(9, "9", (), "fd", "/mnt/nas/backup.tar")),))
CHILD = Wait("child", "waits for 1302 rsync to end; that one is stopped (T)", parties=(Party(1302, 1302, "rsync", "child"),), hopeless=True)
STUCK = Wait("uninterruptible", "blocked in the kernel, no signal reaches it: nfs4 on nas:/export")
FRAMES = (Frame("do_wait", 0x5C, 0xB0), Frame("kernel_wait4", 0xA8, 0x140), Frame("nfs_wait", 0x93, 0xA0, "nfs"))


def thread(tid: int, comm: str, state: str = "S", **fields: Any) -> Thread:
    return Thread(tid, comm, state, **{"cpu": 0.0, "looked": 100.0, **fields})


BACKUP = Stacks(
    ProcessId(1301, 5),
    "python3",
    (
        thread(1305, "pool-1", "D", doing=Doing.CALL, call=FSYNC, entered="x86_64", age=Age(12.0, at_least=True), waits=STUCK),
        thread(1303, "python3", "R", doing=Doing.USER, cpu=12.4),
        thread(1301, "python3", doing=Doing.CALL, call=WAIT4, entered="x86_64", age=Age(41.0), waits=CHILD, frames=FRAMES),
        thread(1304, "pool-0", doing=Doing.CALL, call=FUTEX, entered="x86_64", age=Age(41.0), wchan="futex_wait"),
    ),
    4,
    100.0,
)
