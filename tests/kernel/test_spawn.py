"""kernel/spawn.py: programs of ours beside us."""

import os

import pytest

from explorer.kernel.spawn import spawn

PROGRAM = "import os, sys; os.write(1, b'%d %d' % (os.getsid(0), sys.flags.isolated))"


def test_it_has_a_session_and_descriptors_of_its_own() -> None:
    there, here = os.pipe()
    nothing = os.open(os.devnull, os.O_RDWR)
    pid = spawn(PROGRAM, (nothing, here, nothing))
    for fd in (here, nothing):
        os.close(fd)
    assert os.waitpid(pid, 0) == (pid, 0)
    assert os.read(there, 100).split() == [str(pid).encode(), b"1"]
    os.close(there)


def test_what_cannot_be_started_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(OSError, match="/nowhere/python"):
        spawn(PROGRAM, ())
