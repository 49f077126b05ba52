"""kernel/bpf/libbpf.py: the library speaks to us, not to the terminal, and its one telling line is found."""

import ctypes
import errno

import pytest

from explorer.kernel.bpf import libbpf
from explorer.kernel.bpf.libbpf import heard, keep, reason, refused
from explorer.model.missing import Reason, Unreadable

REFUSAL = [
    "prog 'ends': BPF program load failed: Permission denied",
    """prog 'ends': -- BEGIN PROG LOAD LOG --
0: R1=ctx() R10=fp0
1: (61) r0 = *(u32 *)(r1 +0)
R1 invalid mem access 'scalar'
processed 2 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0
-- END PROG LOAD LOG --""",
    "prog 'ends': failed to load: -13",
    "failed to load object 'procdive'",
]
MAP = [
    "Error in bpf_create_map_xattr(table):Invalid argument(-22). Retrying without BTF.",
    "map 'table': failed to create: Invalid argument(-22)",
    "failed to load object 'procdive'",
]


def test_the_line_that_tells() -> None:
    assert reason(REFUSAL) == "prog 'ends': R1 invalid mem access 'scalar'"
    assert reason(MAP) == "map 'table': failed to create: Invalid argument(-22)"
    assert reason([]) == ""
    assert reason(["x: -- BEGIN PROG LOAD LOG --\nprocessed 0 insns\n-- END PROG LOAD LOG --"]) == "x: the verifier gave no reason"


def test_refusals_name_the_errno_and_only_a_right_is_denied() -> None:
    heard()[:] = REFUSAL
    flaw = refused(errno.EACCES, "loading").missing
    assert (flaw.reason, flaw.detail) == (Reason.UNSUPPORTED, "loading (EACCES: prog 'ends': R1 invalid mem access 'scalar')")
    heard().clear()
    assert refused(errno.E2BIG, "loading").missing.detail == "loading (E2BIG)"
    right = refused(errno.EPERM, "loading").missing
    assert right.reason is Reason.DENIED
    assert "CAP_BPF" in right.cure


def test_no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libbpf, "NAME", "libnowhere.so.9")
    with pytest.raises(Unreadable) as refusal:
        libbpf.libbpf.__wrapped__()
    assert refusal.value.missing.detail == "there is no libnowhere.so.9"
    assert "libbpf1" in refusal.value.missing.cure


def test_a_library_that_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libbpf, "NAME", "libc.so.6")
    with pytest.raises(Unreadable, match="older than"):
        libbpf.libbpf.__wrapped__()


def test_what_it_says_is_kept_and_not_printed(capfd: pytest.CaptureFixture[str]) -> None:
    try:
        library = libbpf.libbpf()
    except Unreadable as lacking:
        pytest.skip(lacking.missing.detail)
    heard().clear()
    assert not library.bpf_object__open_mem(b"no ELF", 6, None)
    assert ctypes.get_errno()
    assert heard()
    assert capfd.readouterr() == ("", "")


def test_debugging_words_are_not_kept() -> None:
    heard().clear()
    keep(2, b"never", None)
    keep(3, b"nor this", None)
    assert heard() == []
