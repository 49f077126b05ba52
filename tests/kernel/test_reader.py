"""kernel/reader.py, kernel/beside.py and child/reader.py: answers come, or an end comes."""

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from explorer.kernel import beside, reader
from explorer.kernel.reader import PATIENCE, Ask, Reader
from explorer.model.missing import Missing, Reason, Unreadable
from tests.loopback import until
from tests.specimens.hung import Hung

TREE = Path(__file__).parent.parent.parent


@pytest.fixture
def asking() -> Iterator[Reader]:
    made = Reader()
    yield made
    made.close()


@pytest.fixture(scope="module")
def hung() -> Iterator[Hung]:
    if os.geteuid() != 0:
        pytest.skip("needs root")
    if not os.access("/dev/fuse", os.W_OK):
        pytest.skip("no /dev/fuse here")
    with Hung() as found:
        yield found


def child_of(asking: Reader) -> int:
    """The pid of its idle child."""
    asking.stat("/")
    return asking._idle[0].pid


def reason(asking: Reader, ask: Ask) -> Reason:
    found = asking.ask([ask])[0]
    assert isinstance(found, Missing)
    return found.reason


def test_reads_stats_and_lists(asking: Reader, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"0123456789")
    (tmp_path / "link").symlink_to("file")
    assert asking.read(f"{tmp_path}/file") == b"0123456789"
    assert asking.read(f"{tmp_path}/file", limit=3, offset=4) == b"456"
    assert asking.link(f"{tmp_path}/link") == "file"
    assert sorted(asking.names(str(tmp_path))) == ["file", "link"]
    real = os.stat(tmp_path / "file")
    assert asking.stat(f"{tmp_path}/link").ino == asking.stat(f"{tmp_path}/file").ino == real.st_ino
    assert asking.lstat(f"{tmp_path}/link").ino == os.lstat(tmp_path / "link").st_ino
    assert asking.stat(f"{tmp_path}/file").mtime_ns == real.st_mtime_ns
    (tmp_path / "empty").mkdir()
    assert asking.names(f"{tmp_path}/empty") == []


def test_statvfs(asking: Reader) -> None:
    found = asking.ask([Ask("v", "/proc")])[0]
    assert isinstance(found, bytes)


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_names_that_are_no_utf_8_whatever_the_locale(locale: str, tmp_path: Path) -> None:
    os.mkdir(os.fsencode(tmp_path) + b"/\xff\x9b\n")
    program = f"from explorer.kernel.reader import Reader; print(ascii(Reader().names({str(tmp_path)!r})))"
    said = {"LC_ALL": locale, "PYTHONUTF8": "0"}
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=TREE, env=said)
    assert out.stdout == repr(["\udcff\udc9b\n"]) + "\n"


def test_what_cannot_be_read_says_why(asking: Reader, tmp_path: Path) -> None:
    assert reason(asking, Ask("r", f"{tmp_path}/none")) is Reason.GONE
    assert reason(asking, Ask("r", "/\0")) is Reason.UNSUPPORTED
    assert reason(asking, Ask("r", "/\ud800")) is Reason.UNSUPPORTED
    assert reason(asking, Ask("r", "/" + "x" * 5000)) is Reason.UNSUPPORTED
    assert reason(asking, Ask("d", "/etc/passwd")) is Reason.UNSUPPORTED
    with pytest.raises(Unreadable) as raised:
        asking.link("/etc/passwd")
    assert "EINVAL" in raised.value.missing.detail


def test_a_fifo_that_nobody_writes_to_does_not_hold_us(asking: Reader, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    assert asking.read(f"{tmp_path}/fifo") == b""


def test_huge_answers_and_a_file_without_end(asking: Reader) -> None:
    found = asking.ask([Ask("r", "/dev/zero", 20_000_000), Ask("r", "/proc/self/comm")])
    assert next(len(data) for data in found if isinstance(data, bytes)) == 20_000_000
    assert isinstance(found[1], bytes)


def test_both_pipes_full_at_once(asking: Reader) -> None:
    """Requests of 250 KB while answers of 64 MB wait to be read: neither side may wait for the other."""
    asks = [Ask("r", "/dev/zero" if index % 2 else "/" + "x" * 4000, 1 << 20) for index in range(128)]
    found = asking.ask(asks)
    assert sum(len(data) for data in found if isinstance(data, bytes)) == 64 << 20
    assert sum(isinstance(data, Missing) for data in found) == 64


def test_a_child_that_somebody_killed_is_replaced_and_nothing_is_blamed(asking: Reader) -> None:
    first = child_of(asking)
    os.kill(first, signal.SIGKILL)
    assert asking.read("/proc/self/comm")
    assert child_of(asking) != first


def test_a_child_that_does_not_answer_is_thrown_away(tmp_path: Path) -> None:
    asking = Reader(deadline=1)
    stopped = child_of(asking)
    os.kill(stopped, signal.SIGSTOP)
    started = time.monotonic()
    found = asking.ask([Ask("s", "/"), Ask("s", str(tmp_path))])
    assert isinstance(found[0], Missing)
    assert found[0].reason is Reason.TIMED_OUT
    assert isinstance(found[1], bytes)
    assert time.monotonic() - started < 5
    assert not os.path.exists(f"/proc/{stopped}")
    # Not asked again for a while; then it is.
    assert reason(asking, Ask("s", "/")) is Reason.TIMED_OUT
    asking._stuck["/"] = (0.0, 1.0)
    assert isinstance(asking.ask([Ask("s", "/")])[0], bytes)
    asking.close()


def test_waits_grow_with_each_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    asking = Reader()
    waits = []
    for _ in range(8):
        asking._remember("/x")
        waits.append(asking._stuck["/x"][1])
    assert waits == [10, 20, 40, 80, 160, 160, 160, 160]


def test_many_threads_get_their_own_answers(asking: Reader, tmp_path: Path) -> None:
    for number in range(8):
        (tmp_path / str(number)).write_text(str(number) * 5000)

    def ask(number: int) -> bool:
        return all(asking.read(f"{tmp_path}/{number}") == (str(number) * 5000).encode() for _ in range(25))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(8)))
    assert len(asking._idle) <= reader.CHILDREN


def test_no_descriptor_and_no_process_is_left(tmp_path: Path) -> None:
    def open_fds() -> int:
        return len(os.listdir("/proc/self/fd"))

    before = open_fds()
    for _ in range(5):
        asking = Reader()
        child = child_of(asking)
        asking.close()
        assert not os.path.exists(f"/proc/{child}")
    assert open_fds() == before


def test_one_that_is_forgotten_ends_its_child() -> None:
    asking = Reader()
    child = child_of(asking)
    del asking
    assert not os.path.exists(f"/proc/{child}")


def test_closed_for_good(asking: Reader) -> None:
    asking.stat("/")
    asking.close()
    asking.close()
    assert reason(asking, Ask("s", "/")) is Reason.TIMED_OUT
    assert asking._idle == []


def test_closing_while_in_use_does_not_wait() -> None:
    asking = Reader(deadline=30)
    os.kill(child_of(asking), signal.SIGSTOP)
    answers: list[bytes | Missing] = []
    thread = threading.Thread(target=lambda: answers.extend(asking.ask([Ask("s", "/")] * 3)))
    thread.start()
    until(lambda: asking._busy, "the thread to ask")
    started = time.monotonic()
    asking.close()
    thread.join(5)
    assert time.monotonic() - started < 5
    assert [found.reason for found in answers if isinstance(found, Missing)] == [Reason.TIMED_OUT] * 3


@pytest.mark.parametrize(("error", "helps"), [(errno.EAGAIN, "ulimit"), (errno.EACCES, "a Python that this user may run")])
def test_no_process_can_be_started(monkeypatch: pytest.MonkeyPatch, asking: Reader, error: int, helps: str) -> None:
    def refuse() -> beside.Beside:
        raise OSError(error, "no")

    monkeypatch.setattr(reader, "Beside", refuse)
    found = asking.ask([Ask("s", "/")])[0]
    assert isinstance(found, Missing)
    assert found.reason is Reason.UNSUPPORTED
    assert errno.errorcode[error] in found.detail
    assert helps in found.cure


def test_a_failed_start_leaves_no_descriptor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    before = len(os.listdir("/proc/self/fd"))
    with pytest.raises(FileNotFoundError):
        beside.Beside()
    assert len(os.listdir("/proc/self/fd")) == before


def test_parent_killed_with_9_leaves_no_child() -> None:
    program = "from explorer.kernel.reader import Reader; r = Reader(); r.stat('/'); print(r._idle[0].pid, flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=TREE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert os.path.exists(f"/proc/{child}")
        parent.kill()
    until(lambda: not os.path.exists(f"/proc/{child}"), "the child to end")


@pytest.mark.root
def test_hung_processes_cost_their_deadline_and_no_more(hung: Hung) -> None:
    asking = Reader(deadline=1)
    started = time.monotonic()
    jammed, ours = hung.pids["jammed"], os.getpid()
    found = asking.ask([
        Ask("r", f"/proc/{jammed}/cmdline"), Ask("r", f"/proc/{ours}/cmdline"),
        Ask("r", f"/proc/{jammed}/environ"), Ask("r", f"/proc/{ours}/environ"),
        Ask("s", f"/proc/{hung.pids['opened']}/cwd"), Ask("r", f"/proc/{ours}/smaps_rollup"),
    ])  # fmt: skip
    assert [isinstance(one, Missing) for one in found] == [True, False, True, False, True, False]
    assert all(one.reason is Reason.TIMED_OUT for one in found if isinstance(one, Missing))
    assert time.monotonic() - started < 10
    # A second look at the same asks nobody.
    asking.close()
    assert reason(asking, Ask("r", f"/proc/{jammed}/cmdline")) is Reason.TIMED_OUT
    assert "again in" in str(asking.ask([Ask("r", f"/proc/{jammed}/cmdline")])[0])


@pytest.mark.root
def test_a_row_of_hung_asks_is_given_up(hung: Hung) -> None:
    asking = Reader(deadline=0.1)
    paths = [f"/proc/{hung.pids['jammed']}/{name}" for name in ("cmdline", "environ", "smaps", "smaps_rollup", "pagemap", "numa_maps")]
    found = asking.ask([Ask("r", path) for path in paths])
    assert all(isinstance(one, Missing) for one in found)
    details = [one.detail for one in found if isinstance(one, Missing)]
    assert sum("did not answer in" in detail for detail in details) == PATIENCE
    assert sum("not asked" in detail for detail in details) == len(paths) - PATIENCE
    asking.close()


@pytest.mark.root
def test_parent_killed_with_9_in_the_middle_of_a_hung_read(hung: Hung) -> None:
    """The child's reading thread hangs where SIGKILL reaches it: no child is left."""
    program = (
        "import sys, threading, time; from explorer.kernel.reader import *; r = Reader(deadline=60)\n"
        f"threading.Thread(target=r.read, args=('/proc/{hung.pids['jammed']}/cmdline',), daemon=True).start()\n"
        "while not r._busy: time.sleep(0.01)\n"
        "print(next(iter(r._busy)).pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=TREE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        until(lambda: b" D " in b"".join(stat.read_bytes() for stat in Path(f"/proc/{child}/task").glob("*/stat")), "the read to hang")
        parent.kill()
    until(lambda: not os.path.exists(f"/proc/{child}"), "the child to end")
