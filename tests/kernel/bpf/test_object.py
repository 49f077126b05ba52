"""kernel/bpf/object.py: what is written to the memory of running programs, what they write, and that nothing of them stays."""

import ctypes
import json
import os
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.kernel.bpf.libbpf import libbpf
from explorer.kernel.bpf.object import Object, identified
from explorer.model.missing import Reason, Unreadable
from tests.kernel.bpf.conftest import GETPPID, MARK, compiled
from tests.loopback import until
from tests.namespaces import first_pids

pytestmark = [pytest.mark.oracle("clang"), pytest.mark.root]
TREE = Path(__file__).parent.parent.parent.parent
HOLD = """
import json, signal, sys
from explorer.kernel.bpf.object import Object
held = Object(open(sys.argv[1], "rb").read())
held.attach()
held.memory(".bss")
print(json.dumps(held.ids()), flush=True)
signal.pause()
"""
KEY = struct.pack("=I", GETPPID)


def alive(programs: list[int], maps: list[int], links: list[int]) -> list[int]:
    """Which of these ids the kernel still knows."""
    found = []
    for ids, function in ((programs, "bpf_prog"), (maps, "bpf_map"), (links, "bpf_link")):
        for number in ids:
            fd = getattr(libbpf(), f"{function}_get_fd_by_id")(number)
            if fd >= 0:
                os.close(fd)
                found.append(number)
    return found


@first_pids
def test_memory_is_live_both_ways(loaded: Object, calls: Callable[[int], None]) -> None:
    loaded.attach()
    told = loaded.memory(".bss").cast("Q")
    calls(5)
    assert told[0] == 5
    told[0] = 100
    calls(2)
    assert told[0] == 102
    os.getppid()  # switched off
    assert told[0] == 102
    told.release()


def test_constants_are_in_place_before_loading_and_cannot_change(loaded: Object) -> None:
    constants = loaded.memory(".rodata")
    assert struct.unpack_from("=II", constants) == (os.getpid(), MARK)
    assert constants.readonly
    assert loaded.memory(".rodata") is constants


def test_too_many_constants(counted: bytes) -> None:
    with pytest.raises(ValueError, match="of constants"):
        Object(counted, constants=bytes(1 << 16))


def test_a_section_that_there_is_not(loaded: Object) -> None:
    with pytest.raises(Unreadable, match=r"no section \.data\.nothing"):
        loaded.memory(".data.nothing")


def test_sizes_and_what_is_left_out(counted: bytes) -> None:
    with Object(counted, sizes={"table": 3}, without=["unused", "ends"]) as loaded:
        assert "unused" not in loaded.tables
        assert len(loaded.ids()[0]) == 1
        for number in range(3):
            loaded.update("table", struct.pack("=I", number), bytes(8))
        with pytest.raises(Unreadable, match=r"table \(E2BIG\)"):
            loaded.update("table", struct.pack("=I", 3), bytes(8))


def test_a_map_of_another_type(counted: bytes) -> None:
    with Object(counted, types={"table": (2, 0, 5)}) as loaded:  # an array: each key is there from the beginning
        assert [struct.unpack("=I", key)[0] for key in loaded.keys("table", 4)] == [0, 1, 2, 3, 4]
        assert list(loaded.items("table", 4, 8)) == [(struct.pack("=I", number), bytes(8)) for number in range(5)]


def test_a_table(loaded: Object) -> None:
    rows = {struct.pack("=I", number): struct.pack("=Q", number << 33) for number in range(64)}
    for key, value in rows.items():
        loaded.update("table", key, value)
    assert loaded.lookup("table", struct.pack("=I", 7), 8) == struct.pack("=Q", 7 << 33)
    assert dict(loaded.items("table", 4, 8)) == rows
    assert sorted(loaded.keys("table", 4)) == sorted(rows)
    assert loaded.delete("table", struct.pack("=I", 7))
    assert not loaded.delete("table", struct.pack("=I", 7))
    assert loaded.lookup("table", struct.pack("=I", 7), 8) is None
    with pytest.raises(Unreadable, match="EEXIST"):
        loaded.update("table", struct.pack("=I", 8), bytes(8), 1)


def test_items_one_by_one_are_the_same(loaded: Object) -> None:
    """As where the kernel has no batches."""
    for number in range(20):
        loaded.update("table", struct.pack("=I", number), bytes(8))
    assert sorted(loaded._one_by_one("table", 4, 8)) == sorted(loaded.items("table", 4, 8))


def test_items_in_small_batches(loaded: Object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.kernel.bpf.object.BATCH", 8)
    for number in range(64):
        loaded.update("table", struct.pack("=I", number), struct.pack("=Q", number))
    assert sorted(struct.unpack("=Q", value)[0] for _, value in loaded.items("table", 4, 8)) == list(range(64))


def test_keys_while_they_are_deleted(loaded: Object) -> None:
    for number in range(64):
        loaded.update("table", struct.pack("=I", number), bytes(8))
    told = []
    for key in loaded.keys("table", 4):
        told.append(key)
        loaded.delete("table", key)
    assert len(told) == len(set(told)) == 64
    assert list(loaded.keys("table", 4)) == []


@first_pids
def test_each_cpu_has_its_value(loaded: Object, calls: Callable[[int], None]) -> None:
    loaded.attach()
    calls(9)
    cpus = libbpf().libbpf_num_possible_cpus()
    value = loaded.lookup("numbers", KEY, 4)
    assert value is not None
    assert len(value) == 8 * cpus
    assert sum(struct.unpack("=" + "I4x" * cpus, value)) == 9
    assert list(loaded.items("numbers", 4, 4)) == [(KEY, value)]


def test_wrong_sizes_are_an_error_and_not_somebodys_memory(loaded: Object) -> None:
    wrongs: tuple[Callable[[], object], ...] = (
        lambda: loaded.update("table", bytes(4), bytes(4)),
        lambda: loaded.update("table", bytes(8), bytes(8)),
        lambda: loaded.lookup("table", bytes(4), 4),
        lambda: loaded.delete("table", bytes(3)),
        lambda: list(loaded.items("table", 8, 8)),
        lambda: list(loaded.keys("table", 8)),
    )
    for wrong in wrongs:
        with pytest.raises(ValueError, match="keys of 4 and values of 8 bytes"):
            wrong()


@first_pids
def test_nothing_runs_after_detach(loaded: Object, calls: Callable[[int], None]) -> None:
    loaded.attach("begins")
    programs, maps, links = loaded.ids()
    assert (len(programs), len(links)) == (2, 1)
    calls(1)
    loaded.detach()
    calls(1)
    assert loaded.memory(".bss")[0] == 1
    assert alive([], [], links) == []
    assert alive(programs, maps, []) == programs + maps


def test_nothing_remains_after_close(counted: bytes) -> None:
    before = sorted(os.listdir("/proc/self/fd"))
    loaded = Object(counted)
    loaded.attach()
    loaded.memory(".bss")[0] = 1
    ids = loaded.ids()
    assert [len(kind) for kind in ids] == [2, len(loaded.tables), 2]
    assert alive(*ids) == [*ids[0], *ids[1], *ids[2]]
    loaded.close()
    loaded.close()
    until(lambda: not alive(*ids), "programs and maps to go")
    assert sorted(os.listdir("/proc/self/fd")) == before
    assert loaded.ids() == ([], [], [])


def test_nothing_remains_of_one_that_is_killed(counted: bytes, tmp_path: Path) -> None:
    (tmp_path / "counted.bpf.o").write_bytes(counted)
    with subprocess.Popen([sys.executable, "-c", HOLD, tmp_path / "counted.bpf.o"], cwd=TREE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        ids = json.loads(holder.stdout.readline())
        assert alive(*ids) == [*ids[0], *ids[1], *ids[2]]
        holder.kill()
    until(lambda: not alive(*ids), "programs and maps to go")


@first_pids
def test_two_at_once_know_nothing_of_each_other(loaded: Object, calls: Callable[[int], None], counted: bytes) -> None:
    constants = struct.pack("=II", os.getpid(), 78)
    with Object(counted, constants=constants) as other:
        other.attach()
        loaded.attach()
        calls(3)
        assert (loaded.memory(".bss")[0], other.memory(".bss")[0]) == (3, 0)
    calls(2)
    assert loaded.memory(".bss")[0] == 5


def test_a_view_that_is_kept_does_no_harm(counted: bytes) -> None:
    loaded = Object(counted)
    kept = loaded.memory(".bss")[:8].cast("Q")
    loaded.close()
    assert kept[0] == 0
    kept.release()


def test_all_are_attached_or_none(loaded: Object, monkeypatch: pytest.MonkeyPatch) -> None:
    library = loaded.library

    class Refusing:
        def __getattr__(self, name: str) -> object:
            return getattr(library, name)

        def bpf_program__attach(self, handle: int) -> int:
            if loaded.links:
                ctypes.set_errno(16)
                return 0
            return int(library.bpf_program__attach(handle))

    monkeypatch.setattr(loaded, "library", Refusing())
    with pytest.raises(Unreadable, match=r"attaching the BPF program ends \(EBUSY"):
        loaded.attach()
    assert loaded.ids()[2] == []


def test_what_the_verifier_refuses_says_which_and_why(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refusal:
        Object(compiled(tmp_path, "-DWRONG"))
    assert refusal.value.missing.reason is Reason.UNSUPPORTED
    assert refusal.value.missing.detail.startswith("loading BPF programs (EACCES: prog 'wrong': ")
    assert "invalid mem access" in refusal.value.missing.detail


def test_what_is_no_object() -> None:
    before = sorted(os.listdir("/proc/self/fd"))
    with pytest.raises(Unreadable, match="opening a BPF object"):
        Object(b"\x7fELF" + bytes(60))
    assert sorted(os.listdir("/proc/self/fd")) == before


def test_identified_skips_what_is_closed() -> None:
    assert identified([-1, 1 << 20]) == []
