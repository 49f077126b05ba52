"""/proc/PID/stat and /proc/PID/task/TID/stat: the one line that the process table is made of.

Source: proc_pid_stat(5), do_task_stat() of fs/proc/array.c. comm stands there raw, in parentheses: it may hold spaces,
newlines and parentheses itself, so the fields are those after the last ")".
"""

from functools import lru_cache
from typing import Final, NamedTuple

from explorer.decode.text import text
from explorer.model.missing import Missing, Reason


class Stat(NamedTuple):
    """Fields in the words of proc_pid_stat(5), in its order.

    utime, stime, cutime, cstime, starttime, delayacct_blkio_ticks, guest_time, cguest_time: clock ticks. vsize, rsslim:
    bytes; rss: pages. Addresses, wchan and exit_code are 0 where the reader may not see them. What the line has not is 0.
    """

    pid: int
    comm: str
    state: str
    ppid: int
    pgrp: int
    session: int
    tty_nr: int
    tpgid: int
    flags: int
    minflt: int
    cminflt: int
    majflt: int
    cmajflt: int
    utime: int
    stime: int
    cutime: int
    cstime: int
    priority: int
    nice: int
    num_threads: int
    itrealvalue: int
    starttime: int
    vsize: int
    rss: int
    rsslim: int
    startcode: int
    endcode: int
    startstack: int
    kstkesp: int
    kstkeip: int
    signal: int
    blocked: int
    sigignore: int
    sigcatch: int
    wchan: int
    nswap: int
    cnswap: int
    exit_signal: int
    processor: int
    rt_priority: int
    policy: int
    delayacct_blkio_ticks: int
    guest_time: int
    cguest_time: int
    start_data: int
    end_data: int
    start_brk: int
    arg_start: int
    arg_end: int
    env_start: int
    env_end: int
    exit_code: int


NUMBERS: Final = len(Stat._fields) - 3
"""How many numbers follow the state."""

ZEROS: Final = (0,) * NUMBERS


@lru_cache(128)
def decode(raw: bytes) -> Stat | Missing:
    """The fields. Missing where there is no "pid (comm) state" to begin with; anything else that is odd is read as 0."""
    opened, closed = raw.find(b"("), raw.rfind(b")")
    words = raw[closed + 1 :].split()
    if not 0 < opened < closed or not words:
        return Missing(Reason.UNSUPPORTED, "stat is in a form that we do not know")
    try:
        pid = int(raw[:opened])
        numbers = tuple(map(int, words[1 : NUMBERS + 1]))
    except ValueError:
        pid, numbers = number(raw[:opened]), tuple(map(number, words[1 : NUMBERS + 1]))
    if len(numbers) < NUMBERS:
        numbers += ZEROS[len(numbers) :]
    return Stat._make((pid, text(raw[opened + 1 : closed]), text(words[0])[:1], *numbers))


def number(word: bytes) -> int:
    """A decimal number, 0 where it is none."""
    try:
        return int(word)
    except ValueError:
        return 0
