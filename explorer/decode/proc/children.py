"""/proc/PID/task/TID/children: the processes that a thread started and nobody took over."""


def decode(raw: bytes) -> tuple[int, ...]:
    """Pids in the order of their birth (proc_tid_children(5)); exact only while they do not end."""
    return tuple(int(word) for word in raw.split() if word.isdigit() and word.isascii())
