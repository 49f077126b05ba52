"""procdive peek"""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.cli.peek import number
from explorer.kernel.reader import Reader
from explorer.resolve.system import System
from tests.commands import Done, run
from tests.loopback import until
from tests.ordinary import as_user, python
from tests.terminal import PROCDIVE


def peek(*arguments: str | int | Path) -> Done:
    return run("peek", *map(str, arguments), system=System(reader=Reader(deadline=20.0)))


@pytest.fixture
def log(tmp_path: Path) -> Iterator[int]:
    """A descriptor of ours, which has written some lines."""
    fd = os.open(tmp_path / "log", os.O_RDWR | os.O_CREAT, 0o600)
    os.write(fd, b"".join(b"line %d\n" % number for number in range(1, 51)))
    yield fd
    os.close(fd)


def test_the_last_lines_and_where_it_stands(log: int) -> None:
    done = peek("-n", 2, os.getpid(), log)
    assert (done.status, done.err) == (0, "")
    title, *lines, rule = done.out.splitlines()
    assert title.startswith(f"Peek {log} /")
    assert lines == ["49 line 49", "50 line 50"]
    assert rule.startswith("── 391 of 391 bytes: here it reads or writes on ─")
    os.lseek(log, 7, os.SEEK_SET)
    lines = peek("-n", 4, os.getpid(), log).out.splitlines()[1:]
    assert [line.strip()[:8] for line in lines] == ["1 line 1", "── 7 of ", "2 line 2"]
    assert "line 50" in peek("--end", os.getpid(), log).out


def test_a_hexdump_and_json(log: int) -> None:
    assert "35 30 0a" in peek("-x", "-n", 1, os.getpid(), log).out
    (record,) = peek("--json", os.getpid(), log).records
    assert (record["pid"], record["number"], record["position"], record["size"]) == (os.getpid(), log, 391, 391)
    assert record["data"].endswith("line 50\n")


def test_what_cannot_be_looked_into(log: int, tmp_path: Path) -> None:
    assert peek("no-such-name", 1).status == 1
    assert peek(os.getpid(), 99_999).err == f"procdive: descriptor 99999 of {os.getpid()}: gone\n"
    device = os.open("/dev/null", os.O_RDONLY)
    done = peek(os.getpid(), device)
    assert (done.status, "is a device" in done.err) == (1, True)
    os.close(device)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.send(b"12345")
        done = peek(os.getpid(), ours.fileno())
        assert (done.status, "5 bytes to be read" in done.out) == (0, True)
        done = peek("--save", tmp_path / "x", os.getpid(), ours.fileno())
        assert (done.status, "only a regular file" in done.err) == (1, True)
        assert not (tmp_path / "x").exists()


def test_of_several_processes_one_has_to_be_named() -> None:
    with subprocess.Popen(["sleep", "600"]) as one, subprocess.Popen(["sleep", "600"]) as other:
        until(lambda: all(Path(f"/proc/{each.pid}/comm").read_text() == "sleep\n" for each in (one, other)), "both sleep")
        done = peek("sleep", 0)
        assert (done.status, "of which one?" in done.err) == (1, True)
        one.kill()
        other.kill()


@pytest.mark.parametrize("words", [["1"], ["1", "x"], ["1", "-1"], ["-n", "many", "1", "0"]])
def test_wrong_usage(words: list[str]) -> None:
    assert peek(*words).status == 2


def test_numbers() -> None:
    assert number("12") == 12
    for text in ("", "-1", "1" * 11, "٣"):
        with pytest.raises(ValueError):
            number(text)


def test_a_deleted_file_is_saved_and_nothing_is_overwritten(log: int, tmp_path: Path) -> None:
    (tmp_path / "log").unlink()
    done = peek("--save", tmp_path / "saved", os.getpid(), log)
    assert (done.status, done.out) == (0, f"copied 391 bytes to {tmp_path}/saved\n")
    assert (tmp_path / "saved").read_bytes().endswith(b"line 50\n")
    done = peek("--save", tmp_path / "saved", os.getpid(), log)
    assert (done.status, done.err) == (1, f"procdive: {tmp_path}/saved is there already: denied — give another name\n")
    (record,) = peek("--json", "--save", tmp_path / "again", os.getpid(), log).records
    assert (record["copied"], record["done"], record["why"]) == (391, True, None)


def test_no_room_is_said_and_leaves_nothing(log: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from explorer.kernel.copying import Copying, Told

    monkeypatch.setattr(Copying, "wait", lambda _self, _seconds: Told(b"e", 28, 0, 391, 0))
    done = peek("--save", tmp_path / "saved", os.getpid(), log)
    assert (done.status, "no room left" in done.err) == (1, True)
    assert not (tmp_path / "saved").exists()


def test_an_interrupted_copy_is_taken_away(log: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from explorer.kernel.copying import Copying

    def interrupted(_self: object, _seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Copying, "wait", interrupted)
    with pytest.raises(KeyboardInterrupt):
        peek("--save", tmp_path / "saved", os.getpid(), log)
    assert not (tmp_path / "saved").exists()


WRITES = """
import sys
log = open(sys.argv[1], "w", buffering=1)
print("first", file=log)
print("ready", flush=True)
for line in sys.stdin:
    log.write(line.replace("|", "\\n"))
    log.flush()
"""


def test_what_is_written_from_now_on_until_its_end(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITES, str(tmp_path / "log")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdin is not None
        assert writer.stdout.readline() == "ready\n"
        fds = {os.readlink(f"/proc/{writer.pid}/fd/{name}"): name for name in os.listdir(f"/proc/{writer.pid}/fd")}
        words = [*PROCDIVE, "peek", "-f", str(writer.pid), fds[str(tmp_path / "log")]]
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as follows:
            assert follows.stdout is not None
            assert [follows.stdout.readline().strip()[:7] for _ in range(3)] == ["Peek " + words[-1] + " ", "1 first", "── 6 of"]
            writer.stdin.write("second|third \x1b[31m\n")
            writer.stdin.flush()
            assert [follows.stdout.readline() for _ in range(2)] == ["second\n", "third \\e[31m\n"]
            writer.send_signal(signal.SIGKILL)
            out, err = follows.communicate(timeout=30)
            assert (out, follows.returncode) == ("", 0)
            assert err in {f"procdive: {what}: gone\n" for what in (f"process {writer.pid}", f"descriptor {words[-1]} of {writer.pid}")}


def test_an_ordinary_user_and_somebody_elses_descriptor(log: int) -> None:
    if os.geteuid() != 0:
        pytest.skip("needs root to be somebody else")
    argv = [*python(), "-m", "explorer", "peek", str(os.getpid()), str(log)]
    done = subprocess.run(argv, capture_output=True, text=True, **as_user())  # type: ignore[call-overload]
    assert done.returncode == 1
    assert "denied — run as root, or as the owner of the process" in done.stderr
