"""cli/fds.py"""

import json
import os
import re
import subprocess
import time
from pathlib import Path

import pytest

from tests.commands import run
from tests.fakeproc import FakeProc
from tests.loopback import until
from tests.nginx import Nginx
from tests.ordinary import as_user, python
from tests.specimens.files_live import Live
from tests.specimens.holds import Holds
from tests.specimens.hung import Hung


def rows(text: str) -> dict[int, str]:
    """The table of one process: number → the rest of its row."""
    return {int(line.split()[0]): line.split(maxsplit=1)[1] for line in text.splitlines()[1:]}


def test_a_table_with_titles() -> None:
    with Holds("eventpoll") as it:
        done = run("fds", str(it.pid))
        assert done.status == 0
        assert done.out.splitlines()[0].split()[:4] == ["fd", "kind", "rw", "target"]
        assert rows(done.out)[it.fd].split()[:2] == ["eventpoll", "watches"]


def test_json_has_one_object_a_descriptor() -> None:
    with Holds("timerfd") as it:
        done = run("fds", "--json", str(it.pid))
        assert done.out.isascii()
        record = next(record for record in done.records if record["fd"] == it.fd)
        assert (record["pid"], record["kind"], record["clock"], record["interval"]) == (it.pid, "timerfd", "CLOCK_MONOTONIC", 5.0)
        assert ["clockid", "1"] in record["info"]


def test_names_that_are_no_utf_8_are_exact_in_json(tmp_path: Path) -> None:
    with Holds("names", str(tmp_path)) as it:
        records = {record["fd"]: record for record in run("fds", "--json", str(it.pid)).records}
        assert bytes.fromhex(records[it.hostile]["path_hex"]) == bytes(tmp_path) + b"/\x1b]0;t\x07\nx\xff"
        text = run("fds", str(it.pid)).out
        assert "\x1b" not in text
        assert r"/\e]0;t\x07\nx\xff" in text


def test_case_31_unix_only_while_others_are_open(tmp_path: Path) -> None:
    with Holds("unix", str(tmp_path)) as it:
        records = run("fds", "--json", "-U", str(it.pid)).records
        assert {record["socket"]["family"] for record in records} == {"unix"}
        assert {record["fd"] for record in records} == {
            it.said[key] for key in ("server", "one", "two", "left", "right", "listening", "client")
        }
        assert rows(run("fds", "-a", "-U", "-p", str(it.pid)).out).keys() == {record["fd"] for record in records}


def test_lsofs_options_are_taken_without_complaint() -> None:
    with Holds("tcp") as it:
        for options in (["-n", "-P", "-i"], ["-nPi4"], ["-i6", "-n"], ["-i", "tcp", "-a"], ["-i", f":{it.port}", "-w", "-b", "-T"]):
            done = run("fds", str(it.pid), *options)
            assert (done.status, done.err) == (0, ""), options
            assert done.out
        six = rows(run("fds", "-i6", "-a", "-p", str(it.pid)).out)
        assert set(six) == {it.listening, it.accepted}
        assert run("fds", "-i", "tcp:LISTEN", str(it.pid)).out.count("\n") == 2


def test_several_processes_have_their_pid_in_front() -> None:
    with Holds("eventfd") as one, Holds("timerfd") as other:
        lines = run("fds", "-p", f"{one.pid},{other.pid}").out.splitlines()
        assert lines[0].split()[:3] == ["PID", "COMMAND", "fd"]
        assert {int(line.split()[0]) for line in lines[1:]} == {one.pid, other.pid}


def test_wrong_usage_and_what_is_not_there() -> None:
    assert run("fds").status == 2
    assert "procdive fds PID" in run("fds").err
    assert run("fds", "-i", "812").status == 2
    assert "a PID goes with -p" in run("fds", "-i", "812").err
    gone = run("fds", "4194303")
    assert (gone.status, gone.err) == (1, "procdive: there is no process 4194303; procdive ps lists them\n")
    also_gone = run("fds", "-p", "4194303")
    assert (also_gone.status, also_gone.out, also_gone.err) == (gone.status, gone.out, gone.err)
    nobody = run("fds", "no-such-name", "-i")
    assert (nobody.status, nobody.out, nobody.err) == (1, "", "procdive: no process is called no-such-name; procdive ps lists them\n")
    with Holds("eventfd") as it:
        nothing = run("fds", "-U", str(it.pid))
        assert (nothing.status, nothing.out) == (1, "")
        assert nothing.err == "procdive: -U: no unix socket\n"


def test_each_thing_that_matched_nothing_is_said_and_fails_unless_asked_not_to() -> None:
    with Holds("eventfd") as it:
        some = ("-p", str(it.pid), "-c", "no such name", "-i", ":1", "/no/such/file", "-u", "no-such-user")
        done = run("fds", *some)
        assert done.status == 1
        assert re.search(rf"^ *{it.pid} \S+ +{it.fd} eventfd", done.out, re.MULTILINE)
        assert done.err.splitlines() == [
            "procdive: -u no-such-user: no process of that user",
            "procdive: -c no such name: no process is called that",
            "procdive: -i :1: no such socket",
            "procdive: /no/such/file: there is no such file, nor a deleted one that somebody has open",
        ]
        quiet = run("fds", "-Q", *some)
        assert (quiet.status, quiet.err, quiet.out.count("\n")) == (0, "", done.out.count("\n"))
        nothing = run("fds", "-a", *some)
        assert (nothing.status, nothing.out) == (1, "")
        assert nothing.err.startswith("procdive: nothing meets all of -p ")
        assert nothing.err.endswith("; without -a they are alternatives\n")
        filtered = run("fds", str(it.pid), "--filter", "kind:socket")
        assert (filtered.status, filtered.err) == (1, "procdive: no descriptor matches\n")


def test_pids_alone(tmp_path: Path) -> None:
    with Holds("tcp") as it, Holds("regular", str(tmp_path / "file")) as other:
        assert run("fds", "-t", "-i", f"tcp:{it.port}").out == f"{it.pid}\n"
        assert run("fds", "-t", str(tmp_path / "file")).out == f"{other.pid}\n"
        assert run("fds", "-t", "+D", str(tmp_path)).out == f"{other.pid}\n"
        assert run("fds", "-t", "-p", f"{it.pid},{other.pid}").out.split() == sorted([str(it.pid), str(other.pid)], key=int)


def test_again_and_again_until_there_is_nothing(tmp_path: Path) -> None:
    with Holds("regular", str(tmp_path / "file")) as it:
        done = run("fds", "-r", "0c3", str(it.pid), "-d", str(it.fd))
        assert (done.status, done.out.count("=======\n"), done.out.count(f"{tmp_path}/file")) == (0, 2, 3)
    done = run("fds", "+r", "0", str(tmp_path / "file"))
    assert (done.status, done.out) == (1, "")
    assert run("fds", "-r", "nginx").status == 2


def test_sorted_by_size(tmp_path: Path) -> None:
    sizes = [10, 3000, 200]
    opened = []
    for size in sizes:
        (tmp_path / str(size)).write_bytes(b"x" * size)
        opened.append((tmp_path / str(size)).open())
    try:
        records = run("fds", "--json", "--sort", "size", "+D", str(tmp_path)).records
        assert [record["size"] for record in records] == sorted(sizes, reverse=True)
        assert run("fds", "--sort", "colour", "/").status == 2
    finally:
        for file in opened:
            file.close()


def test_working_directories_and_mapped_files_in_json(tmp_path: Path) -> None:
    with Holds("eventfd") as it:
        records = run("fds", "--json", str(it.pid), "-d", "cwd,txt,mem").records
        assert {record["how"] for record in records} == {"cwd", "exe", "mapped"}
        assert all("fd" not in record and record["pid"] == it.pid for record in records)
        found = run("fds", str(it.pid), "-d", "txt").out.splitlines()[1]
        assert found.split()[:2] == ["exe", "regular"]


def test_a_process_without_descriptors(fakeproc: FakeProc) -> None:
    (fakeproc.root / "41/fd").mkdir(parents=True)
    fakeproc.file("41/comm", "kworker/1:1\n")
    fakeproc.file("41/status", "Tgid:\t41\n")
    fakeproc.file("41/stat", f"41 (kworker/1:1) I 2 {'0 ' * 48}\n")
    done = run("fds", "41", system=fakeproc.system)
    assert (done.status, done.out, done.err) == (0, "", "procdive: 41 kworker/1:1 has no descriptor open\n")


def test_case_24_hundreds_of_descriptors_come_and_go(tmp_path: Path) -> None:
    with Holds("changing", str(tmp_path)) as it:
        for _ in range(10):
            done = run("fds", str(it.pid))
            assert (done.status, done.err) == (0, "")
            found = rows(done.out)
            assert set(range(3, 13)) <= set(found)
            assert all("closed/stays" in found[number] for number in range(3, 13))
        os.chmod(tmp_path / "closed", 0o700)


def test_case_34_owners_of_packet_and_raw_sockets_among_all() -> None:
    if os.geteuid():
        pytest.skip("needs root")
    with Holds("packet") as it:
        out = run("fds", "-p", str(it.pid)).out
        found = rows(out)
        assert re.match(r"packet raw +rw ALL on any", found[it.everything])
        assert re.match(r"packet raw +rw LLDP on lo", found[it.lldp])
        assert re.match(r"raw icmp +rw", found[it.icmp])


@pytest.mark.root
@pytest.mark.xdist_group("machine")
def test_case_36_a_file_system_that_never_answers() -> None:
    with Hung() as hung:
        pid = hung.pids["opened"]
        start = time.monotonic()
        done = run("fds", str(pid))
        took = time.monotonic() - start
        links = {name: os.readlink(f"/proc/{pid}/fd/{name}") for name in os.listdir(f"/proc/{pid}/fd")}
        found = rows(done.out)
        hangs = next(int(name) for name, link in links.items() if link.endswith("/file"))
        assert links[str(hangs)] in found[hangs]
        assert "did not answer" in found[hangs]
        assert set(found) == set(map(int, links))
        assert all("did not answer" not in row for number, row in found.items() if number != hangs)
        assert took < 5
        record = next(record for record in run("fds", "--json", str(pid)).records if record["fd"] == hangs)
        assert record["unanswered"]["missing"] == "timed out"
        cwd = run("fds", "-a", "-p", str(pid), "-d", "cwd").out.splitlines()
        assert len(cwd) == 2
        assert cwd[1].split()[0] == "cwd"
        assert cwd[1].rstrip().endswith("did not answer")


@pytest.mark.oracle("nginx")
def test_the_descriptors_of_an_nginx_worker() -> None:
    with Nginx() as nginx:
        worker = nginx.workers[0]
        out = until(lambda: text if "eventpoll" in (text := run("fds", str(worker)).out) else "", "the worker to wait")
        listens = next(line for line in out.splitlines() if "tcp listen" in line)
        assert f"127.0.0.1:{nginx.port}" in listens
        assert re.search(rf"queue 0/\d+ +also {nginx.master} {nginx.workers[1]}$", listens)
        assert f"{nginx.prefix}/access.log" in out
        names = run("fds", "-c", "nginx", "-i", f":{nginx.port}", "--json").records
        assert {record["pid"] for record in names} >= {nginx.master, *nginx.workers}


@pytest.mark.root
def test_an_ordinary_user_is_told_what_root_would_see() -> None:
    with Holds("eventfd") as it:
        done = subprocess.run([*python(), "-m", "explorer", "fds", str(it.pid)], capture_output=True, text=True, **as_user())  # type: ignore[call-overload]
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == f"procdive: /proc/{it.pid}/fd: denied — run as root, or as the owner of the process\n"
        everything = subprocess.run([*python(), "-m", "explorer", "fds", "--all"], capture_output=True, text=True, **as_user())  # type: ignore[call-overload]
        assert everything.returncode == 0
        assert re.search(r"the descriptors of \d+ processes: denied — run as root to see them all\n", everything.stderr)


def test_between_two_listings_a_file_that_is_read_has_moved(tmp_path: Path) -> None:
    with Live(tmp_path) as it:
        argv = [*python(), "-m", "explorer", "fds", "-r", "1c3", str(it.pid)]
        done = subprocess.run(argv, capture_output=True, text=True, check=True)
        first, *later = done.stdout.split("=======\n")
        assert "/s" not in first
        assert any(re.search(r"/big +64M █*▌?─+ +\d+% \+\d\.\dM/s \d+ (s|min)", text) for text in later)
        found = subprocess.run([*argv, "--json"], capture_output=True, text=True, check=True).stdout.splitlines()
        moved = [record for record in map(json.loads, found) if "progress" in record]
        big = next(record for record in moved if record["path"].endswith("/big"))
        assert big["progress"]["rate"] > 100_000
        assert 0 < big["progress"]["share"] < 1
        assert big["progress"]["left"] > 1
        assert big["progress"]["growth"] == 0
        assert {Path(record["path"]).name for record in moved} == {"big", "log"}


def test_json_has_of_each_connection_what_it_says_of_itself() -> None:
    with Holds("tcp") as it:
        found = {record["fd"]: record for record in map(json.loads, run("fds", "--json", str(it.pid)).out.splitlines())}
        details = found[it.client]["socket"]["details"]
        assert details["congestion"]
        assert details["tcp"]["bytes_sent"] == 5000
        assert details["tcp"]["rtt"] > 0
        assert found[it.accepted]["socket"]["details"]["memory"]["rmem"] >= 5000
        assert found[it.idle]["socket"]["details"] is None
