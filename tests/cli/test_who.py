"""cli/who.py"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.commands import run
from tests.loopback import until
from tests.networks import Networks
from tests.ordinary import as_user, python
from tests.specimens.holds import Holds
from tests.specimens.hung import Hung


def pids(*arguments: str) -> list[int]:
    return [int(line) for line in run("who", "-t", *arguments).out.split()]


def test_case_33_a_listener_of_five_processes_on_six_descriptors() -> None:
    with Holds("shared_listener") as it:
        everybody = {it.pid, *it.workers}
        until(lambda: set(pids(f":{it.port}")) == everybody, "all workers to hold it")
        records = {record["pid"]: record for record in run("who", "--json", f":{it.port}").records}
        assert records.keys() == everybody
        assert len(everybody) == 5
        descriptors = [(pid, use["fd"]) for pid, record in records.items() for use in record["uses"]]
        assert len(descriptors) == len(set(descriptors)) == 6
        assert sorted(pids(f":{it.port}")) == sorted(everybody)
        text = run("who", f"tcp:{it.port}").out.splitlines()
        assert len(text) == 5
        assert all(line.endswith(f"tcp 127.0.0.1:{it.port} LISTEN") for line in text)


def test_a_file_by_any_name_a_tree_and_what_was_deleted(tmp_path: Path) -> None:
    folder = tmp_path / "folder" / "below"
    folder.mkdir(parents=True)
    one, two = folder / "one", tmp_path / "two"
    one.write_text("x")
    os.link(one, two)
    program = f"import os, sys; os.chdir({str(folder)!r}); f = open({str(one)!r}, 'r+'); os.unlink({str(one)!r})"
    program += "; print(flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-IS", "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        pid = process.pid
        assert pids(str(two)) == [pid]
        assert pids(str(folder)) == [pid]
        assert run("who", str(folder)).out.split() == [str(pid), *run("who", str(folder)).out.split()[1:3], "cwd"]
        assert pids(f"{tmp_path}/folder/") == pids("--tree", str(tmp_path)) == pids("+D", str(tmp_path)) == [pid]
        gone = run("who", str(one))
        assert gone.status == 0
        assert gone.out.split()[3:6] == ["fd", "3", "rw"]
        one.write_text("another")
        anew = run("who", str(one))
        assert (anew.status, anew.out) == (1, "")
        assert f"1 other process has an older file of that name, deleted: procdive who '{one} (deleted)'" in anew.err
        assert pids(f"{one} (deleted)") == [pid]
        assert pids(f"{pid}/fd/3") == [pid]
        assert pids(f"{pid}/cwd") == [pid]
        [record] = run("who", "--json", f"{tmp_path}/folder/").records
        assert {(use["how"], use["what"], use["deleted"]) for use in record["uses"]} == {
            ("fd", str(one), True),
            ("cwd", str(folder), False),
        }
        assert process.stdin is not None
        process.stdin.close()
    assert run("who", str(folder)).status == 1


def test_locks_that_are_held_and_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "locked"
    file.write_text("x" * 100)
    program = f"import fcntl, sys; f = open({str(file)!r}, 'r+'); print(flush=True); fcntl.lockf(f, fcntl.LOCK_EX, 10, 5)"
    program += "; print(flush=True); sys.stdin.read()"
    argv = [sys.executable, "-IS", "-c", program]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.stdout.readline()
        with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as waiter:
            assert waiter.stdout is not None
            waiter.stdout.readline()
            until(lambda: "waits for lock" in run("who", str(file)).out, "the second to wait")
            rows = {int(line.split()[0]): line for line in run("who", str(file)).out.splitlines()}
            for process in (holder, waiter):
                assert process.stdin is not None
            assert "locked WRITE POSIX 5-14" in rows[holder.pid]
            assert "waits for lock WRITE POSIX 5-14" in rows[waiter.pid]
            uses = {record["pid"]: record["uses"] for record in run("who", "--json", str(file)).records}
            assert [use["waits"] for use in uses[waiter.pid] if use["how"] == "lock"] == [True]
            holder.communicate()
            waiter.communicate()


@pytest.mark.parametrize("kind", ["pipe", "eventfd", "memfd", "pidfd", "timerfd"])
def test_things_without_a_path(kind: str) -> None:
    with Holds(kind) as it:
        number = it.said.get("fd", it.said.get("read", 3))
        link = os.readlink(f"/proc/{it.pid}/fd/{number}")
        assert it.pid in pids(f"{it.pid}/fd/{number}")
        if kind == "pipe":
            assert it.pid in pids(link)
        if kind == "eventfd":
            info = Path(f"/proc/{it.pid}/fdinfo/{number}").read_text()
            if "eventfd-id:" in info:
                assert it.pid in pids(f"eventfd:{info.partition('eventfd-id:')[2].split()[0]}")
        if kind == "memfd":
            assert it.pid in pids(link.removeprefix("/").removesuffix(" (deleted)"))
        if kind == "pidfd":
            of = Path(f"/proc/{it.pid}/fdinfo/{number}").read_text().partition("Pid:")[2].split()[0]
            assert it.pid in pids(f"pidfd:{of}")


@contextmanager
def having(*descriptors: int) -> Iterator[int]:
    """Another process that has them."""
    with subprocess.Popen(
        [sys.executable, "-IS", "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE, pass_fds=descriptors
    ) as child:
        until(lambda: all(os.path.lexists(f"/proc/{child.pid}/fd/{number}") for number in descriptors), "the child to have them")
        yield child.pid
        child.communicate()


def test_the_other_end_is_told_and_is_no_holder() -> None:
    here, there = socket.socketpair()
    with here, there, having(here.fileno()) as one, having(there.fileno()) as other:
        inode = os.fstat(there.fileno()).st_ino
        records = {record["pid"]: [use["how"] for use in record["uses"]] for record in run("who", "--json", f"socket:[{inode}]").records}
        assert records == {one: ["other end"], other: ["fd"]}
        assert pids(f"socket:[{inode}]") == [other]
        rows = {int(line.split()[0]): line for line in run("who", f"{other}/fd/{there.fileno()}").out.splitlines()}
        assert rows[one].endswith(f"other end fd {here.fileno()} rw")


def test_we_ourselves_are_not_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with open(tmp_path / "file") as file, having(file.fileno()) as other:
        assert pids(str(tmp_path / "file")) == [other]
    with socket.create_server(("127.0.0.1", 0)) as server:
        done = run("who", f":{server.getsockname()[1]}")
        assert (done.status, done.out) == (1, "")
        assert "no process has it" not in done.err


def test_names_of_strangers_are_never_printed_raw(tmp_path: Path) -> None:
    hostile = tmp_path / "\x1b]0;t\x07\nx"
    hostile.write_text("x")
    with open(hostile) as file, having(file.fileno()) as other:
        done = run("who", f"{tmp_path}/", str(hostile) + "gone")
        assert str(other) in done.out
        assert r"\e]0;t\x07\nx" in done.out
        assert "\x1b" not in done.out + done.err


def test_case_31_a_unix_socket_by_its_path_and_its_clients(tmp_path: Path) -> None:
    with Holds("unix", str(tmp_path)) as it:
        path = os.path.join(str(tmp_path), next(name for name in os.listdir(tmp_path)))
        records = {record["pid"]: record["uses"] for record in run("who", "--json", path).records}
        assert records.keys() >= {it.pid, it.partner}
        numbers = {(use["how"], use["fd"]) for use in records[it.pid]}
        assert {("fd", it.server), ("other end", it.one), ("other end", it.two)} <= numbers


def test_case_32_an_abstract_name_and_the_client_that_was_never_accepted(tmp_path: Path) -> None:
    with Holds("unix", str(tmp_path)) as it:
        uses = {record["pid"]: record["uses"] for record in run("who", "--json", f"@procdive {it.pid}").records}[it.pid]
        assert {("fd", it.listening), ("other end", it.client)} <= {(use["how"], use["fd"]) for use in uses}


@pytest.mark.root
@pytest.mark.xdist_group("machine")
def test_case_36_a_file_system_that_never_answers(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("x")

    def took() -> float:
        start = time.monotonic()
        done = run("who", str(other))
        assert [int(line.split()[0]) for line in done.out.splitlines()] == [holder]
        return time.monotonic() - start

    with open(other) as file, having(file.fileno()) as holder:
        # Of a machine with thousands of processes, or a busy one, it takes what it takes.
        without = max(took() for _ in range(2))
        with Hung() as hung:
            pid = hung.pids["opened"]
            assert min(took() for _ in range(3)) < without + 1
            number, link = next(
                (name, link) for name in os.listdir(f"/proc/{pid}/fd") if (link := os.readlink(f"/proc/{pid}/fd/{name}")).endswith("/file")
            )
            assert pid in pids(f"{pid}/fd/{number}")


@pytest.mark.root
@pytest.mark.xdist_group("machine")
def test_a_port_in_another_network_namespace(tmp_path: Path) -> None:
    with Networks(str(tmp_path / "local")) as it:
        records = {record["pid"]: record["uses"] for record in run("who", "--json", f":{it.port}").records}
        assert records.keys() == {it.client, it.server}
        assert {(use["how"], use["fd"]) for use in records[it.server]} == {("fd", it.listening), ("fd", it.taken)}
        ends = {record["pid"]: record["uses"] for record in run("who", "--json", f"{it.client}/fd/{it.socket}").records}
        assert [(use["how"], use["fd"]) for use in ends[it.server]] == [("other end", it.taken)]
        net = os.readlink(f"/proc/{it.server}/ns/net")
        assert pids(net) == [it.server]


def test_an_ordinary_user_is_told_what_root_would_add() -> None:
    with Holds("tcp") as it:
        if os.geteuid():
            pytest.skip("needs root")
        done = subprocess.run(
            [*python(), "-m", "explorer", "who", f":{it.port}"], capture_output=True, text=True, timeout=60, check=False, **as_user()
        )  # type: ignore[call-overload]
        assert done.returncode == 1
        assert "run as root to see them all" in done.stderr
        assert f"[::]:{it.port} LISTEN of root: whoever has it may not be looked at" in done.stderr


def test_wrong_usage_nobody_and_several() -> None:
    assert run("who").status == 2
    assert ":812 is a port" in run("who", "812").err
    nobody = run("who", "/nothing/here")
    assert (nobody.status, nobody.out) == (1, "")
    assert nobody.err.startswith("procdive: there is no /nothing/here, nor a deleted file of that name that anybody")
    with Holds("eventfd") as it:
        both = run("who", f"{it.pid}/fd/{it.fd}", "/nothing/here")
        assert both.status == 1
        assert both.out.splitlines()[0] == f"{it.pid}/fd/{it.fd}:"
        assert "no process 4194304" in run("who", "4194304/fd/0").err or run("who", "4194304/fd/0").status == 1
