"""render/states.py"""

import os
import signal

from explorer.render.piece import Role
from explorer.render.states import WORDS, exit_words, state_piece, state_words


def test_letters() -> None:
    assert state_words("D") == "blocked"
    assert state_words("?") == "?"
    assert state_words("") == "unknown"
    assert state_piece("D").role is Role.FAILED
    assert set("RSDTtZXIP") <= set(WORDS)


def test_ends_as_wait_has_them() -> None:
    for status, said in (
        (127 << 8, "exit 127"),
        (signal.SIGKILL, "killed by SIGKILL"),
        (signal.SIGSEGV | 0x80, "killed by SIGSEGV"),
        (0, "exit 0"),
    ):
        assert exit_words(int(status)) == said
    child = os.fork()
    if child == 0:
        os.kill(os.getpid(), signal.SIGTERM)
        os._exit(0)
    assert exit_words(os.waitpid(child, 0)[1]) == "killed by SIGTERM"
