"""resolve/stats.py"""

import os
from collections.abc import Sequence
from pathlib import Path

from explorer.decode.fd.raw import Stat
from explorer.kernel.procfs import Procfs
from explorer.kernel.reader import Ask, Reader
from explorer.model.missing import Missing, Reason
from explorer.resolve.mounts import Mounts
from explorer.resolve.stats import RETRY, Stats
from tests.fakeproc import FakeProc

SILENT = Missing(Reason.TIMED_OUT, "x")


class Silent(Reader):
    """Does not answer, and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def ask(self, asks: Sequence[Ask]) -> list[bytes | Missing]:
        self.asked += [ask.path for ask in asks]
        return [SILENT for _ in asks]


def test_a_dead_file_system_is_asked_once_however_many_files_are_open_on_it(fakeproc: FakeProc) -> None:
    fakeproc.file("7/mountinfo", "5 1 0:5 / /mnt/nas rw - nfs4 nas:/export rw\n")
    now, reader = 0.0, Silent()
    stats = Stats(fakeproc.system.proc, reader, Mounts(fakeproc.system.proc, lambda: now), lambda: now)
    found = stats.of(7, dict.fromkeys(range(100), 5))
    assert len(reader.asked) == 1
    assert len(found) == 100
    for answer in found.values():
        assert isinstance(answer, Missing)
        assert answer.detail == "did not answer in 0.5 s (nfs4 on /mnt/nas)"
        assert answer.cure == "asked again in 10 s"
    stats.of(7, {3: 5})
    assert len(reader.asked) == 1
    now += RETRY
    stats.of(7, {3: 5})
    assert len(reader.asked) == 2


def test_what_is_behind_our_own_descriptors() -> None:
    proc, reader = Procfs(), Reader()
    try:
        stats = Stats(proc, reader, Mounts(proc))
        with open("/proc/self/status") as file:
            mnt_id = int(Path(f"/proc/self/fdinfo/{file.fileno()}").read_text().split("mnt_id:")[1].split()[0])
            found = stats.of(os.getpid(), {file.fileno(): mnt_id})[file.fileno()]
        assert isinstance(found, Stat)
        assert (found.fstype, found.mount) == ("proc", "/proc")
        gone = stats.of(os.getpid(), {1 << 20: mnt_id})[1 << 20]
        assert isinstance(gone, Missing)
        assert gone.reason is Reason.GONE
        assert not stats.is_mqueue(os.getpid(), 0)
    finally:
        reader.close()
