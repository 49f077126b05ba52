"""Descriptors of other things than files: events, watches, BPF, performance counters, io_uring, landlock."""

from typing import Final

from explorer.decode.constants import eventfd as table
from explorer.decode.constants.bpf_commands import NAMES as BPF
from explorer.decode.constants.fanotify import EVENTS, INIT_FLAGS, MARK_FLAGS
from explorer.decode.constants.inotify import NAMES as INOTIFY
from explorer.decode.constants.io_uring import ENTER
from explorer.decode.constants.misc_calls import LANDLOCK_RULES
from explorer.decode.syscall.args.address import ADDRESS
from explorer.decode.syscall.args.array import Numbers
from explorer.decode.syscall.args.fd import DIRFD, FD
from explorer.decode.syscall.args.flags import Choice, Flags, choice, named
from explorer.decode.syscall.args.number import HEX, INT, LONG, PID, SIZE, UINT
from explorer.decode.syscall.args.open import OPEN_FLAGS
from explorer.decode.syscall.args.text import PATH
from explorer.decode.syscall.args.time import TIMESPEC
from explorer.decode.syscall.call import Frame, Signature, Wide, row
from explorer.model.trace import Value

EFD = Flags(table.EFD, "EFD")
WATCHED = Flags({bits: name for bits, name in INOTIFY.items() if bits != 0xFFF}, "IN")
UFFD = Flags({0x1: "UFFD_USER_MODE_ONLY", 0x80000: "O_CLOEXEC", 0x800: "O_NONBLOCK"}, "UFFD")
MARKS: Final = {0x1: "FAN_MARK_ADD", 0x2: "FAN_MARK_REMOVE", 0x80: "FAN_MARK_FLUSH", **MARK_FLAGS}
CLASSES: Final = {0x0: "FAN_CLASS_NOTIF", 0x4: "FAN_CLASS_CONTENT", 0x8: "FAN_CLASS_PRE_CONTENT"}
NOT_CLASSES: Final = {bits: name for bits, name in INIT_FLAGS.items() if "_CLASS_" not in name}


def FAN_INIT(_frame: Frame, raw: int) -> Value:
    """The class, then flags."""
    low = raw & 0xFFFFFFFF
    kind, rest = choice(low & 0xC, CLASSES, "FAN_CLASS"), low & ~0xC
    return Value(raw, f"{kind}|{named(rest, NOT_CLASSES, 'FAN')}" if rest else kind)


AIO_POINTERS = Numbers("L", ADDRESS, "nr")

ROWS: Final[dict[str, Signature]] = {
    "eventfd": row("make an event counter", FD, initval=UINT),
    "eventfd2": row("make an event counter", FD, initval=UINT, flags=EFD),
    "inotify_init": row("make a descriptor that reports file events", FD),
    "inotify_init1": row("make a descriptor that reports file events", FD, flags=Flags(table.INOTIFY, "IN")),
    "inotify_add_watch": row("watch a file or folder", fd=FD, pathname=PATH, mask=WATCHED),
    "inotify_rm_watch": row("watch a file no more", fd=FD, wd=INT),
    "fanotify_init": row("make a descriptor that reports file events", FD, flags=FAN_INIT, event_f_flags=OPEN_FLAGS),
    "fanotify_mark": row(
        "watch a file or mount",
        fanotify_fd=FD,
        flags=Flags(MARKS, "FAN_MARK"),
        mask=Wide(Flags(EVENTS, "FAN", wide=True)),
        dirfd=DIRFD,
        pathname=PATH,
    ),
    "bpf": row("operate on BPF programs and maps", cmd=Choice(BPF, "BPF"), attr=ADDRESS, size=UINT),
    "perf_event_open": row("make a performance counter", FD, attr=ADDRESS, pid=PID, cpu=INT, group_fd=FD, flags=HEX),
    "userfaultfd": row("make a descriptor that reports page faults", FD, flags=UFFD),
    "io_uring_setup": row("make an io_uring", FD, entries=UINT, p=ADDRESS),
    "io_uring_enter": row(
        "submit to an io_uring or wait for it",
        fd=FD,
        to_submit=UINT,
        min_complete=UINT,
        flags=Flags(ENTER, "IORING_ENTER"),
        sig=ADDRESS,
        sz=SIZE,
    ),
    "io_uring_register": row("register with an io_uring", fd=FD, opcode=UINT, arg=ADDRESS, nr_args=UINT),
    "io_setup": row("make a context for asynchronous I/O", nr_events=UINT, ctx_idp=ADDRESS),
    "io_destroy": row("end a context for asynchronous I/O", ctx_id=ADDRESS),
    "io_submit": row("submit asynchronous I/O", ctx_id=ADDRESS, nr=LONG, iocbpp=AIO_POINTERS),
    "io_getevents": row("wait for asynchronous I/O", ctx_id=ADDRESS, min_nr=LONG, nr=LONG, events=ADDRESS, timeout=TIMESPEC),
    "landlock_create_ruleset": row("make a landlock ruleset", FD, attr=ADDRESS, size=SIZE, flags=HEX),
    "landlock_add_rule": row(
        "add a landlock rule", ruleset_fd=FD, rule_type=Choice(LANDLOCK_RULES, "LANDLOCK_RULE"), rule_attr=ADDRESS, flags=HEX
    ),
    "landlock_restrict_self": row("restrict this thread by a landlock ruleset", ruleset_fd=FD, flags=HEX),
}
