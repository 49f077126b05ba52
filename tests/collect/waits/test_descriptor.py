"""collect/waits/descriptor.py: who is at the other end."""

import os
from pathlib import Path

from explorer.resolve.system import System
from tests.collect.threads import wait_of
from tests.specimens.waits import Waits

UID = os.geteuid()
"""An ordinary user cannot be sure to see everybody who holds a pipe."""


def test_a_full_pipe_names_its_reader(system: System) -> None:
    with Waits("full_pipe") as it:
        wait = wait_of(system, it.pid, ready=lambda found: bool(found.parties))
        (reader,) = it.children
        assert wait.text == f"the pipe is full: waits for {reader} {Path(f'/proc/{reader}/comm').read_text().strip()} to read it"
        assert [(party.pid, party.role, party.fd) for party in wait.parties] == [(reader, "reader", 3)]


def test_an_empty_pipe_names_its_writer(system: System) -> None:
    with Waits("empty_pipe") as it:
        wait = wait_of(system, it.pid, ready=lambda found: bool(found.parties))
        assert wait.text.startswith(f"waits for data from {it.children[0]} ")
        assert [(party.pid, party.role) for party in wait.parties] == [(it.children[0], "writer")]
        assert not wait.hopeless


def test_a_pipe_that_only_the_reader_itself_could_write(system: System) -> None:
    with Waits("lonely_pipe") as it:
        wait = wait_of(system, it.pid, ready=lambda found: found.hopeless or UID != 0)
        if UID != 0 and not wait.hopeless:
            assert wait.text.endswith(f"who writes may not be seen, besides the process itself (fd {it.other})")
            return
        only = f"only the process itself has the other end (fd {it.other})"
        assert wait.text == f"waits for data; {only}: nobody else writes, it waits for itself"


def test_unix_and_tcp_name_their_peers(system: System) -> None:
    for family in ("unix", "tcp"):
        with Waits("connected", family) as it:
            wait = wait_of(system, it.pid, ready=lambda found: bool(found.parties))
            assert wait.text.startswith(f"waits for data from {it.children[0]} ")
            assert [(party.pid, party.role) for party in wait.parties] == [(it.children[0], "peer")]
            assert ("127.0.0.1:" in wait.text) == (family == "tcp")


def test_who_listens_waits_for_a_connection(system: System) -> None:
    with Waits("accepts") as it:
        wait = wait_of(system, it.pid, ready=lambda found: str(it.port) in found.text)
        assert wait.text == f"waits for a connection to tcp 127.0.0.1:{it.port}"


def test_other_things_to_read(system: System) -> None:
    expected = {
        "signalfd": "waits for signal INT USR1",
        "timerfd": "waits for timer 3",
        "inotify": "waits for changes of 1 watched path",
        "eventfd": "waits for somebody to add to its eventfd 3",
    }
    for kind, text in expected.items():
        with Waits("reads", kind) as it:
            wait = wait_of(system, it.pid)
            assert wait.text == text
            assert (wait.due is not None) == (kind == "timerfd")
            if wait.due is not None:
                assert 400 < wait.due <= 500


def test_input_of_a_terminal(system: System) -> None:
    with Waits("reads", "terminal") as it:
        assert wait_of(system, it.pid).text == f"waits for input on terminal {it.path}"


def test_connecting_names_the_listener_that_accepts_nobody(system: System, tmp_path: Path) -> None:
    with Waits("connects", str(tmp_path / "sock")) as it:
        wait = wait_of(system, it.children[0], ready=lambda found: bool(found.parties))
        assert wait.text.startswith(f"waits for {it.pid} ")
        assert wait.text.endswith(f" to accept on {tmp_path}/sock")


def test_a_fifo_open_for_both_waits_for_itself(system: System, tmp_path: Path) -> None:
    with Waits("own_fifo", str(tmp_path / "fifo")) as it:
        wait = wait_of(system, it.pid, ready=lambda found: found.hopeless or UID != 0)
        assert f"the process itself (fd {it.fd})" in wait.text or f"only the process itself has the other end (fd {it.fd})" in wait.text


def test_a_full_socket(system: System) -> None:
    with Waits("full_socket") as it:
        wait = wait_of(system, it.pid, ready=lambda found: bool(found.parties) and "unread" in found.text)
        assert wait.text.startswith("the unix socket is full, ")
        assert f"waits for {it.children[0]} " in wait.text
