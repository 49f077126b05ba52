"""kernel/procfs.py"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.kernel.procfs import Procfs
from explorer.model.missing import Reason, Unreadable
from tests.fakeproc import FakeProc

TREE = Path(__file__).parent.parent.parent


def test_reads_files_links_and_folders(fakeproc: FakeProc) -> None:
    fakeproc.file("12/comm", "a b\n")
    fakeproc.link("12/exe", "/bin/x (deleted)")
    fakeproc.file("7/comm", "")
    fakeproc.file("version", "")
    proc = fakeproc.system.proc
    assert proc.read(12, "comm") == b"a b\n"
    assert proc.link(12, "exe") == "/bin/x (deleted)"
    assert proc.numbers() == [7, 12]
    assert sorted(proc.names(12)) == ["comm", "exe"]
    assert proc.owner(12) == os.geteuid()
    assert proc.path(12, "fd", 3) == f"{fakeproc.root}/12/fd/3"


def test_the_whole_file_however_it_comes() -> None:
    """A seq_file may answer with less than was asked for before its end."""
    proc = Procfs()
    assert proc.read("self", "maps") != b""
    assert proc.read("kallsyms").endswith(b"\n")
    assert len(proc.read("kallsyms", limit=100_000)) == 100_000


def test_what_is_gone_and_what_is_denied(fakeproc: FakeProc) -> None:
    proc = fakeproc.system.proc
    for read in (proc.read, proc.link, proc.names, proc.numbers, proc.owner):
        with pytest.raises(Unreadable) as raised:
            read(99, "stat")
        assert raised.value.missing.reason is Reason.GONE
        assert "99/stat" in raised.value.missing.detail


def test_case_18_ended_between_open_and_read() -> None:
    """ESRCH, not ENOENT: gone as well."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    fd = os.open(f"/proc/{child}/stat", os.O_RDONLY)
    os.waitpid(child, 0)
    with pytest.raises(ProcessLookupError):
        os.read(fd, 10)
    os.close(fd)
    with pytest.raises(Unreadable) as raised:
        Procfs().read(child, "stat")
    assert raised.value.missing.reason is Reason.GONE


def test_links_that_are_no_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    os.symlink(b"/\xff\x9b\n", os.fsencode(tmp_path) + b"/link")
    program = f"from explorer.kernel.procfs import Procfs; print(ascii(Procfs({str(tmp_path)!r}).link('link')))"
    for locale in ("C", "C.UTF-8"):
        said = {"LC_ALL": locale, "PYTHONUTF8": "0"}
        out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=TREE, env=said)
        assert out.stdout == repr("/\udcff\udc9b\n") + "\n"
