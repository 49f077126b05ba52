"""Whose thread it is."""

import os
import threading
from pathlib import Path

from explorer.kernel.procfs import Procfs
from explorer.model.missing import Missing, Reason
from explorer.resolve.process_of import process_of
from tests.fakeproc import FakeProc


def test_a_thread_leads_to_its_process_and_a_process_to_itself() -> None:
    go, tids = threading.Event(), list[int]()
    ready = threading.Event()

    def run() -> None:
        tids.append(threading.get_native_id())
        ready.set()
        go.wait(20)

    thread = threading.Thread(target=run)
    thread.start()
    assert ready.wait(20)
    try:
        assert process_of(Procfs(), tids[0]) == os.getpid()
        assert process_of(Procfs(), os.getpid()) == os.getpid()
    finally:
        go.set()
        thread.join()


def test_nobody_is_gone_and_odd_text_is_said(tmp_path: Path) -> None:
    proc = FakeProc(tmp_path)
    proc.file("7/status", "Name:\tx\nTgid:\tmany\n")
    proc.file("8/status", "Name:\tx\n")
    reasons = {found.reason for tid in (7, 8) if isinstance(found := process_of(proc.system.proc, tid), Missing)}
    assert reasons == {Reason.UNSUPPORTED}
    gone = process_of(proc.system.proc, 9)
    assert isinstance(gone, Missing)
    assert gone.reason is Reason.GONE
