"""/proc/loadavg. Source: proc_loadavg(5), fs/proc/loadavg.c."""

from typing import NamedTuple


class Loadavg(NamedTuple):
    """load: over 1, 5 and 15 minutes. running, tasks: threads of the whole machine. last_pid: the last one given in our pid namespace."""

    load: tuple[float, float, float] = (0.0, 0.0, 0.0)
    running: int = 0
    tasks: int = 0
    last_pid: int = 0


def decode(raw: bytes) -> Loadavg:
    """The figures, 0 for what is not there or is no number."""
    words = raw.decode("ascii", "replace").replace("/", " ").split()
    words += ["0"] * (6 - len(words))
    try:
        one, five, fifteen = (float(word) for word in words[:3])
        running, tasks, last_pid = (int(word) for word in words[3:6])
    except ValueError:
        return Loadavg()
    return Loadavg((one, five, fifteen), running, tasks, last_pid)
