"""The state of a process or thread in words: proc_pid_stat(5), fs/proc/array.c."""

from typing import Final

from explorer.render.piece import Piece, Role, piece

WORDS: Final = {
    "R": "running", "S": "sleeping", "D": "blocked", "T": "stopped", "t": "stopped by its tracer", "Z": "zombie",
    "X": "dead", "x": "dead", "I": "idle", "P": "parked", "K": "wakekill", "W": "waking",
}  # fmt: skip
MORE: Final = {
    "R": "on a CPU, or waiting for one",
    "S": "a signal wakes it",
    "D": "in the kernel, no signal but SIGKILL may reach it",
    "T": "by a signal, until SIGCONT",
    "Z": "ended, and its parent has not waited for it yet",
    "I": "a kernel thread with nothing to do",
}
ROLES: Final = {"R": Role.NEW, "D": Role.FAILED, "Z": Role.MIND, "T": Role.MIND, "t": Role.MIND, "X": Role.MIND, "x": Role.MIND}


def state_words(state: str) -> str:
    """One word, or the letter where it is a new one."""
    return WORDS.get(state, state or "unknown")


def state_piece(state: str) -> Piece:
    """The word in its colour."""
    return piece(state_words(state), ROLES.get(state, Role.TEXT))


def exit_words(code: int) -> str:
    """How it ended, from the status of wait(2): `exit 127`, `killed by signal 9`."""
    number = code & 0x7F
    if number:
        from explorer.decode.constants.signals import signal_name

        return f"killed by {signal_name(number)}"
    return f"exit {code >> 8 & 0xFF}"
