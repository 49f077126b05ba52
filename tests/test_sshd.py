"""The sshd of the tests lets us in, with a terminal and without."""

import subprocess

import pytest

from tests.sshd import Sshd


@pytest.mark.oracle("sshd", "ssh")
def test_it_runs_a_command_as_who_we_are() -> None:
    with Sshd() as sshd:
        out = subprocess.run(sshd.command("id", "-u", terminal=False), capture_output=True, text=True, timeout=20)
        if "not available" in out.stdout + out.stderr:
            pytest.skip("this account has no shell")
        assert (out.stdout, out.stderr, out.returncode) == (subprocess.run(["id", "-u"], capture_output=True, text=True).stdout, "", 0)
