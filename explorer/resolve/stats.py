"""stat(2) of what descriptors stand for, though some file systems never answer."""

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from explorer.decode.fd.raw import Stat
from explorer.kernel.procfs import Procfs
from explorer.kernel.reader import Ask, Reader, stat_of
from explorer.model.missing import Missing, Reason
from explorer.model.mount import Mount
from explorer.resolve.mounts import Mounts, may_hang

RETRY: Final = 10.0
MQUEUE_MAGIC: Final = 0x19800202


class Stats:
    """Asks one descriptor of a doubtful mount first, so that a dead one costs one deadline, however many files are open on it."""

    def __init__(self, proc: Procfs, reader: Reader, mounts: Mounts, clock: Callable[[], float] = time.monotonic) -> None:
        self._proc = proc
        self._reader = reader
        self._mounts = mounts
        self._clock = clock
        self._silent: dict[tuple[object, ...], float] = {}

    def of(self, pid: int, wanted: Mapping[int, int]) -> dict[int, Stat | Missing]:
        """wanted: descriptor → mount id. Never raises, and waits for at most one deadline a dead file system."""
        found: dict[int, Stat | Missing] = {}
        mounts = self._mounts.of(pid)
        doubtful: dict[tuple[object, ...], list[int]] = {}
        sound = []
        for number, mnt_id in wanted.items():
            mount = mounts.get(mnt_id)
            if may_hang(mount):
                doubtful.setdefault((mount.dev, mount.point) if mount else (pid, mnt_id), []).append(number)
            else:
                sound.append(number)
        for key, numbers in doubtful.items():
            mount = mounts.get(wanted[numbers[0]])
            if self._clock() < self._silent.get(key, 0.0):
                found.update((number, self._no_answer(mount, key)) for number in numbers)
                continue
            first = self._ask(pid, numbers[:1], mounts, wanted)[numbers[0]]
            if isinstance(first, Missing) and first.reason is Reason.TIMED_OUT:
                self._silent[key] = self._clock() + RETRY
                found.update((number, self._no_answer(mount, key)) for number in numbers)
                continue
            found[numbers[0]] = first
            sound += numbers[1:]
        found.update(self._ask(pid, sound, mounts, wanted))
        return found

    def _ask(self, pid: int, numbers: Iterable[int], mounts: Mapping[int, Mount], wanted: Mapping[int, int]) -> dict[int, Stat | Missing]:
        numbers = list(numbers)
        answers = self._reader.ask([Ask("s", self._proc.path(pid, "fd", number)) for number in numbers]) if numbers else []
        found: dict[int, Stat | Missing] = {}
        for number, answer in zip(numbers, answers, strict=True):
            if isinstance(answer, Missing):
                found[number] = answer
                continue
            file, mount = stat_of(answer), mounts.get(wanted[number])
            place = (mount.fstype, mount.point) if mount else ("", "")
            found[number] = Stat(file.dev, file.ino, file.mode, file.nlink, file.rdev, file.size, *place)
        return found

    def is_mqueue(self, pid: int, number: int) -> bool:
        """Whether a file of no visible mount is a POSIX message queue."""
        answer = self._reader.ask([Ask("f", self._proc.path(pid, "fd", number))])[0]
        return answer == b"%d" % MQUEUE_MAGIC

    def _no_answer(self, mount: Mount | None, key: tuple[object, ...]) -> Missing:
        where = f" ({mount.fstype} on {mount.point})" if mount else ""
        again = max(1, round(self._silent[key] - self._clock()))
        return Missing(Reason.TIMED_OUT, f"did not answer in {self._reader.deadline:g} s{where}", f"asked again in {again} s")
