"""decode/proc: the files that need few words: statm, io, smaps_rollup, numbers, autogroup, ns, id maps, auxv, coredump_filter."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.decode.proc import autogroup, auxv, coredump_filter, id_map, io, ns, number, smaps_rollup, statm
from explorer.decode.proc.id_map import IdRange


def test_statm() -> None:
    found = statm.decode(Path("/proc/self/statm").read_bytes())
    assert found.size >= found.resident > 0
    assert statm.decode(b"1 2 x") == statm.Statm(1, 2, 0)


def test_io() -> None:
    assert io.decode(b"rchar: 6976\nwchar: 0\nodd: x\n") == {"rchar": 6976, "wchar": 0}


def test_smaps_rollup() -> None:
    raw = b"558bbe7ec000-7ffda3b86000 ---p 00000000 00:00 0                          [rollup]\nRss:        1668 kB\nPss:    261 kB\n"
    assert smaps_rollup.decode(raw) == {"Rss": 1668 * 1024, "Pss": 261 * 1024}


@pytest.mark.parametrize(
    ("raw", "base", "value"),
    [(b"-17\n", 10, -17), (b"00000033\n", 16, 0x33), (b"4294967295", 10, number.NOBODY), (b"", 10, None), (b"x", 10, None)],
)
def test_number(raw: bytes, base: int, value: int | None) -> None:
    assert number.decode(raw, base) == value


def test_autogroup() -> None:
    assert autogroup.decode(b"/autogroup-10 nice -5\n") == (10, -5)
    assert autogroup.decode(b"") is None


def test_ns() -> None:
    assert ns.decode(os.readlink("/proc/self/ns/mnt")) == ("mnt", os.stat("/proc/self/ns/mnt").st_ino)
    assert ns.decode("pid_for_children:[1]") == ("pid_for_children", 1)
    assert ns.decode("socket:[x]") is None


def test_id_map() -> None:
    raw = b"         0     100000      65536\n      1000       1000          1\n"
    assert id_map.decode(raw) == (IdRange(0, 100000, 65536), IdRange(1000, 1000, 1))
    assert id_map.identity(id_map.decode(b"         0          0 4294967295\n"))
    assert not id_map.identity(())


def test_auxv() -> None:
    found = dict(auxv.decode(Path("/proc/self/auxv").read_bytes()))
    assert found[6] == os.sysconf("SC_PAGESIZE")
    assert found[11] == os.getuid()
    assert (auxv.tag_name(31), auxv.tag_name(99)) == ("AT_EXECFN", "99")


def test_coredump_filter() -> None:
    assert coredump_filter.decode(0x33) == ("private anonymous", "shared anonymous", "ELF headers", "private huge pages")
    assert coredump_filter.decode(0x8001) == ("private anonymous", "0x8000")


@settings(max_examples=50)
@given(st.binary(max_size=100))
def test_never_raise(raw: bytes) -> None:
    for file in (statm, io, smaps_rollup, number, autogroup, id_map, auxv):
        file.decode(raw)
    ns.decode(raw.decode("latin-1"))
