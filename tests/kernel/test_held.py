"""Files held open: the same bytes as a fresh read, and no descriptor taken from others."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.kernel.held import ROOM, Held, room
from explorer.model.missing import Reason


def test_only_changed_bytes_are_told(tmp_path: Path) -> None:
    for key in (1, 2, 3):
        (tmp_path / str(key)).write_bytes(b"a")
    held, last = Held(most=2), dict[int, bytes]()
    path = lambda key: str(tmp_path / str(key))  # noqa: E731
    changed, silent = held.reread([1, 2, 3, 4], last, path)
    assert changed == [1, 2, 3]
    assert [(key, why.reason) for key, why in silent.items()] == [(4, Reason.GONE)]
    assert held.reread([1, 2, 3], last, path) == ([], {})
    for key in (2, 3):
        (tmp_path / str(key)).write_bytes(b"bb")
    assert held.reread([1, 2, 3], last, path) == ([2, 3], {})
    assert last == {1: b"a", 2: b"bb", 3: b"bb"}
    held.close()


def test_a_process_that_is_gone_is_silent_whoever_has_its_pid() -> None:
    child = subprocess.Popen(["sleep", "100"])
    path = f"/proc/{child.pid}/stat"
    held, last = Held(most=9), dict[int, bytes]()
    assert held.reread([child.pid], last, lambda _: path) == ([child.pid], {})
    child.kill()
    child.wait()
    changed, silent = held.reread([child.pid], last, lambda _: "/proc/self/stat")
    assert (changed, silent[child.pid].reason) == ([], Reason.GONE)
    held.release(child.pid)
    held.close()


LIMITED = """
import os, resource, sys
from explorer.kernel.held import Held, room
resource.setrlimit(resource.RLIMIT_NOFILE, ({soft}, {hard}))
held, last = Held(), {{}}
changed, silent = held.reread(range({files}), last, lambda key: "/proc/self/stat")
assert (len(changed), silent) == ({files}, {{}}), (len(changed), silent)
numbers = sorted(held._fds.values())
low = os.open("/proc/self/stat", os.O_RDONLY)
more = [os.dup(low) for _ in range({free})]
print(len(numbers), numbers[0], low, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""


@pytest.mark.parametrize(("soft", "hard", "files"), [(256, 4096, 3200), (256, 256, 300), (64, 64, 200)])
def test_others_keep_room_and_low_numbers(soft: int, hard: int, files: int) -> None:
    free = min(ROOM, hard // 2) - 20
    out = subprocess.run(
        [sys.executable, "-c", LIMITED.format(soft=soft, hard=hard, files=files, free=free)],
        capture_output=True, text=True, cwd=Path(__file__).parent.parent.parent,
    )  # fmt: skip
    assert out.stderr == ""
    held, lowest, fresh, limit = map(int, out.stdout.split())
    assert limit == hard
    assert lowest >= min(ROOM, hard // 2) > fresh
    assert held <= hard - min(ROOM, hard // 2)


def test_no_more_than_the_limit_allows() -> None:
    lowest, most = room()
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    assert lowest <= ROOM
    assert soft == resource.RLIM_INFINITY or lowest + most <= soft
