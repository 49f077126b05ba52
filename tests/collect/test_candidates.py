"""One walk of the kernel names what is worth a look."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.collect import candidates, having
from explorer.collect.having import Search
from explorer.collect.sought import sought
from explorer.decode.bpf_iter import file
from explorer.model.having import Having, Thing
from explorer.model.missing import Missing, Reason, Unreadable
from explorer.model.sought import Sought
from explorer.query.who import question
from explorer.resolve.system import System

ME = os.getpid()


def marks(system: System, text: str) -> Sought:
    found = sought(system, question(text))
    assert not isinstance(found, Missing)
    return found


def named(system: System, text: str) -> list[int]:
    """Descriptors of this process."""
    try:
        return candidates.candidates(system, marks(system, text)).get(ME, [])
    except Unreadable as refused:
        pytest.skip(str(refused.missing))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    (tmp_path / "file").write_text("x")
    with open(tmp_path / "file") as opened:
        yield tmp_path, opened.fileno()


def test_a_record_has_the_devices_where_they_are_looked_for() -> None:
    record = file.ROW.pack(1, 0, 5, 6, 7, 8, 9, 0xABC, 0xDEF, 12, 13, 14, 15)
    opened = file.decode(record)
    assert candidates.DEVICES.unpack_from(record) == (opened.dev, opened.rdev) == (0xABC, 0xDEF)


def test_files_folders_devices_pipes_sockets_and_what_has_a_number(system: System, folder: tuple[Path, int]) -> None:
    path, number = folder
    assert number in named(system, str(path / "file"))
    assert named(system, f"{path}/") == [number]
    reads, writes = os.pipe()
    eventfd, null = os.eventfd(0), os.open("/dev/null", os.O_RDONLY)
    namespace = os.open("/proc/self/ns/uts", os.O_RDONLY)
    try:
        assert {reads, writes} <= set(named(system, os.readlink(f"/proc/self/fd/{reads}")))
        assert null in named(system, "/dev/null")
        assert namespace in named(system, os.readlink(f"/proc/self/fd/{namespace}"))
        info = Path(f"/proc/self/fdinfo/{eventfd}").read_text()
        if "eventfd-id:" in info:
            assert named(system, f"eventfd:{info.partition('eventfd-id:')[2].split()[0]}") == [eventfd]
        with socket.create_server(("127.0.0.1", 0)) as server:
            assert named(system, f":{server.getsockname()[1]}") == [server.fileno()]
    finally:
        for fd in (reads, writes, eventfd, null, namespace):
            os.close(fd)


def test_both_ways_find_the_same(system: System, folder: tuple[Path, int], monkeypatch: pytest.MonkeyPatch) -> None:
    path, _ = folder

    def found(text: str) -> list[Having]:
        search = Search(system, 0, Thing(text, ""), sought=marks(system, text), seconds=60.0)
        return [each for each in search.found() if isinstance(each, Having) and each.pid == ME]

    questions = (str(path / "file"), f"{path}/", "/dev/null", f"{ME}/cwd")
    monkeypatch.setattr(having, "MANY", 1 << 30)
    by_proc = [found(text) for text in questions]
    monkeypatch.setattr(having, "MANY", 0)
    assert [found(text) for text in questions] == by_proc
    assert all(by_proc[:2])


def test_where_the_kernel_does_not_tell_proc_does(system: System, folder: tuple[Path, int], monkeypatch: pytest.MonkeyPatch) -> None:
    path, number = folder
    monkeypatch.setattr(having, "MANY", 0)

    def refuses(system: System, sought: Sought) -> dict[int, list[int]]:
        raise Unreadable(Missing(Reason.UNSUPPORTED, "the walk"))

    monkeypatch.setattr(candidates, "candidates", refuses)
    search = Search(system, 0, Thing("", ""), sought=marks(system, str(path / "file")), seconds=60.0)
    mine = next(each for each in search.found() if isinstance(each, Having) and each.pid == ME)
    assert mine.fds == ((number, "r"),)


def test_who_has_it_is_looked_at_first(system: System, folder: tuple[Path, int], monkeypatch: pytest.MonkeyPatch) -> None:
    path, _ = folder
    monkeypatch.setattr(having, "MANY", 0)
    monkeypatch.setattr(candidates, "candidates", lambda system, sought: {ME: [folder[1]]})
    monkeypatch.setattr(having, "STEP", 0.0)
    first = Search(system, 0, Thing("", ""), sought=marks(system, str(path / "file")), seconds=60.0).step()
    assert [each.pid for each in first.who] == [ME]
